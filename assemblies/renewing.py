"""Which seats of a body an assembly fills, and until when: ended terms for a whole term, vacancies for what remains."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from cooperation.models import GoverningBody, Mandate
from cooperation.rules import years_later
from votes.counting.renewal import RenewalRules, SeatTerm, SeatUp, part_sizes, seats_up

FAR = 9999


@dataclass(frozen=True)
class Renewal:
    """A body at an assembly: the seats to fill, the whole terms first, and the mandates that make room for them."""

    up: tuple[SeatUp, ...]
    leaving: tuple[Mandate, ...]
    stays: int = 0

    def until(self, since: date) -> list[date]:
        """The last day of each term to fill, the longest first."""
        return sorted((years_later(since, max(1, seat.ends - since.year)) for seat in self.up), reverse=True)


def renewal_of(body: GoverningBody, parts: int, on: date) -> Renewal | None:
    """The seats up at the assembly of this day; None for a body whose seats or terms have no number."""
    if not body.seats or not body.term_years or body.term_years % parts:
        return None
    rules = RenewalRules(parts, body.term_years // parts)
    running = list(Mandate.objects.filter(body=body).as_of(on).select_related("person"))
    terms = [SeatTerm(str(one.pk), one.until.year if one.until else FAR, str(one.person)) for one in running]
    terms += vacancies(body.seats, terms, rules, on.year)
    up = seats_up(terms, rules, year=on.year).up
    named = {seat.seat for seat in up}
    leaving = tuple(one for one in running if str(one.pk) in named)
    return Renewal(up, leaving, len(running) - len(leaving))


def drawn_terms(body: GoverningBody, parts: int, on: date) -> dict[str, int] | None:
    """What a poll is told when a body is elected whole and renewed by parts: who leaves first is drawn at the count."""
    renewal = renewal_of(body, parts, on)
    if renewal is None or renewal.stays or parts < 2 or not body.term_years:
        return None
    return {"parts": parts, "every": body.term_years // parts, "year": on.year}


def vacancies(seats: int, terms: list[SeatTerm], rules: RenewalRules, year: int) -> list[SeatTerm]:
    """The empty seats, in the parts that lack someone; a part that ends this year comes first."""
    held = Counter(term.ends for term in terms)
    ends = [year, *(year + rules.every * turn for turn in range(1, rules.parts))]
    room = [
        end
        for end, size in zip(ends, sorted(part_sizes(seats, rules), reverse=True), strict=True)
        for _seat in range(max(0, size - held[end]))
    ]
    room += [year] * seats
    empty = max(0, seats - len(terms))
    return [SeatTerm(f"vacant {number}", end) for number, end in enumerate(room[:empty], start=1)]
