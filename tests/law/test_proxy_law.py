"""Who may hold a proxy, how many, how long (V12); who may vote again in person (V13)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.rules import (
    Profile,
    Proxy,
    ProxyHolders,
    Relation,
    proxy_breaches,
    proxy_days,
    proxy_holders,
    proxy_setting_breaches,
    statutes_breaches,
    vote_again_breaches,
)
from cooperation.sentences import say
from tests.law.written import statutes

SA, SAS, SARL, ASSOCIATION = Profile.SCIC_SA, Profile.SCIC_SAS, Profile.SCIC_SARL, Profile.ASSOCIATION_1901
DAY = date(2026, 3, 28)


def proxy(relation="member", **changes):
    return Proxy(**{"relation": Relation(relation), "given_for": DAY, "held_on": DAY, **changes})


def refused(rules, shown):
    return [breach.code for breach in proxy_breaches(rules, shown)]


@pytest.mark.parametrize(
    ("profile", "holders", "allowed"),
    [
        (SA, "members", "member spouse partner"),
        (SA, "anyone", "member spouse partner"),
        (SARL, "members", "member spouse"),
        (SARL, "family", "member spouse partner"),
        (SARL, "anyone", "member spouse partner other"),
        (SAS, "members", "member"),
        (SAS, "family", "member spouse partner"),
        (ASSOCIATION, "anyone", "member spouse partner other"),
        (ASSOCIATION, "members", "member"),
    ],
)
def test_each_form_says_who_may_hold_a_proxy(profile, holders, allowed):
    rules = statutes(profile, proxy_holders=ProxyHolders(holders))
    assert proxy_holders(rules) == {Relation(name) for name in allowed.split()}
    for relation in Relation:
        assert refused(rules, proxy(relation)) == ([] if relation in allowed.split() else ["V12"])


@pytest.mark.parametrize(("held", "count"), [(0, 0), (1, 0), (2, 1), (5, 1)])
def test_a_holder_is_not_over_the_cap(held, count):
    assert refused(statutes(proxies_per_holder=2), proxy(held=held)) == ["V12"] * count


def test_without_a_cap_a_holder_may_have_any_number():
    assert refused(statutes(ASSOCIATION), proxy(held=300)) == []


def test_where_the_statutes_ask_the_same_college_a_member_of_another_is_refused():
    rules = statutes(SARL, proxies_same_college=True)
    assert refused(rules, proxy(same_college=False)) == ["V12"]
    assert refused(rules, proxy()) == []
    assert refused(rules, proxy("spouse", same_college=False)) == []


def test_a_proxy_is_not_passed_on_and_may_be_taken_back():
    assert refused(statutes(SA), proxy(is_passed_on=True)) == ["V12"]
    assert refused(statutes(SA), proxy(is_revoked=True)) == ["V12"]


@pytest.mark.parametrize(
    ("profile", "days", "count"),
    [
        (SA, 15, 0),
        (SA, 16, 1),
        (SARL, 7, 0),
        (SARL, 8, 1),
        (SAS, 0, 0),
        (SAS, 1, 1),
        (ASSOCIATION, 1, 1),
        (SA, -1, 1),
    ],
)
def test_a_proxy_expires_after_the_days_of_its_form(profile, days, count):
    shown = proxy(held_on=DAY + timedelta(days=days))
    assert refused(statutes(profile), shown) == ["V12"] * count
    assert proxy_days(profile) == {SA: 15, SARL: 7}.get(profile, 0)


@pytest.mark.parametrize("profile", Profile)
def test_a_proxy_still_serves_a_next_call_on_the_same_agenda(profile):
    assert refused(statutes(profile), proxy(held_on=DAY + timedelta(days=40), same_agenda=True)) == []


def test_an_expired_proxy_says_until_when_it_held():
    (breach,) = proxy_breaches(statutes(SARL), proxy(held_on=DAY + timedelta(days=30)))
    assert (
        say(breach.sentence)
        == "Ce pouvoir valait pour la réunion du 28/03/2026 et les 7 jours qui la suivent."
    )
    assert "R223-21" in breach.article


@given(st.sampled_from(list(Profile)), st.integers(0, 9), st.integers(0, 9), st.sampled_from(list(Relation)))
def test_a_higher_cap_refuses_nobody_more(profile, cap, held, relation):
    shown = proxy(relation, held=held)
    lower = refused(statutes(profile, proxies_per_holder=cap), shown)
    higher = refused(statutes(profile, proxies_per_holder=cap + 1), shown)
    assert len(higher) <= len(lower)


@pytest.mark.parametrize(
    ("profile", "changes", "setting"),
    [
        (SAS, {"proxies_per_holder": 0}, "proxies_per_holder"),
        (SA, {"proxy_holders": ProxyHolders.ANYONE}, "proxy_holders"),
        (SARL, {"proxy_holders": ProxyHolders.ANYONE}, None),
        (ASSOCIATION, {"proxies_per_holder": 0}, None),
        (SA, {"proxies_per_holder": 1}, None),
    ],
)
def test_what_the_statutes_say_of_proxies_is_checked_when_they_are_saved(profile, changes, setting):
    rules = statutes(profile, **changes)
    assert [breach.setting for breach in proxy_setting_breaches(rules)] == ([setting] if setting else [])
    assert [breach.code for breach in statutes_breaches(rules)] == (["V12"] if setting else [])


@pytest.mark.parametrize("is_withdrawable", [True, False])
@pytest.mark.parametrize("in_room", [True, False])
@pytest.mark.parametrize("remotely", [True, False])
@pytest.mark.parametrize("gave_proxy", [True, False])
def test_who_voted_from_afar_votes_in_person_only_if_that_vote_can_be_withdrawn(
    is_withdrawable, in_room, remotely, gave_proxy
):
    found = vote_again_breaches(
        statutes(remote_vote_is_withdrawable=is_withdrawable),
        has_voted_in_room=in_room,
        has_voted_remotely=remotely,
        has_given_proxy=gave_proxy,
    )
    is_refused = in_room or ((remotely or gave_proxy) and not is_withdrawable)
    assert [breach.code for breach in found] == ["V13"] * is_refused
