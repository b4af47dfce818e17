"""When a cooperative is revised (V14); what an agenda binds (V10, V11)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.rules import (
    Profile,
    agenda_breaches,
    next_revision,
    off_agenda_breaches,
    revision_alerts,
    revision_breaches,
    revision_interval,
    revision_setting_breaches,
    statutes_breaches,
)
from cooperation.sentences import dated, say
from tests.law.written import statutes

SA, SAS, SARL, ASSOCIATION = Profile.SCIC_SA, Profile.SCIC_SAS, Profile.SCIC_SARL, Profile.ASSOCIATION_1901
LAST = date(2021, 6, 30)


def codes(breaches):
    return [breach.code for breach in breaches]


@pytest.mark.parametrize(
    ("planned", "years", "refused"),
    [
        (date(2026, 6, 30), None, 0),
        (date(2026, 7, 1), None, 1),
        (date(2024, 6, 30), 3, 0),
        (date(2024, 7, 1), 3, 1),
        (date(2026, 7, 1), 9, 1),
    ],
)
def test_the_next_revision_comes_within_five_years_or_fewer(planned, years, refused):
    rules = statutes(SAS, revision_years=years)
    found = revision_breaches(rules, last=LAST, planned=planned)
    assert codes(found) == ["V14"] * refused
    assert revision_breaches(statutes(ASSOCIATION), last=LAST, planned=planned) == []


def test_the_statutes_shorten_the_interval_and_never_lengthen_it():
    assert revision_interval(statutes(revision_years=None)) == 5
    assert revision_interval(statutes(revision_years=2)) == 2
    assert next_revision(statutes(revision_years=2), LAST) == date(2023, 6, 30)


@pytest.mark.parametrize(
    ("profile", "years", "refused"),
    [(SAS, 5, 0), (SA, 6, 1), (SARL, 0, 1), (SAS, None, 0), (ASSOCIATION, 9, 0)],
)
def test_the_interval_the_statutes_write_is_checked_when_they_are_saved(profile, years, refused):
    rules = statutes(profile, revision_years=years)
    assert [breach.setting for breach in revision_setting_breaches(rules)] == ["revision_years"] * refused
    assert codes(statutes_breaches(rules)) == ["V14"] * refused


@pytest.mark.parametrize(
    ("results", "capital", "alerts"),
    [
        ([-1, -1, -1], None, 1),
        ([-1, -1, 0], None, 0),
        ([-1, 5, -1, -1], None, 0),
        ([5, -1, -1, -1], None, 1),
        ([-15_000], 30_000, 1),
        ([-14_999], 30_000, 0),
        ([-15_000, 10], 30_000, 0),
        ([-1, -1, -20_000], 30_000, 2),
        ([], 30_000, 0),
    ],
)
def test_three_years_of_loss_or_a_loss_of_half_the_capital_call_a_revision(results, capital, alerts):
    assert codes(revision_alerts(SAS, results, highest_capital=capital)) == ["V14"] * alerts
    assert revision_alerts(ASSOCIATION, results, highest_capital=capital) == []


@given(st.lists(st.integers(-9, 9), max_size=6))
def test_a_year_without_loss_ends_the_alert(results):
    assert revision_alerts(SAS, [*results, 0]) == []


def test_a_day_is_said_in_figures():
    assert say(dated(date(2008, 3, 5))) == "05/03/2008"


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize(
    ("left", "second", "is_refused"),
    [
        (["Comptes", "Budget"], ["Comptes", "Budget"], False),
        (["Comptes", "Budget"], ["Budget", "Comptes"], True),
        (["Comptes", "Budget"], ["Comptes"], True),
        (["Comptes"], ["Comptes", "Budget"], True),
        (["Comptes"], ["Comptes "], True),
        ([], [], False),
    ],
)
def test_the_agenda_of_a_second_call_is_that_of_the_first(profile, left, second, is_refused):
    assert codes(agenda_breaches(profile, left, second)) == ["V10"] * is_refused


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_two_agendas_are_the_same_only_word_for_word_and_in_order(left, second):
    assert (agenda_breaches(SAS, left, second) == []) == (left == second)


@pytest.mark.parametrize("profile", Profile)
def test_nothing_off_the_agenda_is_voted_except_a_dismissal(profile):
    assert codes(off_agenda_breaches(profile, is_on_agenda=False)) == ["V11"]
    assert off_agenda_breaches(profile, is_on_agenda=False, is_dismissal=True) == []
    assert off_agenda_breaches(profile, is_on_agenda=True) == []


def test_the_agenda_stands_on_the_article_of_its_form():
    assert "L225-105" in off_agenda_breaches(SA, is_on_agenda=False)[0].article
    assert "R223-20" in agenda_breaches(SARL, ["a"], ["b"])[0].article
