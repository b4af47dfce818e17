"""Statutes: what the law of each form refuses when they are saved, with its code and its article."""

from datetime import date
from fractions import Fraction

import pytest

from cooperation.rules import (
    EmptyCollege,
    Majority,
    Pooling,
    Profile,
    StatutesRules,
    WeightBasis,
    majority_breaches,
    majority_reached,
    notice_breaches,
    notice_days,
    notice_floor,
    notice_given_breaches,
    quorum_breaches,
    statutes_breaches,
)
from cooperation.sentences import say
from tests.law.written import majority, statutes, weights

SA, SAS, SARL, ASSOCIATION = Profile.SCIC_SA, Profile.SCIC_SAS, Profile.SCIC_SARL, Profile.ASSOCIATION_1901


def codes(breaches):
    return [breach.code for breach in breaches]


@pytest.mark.parametrize("profile", Profile)
def test_lawful_statutes_are_accepted_in_every_form(profile):
    assert statutes_breaches(statutes(profile)) == []


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("written", ["1/3", ">1/3", "1/2", "49/100"])
def test_a_majority_below_that_of_the_votes_cast_is_refused(profile, written):
    (breach,) = majority_breaches(profile, majority(written))
    assert breach.code == "V08"
    assert "23-16.670" in breach.article


def test_half_that_need_only_be_reached_is_told_what_it_lacks():
    (breach,) = majority_breaches(SAS, majority("1/2"))
    assert "il faut dépasser cette part" in say(breach.sentence)


@pytest.mark.parametrize("written", [">1/2", "501/1000", "2/3", ">2/3", "1"])
def test_a_majority_of_the_votes_cast_or_more_is_accepted(written):
    assert majority_breaches(SAS, majority(written)) == []


@pytest.mark.parametrize("written", [">1", "3/2"])
def test_more_than_unanimity_is_refused(written):
    assert codes(majority_breaches(SAS, majority(written))) == ["V08"]


@pytest.mark.parametrize(("profile", "article"), [(SA, "L225-96"), (SARL, "L223-30")])
def test_an_extraordinary_decision_needs_two_thirds_in_an_sa_or_a_sarl(profile, article):
    (breach,) = majority_breaches(profile, majority(">1/2"), extraordinary=True)
    assert article in breach.article
    assert majority_breaches(profile, majority("2/3"), extraordinary=True) == []


@pytest.mark.parametrize("profile", [SAS, ASSOCIATION])
def test_a_sas_or_an_association_writes_its_own_extraordinary_majority(profile):
    assert majority_breaches(profile, majority(">1/2"), extraordinary=True) == []


def test_a_sarl_may_not_ask_unanimity():
    assert codes(majority_breaches(SARL, majority("1"), extraordinary=True)) == ["V08"]


def test_an_sa_may_not_lower_the_quorum_of_the_first_call():
    (breach,) = quorum_breaches(statutes(SA, quorum_first=Fraction(1, 6)))
    assert (breach.code, breach.params) == ("V08", {"floor": "1/5", "share": "1/6"})
    assert quorum_breaches(statutes(SA, quorum_first=Fraction(1, 5), quorum_second=Fraction(0))) == []


def test_a_sas_may_have_no_quorum():
    assert quorum_breaches(statutes(SAS, quorum_first=Fraction(0), quorum_second=Fraction(0))) == []


@pytest.mark.parametrize(
    "changes",
    [{"quorum_first": Fraction(3, 2)}, {"quorum_is_weighted": True, "weights": (), "pooling": Pooling.NONE}],
)
def test_a_quorum_nobody_could_reach_or_weigh_is_refused(changes):
    assert codes(quorum_breaches(statutes(SAS, **changes))) == ["V08"]


@pytest.mark.parametrize(
    ("profile", "first", "second", "refused"),
    [(SA, 14, 10, 1), (SA, 15, 9, 1), (SA, 15, 10, 0), (SARL, 15, 10, 1), (SARL, 15, 15, 0), (SAS, 1, 0, 0)],
)
def test_the_notice_of_each_form(profile, first, second, refused):
    found = notice_breaches(statutes(profile, notice_days_first=first, notice_days_second=second))
    assert codes(found) == ["V09"] * refused


