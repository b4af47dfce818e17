"""What a verification answers: what holds, in sentences, or why an export is rejected. Plain Python, shared by the recount."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cooperation.sentences import Sentence
from votes.entries import canonical

FORMAT, SECRET = "ecossolies-poll", "ecossolies-secret-poll"
VERSION, UNCHAINED, CHAINED = (
    1,
    1,
    2,
)  # of a named poll; of a secret one opened before they had chains, and since
KNOWN = {FORMAT: (VERSION,), SECRET: (UNCHAINED, CHAINED)}
SAID = {"format", "version", "poll", "rules", "options", "roll", "amendments", "steps", "result"}
WITHIN = {
    "roll": {"hash", "lines"},
    "key": {"public", "fingerprint"},
    "result": {"outcome", "derivation", "engine", "counted_at"},
    "secret": {"codes", "ballots"},
}
Signed = Sequence[tuple[str, str]]
Check = Callable[[str, Signed], "int | None"]


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


class Rejected(Exception):
    """The export does not hold; `sentence` says why."""

    def __init__(self, message: str, **params: str | int) -> None:
        super().__init__(message % params if params else message)
        self.sentence = Sentence(message, params)


class NotChecked(Exception):
    """The signatures cannot be checked here; `sentence` says why."""

    def __init__(self, message: str, **params: str | int) -> None:
        super().__init__(message)
        self.sentence = Sentence(message, params)


@dataclass
class Report:
    """What was found to hold, in sentences; whether signatures vouch for it, and otherwise why not."""

    sentences: list[Sentence] = field(default_factory=list)
    not_checked: Sentence | None = None

    def say(self, message: str, **params: str | int) -> None:
        """One more thing that holds."""
        self.sentences.append(Sentence(message, params))


@contextmanager
def well_formed() -> Iterator[None]:
    """Whatever stumbles over a value of the wrong type or shape, checking or counting, rejects the export."""
    try:
        yield
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise Rejected(
            _("Ce fichier n’a pas la forme d’un export : %(error)s."), error=type(error).__name__
        ) from error


def read_export(text: str) -> dict[str, Any]:
    """The export in a text. Raises Rejected when it is not one."""
    try:
        found = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise Rejected(_("Ce fichier ne se lit pas : ce n’est pas du JSON sans nombre à virgule.")) from error
    check_kind(found)
    return dict(found)


def _no_float(text: str) -> None:
    raise ValueError(f"a number with a comma: {text}")


def check_kind(export: object) -> None:
    """Refuse what is no export of a version known here. True is not 1."""
    if isinstance(export, dict):
        name, version = export.get("format"), export.get("version")
        if isinstance(name, str) and type(version) is int and version in KNOWN.get(name, ()):
            return
    raise Rejected(_("Ce fichier n’est pas l’export d’un vote, ou il est d’une autre version."))


def is_chained(export: Mapping[str, Any]) -> bool:
    """Whether this export says that it has a signed chain."""
    return (export["format"], export["version"]) != (SECRET, UNCHAINED)


def check_shape(export: Mapping[str, Any]) -> None:
    """Refuse an export that says more or less than its kind does: what no seal covers has no place in it."""
    check_kind(export)
    is_secret = export["format"] == SECRET
    said = SAID | ({"secret"} if is_secret else set()) | ({"key"} if is_chained(export) else set())
    if export.keys() != said or any(export[part].keys() != WITHIN[part] for part in WITHIN.keys() & said):
        raise Rejected(_("Cet export dit autre chose que ce qu’un export dit."))
    lists = [export["steps"], export["amendments"], export["options"], export["roll"]["lines"]]
    if any(type(each) is not list for each in [*lists, *export.get("secret", {}).values()]):
        raise Rejected(_("Cet export n’est pas écrit comme un export."))
    if (export["poll"]["secrecy"] == "secret") != is_secret or type(export["poll"]["question"]) is not str:
        raise Rejected(_("Cet export n’est pas celui d’un vote de cette sorte."))


def same(one: object, other: object) -> bool:
    """Whether two values are written alike: 1 is neither true nor "1". Raises TypeError, ValueError."""
    return canonical(one) == canonical(other)


def is_hex(text: object, length: int) -> bool:
    """Whether a text is a hash, a key or a signature as they are written: small letters, nothing around them."""
    return isinstance(text, str) and re.fullmatch(f"[0-9a-f]{{{length}}}", text) is not None
