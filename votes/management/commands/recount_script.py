"""Writes the stand-alone recount: one file that needs nothing but Python."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from votes.standalone import build


class Command(BaseCommand):
    """`manage.py recount_script [FILE]`: the file handed out at /votes/recount.py."""

    help = "Write the stand-alone recount script to a file, or to the standard output."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to write it."""
        parser.add_argument("file", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it whole."""
        if options["file"]:
            Path(options["file"]).write_text(build(), "utf-8")
        else:
            self.stdout.write(build(), ending="")
