"""Ranks: options from the highest value down, equal values together, settled by no order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from votes.counting.derivation import Sentence

Value = TypeVar("Value", int, Fraction)


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


def ranked(values: Mapping[str, Value]) -> tuple[tuple[str, ...], ...]:
    """The keys from the highest value to the lowest, those of equal value together.

    Within a rank keys are in alphabetical order, which means nothing.
    """
    ranks: dict[Value, list[str]] = {}
    for key, value in values.items():
        ranks.setdefault(value, []).append(key)
    return tuple(tuple(sorted(ranks[value])) for value in sorted(ranks, reverse=True))


def leading(winners: Sequence[str], options: Mapping[str, str]) -> Sentence:
    """Who is in the lead, in words: one option, or several that are equal."""
    message = _("En tête : %(options)s.")
    if len(winners) > 1:
        message = _("En tête, à égalité : %(options)s. Les bulletins ne les départagent pas.")
    return Sentence(message, {"options": ", ".join(options[key] for key in winners)})
