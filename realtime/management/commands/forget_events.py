"""Forgets old facts: the log is the memory of a meeting, not the archive."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from realtime.log import forget_before


class Command(BaseCommand):
    help = "Delete the live facts told more than --days ago; topics keep their numbers. Run it daily."

    def add_arguments(self, parser: CommandParser) -> None:
        """The age."""
        parser.add_argument("--days", type=int, default=28, help="How many days are kept (default: 28).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete and say how many."""
        if options["days"] < 1:
            raise CommandError("--days must be at least 1.")
        count = forget_before(timezone.now() - timedelta(days=options["days"]))
        self.stdout.write(f"{count} facts forgotten.")
