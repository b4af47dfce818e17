"""Who may be a member of a cooperative, how many, and who sits on its board: V05 and V07."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.models import Category
from cooperation.rules import (
    CATEGORIES,
    Profile,
    board_breaches,
    board_size_breaches,
    category_breaches,
    member_count_breaches,
    statutes_breaches,
    term_breaches,
    years_later,
)
from cooperation.sentences import say
from tests.law.written import statutes

SA, SAS, SARL, ASSOCIATION = Profile.SCIC_SA, Profile.SCIC_SAS, Profile.SCIC_SARL, Profile.ASSOCIATION_1901
SCICS = [SA, SAS, SARL]


def codes(breaches):
    return [breach.code for breach in breaches]


def heads(text):
    return dict.fromkeys(text.split(), 1)


@pytest.mark.parametrize("profile", SCICS)
@pytest.mark.parametrize(
    ("present", "has_staff", "refused"),
    [
        ("beneficiary employee volunteer", False, 0),
        ("beneficiary employee volunteer", True, 0),
        ("beneficiary producer public_body", False, 0),
        ("beneficiary producer public_body", True, 1),
        ("beneficiary volunteer partner", False, 1),
        ("employee producer volunteer", False, 1),
        ("beneficiary employee", False, 1),
        ("beneficiary employee member", False, 1),
        ("", False, 3),
    ],
)
def test_three_categories_with_beneficiaries_and_employees_or_producers(profile, present, has_staff, refused):
    found = category_breaches(profile, heads(present), has_staff=has_staff)
    assert codes(found) == ["V05"] * refused
    assert all("19 septies" in breach.article for breach in found)


def test_a_category_nobody_belongs_to_is_no_category():
    register = {"beneficiary": 12, "employee": 5, "volunteer": 0}
    (breach,) = category_breaches(SAS, register)
    assert breach.params == {"count": 2}


def test_an_association_has_no_categories():
    assert category_breaches(ASSOCIATION, {}) == []


def test_the_categories_of_the_law_are_those_of_the_register():
    assert set(Category.values) - {"member"} == CATEGORIES


@given(st.sets(st.sampled_from(sorted(CATEGORIES))), st.booleans())
def test_one_more_category_never_makes_a_lawful_register_unlawful(present, has_staff):
    before = category_breaches(SAS, dict.fromkeys(present, 1), has_staff=has_staff)
    after = category_breaches(SAS, dict.fromkeys(CATEGORIES, 1), has_staff=has_staff)
    assert after == []
    assert (before == []) == (
        len(present) >= 3
        and "beneficiary" in present
        and ("employee" in present or ("producer" in present and not has_staff))
    )


@pytest.mark.parametrize(
    ("profile", "members", "refused"),
    [(SARL, 100, 0), (SARL, 101, 1), (SA, 360, 0), (SAS, 54_000, 0), (ASSOCIATION, 360, 0)],
)
def test_a_sarl_has_at_most_one_hundred_members(profile, members, refused):
    found = member_count_breaches(profile, members)
    assert codes(found) == ["V07"] * refused
    assert all("L223-3" in breach.article for breach in found)


@pytest.mark.parametrize(
    ("profile", "seats", "refused"),
    [
        (SA, 2, 1),
        (SA, 3, 0),
        (SA, 18, 0),
        (SA, 19, 1),
        (SA, 35, 1),
        (SAS, 35, 0),
        (SARL, 1, 0),
        (ASSOCIATION, 35, 0),
    ],
)
def test_a_board_of_35_cannot_be_that_of_an_sa(profile, seats, refused):
    assert codes(board_size_breaches(profile, seats)) == ["V07"] * refused


@pytest.mark.parametrize(
    ("profile", "until", "refused"),
    [
        (SAS, date(2032, 3, 1), 0),
        (SAS, date(2032, 3, 2), 1),
        (SARL, None, 0),
        (ASSOCIATION, date(2050, 1, 1), 0),
    ],
)
def test_a_term_of_office_lasts_six_years_at_most(profile, until, refused):
    found = term_breaches(profile, date(2026, 3, 1), until)
    assert codes(found) == ["V07"] * refused
    assert not found or "02/03/2032" in say(found[0].sentence)


def test_the_years_of_a_term_begun_on_a_29_february_end_on_the_28th():
    assert years_later(date(2024, 2, 29), 6) == date(2030, 2, 28)
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("profile", "changes", "at_fault"),
    [
        (SA, {"board_least": 3, "board_most": 18, "board_years": 6}, []),
        (SA, {"board_least": 2, "board_most": 35}, ["board_least", "board_most"]),
        (SAS, {"board_least": 9, "board_most": 35, "board_years": 3}, []),
        (SAS, {"board_least": 12, "board_most": 9}, ["board_most"]),
        (SAS, {"board_years": 7}, ["board_years"]),
        (SAS, {"board_years": 0}, ["board_years"]),
        (ASSOCIATION, {"board_years": 9, "board_most": 35}, []),
        (ASSOCIATION, {"board_years": 0}, ["board_years"]),
        (SAS, {}, []),
    ],
)
def test_the_board_the_statutes_write_is_checked_when_they_are_saved(profile, changes, at_fault):
    rules = statutes(profile, **changes)
    assert [breach.setting for breach in board_breaches(rules)] == at_fault
    assert set(codes(statutes_breaches(rules))) == ({"V07"} if at_fault else set())
