"""Renewal of a body by thirds or halves: which seats end at which assembly, and for how long each is filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from votes.counting import ENGINE
from votes.counting.derivation import Sentence

Order = Callable[[Sequence[str]], Sequence[str]]


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


@dataclass(frozen=True)
class RenewalRules:
    """`parts` of the body (3 for thirds) leave in turn, one every `every` years; a whole term is their product.

    Seats that do not share equally go to the last parts to leave (`rounded_down`: the first part is the number
    rounded down), otherwise to the first. Raises ValueError when a number is below one.
    """

    parts: int
    every: int = 1
    rounded_down: bool = True

    def __post_init__(self) -> None:
        if self.parts < 1 or self.every < 1:
            raise ValueError("a body has one part or more, renewed every year or more")

    @property
    def term(self) -> int:
        """The length of a whole term, in years."""
        return self.parts * self.every


@dataclass(frozen=True)
class SeatTerm:
    """One seat: who holds it (None when vacant), and the year of the assembly where its term ends."""

    seat: str
    ends: int
    holder: str | None = None

    def as_json(self) -> dict[str, object]:
        """The seat as plain JSON values."""
        return {"seat": self.seat, "holder": self.holder, "ends": self.ends}


@dataclass(frozen=True)
class SeatUp:
    """A seat to elect to: until when, and whether that is what remains of a predecessor's term."""

    seat: str
    ends: int
    is_remainder: bool

    def as_json(self) -> dict[str, object]:
        """The seat as plain JSON values."""
        return {"seat": self.seat, "ends": self.ends, "remainder": self.is_remainder}


@dataclass(frozen=True)
class RenewalResult:
    """The seats of a body with the ends of their terms, and, at an assembly, those to elect to."""

    seats: tuple[SeatTerm, ...]
    up: tuple[SeatUp, ...] = ()
    derivation: tuple[Sentence, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, without its derivation."""
        return {
            "method": "renewal",
            "seats": [seat.as_json() for seat in self.seats],
            "up": [seat.as_json() for seat in self.up],
            "engine": ENGINE,
        }


def part_sizes(seats: int, rules: RenewalRules) -> tuple[int, ...]:
    """How many seats leave at each renewal, the first first: 35 by thirds gives 11, 12, 12 rounded down.

    Raises ValueError for a negative number of seats.
    """
    if seats < 0:
        raise ValueError("a number of seats is never negative")
    whole, rest = divmod(seats, rules.parts)
    larger = range(rules.parts - rest, rules.parts) if rules.rounded_down else range(rest)
    return tuple(whole + (part in larger) for part in range(rules.parts))


def first_terms(
    holders: Mapping[str, str], rules: RenewalRules, *, elected: int, order: Order, words: Mapping[str, str]
) -> RenewalResult:
    """Share a body elected whole in the year `elected` into parts, by draw: the first drawn leave first.

    `holders` gives each seat its holder, `words` each holder's name; `order` puts seats in the order drawn,
    and receives them sorted. Raises ValueError when `order` does not return each seat once.
    """
    drawn = tuple(order(sorted(holders)))
    if sorted(drawn) != sorted(holders):
        raise ValueError("the draw does not order exactly the seats")
    seats: list[SeatTerm] = []
    lines: list[Sentence] = []
    for number, size in enumerate(part_sizes(len(drawn), rules), 1):
        part = drawn[len(seats) : len(seats) + size]
        ends = elected + number * rules.every
        seats += [SeatTerm(seat, ends, holders[seat]) for seat in part]
        names = ", ".join(words.get(holders[seat], holders[seat]) for seat in part) or "—"
        message = _("Partie %(part)s, selon l’ordre du tirage : %(names)s. Fin à l’assemblée de %(year)s.")
        lines.append(Sentence(message, {"part": number, "names": names, "year": str(ends)}))
    opening = _("Sièges : %(seats)s, renouvelés en %(parts)s parties, une tous les %(every)s ans.")
    params = {"seats": len(drawn), "parts": rules.parts, "every": rules.every}
    return RenewalResult(tuple(seats), derivation=(Sentence(opening, params), *lines))


def seats_up(seats: Iterable[SeatTerm], rules: RenewalRules, *, year: int) -> RenewalResult:
    """The seats to elect to at the assembly of this year: ended terms for a whole term, vacancies for the rest.

    An ended term whose assembly was missed keeps its rhythm: the new one ends when it would have. Raises
    ValueError when a seat is given twice.
    """
    body = tuple(seats)
    if len({seat.seat for seat in body}) < len(body):
        raise ValueError("a seat is given twice")
    up = [_up(seat, rules, year) for seat in body if seat.ends <= year or seat.holder is None]
    up.sort(key=lambda seat: (seat.is_remainder, seat.ends, seat.seat))
    return RenewalResult(body, tuple(up), tuple(_said(seat) for seat in up) or (_nothing(year),))


def fill_seats(seats: Iterable[SeatTerm], up: Iterable[SeatUp], elected: Mapping[str, str]) -> RenewalResult:
    """The body after an election: `elected` gives the seats filled their holders; a seat left out is vacant.

    Raises ValueError for a seat that was not to elect to.
    """
    open_ = {seat.seat: seat for seat in up}
    if not elected.keys() <= open_.keys():
        raise ValueError("a seat filled was not to elect to")
    body = tuple(
        replace(seat, ends=open_[seat.seat].ends, holder=elected.get(seat.seat))
        if seat.seat in open_
        else seat
        for seat in seats
    )
    return RenewalResult(body)


def _up(seat: SeatTerm, rules: RenewalRules, year: int) -> SeatUp:
    if seat.ends > year:
        return SeatUp(seat.seat, seat.ends, is_remainder=True)
    missed = (year - seat.ends) // rules.term
    return SeatUp(seat.seat, seat.ends + (missed + 1) * rules.term, is_remainder=False)


def _said(seat: SeatUp) -> Sentence:
    message = _("Siège %(seat)s : mandat terminé. À pourvoir jusqu’à l’assemblée de %(year)s.")
    if seat.is_remainder:
        message = _(
            "Siège %(seat)s : vacant. À pourvoir pour le temps qui restait au mandat précédent, jusqu’à "
            "l’assemblée de %(year)s."
        )
    return Sentence(message, {"seat": seat.seat, "year": str(seat.ends)})


def _nothing(year: int) -> Sentence:
    return Sentence(_("Aucun siège n’est à pourvoir à l’assemblée de %(year)s."), {"year": str(year)})
