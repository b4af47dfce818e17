"""Resolutions: the worked examples of the law, to the fraction."""

from dataclasses import replace
from fractions import Fraction

import pytest

from cooperation.rules import Base, EmptyCollege, IllegalRules, Majority, Pooling, Profile, SilentCollege
from tests.law.written import E01, E04, E09, ballots, count, heads, majority, shares, statutes, weights
from votes.counting import ENGINE
from votes.counting.resolution import (
    CollegeBallots,
    ResolutionRules,
    Standing,
    all_together,
    count_resolution,
    group_ballots,
    resolution_breaches,
    rule_sentences,
)

E05C = "A 3/10 12-2, B 1/5 4-2, C 1/5 2-1, D 1/5 3-11, E 1/10 5-0"
SILENT = "A 1/2 3-1, B 1/4 1-1, C 1/4 silent"
E07 = "A 1/2 6-4, B 1/5 3-1, C 1/5 1-1, D 1/10 empty"


def in_floats(colleges):
    """The sum as a program with floats would make it, from left to right."""
    total = 0.0
    for weight, in_favour, against in colleges:
        total += weight * in_favour / (in_favour + against)
    return total


def test_the_same_ballots_by_heads_are_46_out_of_87():
    assert shares(count(E01, "none")) == ("46/87", "41/87", "0")


def test_present_over_for_and_against_only_the_same_ballots_are_adopted():
    result = count(E01, base="present", denominator="cast")
    assert result.adopted
    assert result.reached == Fraction(43, 88) / (Fraction(43, 88) + Fraction(313, 792))


def test_a_void_tie_decides_by_the_denominator():
    assert not count(E04, "winner_takes_all").adopted
    over_cast = count(E04, "winner_takes_all", denominator="cast")
    assert (over_cast.adopted, over_cast.reached) == (True, Fraction(4, 7))


def test_the_published_project_with_its_tie_split_is_rejected():
    result = count(E09, "winner_takes_all", tie="split")
    assert (result.adopted, shares(result)[0]) == (False, "19/40")


def test_a_sum_of_one_half_is_not_more_than_one_half_where_floats_say_so():
    assert in_floats([(0.3, 1, 4), (0.2, 4, 0), (0.2, 0, 5), (0.2, 12, 0), (0.1, 2, 3)]) > 0.5
    assert not count("A 3/10 1-4, B 1/5 4-0, C 1/5 0-5, D 1/5 12-0, E 1/10 2-3").adopted


def test_a_sum_of_two_thirds_reaches_two_thirds_where_floats_say_not():
    assert in_floats([(0.3, 12, 2), (0.2, 4, 2), (0.2, 2, 1), (0.2, 3, 11), (0.1, 5, 0)]) < 2 / 3
    result = count(E05C, needs="2/3")
    assert (result.adopted, shares(result)[0]) == (True, "2/3")


def test_two_thirds_exactly_are_reached_and_one_vote_less_is_not():
    assert heads(66, 33, 10, needs="2/3").adopted
    assert not heads(65, 33, 11, needs="2/3").adopted


def test_fifteen_of_thirty_present_are_not_a_majority():
    result = heads(15, 12, 3, base="present")
    assert (result.adopted, shares(result)) == (False, ("1/2", "2/5", "1/10"))


def test_the_same_with_proxies_over_votes_cast_is_adopted():
    result = heads(15 + 9, 12 + 1, 3)
    assert (result.adopted, str(result.reached)) == (True, "24/37")


def test_a_minority_never_adopts_in_a_cooperative():
    with pytest.raises(IllegalRules) as refused:
        heads(229_313, 269_185, needs="1/3", profile=Profile.SCIC_SAS)
    assert refused.value.breaches[0].code == "V08"
    result = heads(229_313, 269_185, profile=Profile.SCIC_SAS)
    assert (result.adopted, str(result.reached)) == (False, "32759/71214")


def test_those_present_beyond_the_ballots_weigh_against():
    rules = ResolutionRules(base=Base.PRESENT)
    assert count_resolution(rules, [CollegeBallots("", 15, 12)]).adopted
    assert not count_resolution(rules, [CollegeBallots("", 15, 12, present=30)]).adopted


