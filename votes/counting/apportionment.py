"""Apportionment: seats shared between groups by their numbers, exactly, within a minimum and a maximum each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from votes.counting import ENGINE
from votes.counting.derivation import Sentence

MOST_SEATS = 10_000


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


class Apportionment(StrEnum):
    """How seats follow numbers: largest remainder (Hare quota), Sainte-Laguë, or D'Hondt."""

    LARGEST_REMAINDER = "largest_remainder"
    SAINTE_LAGUE = "sainte_lague"
    DHONDT = "dhondt"


@dataclass(frozen=True)
class GroupSeats:
    """A group: its number (members, votes), bounds, seats. `last` and `following` are the claims of its last
    seat above the minimum and of the next one; None when it has none."""

    number: int
    least: int
    most: int | None
    exact: Fraction
    seats: int
    last: Fraction | None
    following: Fraction | None


@dataclass(frozen=True)
class ApportionmentResult:
    """Seats per group. `tied` groups have equal claims to the `tied_seats` left; `unassigned` seats go to none."""

    rule: Apportionment
    seats: int
    groups: dict[str, GroupSeats]
    tied: tuple[str, ...]
    tied_seats: int
    unassigned: int
    derivation: tuple[Sentence, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, without its derivation."""
        tie = {"groups": list(self.tied), "seats": self.tied_seats} if self.tied else None
        return {
            "method": "apportionment",
            "rule": str(self.rule),
            "seats": self.seats,
            "groups": {key: _group_json(group) for key, group in self.groups.items()},
            "tie": tie,
            "unassigned": self.unassigned,
            "engine": ENGINE,
        }


def count_apportionment(
    options: Mapping[str, str],
    numbers: Mapping[str, int],
    *,
    seats: int,
    rule: Apportionment,
    least: Mapping[str, int] | None = None,
    most: Mapping[str, int] | None = None,
) -> ApportionmentResult:
    """Share `seats` between the groups of `options` (key to words) in proportion to `numbers`.

    Each group first has its minimum. Each further seat goes to the strongest claim among groups below their
    maximum: exact share less seats held (largest remainder), number / (seats + 1) (D'Hondt), number /
    (2 × seats + 1) (Sainte-Laguë). Without bounds the first is Hamilton's method; with bounds it gives the
    seats nearest to the exact shares. A group of number 0 has its minimum only. Equal claims to fewer seats
    are a tie, given to no one. Raises ValueError on contradictory input. Source: Balinski and Young, Fair
    Representation, 1982.
    """
    lows, highs = dict(least or {}), dict(most or {})
    _check(options, numbers, seats, lows, highs)
    held, last, tied = _given(rule, numbers, seats, {key: lows.get(key, 0) for key in options}, highs)
    following = _claims(rule, numbers, held, highs, seats)
    groups = {
        key: GroupSeats(
            number=numbers[key],
            least=lows.get(key, 0),
            most=highs.get(key),
            exact=_exact(numbers, key, seats),
            seats=held[key],
            last=last.get(key),
            following=following.get(key),
        )
        for key in options
    }
    left = seats - sum(held.values())
    result = ApportionmentResult(rule, seats, groups, tied, left if tied else 0, 0 if tied else left)
    return replace(result, derivation=_derive(result, options))


def _given(
    rule: Apportionment,
    numbers: Mapping[str, int],
    seats: int,
    lows: Mapping[str, int],
    highs: Mapping[str, int],
) -> tuple[dict[str, int], dict[str, Fraction], tuple[str, ...]]:
    """The seats given from the minima up, the claim of each group's last one, and who ties for those left."""
    held, last = dict(lows), dict[str, Fraction]()
    while left := seats - sum(held.values()):
        claims = _claims(rule, numbers, held, highs, seats)
        strongest = max(claims.values(), default=None)
        first = sorted(key for key, claim in claims.items() if claim == strongest)
        if not first or len(first) > left:
            return held, last, tuple(first)
        for key in first:
            held[key], last[key] = held[key] + 1, claims[key]
    return held, last, ()


def _check(
    options: Mapping[str, str],
    numbers: Mapping[str, int],
    seats: int,
    lows: Mapping[str, int],
    highs: Mapping[str, int],
) -> None:
    if not options or numbers.keys() != options.keys() or not {*lows, *highs} <= options.keys():
        raise ValueError("each group has one number, and bounds are of known groups")
    if not 0 <= seats <= MOST_SEATS:
        raise ValueError(f"the seats are a number from 0 to {MOST_SEATS}")
    if min((*numbers.values(), *lows.values(), *highs.values())) < 0:
        raise ValueError("a number or a bound is negative")
    if any(lows.get(key, 0) > high for key, high in highs.items()):
        raise ValueError("a minimum is above its maximum")
    if sum(lows.values()) > seats:
        raise ValueError("the minima need more seats than there are")


def _exact(numbers: Mapping[str, int], key: str, seats: int) -> Fraction:
    return Fraction(numbers[key] * seats, sum(numbers.values()) or 1)


def _claims(
    rule: Apportionment,
    numbers: Mapping[str, int],
    held: Mapping[str, int],
    highs: Mapping[str, int],
    seats: int,
) -> dict[str, Fraction]:
    """What each group below its maximum can claim its next seat with."""
    able = [key for key, number in numbers.items() if number and held[key] < highs.get(key, MOST_SEATS)]
    if rule is Apportionment.LARGEST_REMAINDER:
        return {key: _exact(numbers, key, seats) - held[key] for key in able}
    step = 2 if rule is Apportionment.SAINTE_LAGUE else 1
    return {key: Fraction(numbers[key], step * held[key] + 1) for key in able}


def _group_json(group: GroupSeats) -> dict[str, object]:
    return {
        "number": group.number,
        "least": group.least,
        "most": group.most,
        "exact": str(group.exact),
        "seats": group.seats,
        "last": None if group.last is None else str(group.last),
        "next": None if group.following is None else str(group.following),
    }


# -- in words


def _derive(result: ApportionmentResult, options: Mapping[str, str]) -> tuple[Sentence, ...]:
    lines = [_line(options[key], group) for key, group in result.groups.items()]
    return (_rule(result), *lines, *_ending(result, options))


def _rule(result: ApportionmentResult) -> Sentence:
    messages = {
        Apportionment.LARGEST_REMAINDER: _(
            "Sièges à répartir : %(seats)s. Chaque groupe reçoit d’abord son minimum. Chaque siège suivant va "
            "au groupe dont la part exacte dépasse le plus les sièges déjà reçus (plus fort reste)."
        ),
        Apportionment.SAINTE_LAGUE: _(
            "Sièges à répartir : %(seats)s. Chaque groupe reçoit d’abord son minimum. Chaque siège suivant va "
            "au plus grand quotient : l’effectif divisé par deux fois les sièges déjà reçus plus un "
            "(Sainte-Laguë)."
        ),
        Apportionment.DHONDT: _(
            "Sièges à répartir : %(seats)s. Chaque groupe reçoit d’abord son minimum. Chaque siège suivant va "
            "au plus grand quotient : l’effectif divisé par les sièges déjà reçus plus un (D’Hondt)."
        ),
    }
    return Sentence(messages[result.rule], {"seats": result.seats})


def _line(words: str, group: GroupSeats) -> Sentence:
    message = _(
        "%(group)s : effectif %(number)s, part exacte %(exact)s, minimum %(least)s, maximum %(most)s. "
        "Sièges : %(seats)s. Valeur du dernier siège reçu : %(last)s. Valeur du siège suivant : %(next)s."
    )
    return Sentence(
        message,
        {
            "group": words,
            "number": group.number,
            "exact": str(group.exact),
            "least": group.least,
            "most": "—" if group.most is None else group.most,
            "seats": group.seats,
            "last": "—" if group.last is None else str(group.last),
            "next": "—" if group.following is None else str(group.following),
        },
    )


def _ending(result: ApportionmentResult, options: Mapping[str, str]) -> list[Sentence]:
    if result.tied:
        message = _(
            "Valeurs égales entre %(groups)s pour les sièges restants : %(seats)s. Le calcul ne les départage "
            "pas."
        )
        groups = ", ".join(options[key] for key in result.tied)
        return [Sentence(message, {"groups": groups, "seats": result.tied_seats})]
    if result.unassigned:
        message = _("Sièges qu’aucun groupe ne peut recevoir : %(seats)s.")
        return [Sentence(message, {"seats": result.unassigned})]
    return [Sentence(_("Tous les sièges sont répartis : aucun siège suivant ne vaut plus qu’un siège reçu."))]
