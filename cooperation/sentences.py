"""Sentences that explain a verdict: a French message and its values, so that each language can say them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeAlias, Union

Param: TypeAlias = Union[str, int, "Sentence"]


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


def identity(message: str) -> str:
    """The translation that changes nothing: the sentences as they were written, in French."""
    return message


@dataclass(frozen=True)
class Sentence:
    """One sentence: `message` is a msgid with named placeholders, `params` their values.

    A value is a text, an integer, or a sentence of its own (a percentage is written differently in each
    language).
    """

    message: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The sentence as plain JSON values; `from_json` reads it back."""
        return {
            "message": self.message,
            "params": {
                name: value.as_json() if isinstance(value, Sentence) else value
                for name, value in self.params.items()
            },
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Sentence:
        """Read what `as_json` wrote. Raises ValueError on any other shape."""
        message, params = data.get("message"), data.get("params")
        if not isinstance(message, str) or not isinstance(params, Mapping):
            raise ValueError("a sentence is a message and its params")
        return cls(message, {str(name): _param(value) for name, value in params.items()})


def _param(value: object) -> Param:
    if isinstance(value, Mapping):
        return Sentence.from_json(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("a sentence's value is a text, an integer or a sentence")
    return value


def say(sentence: Sentence, translate: Callable[[str], str] = identity) -> str:
    """The sentence in words, in the language of `translate` (a gettext function); French by default."""
    values = {
        name: say(value, translate) if isinstance(value, Sentence) else value
        for name, value in sentence.params.items()
    }
    return translate(sentence.message) % values


def hundredths(share: Fraction) -> int:
    """A share in hundredths of a percent, rounded once, half up, with integers only: 118/347 gives 3401."""
    if share < 0:
        raise ValueError("a share is never negative")
    return (share.numerator * 20_000 + share.denominator) // (2 * share.denominator)


def percent(share: Fraction) -> Sentence:
    """A share as a percentage with two decimals, to be said in each language: « 33,96 % »."""
    whole, rest = divmod(hundredths(share), 100)
    return Sentence(_("%(whole)s,%(rest)s %%"), {"whole": whole, "rest": f"{rest:02d}"})


def dated(day: date) -> Sentence:
    """A day in figures, to be said in each language: « 15/03/2008 »."""
    values: dict[str, Param] = {
        "day": f"{day.day:02d}",
        "month": f"{day.month:02d}",
        "year": f"{day.year:04d}",
    }
    return Sentence(_("%(day)s/%(month)s/%(year)s"), values)