def test_blank_and_spoilt_are_apart_and_never_votes_cast():
    lines = [CollegeBallots("", 2, 1, abstain=4, blank=5, spoilt=6)]
    result = count_resolution(ResolutionRules(), lines)
    assert shares(result) == ("2/3", "1/3", "0")
    assert result.ballots.as_json() == {"for": 2, "against": 1, "abstain": 4, "blank": 5, "spoilt": 6}
    assert result.ballots.cast == 3


def test_over_those_present_blank_and_spoilt_weigh_like_abstentions():
    lines = [CollegeBallots("", 2, 1, abstain=1, blank=1, spoilt=1)]
    assert shares(count_resolution(ResolutionRules(base=Base.PRESENT), lines)) == ("1/3", "1/6", "1/2")


def test_a_silent_college_is_void_unless_declared_empty():
    assert shares(count(SILENT)) == ("1/2", "1/4", "1/4")
    assert shares(count(SILENT, silent="empty", empty="proportional")) == ("2/3", "1/3", "0")
    assert count(SILENT).colleges[2].standing is Standing.SILENT


def test_a_college_of_abstentions_is_silent_too():
    assert shares(count("A 1/2 3-1, B 1/4 1-1, C 1/4 0-0-9", "winner_takes_all", tie="split")) == (
        "5/8",
        "1/8",
        "1/4",
    )


def test_a_silent_college_is_not_a_tie():
    result = count(SILENT, "winner_takes_all", tie="against")
    assert [line.standing for line in result.colleges] == [
        Standing.COUNTED,
        Standing.UNDECIDED,
        Standing.SILENT,
    ]
    assert shares(result) == ("1/2", "1/4", "1/4")


def test_a_suspended_weighting_counts_heads():
    result = count(E07, empty="suspend", profile=Profile.SCIC_SAS)
    assert (result.is_suspended, shares(result)) == (True, ("5/8", "3/8", "0"))


def test_the_model_clause_counts_e07_lawfully():
    result = count(E07, empty="equal", profile=Profile.SCIC_SAS)
    assert [str(line.share) for line in result.colleges] == ["1/2", "1/4", "1/4", "0"]
    assert shares(result) == ("49/80", "31/80", "0")


def test_without_a_profile_the_cap_is_not_enforced():
    assert count(E07, empty="proportional").colleges[0].share == Fraction(5, 9)


def test_an_association_may_weigh_two_colleges():
    assert count("A 3/4 2-1, B 1/4 0-5", profile=Profile.ASSOCIATION_1901).reached == Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A 1/2 1-0, B 1/2 1-0", "V01"),
        ("A 11/20 1-0, B 1/4 1-0, C 1/5 1-0", "V02"),
        ("A 2/5 1-0, B 2/5 1-0, C 1/10 1-0", "V03"),
    ],
)
def test_illegal_weights_are_not_counted(text, code):
    with pytest.raises(IllegalRules, match=code):
        count(text, profile=Profile.SCIC_SAS)


def test_winner_takes_all_over_those_present_needs_their_majority():
    table = "A 1/2 5-4-3, B 1/4 7-0, C 1/4 3-4-9"
    result = count(table, "winner_takes_all", base="present")
    assert [line.standing for line in result.colleges] == [
        Standing.UNDECIDED,
        Standing.COUNTED,
        Standing.COUNTED,
    ]
    assert shares(result) == ("1/4", "1/4", "1/2")


def test_nobody_voting_adopts_nothing():
    for pooling in Pooling:
        for threshold in (">1/2", "1/100"):
            result = count("A 1/2 0-0, B 1/4 0-0, C 1/4 0-0", pooling, needs=threshold, denominator="cast")
            assert (result.adopted, shares(result)) == (False, ("0", "0", "1"))


def test_every_line_shares_out_exactly_what_it_weighs():
    for pooling in Pooling:
        for line in count(E01, pooling).colleges:
            assert line.parts.in_favour + line.parts.against + line.parts.void == line.share


def test_by_heads_the_colleges_are_still_shown():
    line = count(E01, "none").colleges[0]
    assert (line.weight, str(line.share), str(line.parts.in_favour)) == (Fraction(3, 10), "10/87", "2/29")


