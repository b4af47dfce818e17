"""Derivations: the sentences a member follows from the ballots to the result, each fraction exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from cooperation.sentences import Param, Sentence, hundredths, identity, percent, say

__all__ = [
    "Param",
    "Sentence",
    "as_json",
    "from_json",
    "hundredths",
    "identity",
    "percent",
    "ratio",
    "say",
    "total",
    "weighted",
]


def as_json(sentences: Iterable[Sentence]) -> list[dict[str, object]]:
    """A derivation as plain JSON values, to be stored with a result; `from_json` reads it back."""
    return [sentence.as_json() for sentence in sentences]


def from_json(data: Iterable[Mapping[str, object]]) -> tuple[Sentence, ...]:
    """Read what `as_json` wrote. Raises ValueError on any other shape."""
    return tuple(Sentence.from_json(item) for item in data)


def ratio(part: int, whole: int) -> str:
    """Votes over votes, and in lowest terms when that differs: "92/174 = 46/87"."""
    return _equal(f"{part}/{whole}", Fraction(part, whole))


def weighted(part: int, whole: int, weight: Fraction) -> str:
    """Votes over votes, times the weight of the college: "12/20 × 3/10 = 9/50"."""
    return f"{part}/{whole} × {weight} = {Fraction(part, whole) * weight}"


def total(parts: Iterable[Fraction]) -> str:
    """An addition written out: "9/50 + 3/20 = 33/100". Parts of zero are left out."""
    terms = [part for part in parts if part]
    return _equal(" + ".join(str(part) for part in terms) or "0", sum(terms, Fraction(0)))


def _equal(written: str, value: Fraction) -> str:
    return written if written == str(value) else f"{written} = {value}"
