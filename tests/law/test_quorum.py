"""Quorum: by heads rounded up, by weight exactly, in each college, on first and second call."""

from fractions import Fraction

import pytest

from cooperation.rules import (
    EmptyCollege,
    Presence,
    Profile,
    QuorumRule,
    heads_needed,
    quorum_floor,
    quorum_met,
    quorum_rule,
)
from cooperation.sentences import say
from tests.law.written import statutes

FIFTH, QUARTER, HALF = Fraction(1, 5), Fraction(1, 4), Fraction(1, 2)
SA, SAS, SARL, ASSOCIATION = Profile.SCIC_SA, Profile.SCIC_SAS, Profile.SCIC_SARL, Profile.ASSOCIATION_1901


def presence(text):
    """Lines of "A 2/5 16/16, B 1/4 0/3": weight, present over members."""
    lines = [item.replace("/", " ").split() for item in text.split(", ")]
    return [Presence(n, int(m), int(p), Fraction(int(a), int(b))) for n, a, b, p, m in lines]


def heads(present, members, share=FIFTH):
    return quorum_met(QuorumRule(share), [Presence("", members, present)])


@pytest.mark.parametrize(
    ("members", "share", "needed"),
    [
        (120, FIFTH, 24),
        (121, FIFTH, 25),
        (120, QUARTER, 30),
        (121, QUARTER, 31),
        (360, FIFTH, 72),
        (360, QUARTER, 90),
    ],
)
def test_the_heads_needed_are_rounded_up(members, share, needed):
    assert heads_needed(share, members) == needed


def test_fifteen_present_one_by_video_eight_proxies_and_two_forms_are_enough_of_120():
    assert heads(15 + 1 + 8 + 2, 120).met


def test_without_the_video_clause_and_three_proxies_over_the_cap_22_are_not_enough():
    verdict = heads(15 + 0 + 5 + 2, 120)
    assert (verdict.met, verdict.reached, verdict.needed) == (False, 22, 24)


def test_a_verdict_is_its_own_condition():
    assert heads(24, 120)
    assert not heads(23, 120)


@pytest.mark.parametrize(
    ("profile", "extraordinary", "call", "share"),
    [
        (SA, False, 1, FIFTH),
        (SA, False, 2, 0),
        (SA, True, 1, QUARTER),
        (SA, True, 2, FIFTH),
        (SARL, False, 1, 0),
        (SARL, True, 1, QUARTER),
        (SARL, True, 2, FIFTH),
        (SAS, True, 1, 0),
        (ASSOCIATION, False, 1, 0),
    ],
)
def test_the_law_asks_a_quorum_of_some_forms(profile, extraordinary, call, share):
    assert quorum_floor(profile, extraordinary=extraordinary, call=call) == share


def test_the_higher_of_the_law_and_the_statutes_is_asked():
    rules = statutes(SA, quorum_first=FIFTH, quorum_second=HALF)
    assert quorum_rule(rules, extraordinary=True, call=1).share == QUARTER
    assert quorum_rule(rules, extraordinary=True, call=2).share == HALF


def test_a_weighted_quorum_is_exact_where_a_float_would_hesitate():
    verdict = quorum_met(
        QuorumRule(HALF, is_weighted=True), presence("A 2/5 16/16, B 1/4 0/3, C 1/4 0/3, D 1/10 455/457")
    )
    assert (verdict.met, str(verdict.reached), str(verdict.needed)) == (False, "2283/4570", "1/2")


def test_a_weighted_quorum_reached_exactly_is_met():
    assert quorum_met(QuorumRule(HALF, is_weighted=True), presence("A 1/2 3/3, B 1/4 0/9, C 1/4 0/9")).met


def test_the_same_presences_are_not_the_same_quorum_by_heads():
    lines = presence("A 1/2 3/3, B 1/4 0/9, C 1/4 0/9")
    assert not quorum_met(QuorumRule(HALF), lines).met


def test_per_college_each_college_must_reach_the_share():
    lines = presence("A 1/2 3/3, B 1/4 9/9, C 1/4 1/9")
    verdict = quorum_met(QuorumRule(FIFTH, per_college=True), lines)
    assert not verdict.met
    assert [(line.college, line.needed, line.is_met) for line in verdict.colleges] == [
        ("A", 1, True),
        ("B", 2, True),
        ("C", 2, False),
    ]


def test_an_empty_college_hinders_a_weighted_quorum_only_if_its_weight_is_lost():
    lines = presence("A 1/4 2/3, B 1/4 2/3, C 1/4 2/3, D 1/4 0/0")
    needed = Fraction(3, 5)
    assert not quorum_met(QuorumRule(needed, is_weighted=True), lines).met
    assert quorum_met(QuorumRule(needed, is_weighted=True, empty_college=EmptyCollege.EQUAL), lines).met


def test_suspended_weighting_counts_heads():
    lines = presence("A 1/2 1/10, B 1/4 5/5, C 1/4 0/0")
    verdict = quorum_met(QuorumRule(FIFTH, is_weighted=True, empty_college=EmptyCollege.SUSPEND), lines)
    assert (verdict.is_weighted, verdict.reached, verdict.needed) == (False, 6, 3)
    assert "suspendue" in say(verdict.derivation[0])


def test_a_quorum_of_nothing_is_met_by_nobody_and_says_so():
    verdict = heads(0, 120, Fraction(0))
    assert verdict.met
    assert say(verdict.derivation[-1]) == "Aucun quorum n’est exigé."


def test_an_assembly_without_members_has_no_quorum():
    assert not heads(0, 0).met


@pytest.mark.parametrize("lines", ["A 1/2 1/2, B 1/4 1/2", "A 3/4 1/2, B 1/2 1/2"])
def test_a_weighted_quorum_needs_weights_that_make_one(lines):
    with pytest.raises(ValueError, match="exactly 1"):
        quorum_met(QuorumRule(HALF, is_weighted=True), presence(lines))


def test_nobody_is_present_beyond_the_members():
    with pytest.raises(ValueError, match="none to all"):
        Presence("A", 3, 4)


def test_the_count_is_told_step_by_step():
    lines = presence("A 1/2 1/3, B 1/2 1/4")
    told = [say(sentence) for sentence in quorum_met(QuorumRule(QUARTER, is_weighted=True), lines).derivation]
    assert told[0].endswith("1/3 × 1/2 = 1/6, soit 16,67\u00a0%.")
    assert "7/24, soit 29,17\u00a0%" in told[2]
    assert told[-1] == "Le quorum est atteint."
