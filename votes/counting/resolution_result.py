"""The result of a resolution: exact shares, line by line, and who carries it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from cooperation.rules import Redistribution
from votes.counting import ENGINE
from votes.counting.ballots import CollegeBallots
from votes.counting.derivation import Sentence
from votes.counting.resolution_rules import ResolutionRules


class Standing(StrEnum):
    """How a college entered the result: counted, won by neither side, without vote cast, without members."""

    COUNTED = "counted"
    UNDECIDED = "undecided"
    SILENT = "silent"
    EMPTY = "empty"


@dataclass(frozen=True)
class Parts:
    """A weight as it was shared out: for, against, and void (neither)."""

    in_favour: Fraction
    against: Fraction
    void: Fraction

    def as_json(self) -> dict[str, str]:
        """The three parts as exact texts."""
        return {"for": str(self.in_favour), "against": str(self.against), "void": str(self.void)}


@dataclass(frozen=True)
class CollegeResult:
    """One college in the result: its declared weight (None by heads), and the share it has in this count."""

    ballots: CollegeBallots
    standing: Standing
    weight: Fraction | None
    share: Fraction
    parts: Parts
    label: str = ""

    @property
    def name(self) -> str:
        """The college in words."""
        return self.label or self.ballots.college

    def as_json(self) -> dict[str, object]:
        """The line as plain JSON values."""
        return {
            "name": self.ballots.college,
            "label": self.label,
            "standing": str(self.standing),
            "members": self.ballots.members,
            "weight": None if self.weight is None else str(self.weight),
            "share": str(self.share),
            "votes": self.ballots.as_json(),
            **self.parts.as_json(),
        }


@dataclass(frozen=True)
class ResolutionResult:
    """The count of one resolution. `reached` is what was compared with the majority of `rules`.

    `chair` is the casting vote that decided it, None where none did.
    """

    adopted: bool
    parts: Parts
    reached: Fraction
    rules: ResolutionRules
    redistribution: Redistribution | None
    ballots: CollegeBallots
    colleges: tuple[CollegeResult, ...]
    derivation: tuple[Sentence, ...] = ()
    chair: str | None = None

    @property
    def is_by_heads(self) -> bool:
        """Whether heads were counted: no pooling, or weighting suspended."""
        return self.redistribution is None or self.redistribution.is_suspended

    @property
    def is_suspended(self) -> bool:
        """Whether weighting was declared but suspended by an empty college."""
        return self.redistribution is not None and self.redistribution.is_suspended

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, shares as exact texts, without its derivation."""
        return {
            "method": "resolution",
            "adopted": self.adopted,
            **self.parts.as_json(),
            "reached": str(self.reached),
            "needed": str(self.rules.majority.threshold),
            "strict": self.rules.majority.is_strict,
            "denominator": str(self.rules.denominator),
            "suspended": self.is_suspended,
            "votes": self.ballots.as_json(),
            "colleges": [college.as_json() for college in self.colleges],
            "engine": ENGINE,
            **({"casting_vote": self.chair} if self.rules.casting_vote else {}),
        }
