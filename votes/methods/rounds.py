"""Counts that go round by round, as pages draw them: bars per round, and the whole as a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from votes.methods.base import Picture
from votes.wording import figure

SHOWN = 6
"""Up to this many rounds all are shown; past it the first and the last two, the others folded."""

FEW = 12
"""Up to this many options a folded round draws them all."""


@dataclass(frozen=True)
class Bar:
    """One option in one round: its votes in words, what it had before and what it gained as widths, what becomes of it.

    `state` is `out` (put aside in this round), `tied`, `seated` (elected, now or before), `first`, or "". `is_settled`
    says that it was elected in this very round.
    """

    label: str
    votes: str
    kept: str
    gained: str
    state: str = ""
    words: str = ""
    is_settled: bool = False

    @property
    def has_moved(self) -> bool:
        """Whether this round gave it votes, a seat, or put it aside."""
        return self.gained != "0.00" or self.state in ("out", "tied") or self.is_settled


@dataclass(frozen=True)
class Turn:
    """One round: its number, what happened in a sentence, the bars, what is apart (exhausted, waiting…)."""

    number: int
    sentence: str
    bars: list[Bar]
    notes: list[str] = field(default_factory=list)

    @property
    def moved(self) -> list[Bar]:
        """What a folded round draws: all, or among many options those that gained votes or whose fate it settles."""
        if len(self.bars) <= FEW:
            return self.bars
        return [bar for bar in self.bars if bar.has_moved]

    @property
    def still(self) -> int:
        """How many options a folded round leaves out."""
        return len(self.bars) - len(self.moved)


@dataclass(frozen=True)
class Line:
    """One option in the table of rounds: its votes round by round ("" once gone), and what became of it."""

    label: str
    url: str
    cells: list[str]
    fate: str
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class RoundsPicture(Picture):
    """The rounds as small drawings, and the table of all of them. `mark` is where the quota stands, "" for none."""

    turns: list[Turn]
    lines: list[Line]
    mark: str = ""
    seats: int = 0

    @property
    def shown(self) -> list[Turn]:
        """The rounds shown at once: all, or the first and the last two."""
        return self.turns if len(self.turns) <= SHOWN else [self.turns[0], *self.turns[-2:]]

    @property
    def folded(self) -> list[Turn]:
        """The rounds one unfolds."""
        return [] if len(self.turns) <= SHOWN else self.turns[1:-2]

    @property
    def last(self) -> Turn:
        """The round that ends the count."""
        return self.turns[-1]


Votes = Mapping[str, Fraction]


def widths(before: Votes, now: Votes, most: Fraction) -> Iterator[tuple[str, str, str]]:
    """For each option of a round: its key, the width of what it kept, the width of what it gained."""
    for key, votes in now.items():
        kept = min(before.get(key, votes), votes)
        whole = most or Fraction(1)
        yield key, figure(kept / whole), figure((votes - kept) / whole)


def in_order(votes: Votes, ballot: Sequence[str]) -> dict[str, Fraction]:
    """The options of a round from the most votes; equal ones keep the order of the ballot."""
    return dict(sorted(votes.items(), key=lambda pair: (-pair[1], ballot.index(pair[0]))))
