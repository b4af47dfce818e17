"""Counts a file without the database: the result as one JSON object, with the sentences that show it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from votes.counting.requests import Malformed, NotCounted, answer

MALFORMED = 2


class Command(BaseCommand):
    """`manage.py count FILE`: see docs/law.md for the requests it reads."""

    help = "Count a file of votes without the database; exit 2 with one line when the file cannot be counted."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and the method when the file does not say it."""
        parser.add_argument("file")
        parser.add_argument("--method", default="", help="the method; a JSON request already says its own")
        parser.add_argument("--seats", type=int, help="the number of seats of an election")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer, or leave with code 2 and one line."""
        path = Path(options["file"])
        if path.suffix.lower() != ".json":
            raise refused(
                f"this version does not count {path.suffix or 'such'} files, only .json count requests"
            )
        if options["seats"] is not None:
            raise refused("this version does not count elections to seats")
        try:
            found = answer(read(path), method=options["method"], translate=gettext)
        except (Malformed, NotCounted) as error:
            raise refused(str(error)) from error
        self.stdout.write(self.printable(json.dumps(found, ensure_ascii=False, indent=2)))

    def printable(self, text: str) -> str:
        """The text as this terminal can write it: escaped where it lacks the letters."""
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            return json.dumps(json.loads(text), indent=2)
        return text


def read(path: Path) -> str:
    """The text of a file. Raises CommandError with code 2 when there is none to read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused("the file is not UTF-8 text") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such file"
        raise refused(f"cannot read the file: {reason}") from error


def refused(line: str) -> CommandError:
    """One line and the exit code of a file that cannot be counted."""
    return CommandError(line, returncode=MALFORMED)
