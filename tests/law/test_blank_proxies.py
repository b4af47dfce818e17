"""A proxy that names nobody votes by the declared rule; in an SA, by the law's."""

from dataclasses import replace

import pytest

from cooperation.rules import (
    Base,
    BlankProxies,
    BlankVote,
    Profile,
    admission_breaches,
    blank_proxies_in_force,
    blank_proxy_vote,
    proxies_count,
    proxy_setting_breaches,
)
from tests.law.test_statutes import statutes


def rules(policy, profile=Profile.ASSOCIATION_1901):
    return replace(statutes(), profile=profile, blank_proxies=policy)


@pytest.mark.parametrize(
    ("policy", "backed", "said"),
    [
        (BlankProxies.CHAIR, True, BlankVote.FOR),
        (BlankProxies.CHAIR, False, BlankVote.AGAINST),
        (BlankProxies.FREE, True, BlankVote.CHAIR),
        (BlankProxies.FREE, False, BlankVote.CHAIR),
        (BlankProxies.REFUSED, True, BlankVote.REFUSED),
        (BlankProxies.REFUSED, False, BlankVote.REFUSED),
    ],
)
def test_a_blank_proxy_votes_as_declared(policy, backed, said):
    for profile in (Profile.ASSOCIATION_1901, Profile.SCIC_SAS, Profile.SCIC_SARL):
        assert blank_proxy_vote(rules(policy, profile), is_backed_by_board=backed) is said


@pytest.mark.parametrize("policy", list(BlankProxies))
def test_in_an_sa_the_law_says_how_a_blank_proxy_votes(policy):
    found = rules(policy, Profile.SCIC_SA)
    assert blank_proxies_in_force(found) is BlankProxies.CHAIR
    assert blank_proxy_vote(found, is_backed_by_board=True) is BlankVote.FOR
    assert blank_proxy_vote(found, is_backed_by_board=False) is BlankVote.AGAINST


def test_an_sa_may_not_give_blank_proxies_to_its_chair():
    (breach,) = proxy_setting_breaches(rules(BlankProxies.FREE, Profile.SCIC_SA))
    assert (breach.code, breach.setting) == ("V12", "blank_proxies")
    assert proxy_setting_breaches(rules(BlankProxies.FREE, Profile.SCIC_SAS)) == []


@pytest.mark.parametrize("policy", list(BlankProxies))
def test_a_blank_proxy_is_taken_where_the_law_or_the_statutes_say_how_it_votes(policy):
    found = admission_breaches(rules(policy), is_blank=True)
    assert [breach.code for breach in found] == (["V12"] if policy is BlankProxies.REFUSED else [])
    assert admission_breaches(rules(policy)) == []
    assert admission_breaches(rules(policy, Profile.SCIC_SA), is_blank=True) == []


def test_an_association_of_members_present_counts_no_proxy():
    counted = replace(rules(BlankProxies.CHAIR), base=Base.PRESENT)
    assert not proxies_count(counted)
    (breach,) = admission_breaches(counted)
    assert "présents" in breach.message
    assert proxies_count(replace(counted, profile=Profile.SCIC_SAS))
    (refused,) = admission_breaches(replace(counted, base=Base.EXPRESSED, proxies_per_holder=0))
    assert refused.code == "V12"
