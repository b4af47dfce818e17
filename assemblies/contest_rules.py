"""The law of elections and choices on an agenda: pure functions, values in, refusal or setting out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cooperation.rules import Pooling, StatutesRules
from realtime.refused import Refused

LIMIT = re.compile(
    r"^(?P<group>.+?)\s*:\s*(?:(?P<from>\d{1,3})\s*(?:à|to|-|–)\s*(?P<to>\d{1,3})"
    r"|(?:au moins|at least)\s+(?P<least>\d{1,3})|(?:au plus|at most)\s+(?P<most>\d{1,3})|(?P<exact>\d{1,3}))$",
    re.IGNORECASE,
)
GENDERS = ("F", "H")


@dataclass(frozen=True)
class ElectionTerms:
    """What the officers say of an election: seats, names per ballot, what settles a tie, groups, parity, majority."""

    seats: int
    marks: int | None = None
    ties: Sequence[str] = ()
    limits: Sequence[Mapping[str, Any]] = ()
    aims_at_parity: bool = False
    needs_majority: bool = False

    def setup(self) -> dict[str, Any]:
        """The setting of the method, with only what was said."""
        parity = {"groups": list(GENDERS), "words": ["femmes", "hommes"], "most": "1/2"}
        said: dict[str, Any] = {
            "seats": self.seats,
            "marks": self.marks,
            "ties": list(self.ties),
            "limits": [dict(limit) for limit in self.limits],
            "parity": parity if self.aims_at_parity else None,
            "needs_majority": self.needs_majority,
        }
        return {name: value for name, value in said.items() if value}


def read_limits(text: str) -> list[dict[str, Any]]:
    """The groups that have seats of their own, one to a line: « Culture : 1 à 5 », « Habitat : au moins 1 », « Réemploi : 2 ».

    Raises `Refused("limits_unreadable")` with the line.
    """
    found = []
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        match = LIMIT.match(line)
        if match is None:
            raise Refused("limits_unreadable", line=line)
        found.append({"kind": "sector", **_bounds(match)})
    return found


def _bounds(match: re.Match[str]) -> dict[str, Any]:
    said = {name: int(value) for name, value in match.groupdict().items() if value and name != "group"}
    least = said.get("from", said.get("least", said.get("exact", 0)))
    most = said.get("to", said.get("most", said.get("exact")))
    bounds = {"group": match["group"], "words": match["group"], "least": least}
    return bounds if most is None else {**bounds, "most": most}


def check_counts_heads(rules: StatutesRules) -> None:
    """Where the statutes weigh votes by college, only for and against is weighed: nothing else is opened.

    Source: L47 art. 19 octies. Raises `Refused("weighed_by_college")`.
    """
    if rules.pooling is not Pooling.NONE:
        raise Refused("weighed_by_college")


def check_takes_candidates(*, is_election: bool, is_tabled: bool, is_prepared: bool) -> None:
    """Candidates come until the vote opens; options are on the notice, as a text put to the vote is (R225-66).

    Raises `Refused`: `resolution_decided`, `agenda_closed`.
    """
    if not is_tabled:
        raise Refused("resolution_decided")
    if not is_election and not is_prepared:
        raise Refused("agenda_closed")


def check_candidate(*, names: Sequence[str], name: str, seats_someone: bool, has_person: bool) -> None:
    """A candidate has a name nobody else has; a seat in a body goes to a person.

    Raises `Refused`: `candidate_unnamed`, `candidate_twice`.
    """
    if not name.strip() or (seats_someone and not has_person):
        raise Refused("candidate_unnamed")
    if name.strip().casefold() in {known.casefold() for known in names}:
        raise Refused("candidate_twice")


def check_group(group: str, known: Sequence[str]) -> None:
    """A group is one of those that have seats. Raises `Refused("unknown_group")`."""
    if group and group not in known:
        raise Refused("unknown_group")


def winners_of(outcome: Mapping[str, Any]) -> list[str]:
    """Who or what came out, by position as text."""
    found = outcome.get("elected") if outcome["method"] == "scottish_stv" else outcome["winners"]
    return [str(value) for value in found or []]


def is_settled(outcome: Mapping[str, Any], *, is_election: bool | None) -> bool:
    """Whether the assembly said yes: adopted, someone elected, one option chosen (a tie chooses none).

    `is_election` is None for a vote for or against.
    """
    if is_election is None:
        return bool(outcome["adopted"])
    winners = winners_of(outcome)
    return bool(winners) if is_election else len(winners) == 1
