"""How a count request is read: strictly, every refusal one line that says where and why."""

from __future__ import annotations

import json
from collections.abc import Collection
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from cooperation.rules import read_fraction
from votes.counting.derivation import Sentence

MOST = 10**12
Answer = tuple[dict[str, object], tuple[Sentence, ...]]
E = TypeVar("E", bound=StrEnum)


class Malformed(ValueError):
    """A count request that cannot be read; its text is one line that says where and why."""


class NotCounted(ValueError):
    """A request this version does not count; its text is one line."""


def read_object(value: Any, where: str) -> dict[str, Any]:
    """A JSON object. Raises Malformed."""
    if not isinstance(value, dict):
        raise Malformed(f"{where} is not an object")
    return value


def read_list(value: Any, where: str, *, may_be_empty: bool = False) -> list[Any]:
    """A JSON list, with something in it unless `may_be_empty`. Raises Malformed."""
    if not isinstance(value, list):
        raise Malformed(f"{where} is not a list")
    if not value and not may_be_empty:
        raise Malformed(f"{where} is empty")
    return value


def check_keys(data: dict[str, Any], where: str, needed: Collection[str], optional: Collection[str]) -> None:
    """Every key that is needed and none that is unknown. Raises Malformed."""
    missing, unknown = sorted(set(needed) - data.keys()), sorted(data.keys() - set(needed) - set(optional))
    if missing:
        raise Malformed(f"{where}: {', '.join(missing)} missing")
    if unknown:
        raise Malformed(f"{where}: unknown key {shown(unknown[0])}")


def read_text(value: Any, where: str) -> str:
    """A text with something in it. Raises Malformed."""
    if not isinstance(value, str) or not value.strip():
        raise Malformed(f"{where} is not a text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Malformed(f"{where} is not a text") from error
    return value


def read_flag(value: Any, where: str) -> bool:
    """True or false. Raises Malformed."""
    if not isinstance(value, bool):
        raise Malformed(f"{where} is neither true nor false")
    return value


def read_count(value: Any, where: str) -> int:
    """A whole count from 0 to MOST. Raises Malformed."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise Malformed(f"{where} is not a whole count from 0 to {MOST}")
    return value


def read_share(value: Any, where: str) -> Fraction:
    """An exact share, written "3/10". Raises Malformed."""
    try:
        return read_fraction(value)
    except ValueError as error:
        raise Malformed(f"{where}: {error}") from error


def read_choice(kind: type[E], value: Any, where: str) -> E:
    """One value of an enumeration. Raises Malformed."""
    if not isinstance(value, str) or value not in list(kind):
        raise Malformed(f"{where} is not one of {', '.join(kind)}")
    return kind(value)


def check_distinct(names: list[str], where: str) -> None:
    """No name given twice. Raises Malformed."""
    if len(set(names)) < len(names):
        raise Malformed(f"{where}: a name is given twice")


def shown(value: object) -> str:
    """Any text on one line of plain characters."""
    return json.dumps(value)


def one_line(text: str) -> str:
    """A text on one line, whatever it held."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
