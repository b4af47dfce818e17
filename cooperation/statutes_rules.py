"""The rules in force as plain values: what the validators check and what a poll keeps when it opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from cooperation.college_law import EmptyCollege, Profile, Weight, WeightBasis, read_fraction

T = TypeVar("T")


class Pooling(StrEnum):
    """How the colleges' votes are carried into the assembly (docs/law.md, S9)."""

    NONE = "none"
    PROPORTIONAL = "proportional"
    WINNER_TAKES_ALL = "winner_takes_all"


class Base(StrEnum):
    """What a share of for or against is taken of: votes cast, everyone who took part, or every member entitled."""

    EXPRESSED = "expressed"
    PRESENT = "present"
    ENTITLED = "entitled"


class Tie(StrEnum):
    """What a college weighs when neither side wins it, under winner-takes-all."""

    VOID = "void"
    AGAINST = "against"
    SPLIT = "split"


class SilentCollege(StrEnum):
    """What a college with members but no vote cast weighs: nothing, or what the policy of empty ones says."""

    VOID = "void"
    EMPTY = "empty"


class Denominator(StrEnum):
    """What the final share is taken of: all the weights, or only for and against."""

    ALL = "all"
    CAST = "cast"


class ProxyHolders(StrEnum):
    """Whom the statutes let hold a proxy; the law of the form may add the spouse (V12)."""

    MEMBERS = "members"
    FAMILY = "family"
    ANYONE = "anyone"


class BlankProxies(StrEnum):
    """What becomes of a proxy that names nobody: refused, voted for what the board presents, or the chair's to vote."""

    REFUSED = "refused"
    CHAIR = "chair"
    FREE = "free"


@dataclass(frozen=True)
class Majority:
    """A fraction to exceed (`is_strict`) or to reach: 1/2 strict, 2/3 reached."""

    threshold: Fraction
    is_strict: bool

    def as_json(self) -> dict[str, object]:
        """The majority as plain JSON values."""
        return {"threshold": str(self.threshold), "strict": self.is_strict}

    @classmethod
    def from_json(cls, data: object) -> Majority:
        """Read what `as_json` wrote. Raises ValueError on any other shape."""
        if not isinstance(data, Mapping) or not isinstance(data.get("strict"), bool):
            raise ValueError("a majority is a threshold, and whether it is strict")
        return cls(read_fraction(data.get("threshold")), data["strict"])


@dataclass(frozen=True)
class StatutesRules:
    """The rules in force, as plain values: what the validators check and what a poll keeps when it opens.

    Majorities have no default: an association's law is its contract, so its rule must be written
    (docs/law.md, S14). `weights` is empty where votes are not weighted. None is what the statutes do not write:
    no cap of proxies, no size of the board, the law's own interval of revision. `reserve_share` is the least part
    of a surplus put in reserve; an association shares none out, and is not asked.
    """

    profile: Profile
    pooling: Pooling
    base: Base
    ordinary: Majority
    extraordinary: Majority
    weights: tuple[Weight, ...] = ()
    weight_basis: WeightBasis = WeightBasis.ACTIVITY
    empty_college: EmptyCollege = EmptyCollege.LOST
    silent_college: SilentCollege = SilentCollege.VOID
    tie: Tie = Tie.VOID
    denominator: Denominator = Denominator.ALL
    quorum_first: Fraction = Fraction(0)
    quorum_second: Fraction = Fraction(0)
    quorum_is_weighted: bool = False
    quorum_per_college: bool = False
    notice_days_first: int = 15
    notice_days_second: int = 15
    allows_remote_voting: bool = False
    remote_vote_is_withdrawable: bool = False
    proxies_per_holder: int | None = None
    proxy_holders: ProxyHolders = ProxyHolders.MEMBERS
    proxies_same_college: bool = False
    blank_proxies: BlankProxies = BlankProxies.REFUSED
    secret_elections: bool = False
    board_least: int | None = None
    board_most: int | None = None
    board_years: int | None = None
    board_casting_vote: bool = False
    revision_years: int | None = None
    reserve_share: Fraction = Fraction(23, 40)

    def majority(self, *, extraordinary: bool) -> Majority:
        """The majority a resolution of this kind needs."""
        return self.extraordinary if extraordinary else self.ordinary

    def to_json(self) -> dict[str, object]:
        """The rules as plain JSON values: fractions as "1/2", enumerations by their value."""
        return {
            **{name: str(getattr(self, name)) for name in (*_CHOICES, *_FRACTIONS)},
            **{name: getattr(self, name) for name in PLAIN_SETTINGS},
            "ordinary": self.ordinary.as_json(),
            "extraordinary": self.extraordinary.as_json(),
            "weights": [weight.as_json() for weight in self.weights],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> StatutesRules:
        """Read what `to_json` wrote. Raises ValueError when a field is missing or malformed."""
        values: dict[str, object] = {name: choice(_field(data, name)) for name, choice in _CHOICES.items()}
        values |= {name: read_fraction(_field(data, name)) for name in _FRACTIONS}
        values |= {name: _typed(data, name, bool) for name in _FLAGS}
        values |= {name: _typed(data, name, int) for name in _DAYS}
        values |= {name: _or_none(data, name) for name in _UNWRITTEN}
        for name in ("ordinary", "extraordinary"):
            values[name] = Majority.from_json(_field(data, name))
        values["weights"] = tuple(Weight.from_json(item) for item in _typed(data, "weights", list))
        return cls(**values)  # type: ignore[arg-type]


_CHOICES: dict[str, type[StrEnum]] = {
    "profile": Profile,
    "pooling": Pooling,
    "base": Base,
    "weight_basis": WeightBasis,
    "empty_college": EmptyCollege,
    "silent_college": SilentCollege,
    "tie": Tie,
    "denominator": Denominator,
    "proxy_holders": ProxyHolders,
    "blank_proxies": BlankProxies,
}
_FRACTIONS = ("quorum_first", "quorum_second", "reserve_share")
_FLAGS = (
    "quorum_is_weighted",
    "quorum_per_college",
    "allows_remote_voting",
    "remote_vote_is_withdrawable",
    "proxies_same_college",
    "secret_elections",
    "board_casting_vote",
)
_DAYS = ("notice_days_first", "notice_days_second")
_UNWRITTEN = ("proxies_per_holder", "board_least", "board_most", "board_years", "revision_years")
PLAIN_SETTINGS = (*_FLAGS, *_DAYS, *_UNWRITTEN)


def _field(data: Mapping[str, object], name: str) -> Any:
    if name not in data:
        raise ValueError(f"the rules do not say {name}")
    return data[name]


def _typed(data: Mapping[str, object], name: str, kind: type[T]) -> T:
    value = _field(data, name)
    if type(value) is not kind:
        raise ValueError(f"{name} is not {kind.__name__}")
    return value


def _or_none(data: Mapping[str, object], name: str) -> int | None:
    return None if _field(data, name) is None else _typed(data, name, int)
