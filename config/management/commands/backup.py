"""Takes a backup of the database while it is used; see deploy/README.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config import backups


class Command(BaseCommand):
    """`manage.py backup FILE`, or `backup --into FOLDER [--keep 14]` for a timer."""

    help = "Back the database up into one checked file. The signing key is not in it: keep it apart."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, how many are kept."""
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--into", type=Path, help="a folder; the file is named by the instant")
        parser.add_argument("--keep", type=int, help="with --into: delete all but the last so many")
        parser.add_argument(
            "--with-open-box", action="store_true", help="even while a secret poll is under way"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it, and say what it is."""
        if (options["file"] is None) == (options["into"] is None):
            raise CommandError("Name a FILE, or a folder with --into.")
        if options["keep"] is not None and (options["into"] is None or options["keep"] < 1):
            raise CommandError("--keep is at least 1, and goes with --into.")
        at = timezone.now()
        path = options["file"] or options["into"] / f"ecossolies-{at:%Y%m%dT%H%M%SZ}.backup"
        try:
            manifest = backups.write(path, at, with_open_box=options["with_open_box"])
        except backups.Unusable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{path}  {path.stat().st_size} bytes  sha256 of the database {manifest['sha256']}")
        if options["keep"]:
            for old in backups.prune(options["into"], options["keep"]):
                self.stdout.write(f"deleted {old}")
