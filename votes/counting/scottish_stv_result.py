"""What a count by Scottish STV found: its stages, its ties, who is elected; votes are in units of 1/100000."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from votes.counting import ENGINE
from votes.counting.derivation import Sentence
from votes.counting.draw import commitment

UNIT = 100_000


class Action(StrEnum):
    """What a stage of the count did."""

    FIRST_PREFERENCES = "first_preferences"
    SURPLUS = "surplus"
    EXCLUSION = "exclusion"


class Settled(StrEnum):
    """How a tie was settled; `no_effect` when there is no seed and every draw would elect the same candidates."""

    EARLIER_ROUND = "earlier_round"
    DRAW = "draw"
    NO_EFFECT = "no_effect"
    UNDECIDED = "undecided"


def exact(units: int) -> str:
    """A number of votes as exact text with five decimals: 12345678 units are "123.45678"."""
    return f"{units // UNIT}.{units % UNIT:05d}"


@dataclass(frozen=True)
class Transfer:
    """Papers that moved together: to whom (None: no next preference), how many, the value of each."""

    to: str | None
    papers: int
    value: int

    @property
    def votes(self) -> int:
        """What the papers are worth together."""
        return self.papers * self.value

    def as_json(self) -> dict[str, object]:
        """The transfer as plain JSON values."""
        votes = {"value": exact(self.value), "votes": exact(self.votes)}
        return {"to": self.to, "papers": self.papers, **votes}


@dataclass(frozen=True)
class Round:
    """One stage of the count, as it stood at its end.

    `exhausted` and `lost` (by truncation) are since the beginning. `elected` holds who was elected at this
    stage, `last_vacancies` those among them without the quota. `was_transferred` is false for the exclusion
    that leaves as many candidates as seats.
    """

    stage: int
    action: Action
    candidate: str | None
    transfers: tuple[Transfer, ...]
    totals: Mapping[str, int]
    exhausted: int
    lost: int
    elected: tuple[str, ...]
    last_vacancies: tuple[str, ...]
    was_transferred: bool = True

    @property
    def excluded(self) -> tuple[str, ...]:
        """Who was excluded at this stage."""
        return (self.candidate,) if self.candidate and self.action is Action.EXCLUSION else ()

    def as_json(self) -> dict[str, object]:
        """The stage as plain JSON values."""
        return {
            "stage": self.stage,
            "action": self.action.value,
            "candidate": self.candidate,
            "transfers": [transfer.as_json() for transfer in self.transfers],
            "totals": {key: exact(votes) for key, votes in self.totals.items()},
            "exhausted": exact(self.exhausted),
            "lost": exact(self.lost),
            "elected": list(self.elected),
            "last_vacancies": list(self.last_vacancies),
            "excluded": list(self.excluded),
        }


@dataclass(frozen=True)
class Look:
    """One look back at an earlier stage: the votes then, and who of the tied is left by it."""

    stage: int
    totals: Mapping[str, int]
    left: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The look as plain JSON values."""
        totals = {key: exact(votes) for key, votes in self.totals.items()}
        return {"round": self.stage, "totals": totals, "left": list(self.left)}


@dataclass(frozen=True)
class Tie:
    """Candidates with equal votes when one had to be chosen, and how the choice was made.

    `looks` are the earlier stages that told some of them apart, from the latest back. `drawn` is the order of
    the draw, the first of it chosen, with the digests that make it. `chosen` is None when undecided.
    """

    stage: int
    action: Action
    candidates: tuple[str, ...]
    votes: int
    looks: tuple[Look, ...]
    settled: Settled
    chosen: str | None
    drawn: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The tie as plain JSON values."""
        earlier = self.looks[-1].stage if self.settled is Settled.EARLIER_ROUND else None
        return {
            "stage": self.stage,
            "action": self.action.value,
            "candidates": list(self.candidates),
            "votes": exact(self.votes),
            "earlier": [look.as_json() for look in self.looks],
            "settled": self.settled.value,
            "round": earlier,
            "drawn": list(self.drawn),
            "digests": list(self.digests),
            "chosen": self.chosen,
        }


@dataclass(frozen=True)
class StvResult:
    """The count of an election by Scottish STV.

    `ranking` holds the elected in order of election, together when the same stage elected them with the same
    votes; within a group the order is alphabetical and means nothing. `undecided` holds the candidates still
    in the running where the count stopped for want of a seed, and is empty when the count is complete.
    """

    seats: int
    quota: int
    ranking: tuple[tuple[str, ...], ...]
    undecided: tuple[str, ...]
    rounds: tuple[Round, ...]
    ties: tuple[Tie, ...]
    cast: int
    blank: int
    spoilt: int
    seed: str | None = None
    derivation: tuple[Sentence, ...] = ()

    @property
    def elected(self) -> tuple[str, ...]:
        """The elected, in order of election."""
        return tuple(key for group in self.ranking for key in group)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to draw."""
        return not self.undecided

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, without its derivation."""
        return {
            "method": "scottish_stv",
            "engine": ENGINE,
            "seats": self.seats,
            "quota": str(self.quota),
            "elected": list(self.elected),
            "winners": list(self.elected),
            "ranking": [list(group) for group in self.ranking],
            "undecided": list(self.undecided),
            "cast": self.cast,
            "blank": self.blank,
            "spoilt": self.spoilt,
            "exhausted": exact(self.rounds[-1].exhausted),
            "lost": exact(self.rounds[-1].lost),
            "rounds": [stage.as_json() for stage in self.rounds],
            "ties": [tie.as_json() for tie in self.ties],
            "seed": self.seed,
            "commitment": None if self.seed is None else commitment(self.seed),
        }
