"""Ballots as counts, college by college: what every count of a resolution starts from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cooperation.rules import Base

CHOICES = ("for", "against", "abstain", "blank", "spoilt")


@dataclass(frozen=True)
class CollegeBallots:
    """The ballots of one college, as counts. `in_favour` and `against` alone are votes cast.

    `members` is None when unknown (the college then is not empty); `present` counts heads present or
    represented when there are more than ballots received. Raises ValueError when the counts contradict each
    other.
    """

    college: str
    in_favour: int = 0
    against: int = 0
    abstain: int = 0
    blank: int = 0
    spoilt: int = 0
    members: int | None = None
    present: int | None = None

    def __post_init__(self) -> None:
        if min(self.in_favour, self.against, self.abstain, self.blank, self.spoilt) < 0:
            raise ValueError(f"college {self.college}: a count is never negative")
        if self.present is not None and self.present < self.received:
            raise ValueError(f"college {self.college}: more ballots than members present")
        if self.members is not None and self.members < self.taking_part:
            raise ValueError(f"college {self.college}: more ballots or members present than members")

    @property
    def cast(self) -> int:
        """Votes cast (suffrages exprimés): for and against, nothing else."""
        return self.in_favour + self.against

    @property
    def received(self) -> int:
        """Every ballot received: votes cast, abstentions, blank and spoilt."""
        return self.cast + self.abstain + self.blank + self.spoilt

    @property
    def taking_part(self) -> int:
        """Members present or represented."""
        return self.received if self.present is None else self.present

    def base(self, base: Base) -> int:
        """What the shares of this college are taken of. Raises ValueError for members entitled nobody counted."""
        if base is Base.ENTITLED:
            if self.members is None:
                raise ValueError(f"college {self.college}: the members entitled are not counted")
            return self.members
        return self.cast if base is Base.EXPRESSED else self.taking_part

    def as_json(self) -> dict[str, int]:
        """The counts as plain JSON values."""
        counts = (self.in_favour, self.against, self.abstain, self.blank, self.spoilt)
        return dict(zip(CHOICES, counts, strict=True))


def group_ballots(
    members: Mapping[str, int], cast: Iterable[tuple[str, str]], present: Mapping[str, int] | None = None
) -> tuple[CollegeBallots, ...]:
    """Ballots grouped by college, one (college, choice) each; `members` gives the heads of each college.

    Choices are `for`, `against`, `abstain`, `blank`, `spoilt`. A poll without colleges has the one college
    "". Raises ValueError for a college without members listed, an unknown choice, or more ballots than
    members.
    """
    counts = Counter(cast)
    unknown = [pair for pair in counts if pair[0] not in members or pair[1] not in CHOICES]
    if unknown:
        raise ValueError(f"no such college or choice: {sorted(unknown)}")
    return tuple(
        _one_college(
            college,
            {choice: counts[college, choice] for choice in CHOICES},
            members=heads,
            present=None if present is None else present.get(college, 0),
        )
        for college, heads in members.items()
    )


def all_together(colleges: Iterable[CollegeBallots]) -> CollegeBallots:
    """The ballots of all colleges as one, under the name ""."""
    groups = tuple(colleges)
    counts = {choice: sum(group.as_json()[choice] for group in groups) for choice in CHOICES}
    entitled = [group.members for group in groups if group.members is not None]
    members = sum(entitled) if len(entitled) == len(groups) else None
    return _one_college("", counts, members=members, present=sum(group.taking_part for group in groups))


def _one_college(
    college: str, counts: Mapping[str, int], *, members: int | None, present: int | None
) -> CollegeBallots:
    return CollegeBallots(
        college,
        in_favour=counts["for"],
        against=counts["against"],
        abstain=counts["abstain"],
        blank=counts["blank"],
        spoilt=counts["spoilt"],
        members=members,
        present=present,
    )
