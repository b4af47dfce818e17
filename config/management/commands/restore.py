"""Puts a backup into an empty database; see deploy/README.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import backups
from votes import keys
from votes.entries import fingerprint
from votes.models import Poll


class Command(BaseCommand):
    """`manage.py restore FILE [--check]`."""

    help = "Restore a backup into the empty database of DATABASE_URL, after checking it. Refuses any other database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which; and whether to stop after the check."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only check the file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, restore, and say which keys are lacking."""
        try:
            if options["check"]:
                with backups.opened(options["file"]) as (manifest, _dump):
                    self.stdout.write(f"whole, taken at {manifest['at']}, of {manifest['vendor']}")
                return
            manifest = backups.restore(options["file"])
        except backups.Unusable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"restored, as of {manifest['at']}. If the software is newer: manage.py migrate")
        for public in lacking():
            self.stderr.write(
                f"The key {fingerprint(public)[:16]}… signs polls that are not counted and is not here: put the signing"
                " key back (SIGNING_KEY_FILE), or these polls refuse ballots (docs/proofs.md)."
            )


def lacking() -> list[str]:
    """The public halves of the keys that polls under way need and this server does not have."""
    has_keys = keys.is_in_environment() or keys.key_file().exists()
    here = {key.public for key in keys.keys()} if has_keys else set()  # noqa: SIM118  (a function of ours)
    asked = Poll.objects.exclude(public_key="").filter(result__isnull=True).order_by("public_key")
    return [public for public in asked.values_list("public_key", flat=True).distinct() if public not in here]
