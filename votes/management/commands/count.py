"""Counts a file without the database: the result as one JSON object, with the sentences that show it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from votes.counting.requests import Malformed, NotCounted, answer
from votes.counting.requests.abif import answer_abif
from votes.counting.requests.scottish_stv import answer_blt

MALFORMED = 2


def count_request(text: str, options: dict[str, Any]) -> dict[str, object]:
    """Answer a JSON request, which says its own seats and seed."""
    for name in ("seats", "seed"):
        if options[name] is not None:
            raise NotCounted(f"--{name} belongs to .blt files: a request says its own seats and seed")
    return answer(text, method=options["method"], translate=gettext)


def count_blt(text: str, options: dict[str, Any]) -> dict[str, object]:
    """Answer a BLT file."""
    asked = {name: options[name] for name in ("method", "seats", "seed")}
    return answer_blt(text, **asked, translate=gettext)


def count_abif(text: str, options: dict[str, Any]) -> dict[str, object]:
    """Answer an ABIF file."""
    for name in ("seats", "seed"):
        if options[name] is not None:
            raise NotCounted(f"--{name} belongs to .blt files: a .abif file is counted for one place")
    return answer_abif(text, method=options["method"], translate=gettext)


COUNTED: dict[str, Callable[[str, dict[str, Any]], dict[str, object]]] = {
    ".abif": count_abif,
    ".blt": count_blt,
    ".json": count_request,
}


class Command(BaseCommand):
    """`manage.py count FILE`: see docs/law.md for the requests it reads."""

    help = "Count a file of votes without the database; exit 2 with one line when the file cannot be counted."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and the method when the file does not say it."""
        parser.add_argument("file")
        parser.add_argument("--method", default="", help="the method; a JSON request already says its own")
        parser.add_argument("--seats", type=int, help="the number of seats, instead of that of a .blt file")
        parser.add_argument(
            "--seed", help="the seed that settles ties of a .blt file by a draw, never file order"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer, or leave with code 2 and one line."""
        path = Path(options["file"])
        suffix = path.suffix.lower()
        if suffix not in COUNTED:
            raise refused(
                f"this version does not count {path.suffix or 'such'} files, only {', '.join(COUNTED)}"
            )
        try:
            found = COUNTED[suffix](read(path), options)
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
