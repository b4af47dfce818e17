"""Renewal by thirds or halves: parts, first draw, seats up, what remains of a term."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votes.counting.derivation import say
from votes.counting.renewal import RenewalRules, SeatTerm, fill_seats, first_terms, part_sizes, seats_up

THIRDS = RenewalRules(3)
HALVES = RenewalRules(2, every=2)


def body(size, rules=THIRDS):
    holders = {f"seat {number:02}": f"person {number}" for number in range(size)}
    return first_terms(holders, rules, elected=2024, order=lambda keys: keys[::-1], words={})


@pytest.mark.parametrize(
    ("seats", "rules", "sizes"),
    [
        (35, THIRDS, (11, 12, 12)),
        (15, THIRDS, (5, 5, 5)),
        (3, THIRDS, (1, 1, 1)),
        (9, HALVES, (4, 5)),
        (35, RenewalRules(3, rounded_down=False), (12, 12, 11)),
    ],
)
def test_the_parts_of_a_body(seats, rules, sizes):
    assert part_sizes(seats, rules) == sizes


def test_a_first_draw_says_who_leaves_first():
    result = body(3)
    assert {term.seat: term.ends for term in result.seats} == {
        "seat 02": 2025,
        "seat 01": 2026,
        "seat 00": 2027,
    }
    assert "person 2. Fin à l’assemblée de 2025." in say(result.derivation[1])


def test_a_draw_that_forgets_a_seat_is_refused():
    with pytest.raises(ValueError, match="draw"):
        first_terms({"1": "a", "2": "b"}, THIRDS, elected=2024, order=lambda keys: keys[1:], words={})


def test_ended_terms_are_whole_and_vacancies_what_remains():
    terms = [SeatTerm("1", 2025, "a"), SeatTerm("2", 2026, "b"), SeatTerm("3", 2027)]
    up = seats_up(terms, THIRDS, year=2025).up
    assert [(seat.seat, seat.ends, seat.is_remainder) for seat in up] == [
        ("1", 2028, False),
        ("3", 2027, True),
    ]


def test_a_vacancy_that_ends_at_this_assembly_is_a_whole_term():
    assert not seats_up([SeatTerm("1", 2025)], THIRDS, year=2025).up[0].is_remainder


@pytest.mark.parametrize(("year", "ends"), [(2025, 2028), (2026, 2028), (2028, 2031), (2029, 2031)])
def test_a_missed_assembly_does_not_change_the_rhythm(year, ends):
    assert seats_up([SeatTerm("1", 2025, "a")], THIRDS, year=year).up[0].ends == ends


def test_no_seat_up_is_said():
    result = seats_up([SeatTerm("1", 2027, "a")], THIRDS, year=2025)
    assert (result.up, say(result.derivation[0])) == (
        (),
        "Aucun siège n’est à pourvoir à l’assemblée de 2025.",
    )


def test_a_seat_left_without_a_holder_is_vacant_for_its_new_term():
    terms = [SeatTerm("1", 2025, "a"), SeatTerm("2", 2026, "b")]
    filled = fill_seats(terms, seats_up(terms, THIRDS, year=2025).up, {})
    assert filled.seats == (SeatTerm("1", 2028), SeatTerm("2", 2026, "b"))


def test_a_seat_that_was_not_up_is_not_filled():
    with pytest.raises(ValueError, match="not to elect"):
        fill_seats([SeatTerm("1", 2026, "a")], [], {"1": "b"})


@pytest.mark.parametrize("wrong", [{"parts": 0}, {"parts": 3, "every": 0}])
def test_a_body_has_parts_and_a_rhythm(wrong):
    with pytest.raises(ValueError, match="one part"):
        RenewalRules(**wrong)


def test_a_seat_is_given_once():
    with pytest.raises(ValueError, match="twice"):
        seats_up([SeatTerm("1", 2025), SeatTerm("1", 2026)], THIRDS, year=2025)


def test_a_negative_body_is_refused():
    with pytest.raises(ValueError, match="negative"):
        part_sizes(-1, THIRDS)


@given(st.integers(3, 15))
def test_over_three_years_each_seat_of_a_council_by_thirds_is_up_once(size):
    result, seen = body(size), []
    for year in (2025, 2026, 2027):
        up = seats_up(result.seats, THIRDS, year=year).up
        seen += [seat.seat for seat in up]
        result = fill_seats(result.seats, up, {seat.seat: "someone" for seat in up})
    assert sorted(seen) == sorted(term.seat for term in result.seats)
    assert {term.ends for term in result.seats} == {2028, 2029, 2030}
    assert result.as_json()["seats"]
