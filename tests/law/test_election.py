"""Elections to several seats: votes, limits per group, parity, real ties, second rounds, vacancies."""

import json
from datetime import date
from fractions import Fraction
from functools import partial

import pytest

from votes.counting.derivation import say
from votes.counting.draw import draw_order
from votes.counting.election import ElectionBallots, count_election, group_election
from votes.counting.election_rules import Candidate, ElectionRules, Limit, Parity, TieRule, Unfilled
from votes.counting.requests.election import read_election
from votes.counting.requests.reading import Malformed

E18 = {"P": 41, "Q": 37, "R": 37, "S": 37, "T": 12}
SECTORS = [f"sector {number}" for number in range(1, 8)]


def count(votes, seats, *, candidates=None, order=None, **rules):
    """Count votes given candidate by candidate, one name to a ballot."""
    ballots = [ElectionBallots(frozenset([key]), number) for key, number in votes.items()]
    return count_election(
        {key: key for key in votes},
        ballots,
        rules=ElectionRules(seats, **rules),
        candidates=candidates,
        order=order,
    )


def of(**groups):
    """Candidates by key, each with the groups written in one text."""
    return {key: Candidate(frozenset(names.split())) for key, names in groups.items()}


def born(**days):
    return {key: Candidate(born_on=date.fromisoformat(day)) for key, day in days.items()}


def tie(result):
    return [(found.candidates, found.seats) for found in result.ties]


def test_e18_three_equal_for_two_seats_are_a_tie():
    result = count(E18, 3)
    assert (result.winners, tie(result)) == (("P",), [(("Q", "R", "S"), 2)])
    assert result.as_json()["ranking"] == [["P"], ["Q", "R", "S"], ["T"]]


def test_e18_the_eldest_have_the_seats_when_the_statutes_say_so():
    days = born(Q="1950-01-01", R="1970-01-01", S="1960-01-01")
    result = count(E18, 3, candidates=days, ties=(TieRule.AGE,))
    assert (result.winners, result.ties) == (("P", "Q", "S"), ())
    assert [str(seat.by) for seat in result.elected] == ["votes", "age", "age"]


def test_equal_ages_remain_tied():
    days = born(Q="1950-01-01", R="1960-01-01", S="1960-01-01")
    result = count(E18, 3, candidates=days, ties=(TieRule.AGE,))
    assert (result.winners, tie(result)) == (("P", "Q"), [(("R", "S"), 1)])


def test_without_every_birth_date_age_settles_nothing():
    result = count(E18, 3, candidates=born(Q="1950-01-01"), ties=(TieRule.AGE,))
    assert tie(result) == [(("Q", "R", "S"), 2)]


def test_e18_a_second_round_is_among_the_tied():
    found = count(E18, 3, ties=(TieRule.SECOND_ROUND,)).as_json()
    assert found["second_round"] == {"candidates": ["Q", "R", "S"], "seats": 2}


def test_a_draw_with_a_seed_settles_what_age_does_not():
    days = born(Q="1950-01-01", R="1960-01-01", S="1960-01-01")
    order = partial(draw_order, "dice 4 2 6 1", 1)
    result = count(E18, 3, candidates=days, ties=(TieRule.AGE, TieRule.DRAW), order=order)
    assert result.winners == ("P", "Q", order(["R", "S"])[0])
    assert [str(one.by) for one in result.settled] == ["age", "draw"]


def test_a_draw_that_forgets_someone_is_refused():
    with pytest.raises(ValueError, match="draw"):
        count(E18, 3, ties=(TieRule.DRAW,), order=lambda keys: keys[1:])


def test_a_declared_draw_needs_its_order():
    with pytest.raises(ValueError, match="draw"):
        count(E18, 3, ties=(TieRule.DRAW,))


def test_a_fixed_number_of_seats_per_college():
    limits = (Limit("A", 1, 1), Limit("B", 2, 2))
    groups = of(a="A", b="A", c="B", d="B")
    result = count({"a": 9, "b": 8, "c": 3, "d": 1}, 3, candidates=groups, limits=limits)
    assert result.winners == ("a", "c", "d")
    assert result.passed_over[0].candidate == "b"
    assert result.passed_over[0].full == ("A",)


def test_a_minimum_reserves_the_last_seat():
    result = count({"a": 9, "b": 8, "c": 1}, 2, candidates=of(c="C"), limits=(Limit("C", 1),))
    assert [(seat.candidate, str(seat.by)) for seat in result.elected] == [("a", "votes"), ("c", "limits")]
    assert result.passed_over[0].reserved == ("C",)


