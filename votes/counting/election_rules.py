"""The rules of an election to several seats, as values: seats, limits per group, parity, what settles a tie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class TieRule(StrEnum):
    """What settles a tie when the statutes say so: the eldest first, a second round, a public draw."""

    AGE = "age"
    SECOND_ROUND = "second_round"
    DRAW = "draw"


class Unfilled(StrEnum):
    """A seat that a minimum reserves and that has no candidate: kept vacant, or open to the others."""

    VACANT = "vacant"
    OPEN = "open"


@dataclass(frozen=True)
class Candidate:
    """What the rules look at in a candidate: the groups they belong to, their birth date, whether they withdrew.

    A group is a key: a college, a sector, a gender… `born_on` is None when unknown or for an organisation.
    """

    groups: frozenset[str] = frozenset()
    born_on: date | None = None
    withdrew: bool = False


@dataclass(frozen=True)
class Limit:
    """How many seats of the whole body a group has: `least` to `most`, equal for a fixed number.

    `kind` says what sort of group it is ("college", "sector"): a candidate has at most one group of a kind.
    Raises ValueError when the bounds contradict each other.
    """

    group: str
    least: int = 0
    most: int | None = None
    words: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        if self.least < 0 or (self.most is not None and self.most < self.least):
            raise ValueError(f"group {self.group}: the minimum is negative or above the maximum")

    @property
    def name(self) -> str:
        """The group in words."""
        return self.words or self.group

    def as_json(self) -> dict[str, object]:
        """The limit as plain JSON values."""
        return {"group": self.group, "kind": self.kind, "least": self.least, "most": self.most}


@dataclass(frozen=True)
class Parity:
    """A target: none of these groups (genders) holds more than `most`, a number of seats or a share of them.

    `words` names the groups. Binding, it is applied as far as the candidates allow; otherwise only reported.
    Raises ValueError for fewer than two groups, a negative number or a share outside 0 to 1.
    """

    groups: tuple[str, ...]
    most: int | Fraction
    is_binding: bool = False
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.groups)) < max(2, len(self.groups)):
            raise ValueError("parity is between two different groups or more")
        if self.most < 0 or (isinstance(self.most, Fraction) and self.most > 1):
            raise ValueError("parity is a number of seats or a share from 0 to 1")

    def name(self, group: str) -> str:
        """A group in words."""
        return dict(zip(self.groups, self.words, strict=False)).get(group, group)

    def seats(self, body: int) -> int:
        """The most seats of one group in a body of this size, in whole seats.

        A share is rounded down, yet never below an equal part rounded up: half of 35 is 18, since 17 and 17
        would leave a seat to no one.
        """
        if isinstance(self.most, int):
            return self.most
        return max(floor(self.most * body), ceil(Fraction(body, len(self.groups))))


@dataclass(frozen=True)
class ElectionRules:
    """The rules of one election.

    `seats` are those to fill now; `staying` are the groups of each member whose term goes on, which limits and
    parity count with those elected. `marks` is how many candidates a ballot may name (the seats, when None).
    With `needs_majority` (first round) a candidate is elected only when named by more than half of the ballots
    cast. `ties` are tried in order, `SECOND_ROUND` being the last. Raises ValueError on contradictory rules.
    """

    seats: int
    marks: int | None = None
    limits: tuple[Limit, ...] = ()
    parity: Parity | None = None
    unfilled: Unfilled = Unfilled.VACANT
    needs_majority: bool = False
    ties: tuple[TieRule, ...] = ()
    staying: tuple[frozenset[str], ...] = ()

    def __post_init__(self) -> None:
        if self.seats < 1 or (self.marks is not None and self.marks < 1):
            raise ValueError("an election has one seat or more, a ballot one name or more")
        if len({limit.group for limit in self.limits}) < len(self.limits):
            raise ValueError("a group has two limits")
        if len(set(self.ties)) < len(self.ties) or TieRule.SECOND_ROUND in self.ties[:-1]:
            raise ValueError("a rule of ties is given twice, or after a second round")
        for kind, needed in self._reserved().items():
            if needed > self.seats:
                raise ValueError(f"the minima of {kind} need {needed} seats, there are {self.seats}")

    def _reserved(self) -> dict[str, int]:
        """The seats that the minima of each kind still need."""
        needed: dict[str, int] = {}
        for limit in self.limits:
            kind = limit.kind or limit.group
            needed[kind] = needed.get(kind, 0) + max(0, limit.least - self.staying_of(limit.group))
        return needed

    @property
    def marks_allowed(self) -> int:
        """How many candidates one ballot may name."""
        return self.seats if self.marks is None else self.marks

    @property
    def parity_most(self) -> int:
        """The most seats of one group of the parity in the whole body."""
        body = self.seats + len(self.staying)
        return self.parity.seats(body) if self.parity else body

    def staying_of(self, group: str) -> int:
        """How many members of this group stay."""
        return sum(group in groups for groups in self.staying)


def check_candidates(rules: ElectionRules, candidates: Mapping[str, Candidate]) -> None:
    """Raise ValueError for a candidate in two groups of one kind, or in two groups of the parity."""
    kinds: dict[str, set[str]] = {}
    for limit in rules.limits:
        kinds.setdefault(limit.kind or limit.group, set()).add(limit.group)
    if rules.parity:
        kinds.setdefault("parity", set()).update(rules.parity.groups)
    for key, candidate in candidates.items():
        for kind, groups in kinds.items():
            if len(groups & candidate.groups) > 1:
                raise ValueError(f"candidate {key} is in two groups of the same kind ({kind})")
