"""The chair of a board may decide a tie where its rules say so; no assembly knows of such a vote."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.rules import Base, IllegalRules, Majority, Profile
from tests.law.test_statutes import statutes
from votes.counting.requests import answer
from votes.counting.resolution import CollegeBallots, count_resolution
from votes.counting.resolution_rules import ResolutionRules, resolution_breaches

BOARD = ResolutionRules(is_board=True, casting_vote=True)
PLAIN = replace(BOARD, casting_vote=False)


def counted(in_favour, against, chair=None, rules=BOARD, abstain=0):
    return count_resolution(rules, [CollegeBallots("", in_favour, against, abstain)], chair=chair)


@pytest.mark.parametrize(
    ("chair", "adopted", "decided"),
    [("for", True, "for"), ("against", False, "against"), ("abstain", False, None), (None, False, None)],
)
def test_the_chair_of_a_board_decides_a_tie(chair, adopted, decided):
    result = counted(4, 4, chair)
    assert (result.adopted, result.chair, result.reached) == (adopted, decided, Fraction(1, 2))
    said = result.derivation[-1].message
    assert ("la voix de la présidence" in said) == (decided is not None)
    assert result.as_json()["casting_vote"] == decided


def test_without_the_rule_a_tie_is_rejected():
    result = counted(4, 4, "for", rules=PLAIN)
    assert (result.adopted, result.chair) == (False, None)
    assert "casting_vote" not in result.as_json()


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.sampled_from(["for", "against", None]))
def test_a_casting_vote_changes_nothing_but_ties(in_favour, against, abstain, chair):
    cast = counted(in_favour, against, chair, abstain=abstain)
    plain = counted(in_favour, against, rules=PLAIN, abstain=abstain)
    if in_favour != against or in_favour == 0:
        assert (cast.adopted, cast.chair) == (plain.adopted, None)
    else:
        assert (cast.adopted, plain.adopted) == (chair == "for", False)


def test_a_qualified_majority_is_not_reached_by_the_chair():
    two_thirds = replace(BOARD, majority=Majority(Fraction(2, 3), is_strict=False))
    assert not counted(4, 4, "for", rules=two_thirds).adopted


@pytest.mark.parametrize("profile", [None, *Profile])
def test_a_casting_vote_is_refused_in_an_assembly(profile):
    rules = ResolutionRules(casting_vote=True, profile=profile)
    (breach,) = resolution_breaches(rules)
    assert (breach.code, breach.article) == ("V13", "loi n° 47-1775 du 10 septembre 1947, art. 1")
    with pytest.raises(IllegalRules):
        counted(4, 4, "for", rules=rules)
    assert resolution_breaches(replace(rules, is_board=True)) == []


def test_the_statutes_say_whether_the_chair_of_the_board_decides():
    rules = replace(statutes(), board_casting_vote=True)
    assert ResolutionRules.of_board(rules).casting_vote
    assert not ResolutionRules.from_statutes(rules).casting_vote
    assert not ResolutionRules.of_board(statutes()).casting_vote


@pytest.mark.parametrize("rules", [BOARD, PLAIN, ResolutionRules()])
def test_the_rules_of_a_board_are_read_back(rules):
    assert ResolutionRules.from_json(rules.to_json()) == rules


def request_of(**changes):
    rules = {"pooling": "none", "base": "expressed", "threshold": "1/2", "strict": True, "denominator": "all"}
    given = {"method": "resolution", "rules": {**rules, "casting_vote": True}, "board": True, "chair": "for"}
    return json.dumps({**given, "colleges": [{"name": "", "for": 4, "against": 4}], **changes}).replace(
        '"name": ""', '"name": "conseil"'
    )


def test_a_tie_of_a_board_is_counted_from_a_file():
    assert (answer(request_of())["adopted"], answer(request_of(chair="abstain"))["adopted"]) == (True, False)
    assert answer(request_of(board=False))["refused"] == "V13"


@pytest.mark.parametrize("changes", [{"chair": "yes"}, {"board": 1}])
def test_a_malformed_board_is_refused(changes):
    with pytest.raises(ValueError, match=r"chair|board"):
        answer(request_of(**changes))


@pytest.mark.parametrize(
    ("threshold", "strict", "in_favour", "adopted"),
    [("1/2", True, 6, True), ("1/2", True, 5, False), ("1/2", False, 5, True), ("2/3", False, 6, False)],
)
def test_over_those_entitled_who_stays_at_home_weighs_against(threshold, strict, in_favour, adopted):
    rules = ResolutionRules(base=Base.ENTITLED, majority=Majority(Fraction(threshold), strict))
    result = count_resolution(rules, [CollegeBallots("", in_favour, 0, members=10)])
    assert (result.reached, result.adopted) == (Fraction(in_favour, 10), adopted)
    assert "des membres inscrits" in str([sentence.params for sentence in result.derivation])