def test_the_day_of_sending_is_not_counted():
    assert notice_days(date(2026, 3, 1), date(2026, 3, 16)) == 15


def test_a_notice_is_judged_by_the_law_and_by_the_statutes():
    rules = statutes(SA, notice_days_first=21)
    sent = date(2026, 3, 1)
    early, late, too_late = date(2026, 3, 22), date(2026, 3, 21), date(2026, 3, 15)
    assert notice_given_breaches(rules, call=1, sent_on=sent, held_on=early) == []
    (by_statutes,) = notice_given_breaches(rules, call=1, sent_on=sent, held_on=late)
    (by_law,) = notice_given_breaches(rules, call=1, sent_on=sent, held_on=too_late)
    assert (by_statutes.code, by_statutes.article) == ("V09", "statuts de l’entité")
    assert "R225-69" in by_law.article


def test_in_an_association_the_statutes_alone_say_the_notice():
    rules = statutes(ASSOCIATION, notice_days_first=8)
    assert notice_floor(ASSOCIATION, 1) == 0
    assert codes(
        notice_given_breaches(rules, call=1, sent_on=date(2026, 3, 1), held_on=date(2026, 3, 8))
    ) == ["V09"]


def test_votes_by_college_need_weights():
    assert codes(statutes_breaches(statutes(weights=()))) == ["V03"]


def test_a_policy_that_could_break_the_cap_is_refused_when_saved():
    found = statutes_breaches(statutes(empty_college=EmptyCollege.PROPORTIONAL))
    assert set(codes(found)) == {"V02"}
    assert "n’avait plus de membre" in say(found[0].sentence)


def test_a_policy_that_weighs_nothing_is_not_asked_about():
    rules = statutes(empty_college=EmptyCollege.PROPORTIONAL, pooling=Pooling.NONE)
    assert statutes_breaches(rules) == []


def test_capital_as_the_basis_of_weights_is_refused_when_saved():
    assert codes(statutes_breaches(statutes(weight_basis=WeightBasis.CAPITAL))) == ["V04"]


def test_everything_wrong_is_told_at_once():
    rules = statutes(
        SA,
        weights=weights("A 3/5, B 2/5"),
        ordinary=majority("1/3"),
        quorum_first=Fraction(0),
        notice_days_first=3,
    )
    assert set(codes(statutes_breaches(rules))) == {"V01", "V02", "V08", "V09"}


def test_a_breach_is_plain_json_values():
    (breach,) = statutes_breaches(statutes(weights=()))
    assert breach.as_json()["code"] == "V03"
    assert breach.as_json()["reason"]["message"]


def test_a_majority_is_exceeded_or_reached():
    half = Fraction(1, 2)
    assert not majority_reached(half, Majority(half, is_strict=True))
    assert majority_reached(half, Majority(half, is_strict=False))


def test_statutes_are_written_and_read_back_with_fractions_as_text():
    rules = statutes(quorum_is_weighted=True, allows_remote_voting=True)
    data = rules.to_json()
    assert (data["quorum_first"], data["extraordinary"]) == ("1/4", {"threshold": "2/3", "strict": False})
    assert StatutesRules.from_json(data) == rules


@pytest.mark.parametrize("field", sorted(statutes().to_json()))
def test_statutes_without_a_field_are_refused(field):
    data = statutes().to_json()
    del data[field]
    with pytest.raises(ValueError, match=field):
        StatutesRules.from_json(data)


@pytest.mark.parametrize(
    "change",
    [
        {"profile": "scop"},
        {"ordinary": "1/2"},
        {"quorum_first": 0.5},
        {"quorum_is_weighted": 1},
        {"notice_days_first": True},
        {"weights": [{"college": "A", "share": "1/2"}]},
        {"weights": ["A"]},
    ],
)
def test_malformed_statutes_are_refused(change):
    with pytest.raises(ValueError, match=r".+"):
        StatutesRules.from_json({**statutes().to_json(), **change})


def test_an_association_must_write_its_majority():
    with pytest.raises(TypeError, match="ordinary"):
        StatutesRules(ASSOCIATION, Pooling.NONE, statutes().base)
