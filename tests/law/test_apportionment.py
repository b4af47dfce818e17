"""Apportionment: three methods, bounds, real ties, nothing rounded."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votes.counting.apportionment import Apportionment, count_apportionment
from votes.counting.derivation import say
from votes.counting.requests.apportionment import read_apportionment
from votes.counting.requests.reading import Malformed

HARE, WEBSTER, JEFFERSON = Apportionment
numbers = st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 30), min_size=1)


def share(numbers, seats, rule, **bounds):
    return count_apportionment({key: key for key in numbers}, numbers, seats=seats, rule=rule, **bounds)


def seats(result):
    return [group.seats for group in result.groups.values()]


@pytest.mark.parametrize(
    ("rule", "expected"), [(HARE, [4, 2, 1]), (WEBSTER, [3, 2, 2]), (JEFFERSON, [4, 2, 1])]
)
def test_seven_seats_by_each_method(rule, expected):
    assert seats(share({"A": 53, "B": 24, "C": 23}, 7, rule)) == expected


@pytest.mark.parametrize("rule", Apportionment)
def test_equal_claims_to_the_last_seat_are_a_tie(rule):
    result = share({"A": 10, "B": 10, "C": 10}, 4, rule)
    assert (seats(result), result.tied, result.tied_seats) == ([1, 1, 1], ("A", "B", "C"), 1)


@pytest.mark.parametrize("rule", Apportionment)
def test_bounds_are_kept(rule):
    result = share({"A": 90, "B": 9, "C": 1}, 7, rule, least={"C": 1}, most={"A": 4})
    assert seats(result) == [4, 2, 1]


def test_a_group_of_no_one_has_its_minimum_only():
    result = share({"A": 5, "B": 0}, 3, HARE, least={"B": 1}, most={"A": 1})
    assert (seats(result), result.unassigned) == ([1, 1], 1)


def test_the_derivation_says_each_share():
    said = [say(sentence) for sentence in share({"A": 12, "B": 8}, 7, HARE).derivation]
    assert "part exacte 21/5" in said[1]
    assert said[-1].startswith("Tous les sièges sont répartis")


@pytest.mark.parametrize(
    "wrong",
    [
        {"seats": -1},
        {"seats": 10**9},
        {"numbers": {"A": -1}},
        {"numbers": {"B": 1}},
        {"least": {"A": 9}},
        {"least": {"A": 2}, "most": {"A": 1}},
        {"most": {"B": 1}},
    ],
)
def test_contradictory_input_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^.+$"):
        count_apportionment({"A": "A"}, **{"numbers": {"A": 1}, "seats": 3, "rule": HARE, **wrong})


@given(numbers, st.integers(0, 12))
def test_without_bounds_the_largest_remainder_is_hamiltons(numbers, total):
    result = share(numbers, total, HARE)
    for group in result.groups.values():
        floor = group.exact.numerator // group.exact.denominator
        assert floor <= group.seats <= floor + 1


@given(numbers, st.integers(0, 8), st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 4)))
def test_the_largest_remainder_within_bounds_is_the_nearest_of_all(numbers, total, most):
    most = {key: high for key, high in most.items() if key in numbers}
    result = share(numbers, total, HARE, most=most)
    if result.tied or result.unassigned:
        return
    exact = [group.exact for group in result.groups.values()]
    ranges = [range(min(most.get(key, total), total) + 1 if number else 1) for key, number in numbers.items()]
    tables = [table for table in product(*ranges) if sum(table) == total]
    distance = {t: sum((a - b) ** 2 for a, b in zip(t, exact, strict=True)) for t in tables}
    assert [t for t in tables if distance[t] == min(distance.values())] == [tuple(seats(result))]


@given(numbers, st.integers(0, 12), st.sampled_from(Apportionment))
def test_order_and_scale_change_nothing(numbers, total, rule):
    result = share(numbers, total, rule)
    other = share({key: 2 * numbers[key] for key in reversed(numbers)}, total, rule)
    assert {key: group.seats for key, group in other.groups.items()} == {
        key: group.seats for key, group in result.groups.items()
    }
    assert (other.tied, other.unassigned) == (result.tied, result.unassigned)


@given(numbers, st.integers(0, 12), st.sampled_from([WEBSTER, JEFFERSON]))
def test_no_seat_refused_is_worth_more_than_a_seat_given(numbers, total, rule):
    groups = share(numbers, total, rule).groups.values()
    given_ = [group.last for group in groups if group.last is not None]
    refused = [group.following for group in groups if group.following is not None]
    assert not given_ or not refused or min(given_) >= max(refused)


REQUEST = {
    "method": "apportionment",
    "rule": "dhondt",
    "seats": 3,
    "groups": [{"name": "A", "number": 4, "most": 2}, {"name": "B", "number": 1}],
}


def test_a_request_is_counted():
    found, derivation = read_apportionment(REQUEST)
    assert {key: group["seats"] for key, group in found["groups"].items()} == {"A": 2, "B": 1}
    assert derivation


@pytest.mark.parametrize(
    "change", [{"rule": "lottery"}, {"seats": 1.5}, {"groups": []}, {"groups": [{"name": "A"}]}]
)
def test_a_malformed_request_is_refused_in_one_line(change):
    with pytest.raises(Malformed, match=r"^.+$"):
        read_apportionment({**REQUEST, **change})
