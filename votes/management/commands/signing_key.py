"""Says which keys sign the chains of named polls, and puts a new one first."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count, Q

from votes import keys
from votes.entries import fingerprint
from votes.models import Poll


class Command(BaseCommand):
    """`manage.py signing_key [--rotate]`: see docs/proofs.md."""

    help = "Say where the signing keys are, their fingerprints and the polls they signed; --rotate makes a new one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to make a new key."""
        parser.add_argument(
            "--rotate", action="store_true", help="make a new key for the polls that open from now on"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per key, never a private half."""
        try:
            if options["rotate"]:
                keys.rotate()
            held = keys.keys()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        place = "SIGNING_KEY (environment)" if keys.is_in_environment() else str(keys.key_file())
        self.stdout.write(f"kept in {place}")
        polls = polls_by_key()
        for key in held:
            role = (
                "signs the polls that open now"
                if key is held[0]
                else retired(polls.get(key.public, (0, 0))[1])
            )
            self.stdout.write(
                f"{key.fingerprint}  public {key.public}  {told(polls.pop(key.public, (0, 0)))}  {role}"
            )
        for public, counts in sorted(polls.items()):
            self.stdout.write(
                f"{fingerprint(public)}  public {public}  {told(counts)}  private half not here"
            )


def polls_by_key() -> dict[str, tuple[int, int]]:
    """How many polls each public key signed, and how many of them are not counted yet."""
    waiting = Count("pk", filter=Q(result__isnull=True))
    rows = (
        Poll.objects.exclude(public_key="")
        .order_by()
        .values_list("public_key")
        .annotate(signed=Count("pk"), waiting=waiting)
    )
    return {public: (polls, uncounted) for public, polls, uncounted in rows}


def told(counts: tuple[int, int]) -> str:
    """The polls of a key, in words."""
    return f"{counts[0]} polls, {counts[1]} not counted yet"


def retired(uncounted: int) -> str:
    """What becomes of a key that is no longer the first."""
    return "finishes its polls" if uncounted else "may be removed"