def test_a_candidate_of_two_groups_serves_both_minima():
    groups = of(b="B", c="C", d="B C")
    result = count(
        {"a": 9, "b": 8, "c": 7, "d": 1}, 2, candidates=groups, limits=(Limit("B", 1), Limit("C", 1))
    )
    assert result.winners == ("a", "d")


def test_a_tie_within_one_college_is_apart_from_the_others():
    groups = of(a="A", b="A", c="B", d="B")
    limits = (Limit("A", 1, 1), Limit("B", 1, 1))
    result = count({"a": 5, "b": 5, "c": 5, "d": 5}, 2, candidates=groups, limits=limits)
    assert tie(result) == [(("a", "b"), 1), (("c", "d"), 1)]


@pytest.mark.parametrize(
    ("unfilled", "winners", "vacant"), [(Unfilled.VACANT, ("a",), 1), (Unfilled.OPEN, ("a", "b"), 0)]
)
def test_a_reserved_seat_without_candidate_is_vacant_or_open(unfilled, winners, vacant):
    result = count({"a": 9, "b": 8}, 2, limits=(Limit("C", 1),), unfilled=unfilled)
    assert (result.winners, result.vacant, result.limits[0].short) == (winners, vacant, 1)


def test_too_few_candidates_leave_vacancies_and_no_vote_no_seat():
    result = count({"a": 3, "b": 0}, 3)
    assert (result.winners, result.vacant) == (("a",), 2)


def test_votes_for_whoever_withdrew_elect_no_one():
    result = count({"a": 9, "b": 2}, 1, candidates={"a": Candidate(withdrew=True)})
    assert (result.winners, result.withdrew, result.votes["a"]) == (("b",), ("a",), 9)


def test_a_first_round_needs_more_than_half_of_the_ballots():
    ballots = [ElectionBallots(frozenset("ab"), 3), ElectionBallots(frozenset("ac"), 3)]
    result = count_election(dict.fromkeys("abc", ""), ballots, rules=ElectionRules(2, needs_majority=True))
    assert (result.winners, result.needed) == (("a",), 4)
    assert result.as_json()["second_round"] == {"candidates": ["b", "c"], "seats": 1}


def test_a_ballot_with_too_many_names_is_spoilt_and_an_empty_one_blank():
    ballots = group_election([["a", "b"], ["a"], ["b", "c", "a"], []])
    result = count_election(dict.fromkeys("abc", ""), ballots, rules=ElectionRules(2), spoilt=1)
    assert (result.cast, result.blank, result.spoilt) == (2, 1, 2)
    assert result.votes == {"a": 2, "b": 1, "c": 0}


@pytest.mark.parametrize(("binding", "winners", "met"), [(False, "abc", False), (True, "abd", True)])
def test_parity_is_reported_and_applied_when_it_binds(binding, winners, met):
    groups = of(a="M", b="M", c="M", d="F")
    parity = Parity(("F", "M"), Fraction(2, 3), binding)
    result = count({"a": 9, "b": 8, "c": 7, "d": 1}, 3, candidates=groups, parity=parity)
    assert (result.winners, result.parity_met) == (tuple(winners), met)


def test_parity_that_candidates_do_not_allow_is_reported_by_how_much():
    parity = Parity(("F", "M"), Fraction(1, 2), True)
    found = count({"a": 9, "b": 8}, 2, candidates=of(a="M", b="M"), parity=parity).as_json()["parity"]
    assert found["met"] is False
    assert found["groups"] == [
        {"group": "F", "seats": 0, "excess": 0},
        {"group": "M", "seats": 2, "excess": 1},
    ]


@pytest.mark.parametrize(("most", "body", "seats"), [("1/2", 35, 18), ("2/3", 8, 5), ("1/2", 8, 4)])
def test_a_share_of_parity_in_whole_seats(most, body, seats):
    assert Parity(("F", "M"), Fraction(most)).seats(body) == seats


def test_members_who_stay_count_in_the_limits():
    limits = (Limit("A", 1, 2),)
    staying = (frozenset("A"), frozenset("A"))
    result = count({"a": 9, "b": 1}, 1, candidates=of(a="A"), limits=limits, staying=staying)
    assert result.winners == ("b",)


