"""Bars made of parts, as pictures draw them: exact until the last step, never told by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from votes.wording import figure, number_text, share_text

WIDE = Fraction(8, 100)
"""From this share on, a part has room for its figure."""


@dataclass(frozen=True)
class Slice:
    """What a part stands for: its words, how many, and its shade, from 1 (light) to 7 (dark); `warm` is the other side."""

    words: str
    count: int
    tone: str


@dataclass(frozen=True)
class Part:
    """One part of a bar. `start`, `width` and `middle` are percentages as text; `text` is there when it fits."""

    words: str
    count: int
    tone: str
    start: str
    width: str
    middle: str
    text: str
    share_text: str


def parts_of(slices: Sequence[Slice], whole: int) -> list[Part]:
    """The parts of one bar, end to end; those of nobody have no width."""
    found, start = [], Fraction(0)
    for each in slices:
        share = Fraction(each.count, whole) if whole else Fraction(0)
        found.append(
            Part(
                words=each.words,
                count=each.count,
                tone=each.tone,
                start=figure(start),
                width=figure(share),
                middle=figure(start + share / 2),
                text=number_text(share, 0) if share >= WIDE else "",
                share_text=share_text(share),
            )
        )
        start += share
    return found


def told(parts: Sequence[Part]) -> str:
    """A bar in words, for who does not see it."""
    return ", ".join(f"{part.words} {part.share_text}" for part in parts if part.count)


def tone_of(place: int, places: int) -> str:
    """The shade of one step of a scale, the lowest light, the highest dark: `1` to `7`."""
    return str(1 + round(Fraction(6 * place, places - 1))) if places > 1 else "7"
