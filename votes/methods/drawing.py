"""Bars made of parts, as pictures draw them: exact until the last step, never told by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from votes.wording import figure, number_text, share_text

WIDE, TIGHT = Fraction(8, 100), Fraction(6, 100)
"""From this share on, a part has room for its figure; and what is left of one that the line of the middle cuts."""
HALF, NEAR = Fraction(1, 2), Fraction(5, 100)
"""The middle of a bar, and how near to it a figure would be crossed by its line."""


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


def parts_of(slices: Sequence[Slice], whole: int, *, half: bool = False) -> list[Part]:
    """The parts of one bar, end to end; those of nobody have no width. `half`: a line will mark the middle."""
    found, start = [], Fraction(0)
    for each in slices:
        share = Fraction(each.count, whole) if whole else Fraction(0)
        left, room = beside_the_line(start, share) if half else (start, share)
        found.append(
            Part(
                words=each.words,
                count=each.count,
                tone=each.tone,
                start=figure(start),
                width=figure(share),
                middle=figure(left + room / 2),
                text=number_text(share, 0) if share >= WIDE and room >= TIGHT else "",
                share_text=share_text(share),
            )
        )
        start += share
    return found


def beside_the_line(start: Fraction, share: Fraction) -> tuple[Fraction, Fraction]:
    """Where a part's figure has room, from where and how wide: beside the line of the middle, on the wider side."""
    end = start + share
    if abs(start + share / 2 - HALF) > NEAR or not start < HALF < end:
        return start, share
    return (start, HALF - start) if HALF - start >= end - HALF else (HALF, end - HALF)


def told(parts: Sequence[Part]) -> str:
    """A bar in words, for who does not see it."""
    return ", ".join(f"{part.words} {part.share_text}" for part in parts if part.count)


def tone_of(place: int, places: int) -> str:
    """The shade of one step of a scale, the lowest light, the highest dark: `1` to `7`."""
    return str(1 + round(Fraction(6 * place, places - 1))) if places > 1 else "7"