def test_a_board_of_35_gives_each_of_7_sectors_its_minimum():
    sectors = {f"c{number}": SECTORS[min(number // 12, 6)] for number in range(84)}
    votes = {key: 300 - int(key[1:]) for key in sectors}
    candidates = {key: Candidate(frozenset([sector])) for key, sector in sectors.items()}
    limits = tuple(Limit(sector, 3, 8, kind="sector") for sector in SECTORS)
    result = count(votes, 35, candidates=candidates, limits=limits)
    assert [line.won for line in result.limits] == [8, 8, 7, 3, 3, 3, 3]
    assert (len(result.winners), result.vacant) == (35, 0)


def test_an_executive_of_8_is_elected_by_the_board():
    votes = {f"c{number}": 35 - number for number in range(12)}
    assert count(votes, 8).winners == tuple(f"c{number}" for number in range(8))


def test_the_seats_per_college_of_a_published_project():
    """Seven to twelve seats: 3-3, 2 or more, 1-2, 1-2, 0-1, 0-1."""
    bounds = {"garants": (3, 3), "porteurs": (2, None), "salariés": (1, 2)}
    bounds |= {"bénéficiaires": (1, 2), "adhérents": (0, 1), "jeunes": (0, 1)}
    limits = tuple(Limit(group, low, high, kind="college") for group, (low, high) in bounds.items())
    votes = {f"{group} {number}": 50 - number for group in bounds for number in range(4)}
    candidates = {key: Candidate(frozenset([key.split()[0]])) for key in votes}
    result = count(votes, 12, candidates=candidates, limits=limits)
    assert {line.limit.group: line.won for line in result.limits} == {
        "garants": 3,
        "porteurs": 3,
        "salariés": 2,
        "bénéficiaires": 2,
        "adhérents": 1,
        "jeunes": 1,
    }


@pytest.mark.parametrize(
    "rules",
    [
        {"seats": 0},
        {"seats": 1, "marks": 0},
        {"seats": 1, "limits": (Limit("A", 2),)},
        {"seats": 3, "limits": (Limit("A", 2, kind="c"), Limit("B", 2, kind="c"))},
        {"seats": 3, "limits": (Limit("A"), Limit("A"))},
        {"seats": 1, "ties": (TieRule.SECOND_ROUND, TieRule.AGE)},
    ],
)
def test_contradictory_rules_are_refused(rules):
    with pytest.raises(ValueError):
        ElectionRules(**rules)


def test_a_limit_that_contradicts_itself_is_refused():
    with pytest.raises(ValueError, match="minimum"):
        Limit("A", 2, 1)


def test_a_candidate_in_two_colleges_is_refused():
    limits = (Limit("A", kind="college"), Limit("B", kind="college"))
    with pytest.raises(ValueError, match="same kind"):
        count({"a": 1}, 1, candidates=of(a="A B"), limits=limits)


def test_rules_too_entangled_are_refused_never_guessed(monkeypatch):
    monkeypatch.setattr("votes.counting.election_search.STEPS", 0)
    with pytest.raises(ValueError, match="exact count"):
        count({"a": 9, "b": 8, "c": 1}, 2, candidates=of(c="C"), limits=(Limit("C", 1),))


def test_the_derivation_follows_the_ballots_to_the_tie():
    said = [say(sentence) for sentence in count(E18, 3).derivation]
    assert "P : voix 41. Siège obtenu par les voix." in said
    assert any("Égalité à 37 voix entre Q, R, S. Sièges restants : 2." in line for line in said)
    assert said[-1] == "Sièges pourvus : 1 sur 3. Siège obtenu : P."


REQUEST = {
    "method": "election",
    "seats": 2,
    "candidates": [{"name": "P", "groups": ["A"], "born_on": "1960-05-01"}, {"name": "Q"}, {"name": "R"}],
    "limits": [{"group": "A", "kind": "college", "least": 1}],
    "parity": {"groups": ["F", "M"], "most": "1/2"},
    "ties": ["age", "draw"],
    "seed": "dice 4 2 6 1",
    "ballots": [{"named": ["P", "Q"], "count": 3}, {"named": ["R"], "count": 3}],
}


def test_a_request_is_counted():
    found, derivation = read_election(REQUEST)
    assert found["winners"] == ["P", draw_order("dice 4 2 6 1", 1, ["Q", "R"])[0]]
    assert json.dumps(found)
    assert derivation


@pytest.mark.parametrize(
    "change",
    [
        {"seats": 10**6},
        {"seats": "2"},
        {"candidates": [{"name": "P"}, {"name": "P"}]},
        {"candidates": [{"name": "P", "born_on": "1 May"}]},
        {"ballots": [{"named": ["X"]}]},
        {"ballots": [{"named": ["P", "P"]}]},
        {"limits": [{"group": "A", "least": -1}]},
        {"parity": {"groups": ["F", "M"], "most": 0.5}},
        {"ties": ["strength"]},
        {"seed": ""},
        {"colour": "red"},
    ],
)
def test_a_malformed_request_is_refused_in_one_line(change):
    with pytest.raises(Malformed, match=r"^.+$"):
        read_election({**REQUEST, **change})