def test_a_result_is_plain_json_values_with_the_engine():
    data = count(E01).as_json()
    assert (data["for"], data["adopted"], data["engine"]) == ("57/100", True, ENGINE)
    assert data["colleges"][0]["votes"]["abstain"] == 2


def test_ballots_are_grouped_by_college_with_their_members():
    cast = [("A", "for"), ("A", "for"), ("A", "blank"), ("B", "against"), ("B", "spoilt"), ("B", "abstain")]
    a, b, c = group_ballots({"A": 5, "B": 3, "C": 0}, cast, present={"A": 4, "B": 3})
    assert a == CollegeBallots("A", 2, 0, blank=1, members=5, present=4)
    assert b == CollegeBallots("B", 0, 1, 1, 0, 1, members=3, present=3)
    assert c == CollegeBallots("C", members=0, present=0)
    assert all_together([a, b, c]).received == 6


@pytest.mark.parametrize("pair", [("Z", "for"), ("A", "maybe")])
def test_a_ballot_of_no_college_or_choice_is_refused(pair):
    with pytest.raises(ValueError, match="no such"):
        group_ballots({"A": 5}, [pair])


@pytest.mark.parametrize(
    "counts",
    [
        {"in_favour": -1},
        {"in_favour": 2, "members": 1},
        {"in_favour": 2, "present": 1},
        {"present": 3, "members": 2},
    ],
)
def test_counts_that_contradict_each_other_are_refused(counts):
    with pytest.raises(ValueError, match="college A"):
        CollegeBallots("A", **counts)


@pytest.mark.parametrize("table", ["A 1/2 1-0, B 1/4 1-0", "A 1/2 1-0, A 1/2 1-0"])
def test_a_table_that_does_not_add_up_is_refused(table):
    with pytest.raises(ValueError, match="exactly 1|twice"):
        count(table)


def test_ballots_of_a_college_without_weight_are_refused():
    rules = ResolutionRules(pooling=Pooling.PROPORTIONAL, weights=weights("A 1/2, B 1/2"))
    with pytest.raises(ValueError, match="have a weight"):
        count_resolution(rules, ballots("A 1/2 1-0, C 1/2 1-0"))


@pytest.mark.parametrize("threshold", [0, Fraction(3, 2)])
def test_a_threshold_is_above_zero_and_at_most_one(threshold):
    with pytest.raises(ValueError, match="threshold"):
        ResolutionRules(majority=Majority(Fraction(threshold), is_strict=False))


def test_the_rules_of_a_poll_come_from_the_statutes():
    rules = ResolutionRules.from_statutes(statutes(), extraordinary=True)
    assert (rules.majority, rules.pooling, len(rules.weights)) == (majority("2/3"), Pooling.PROPORTIONAL, 4)
    by_heads = ResolutionRules.from_statutes(statutes(pooling=Pooling.NONE))
    assert (by_heads.majority, by_heads.weights) == (majority(">1/2"), ())


def test_rules_are_written_and_read_back():
    rules = replace(
        ResolutionRules.from_statutes(statutes()),
        silent_college=SilentCollege.EMPTY,
        empty_college=EmptyCollege.EQUAL,
    )
    assert ResolutionRules.from_json(rules.to_json()) == rules
    assert ResolutionRules.from_json(ResolutionRules().to_json()) == ResolutionRules()


@pytest.mark.parametrize(
    "change", [{"pooling": "lottery"}, {"weights": None}, {"threshold": 0.5}, {"strict": 1}]
)
def test_unreadable_rules_are_refused(change):
    with pytest.raises(ValueError, match=r".+"):
        ResolutionRules.from_json({**ResolutionRules().to_json(), **change})


def test_rules_without_a_field_are_refused():
    data = ResolutionRules().to_json()
    del data["tie"]
    with pytest.raises(ValueError, match="tie"):
        ResolutionRules.from_json(data)


def test_a_poll_can_ask_beforehand_what_the_count_would_refuse():
    rules = ResolutionRules.from_statutes(statutes(empty_college=EmptyCollege.PROPORTIONAL))
    assert resolution_breaches(rules) == []
    assert [breach.code for breach in resolution_breaches(rules, ["B"])] == ["V02"]


def test_the_rule_is_said_in_two_sentences():
    assert len(rule_sentences(ResolutionRules.from_statutes(statutes()))) == 2
