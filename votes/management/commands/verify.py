"""Checks an exported poll: chain, signatures, roll, one ballot per mandate, recount."""

from collections.abc import Sequence
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from cooperation.sentences import say
from votes.recount import read_text
from votes.report import Rejected, read_export
from votes.secret_verification import verify_any


def check_signatures(public: str, signed: Sequence[tuple[str, str]]) -> int | None:
    """The place of the first signature that does not hold, None when all do. Raises ValueError for no key."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    for place, (text, signature) in enumerate(signed):
        try:
            key.verify(bytes.fromhex(signature), text.encode())
        except InvalidSignature:
            return place
    return None


class Command(BaseCommand):
    """`manage.py verify EXPORT.json [--key FINGERPRINT] [--head HASH]`: see docs/proofs.md."""

    help = "Check an exported poll without the database; exit 1 with the reason when anything is off, 3 when nothing is signed."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The export; the fingerprint and a head, from the minutes and the receipts."""
        parser.add_argument("export")
        parser.add_argument("--key", default="", help="the key's fingerprint, from the minutes or a receipt")
        parser.add_argument("--head", default="", help="a head of the chain, from the minutes or a receipt")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what holds, or leave with code 1 and the reason; with code 3 where no signature vouches for it."""
        try:
            export = read_export(read_text(options["export"]))
            report = verify_any(export, check_signatures, key=options["key"], head=options["head"])
        except Rejected as rejected:
            raise CommandError(say(rejected.sentence, gettext), returncode=1) from rejected
        for sentence in report.sentences:
            self.stdout.write(say(sentence, gettext))
        if report.not_checked is not None:
            raise CommandError(say(report.not_checked, gettext), returncode=3)
        self.stdout.write(self.style.SUCCESS(gettext("Tout concorde.")))
