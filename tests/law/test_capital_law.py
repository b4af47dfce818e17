"""What public bodies may hold (V06), and what a surplus leaves in reserve (V15)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.rules import (
    Profile,
    allocation_breaches,
    least_allocation,
    public_capital_breaches,
    reserve_share_breaches,
    reserve_share_floor,
    statutes_breaches,
)
from cooperation.sentences import say
from tests.law.written import statutes

SAS, ASSOCIATION = Profile.SCIC_SAS, Profile.ASSOCIATION_1901
money = st.integers(min_value=0, max_value=10**9)


@pytest.mark.parametrize("profile", [Profile.SCIC_SA, Profile.SCIC_SAS, Profile.SCIC_SARL])
@pytest.mark.parametrize(
    ("public", "total", "is_refused"),
    [(0, 0, False), (15_000, 30_000, False), (15_001, 30_000, True), (1, 3, False), (30_000, 30_000, True)],
)
def test_public_bodies_hold_at_most_one_half_of_the_capital(profile, public, total, is_refused):
    found = public_capital_breaches(profile, public=public, total=total)
    assert [breach.code for breach in found] == ["V06"] * is_refused


def test_the_share_of_public_bodies_is_told_exactly():
    (breach,) = public_capital_breaches(SAS, public=15_001, total=30_000)
    assert "15001/30000 du capital, soit 50,00\u00a0%" in say(breach.sentence)
    assert "19 septies" in breach.article


def test_an_association_has_no_capital():
    assert public_capital_breaches(ASSOCIATION, public=9, total=10) == []


@pytest.mark.parametrize(("public", "total"), [(-1, 10), (11, 10)])
def test_a_part_of_the_capital_is_never_more_than_the_whole(public, total):
    with pytest.raises(ValueError, match="from none to all"):
        public_capital_breaches(SAS, public=public, total=total)


def test_e17_a_surplus_of_100000_leaves_57500_in_reserve_and_32500_for_interest():
    least = least_allocation(100_000, legal_reserve=0, highest_capital=200_000, public_aid=10_000)
    assert (least.legal, least.statutory, least.reserves, least.interest) == (15_000, 42_500, 57_500, 32_500)


def test_e17_once_the_legal_reserve_is_full_it_is_half_and_half():
    least = least_allocation(100_000, legal_reserve=200_000, highest_capital=200_000)
    assert (least.legal, least.statutory, least.interest) == (0, 50_000, 50_000)


def test_the_legal_reserve_receives_no_more_than_what_it_lacks():
    least = least_allocation(100_000, legal_reserve=195_000, highest_capital=200_000)
    assert (least.legal, least.statutory, least.interest) == (5_000, 47_500, 47_500)


@pytest.mark.parametrize("surplus", [0, -12_000])
def test_a_loss_leaves_nothing_to_share(surplus):
    least = least_allocation(surplus, legal_reserve=0, highest_capital=1)
    assert (least.reserves, least.interest) == (0, 0)


@pytest.mark.parametrize("wrong", ["legal_reserve", "highest_capital", "public_aid"])
def test_a_negative_amount_is_refused(wrong):
    amounts = {"legal_reserve": 0, "highest_capital": 0, "public_aid": 0, wrong: -1}
    with pytest.raises(ValueError, match="never negative"):
        least_allocation(100, **amounts)


@given(money, money, money, money)
def test_reserves_are_between_one_half_and_23_fortieths_and_nothing_is_lost(surplus, reserve, capital, aid):
    least = least_allocation(surplus, legal_reserve=reserve, highest_capital=capital, public_aid=aid)
    assert Fraction(surplus, 2) <= least.reserves <= Fraction(23, 40) * surplus
    assert least.interest == max(surplus - least.reserves - aid, 0)
    assert least.legal <= max(capital - reserve, 0)


@pytest.mark.parametrize(
    ("reserves", "interest", "refused"),
    [(57_500, 32_500, 0), (57_499, 32_500, 1), (57_500, 32_501, 1), (40_000, 60_000, 2), (100_000, 0, 0)],
)
def test_an_allocation_is_judged_by_the_reserves_and_by_the_interest(reserves, interest, refused):
    least = least_allocation(100_000, legal_reserve=0, highest_capital=200_000, public_aid=10_000)
    found = allocation_breaches(SAS, least, reserves=reserves, interest=interest)
    assert [breach.code for breach in found] == ["V15"] * refused
    assert allocation_breaches(ASSOCIATION, least, reserves=reserves, interest=interest) == []


def test_the_least_in_reserve_is_23_fortieths_then_one_half():
    assert (reserve_share_floor(), reserve_share_floor(is_legal_reserve_full=True)) == (
        Fraction(23, 40),
        Fraction(1, 2),
    )


@pytest.mark.parametrize(
    ("share", "profile", "is_refused"),
    [
        ("23/40", SAS, False),
        ("1", SAS, False),
        ("1/2", SAS, True),
        ("41/40", SAS, True),
        ("0", ASSOCIATION, False),
        ("2", ASSOCIATION, True),
    ],
)
def test_the_part_the_statutes_put_in_reserve_is_checked_when_they_are_saved(share, profile, is_refused):
    rules = statutes(profile, reserve_share=Fraction(share))
    assert [breach.setting for breach in reserve_share_breaches(rules)] == ["reserve_share"] * is_refused
    assert [breach.code for breach in statutes_breaches(rules)] == ["V15"] * is_refused
