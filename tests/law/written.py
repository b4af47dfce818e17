"""Votes by college written on one line, so that a test reads like the example of the law it comes from."""

from fractions import Fraction

from cooperation.rules import (
    Base,
    Denominator,
    EmptyCollege,
    Majority,
    Pooling,
    Profile,
    SilentCollege,
    StatutesRules,
    Tie,
    Weight,
)
from votes.counting.resolution import CollegeBallots, ResolutionResult, ResolutionRules, count_resolution

E01 = "A 3/10 12-8-2, B 1/5 30-10-5, C 1/5 3-9-0, D 1/5 45-55-20, E 1/10 2-0-1"
E04 = "A 3/10 10-10, B 1/5 20-5, C 1/5 2-8, D 1/5 9-1, E 1/10 0-4"
E09 = "A 1/4 6-2, B 1/4 10-10, C 1/4 120-180-40, D 3/20 0-3-1, E 1/10 4-1"


def weights(text: str) -> tuple[Weight, ...]:
    """Weights of a table such as "A 3/10, B 7/10"; what follows a weight is left aside."""
    parts = [item.split() for item in text.split(", ")]
    return tuple(Weight(name, Fraction(share)) for name, share, *_votes in parts)


def ballots(text: str) -> list[CollegeBallots]:
    """Ballots of "A 3/10 12-8-2, B 7/10 empty, C 1/5 silent": for, against, abstain; seven more stay at home."""
    read = []
    for item in text.split(", "):
        name, _share, votes = item.split()
        if votes in ("empty", "silent"):
            read.append(CollegeBallots(name, members=0 if votes == "empty" else 9))
        else:
            counts = [int(count) for count in votes.split("-")]
            read.append(CollegeBallots(name, *counts, members=sum(counts) + 7))
    return read


def majority(text: str) -> Majority:
    """A majority: ">1/2" is strict, "2/3" is reached."""
    return Majority(Fraction(text.lstrip(">")), is_strict=text.startswith(">"))


def count(
    text: str,
    pooling: str = "proportional",
    *,
    needs: str = ">1/2",
    base: str = "expressed",
    denominator: str = "all",
    tie: str = "void",
    empty: str = "lost",
    silent: str = "void",
    profile: Profile | None = None,
) -> ResolutionResult:
    """Count a table of colleges under rules named in words."""
    rules = ResolutionRules(
        pooling=Pooling(pooling),
        base=Base(base),
        majority=majority(needs),
        denominator=Denominator(denominator),
        tie=Tie(tie),
        empty_college=EmptyCollege(empty),
        silent_college=SilentCollege(silent),
        weights=weights(text),
        profile=profile,
    )
    return count_resolution(rules, ballots(text))


def heads(in_favour: int, against: int, abstain: int = 0, **rules: str) -> ResolutionResult:
    """Count one assembly by heads."""
    return count(f"all 1 {in_favour}-{against}-{abstain}", "none", **rules)


def shares(result: ResolutionResult) -> tuple[str, str, str]:
    """What went for, against and to neither, as exact texts."""
    return str(result.parts.in_favour), str(result.parts.against), str(result.parts.void)


def statutes(profile: Profile = Profile.SCIC_SAS, **changes: object) -> StatutesRules:
    """Lawful statutes of a SCIC of four colleges, with these changes."""
    values: dict[str, object] = {
        "profile": profile,
        "pooling": Pooling.PROPORTIONAL,
        "base": Base.EXPRESSED,
        "ordinary": majority(">1/2"),
        "extraordinary": majority("2/3"),
        "weights": weights("A 2/5, B 1/4, C 1/4, D 1/10"),
        "quorum_first": Fraction(1, 4),
        "quorum_second": Fraction(1, 5),
    }
    return StatutesRules(**{**values, **changes})
