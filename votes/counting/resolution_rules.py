"""The rules one resolution is counted by, and what the law of a profile refuses in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cooperation.rules import (
    Base,
    Breach,
    Denominator,
    EmptyCollege,
    Majority,
    Pooling,
    Profile,
    SilentCollege,
    StatutesRules,
    Tie,
    Weight,
    college_breaches,
    majority_breaches,
    redistribution_breaches,
)


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


ARTICLE_ONE_VOTE = _("loi n° 47-1775 du 10 septembre 1947, art. 1")
SIMPLE_MAJORITY = Majority(Fraction(1, 2), is_strict=True)


@dataclass(frozen=True)
class ResolutionRules:
    """What one resolution is counted by: the values a poll keeps from its opening.

    `weights` is empty when heads are counted (`pooling` none). `profile` is the legal form whose law is
    enforced at the count, None for an indicative poll. `is_board` says that a board decides, not an assembly;
    `casting_vote` that its chair breaks a tie. Raises ValueError for a threshold outside ]0, 1].
    """

    pooling: Pooling = Pooling.NONE
    base: Base = Base.EXPRESSED
    majority: Majority = SIMPLE_MAJORITY
    denominator: Denominator = Denominator.ALL
    tie: Tie = Tie.VOID
    empty_college: EmptyCollege = EmptyCollege.LOST
    silent_college: SilentCollege = SilentCollege.VOID
    weights: tuple[Weight, ...] = ()
    profile: Profile | None = None
    is_board: bool = False
    casting_vote: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.majority.threshold <= 1:
            raise ValueError("a threshold is above 0 and at most 1")

    @classmethod
    def from_statutes(cls, rules: StatutesRules, *, extraordinary: bool = False) -> ResolutionRules:
        """The rules of an ordinary or extraordinary resolution under these statutes."""
        return cls(
            pooling=rules.pooling,
            base=rules.base,
            majority=rules.majority(extraordinary=extraordinary),
            denominator=rules.denominator,
            tie=rules.tie,
            empty_college=rules.empty_college,
            silent_college=rules.silent_college,
            weights=() if rules.pooling is Pooling.NONE else rules.weights,
            profile=rules.profile,
        )

    @classmethod
    def of_board(cls, rules: StatutesRules) -> ResolutionRules:
        """The rules of a board's resolution under these statutes: by heads, a simple majority of the votes cast."""
        return cls(profile=rules.profile, is_board=True, casting_vote=rules.board_casting_vote)

    def to_json(self) -> dict[str, object]:
        """The rules as plain JSON values, fractions as "1/2"; `from_json` reads them back."""
        return {
            "pooling": str(self.pooling),
            "base": str(self.base),
            **self.majority.as_json(),
            "denominator": str(self.denominator),
            "tie": str(self.tie),
            "empty_college": str(self.empty_college),
            "silent_college": str(self.silent_college),
            "weights": [weight.as_json() for weight in self.weights],
            "profile": None if self.profile is None else str(self.profile),
            **({"is_board": True, "casting_vote": self.casting_vote} if self.is_board else {}),
            **({"casting_vote": True} if self.casting_vote else {}),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ResolutionRules:
        """Read what `to_json` wrote. Raises ValueError when a field is missing or malformed."""
        try:
            return cls(
                Pooling(data["pooling"]),
                Base(data["base"]),
                Majority.from_json(data),
                Denominator(data["denominator"]),
                Tie(data["tie"]),
                EmptyCollege(data["empty_college"]),
                SilentCollege(data["silent_college"]),
                tuple(Weight.from_json(item) for item in data["weights"]),
                None if data["profile"] is None else Profile(data["profile"]),
                data.get("is_board", False) is True,
                data.get("casting_vote", False) is True,
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"rules of a resolution: {error}") from error


def resolution_breaches(rules: ResolutionRules, empty: Collection[str] = ()) -> list[Breach]:
    """What the profile's law refuses in these rules, given the colleges without members (V01–V03, V08).

    A casting vote outside a board is refused in every form: one member, one vote (V13; L47 art. 1).
    Ask when a poll opens; the count refuses the same. Empty without a profile. Raises ValueError for an empty
    college that has no weight. Sources: art. 19 octies; Cass. ass. plén. 15 Nov 2024 (docs/law.md, E07, E11).
    """
    if rules.casting_vote and not rules.is_board:
        return [
            Breach(
                "V13",
                ARTICLE_ONE_VOTE,
                _(
                    "En assemblée, personne ne vote deux fois : la voix de la présidence ne départage qu’au conseil."
                ),
            )
        ]
    if rules.profile is None:
        return []
    breaches = majority_breaches(rules.profile, rules.majority)
    if rules.pooling is Pooling.NONE:
        return breaches
    table = college_breaches(rules.profile, rules.weights)
    return breaches + (
        table or redistribution_breaches(rules.profile, rules.weights, empty, rules.empty_college)
    )
