"""The result of an election to several seats: who sits and by which rule, what is tied, vacant or put off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from votes.counting import ENGINE
from votes.counting.derivation import Sentence
from votes.counting.election_rules import ElectionRules, Limit, TieRule


class By(StrEnum):
    """What gave a seat: votes alone, the limits per group or parity, or the rule that settled a tie."""

    VOTES = "votes"
    LIMITS = "limits"
    AGE = "age"
    DRAW = "draw"


@dataclass(frozen=True)
class Elected:
    """One seat won: who, with how many votes, by which rule."""

    candidate: str
    votes: int
    by: By


@dataclass(frozen=True)
class PassedOver:
    """A candidate without a seat although someone with as many votes or fewer has one, and why.

    `full` are the groups of the candidate that had their maximum from votes as high; `reserved` the groups
    that lacked seats of their minimum. Both empty: the rules together leave no board with them.
    """

    candidate: str
    full: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tied:
    """Candidates with equal votes for fewer seats, which no declared rule has settled.

    `to_second_round` says that the statutes send them there.
    """

    candidates: tuple[str, ...]
    seats: int
    votes: int
    to_second_round: bool = False


@dataclass(frozen=True)
class Settled:
    """A tie that a declared rule looked at: the candidates, the order the rule gives them, who then sits."""

    by: TieRule
    votes: int
    seats: int
    order: tuple[tuple[str, ...], ...]
    elected: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A limit against the seats held: those won, those of members who stay, and how many the minimum lacks.

    Seats in a tie are in none of these numbers; `tied` says whether some could still come.
    """

    limit: Limit
    won: int
    staying: int
    short: int
    tied: bool = False


@dataclass(frozen=True)
class ParityHeld:
    """One group of the parity: the seats it holds with those who stay, and by how many that passes the target."""

    group: str
    held: int
    most: int

    @property
    def excess(self) -> int:
        """Seats beyond the target."""
        return max(0, self.held - self.most)


@dataclass(frozen=True)
class ElectionResult:
    """The count of an election. `votes` are of every candidate, those who withdrew included.

    `to_fill` is the number of seats left to a second round for want of a majority, among `remaining`; `vacant`
    the seats no candidate can take.
    """

    rules: ElectionRules
    votes: dict[str, int]
    ranking: tuple[tuple[str, ...], ...]
    elected: tuple[Elected, ...]
    ties: tuple[Tied, ...]
    settled: tuple[Settled, ...]
    passed_over: tuple[PassedOver, ...]
    withdrew: tuple[str, ...]
    remaining: tuple[str, ...]
    to_fill: int
    vacant: int
    limits: tuple[Held, ...]
    parity: tuple[ParityHeld, ...]
    cast: int
    blank: int
    spoilt: int
    derivation: tuple[Sentence, ...] = ()

    @property
    def winners(self) -> tuple[str, ...]:
        """Who is elected, from the most votes."""
        return tuple(seat.candidate for seat in self.elected)

    @property
    def needed(self) -> int:
        """The votes a candidate needs in this round: one, or more than half of the ballots cast."""
        return self.cast // 2 + 1 if self.rules.needs_majority else 1

    @property
    def parity_met(self) -> bool | None:
        """Whether the parity is met by the seats held; None when there is none to meet."""
        return not any(line.excess for line in self.parity) if self.parity else None

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, without its derivation."""
        return {
            "method": "election",
            "seats": self.rules.seats,
            "winners": list(self.winners),
            "elected": [
                {"candidate": seat.candidate, "votes": seat.votes, "by": str(seat.by)}
                for seat in self.elected
            ],
            "ties": [_tied(tie) for tie in self.ties],
            "settled": [_settled(one) for one in self.settled],
            "passed_over": [
                {"candidate": one.candidate, "full": list(one.full), "reserved": list(one.reserved)}
                for one in self.passed_over
            ],
            "second_round": self._second_round(),
            "vacant": self.vacant,
            "votes": dict(self.votes),
            "ranking": [list(group) for group in self.ranking],
            "withdrew": list(self.withdrew),
            "limits": [_held(line) for line in self.limits],
            "parity": self._parity(),
            "needed": self.needed,
            "cast": self.cast,
            "blank": self.blank,
            "spoilt": self.spoilt,
            "engine": ENGINE,
        }

    def _second_round(self) -> dict[str, object] | None:
        """Who may stand again and for how many seats, for want of a majority or to settle ties."""
        sent = [tie for tie in self.ties if tie.to_second_round]
        candidates = {*self.remaining, *(key for tie in sent for key in tie.candidates)}
        seats = self.to_fill + sum(tie.seats for tie in sent)
        return {"candidates": sorted(candidates), "seats": seats} if seats else None

    def _parity(self) -> dict[str, object] | None:
        if not self.rules.parity:
            return None
        return {
            "binding": self.rules.parity.is_binding,
            "met": self.parity_met,
            "most": self.rules.parity_most,
            "groups": [
                {"group": line.group, "seats": line.held, "excess": line.excess} for line in self.parity
            ],
        }


def _tied(tie: Tied) -> dict[str, object]:
    return {
        "candidates": list(tie.candidates),
        "seats": tie.seats,
        "votes": tie.votes,
        "second_round": tie.to_second_round,
    }


def _settled(one: Settled) -> dict[str, object]:
    return {
        "by": str(one.by),
        "votes": one.votes,
        "seats": one.seats,
        "order": [list(level) for level in one.order],
        "elected": list(one.elected),
    }


def _held(line: Held) -> dict[str, object]:
    held = {"won": line.won, "staying": line.staying, "short": line.short, "tied": line.tied}
    return {**line.limit.as_json(), **held}


def by_votes(votes: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Candidates from the most votes, those with equal votes together (in alphabetical order of their keys)."""
    levels: dict[int, list[str]] = {}
    for key, count in votes.items():
        levels.setdefault(count, []).append(key)
    return tuple(tuple(sorted(levels[count])) for count in sorted(levels, reverse=True))
