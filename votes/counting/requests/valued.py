"""What requests of polls that give options a value share: the options, the one proposal, the values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from votes.counting.requests.reading import (
    MOST,
    Malformed,
    check_distinct,
    read_list,
    read_object,
    read_text,
)


def read_options(value: Any) -> dict[str, str]:
    """A list of distinct names, each its own key. Raises Malformed."""
    options = [read_text(option, "option") for option in read_list(value, "options")]
    check_distinct(options, "options")
    return {option: option for option in options}


def read_proposal(value: Any) -> dict[str, str]:
    """A list of one name. Raises Malformed."""
    options = read_options(value)
    if len(options) != 1:
        raise Malformed("options: exactly one proposal is counted")
    return options


def read_values(value: Any, where: str, read: Callable[[Any, str], int]) -> dict[str, int]:
    """An object that gives each option its whole number. Raises Malformed."""
    values = read_object(value, where).items()
    return {read_text(name, where): read(number, where) for name, number in values}


def read_whole(value: Any, where: str) -> int:
    """A whole number, which may be negative. Raises Malformed."""
    if isinstance(value, bool) or not isinstance(value, int) or not -MOST <= value <= MOST:
        raise Malformed(f"{where} is not a whole number from -{MOST} to {MOST}")
    return value
