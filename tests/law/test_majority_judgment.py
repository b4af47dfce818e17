"""Majority judgment: the published elections, the examples of the law, missing grades, exact ties."""

import json
import math
from fractions import Fraction
from pathlib import Path

import pytest

from votes.counting.derivation import say
from votes.counting.majority_judgment import (
    DEFAULT_GRADES,
    MajorityJudgmentBallots,
    count_grades,
    count_majority_judgment,
    group_majority_judgment,
    majority_gauge,
    majority_value,
)
from votes.counting.requests import answer

DATA = Path(__file__).parents[1] / "data/elections/mj"
ORSAY = json.loads((DATA / "orsay2007.json").read_text("utf-8"))
BOOK = json.loads((DATA / "mj-book-majority-values.json").read_text("utf-8"))
ASSERTIONS = json.loads((DATA / "mieuxvoter-java-assertions-public.json").read_text("utf-8"))
OPTIONS = {"1": "Jardin", "2": "Four à pain", "3": "Atelier vélo"}
E19 = {"A": [6, 5, 4, 3, 0], "B": [5, 4, 4, 2, 1], "C": [4, 4, 4, 4, 0]}


def profile(grades, size=7):
    return tuple(grades.count(grade) for grade in range(size))


def spelled(value):
    """A majority value written out grade by grade."""
    return [grade for grades, times in value for _time in range(times) for grade in grades]


def counted(profiles, **more):
    names = {key: key for key in profiles}
    size = len(next(iter(profiles.values())))
    return count_grades(names, profiles, grades=[str(grade) for grade in range(size)], **more)


def ranks(result, keys):
    """The rank of each option, equal ones sharing theirs and leaving a gap."""
    places = {}
    for group in result.ranking:
        places |= dict.fromkeys(group, len(places) + 1)
    return [places[key] for key in keys]


def filled(case):
    """The profiles of an assertion, completed as its mode asks when that is not ours."""
    tallies, size = case["tallies"], case["participants"]
    if case.get("mode") == "MedianDefault":
        medians = [majority_gauge(tally).grade for tally in tallies]
        return [
            [count + (size - sum(tally)) * (grade == median) for grade, count in enumerate(tally)]
            for tally, median in zip(tallies, medians, strict=True)
        ]
    if case.get("mode") == "Normalized":
        whole = math.lcm(*(sum(tally) for tally in tallies))
        return [[count * whole // sum(tally) for count in tally] for tally in tallies]
    return tallies


def test_the_worked_example_ranks_c_then_a_then_b():
    result = counted({key: profile(grades) for key, grades in E19.items()})
    assert result.ranking == (("C",), ("A",), ("B",))


@pytest.mark.parametrize(
    ("grades", "value"),
    [
        (E19["A"], [4, 3, 5, 0, 6]),
        (E19["B"], [4, 2, 4, 1, 5]),
        (E19["C"], [4, 4, 4, 0, 4]),
        ([0, 2, 5, 6], [2, 5, 0, 6]),
        ([], []),
        ([3], [3]),
    ],
)
def test_the_lower_middle_grade_is_taken_out_again_and_again(grades, value):
    assert spelled(majority_value(profile(grades))) == value


def test_with_an_even_number_the_majority_grade_is_the_lower_middle_one():
    assert majority_gauge(profile([0, 2, 5, 6])).grade == 2


@pytest.mark.parametrize("case", BOOK[0]["majority_values"])
def test_the_majority_values_of_the_book(case):
    assert spelled(majority_value(profile(case["grades"], 12))) == case["sequence"]


@pytest.mark.parametrize("case", ASSERTIONS, ids=[case["title"] for case in ASSERTIONS])
def test_the_ranks_that_another_library_asserts(case):
    profiles = {str(place): tally for place, tally in enumerate(filled(case))}
    voters = None if case.get("mode") == "Normalized" else case["participants"]
    assert ranks(counted(profiles, voters=voters), profiles) == case["ranks"]


def orsay():
    """Tenths of a percent, worst grade first."""
    return {key: [round(share * 10) for share in row[::-1]] for key, row in ORSAY["profiles"].items()}


def orsay_completed():
    """The roundings of the paper filled in with the worst grade."""
    return counted(orsay(), voters=max(sum(row) for row in orsay().values()))


def orsay_in_proportion():
    """The roundings of the paper evened out: every row brought to the same number."""
    whole = math.lcm(*(sum(row) for row in orsay().values()))
    return counted({key: [n * whole // sum(row) for n in row] for key, row in orsay().items()})


@pytest.mark.parametrize("count", [orsay_completed, orsay_in_proportion])
def test_in_orsay_bayrou_comes_first_and_royal_second(count):
    published = ORSAY["published_result"]
    assert count().ranking[:2] == ((published["winner"],), (published["second"],))


@pytest.mark.parametrize("name", ["Bayrou", "Royal"])
def test_in_orsay_the_medians_and_the_signs_of_the_gauges(name):
    published, words = ORSAY["published_result"], ORSAY["grades_best_first"][::-1]
    for gauge in (majority_gauge(orsay()[name]), orsay_completed().gauges[name]):
        assert words[gauge.grade] == published["median"][name]
        assert "+-"[gauge.above <= gauge.below] == published["gauge_sign"][name]


def test_a_missing_grade_is_the_worst_one_and_the_sentences_say_so():
    ballots = [MajorityJudgmentBallots({"1": 6, "2": 4}, 2), MajorityJudgmentBallots({"2": 4}, 3)]
    result = count_majority_judgment(OPTIONS, ballots)
    assert result.profiles["1"] == (3, 0, 0, 0, 0, 0, 2)
    assert result.missing == {"1": 3, "2": 0, "3": 5}
    said = " ".join(say(sentence) for sentence in result.derivation)
    assert "Jardin : mention majoritaire « À rejeter »" in said
    assert "Sans mention, comptées « À rejeter » : 3." in said


def test_options_with_the_same_grades_stay_together():
    ballots = [MajorityJudgmentBallots({"1": 5, "2": 2}), MajorityJudgmentBallots({"1": 2, "2": 5})]
    result = count_majority_judgment(OPTIONS, ballots)
    assert result.ranking == (("1", "2"), ("3",))
    assert result.winners == ("1", "2")
    assert any("Exactement à égalité" in say(sentence) for sentence in result.derivation)


def test_the_sentences_tell_where_two_options_part():
    result = counted({key: profile(grades) for key, grades in E19.items()})
    said = [say(sentence) for sentence in result.derivation]
    assert any("les mêmes des deux côtés : 1." in line and "C passe devant" in line for line in said)


def test_a_tie_broken_by_the_last_grade_alone_is_found_among_a_million():
    even = [0, 500_000, 0, 500_000, 0, 0, 1]
    better = [0, 500_000, 0, 500_000, 0, 0, 0]
    result = counted({"A": [*even[:6], 1], "B": [*better[:5], 1, 0]})
    assert result.ranking == (("A",), ("B",))
    assert any("les mêmes des deux côtés : 1000000." in say(line) for line in result.derivation)


def test_blank_and_spoilt_ballots_are_apart():
    ballots = [MajorityJudgmentBallots({"1": 3}, 2), MajorityJudgmentBallots({}, 4)]
    result = count_majority_judgment(OPTIONS, ballots, spoilt=1)
    assert (result.cast, result.blank, result.spoilt) == (2, 4, 1)


def test_without_a_ballot_nothing_wins():
    result = count_majority_judgment(OPTIONS, [])
    assert (result.winners, result.ranking, result.gauges) == ((), (("1", "2", "3"),), {})


def test_the_gauge_is_told_in_exact_shares():
    data = counted({"A": [1, 1, 1]}).as_json()
    assert data["gauges"] == {"A": {"above": "1/3", "grade": 1, "below": "1/3"}}
    assert data["majority_values"] == {"A": [[[1], 1], [[0, 2], 1]]}
    assert Fraction(data["gauges"]["A"]["above"]) == Fraction(1, 3)


def test_single_ballots_are_grouped_by_what_they_say():
    groups = group_majority_judgment([{"1": 2, "2": 3}, {"2": 3, "1": 2}, {}])
    assert [(dict(group.grades), group.count) for group in groups] == [({"1": 2, "2": 3}, 2), ({}, 1)]


def test_the_seven_grades_go_from_the_worst_to_the_best():
    assert DEFAULT_GRADES == (
        "À rejeter",
        "Insuffisant",
        "Passable",
        "Assez bien",
        "Bien",
        "Très bien",
        "Excellent",
    )


@pytest.mark.parametrize(
    ("profiles", "more", "reason"),
    [
        ({"A": [1, 2], "B": [1, 1]}, {}, "differ in their number"),
        ({"A": [1, 2]}, {"voters": 2}, "more grades than"),
        ({"A": [1, 2], "B": [3]}, {}, "other grades"),
        ({"A": [-1, 2]}, {}, "negative"),
        ({"A": [1, 2]}, {"spoilt": -1}, "negative"),
        ({"A": [0, 0]}, {"voters": -1}, "negative"),
        ({"A": [3]}, {}, "two grades"),
    ],
)
def test_contradictory_counts_are_refused(profiles, more, reason):
    with pytest.raises(ValueError, match=reason):
        counted(profiles, **more)


def test_profiles_of_other_options_are_refused():
    with pytest.raises(ValueError, match="not those of the poll"):
        count_grades({"A": "A"}, {"B": [1, 2]}, grades=["no", "yes"])


@pytest.mark.parametrize(("grades", "count"), [({"9": 1}, 1), ({"1": 7}, 1), ({"1": -1}, 1), ({"1": 1}, -1)])
def test_an_unknown_option_or_grade_or_a_negative_count_is_refused(grades, count):
    with pytest.raises(ValueError, match=r"unknown option|not from 0"):
        count_majority_judgment(OPTIONS, [MajorityJudgmentBallots(grades, count)])


def test_an_option_without_grades_has_no_majority_grade():
    with pytest.raises(ValueError, match="no majority grade"):
        majority_gauge([0, 0])


def test_a_file_gives_counts_per_grade_and_gets_a_ranking():
    request = {"method": "majority_judgment", "options": {"A": [1, 0, 2], "B": [0, 3, 0], "C": [1, 0, 2]}}
    found = answer(json.dumps(request))
    assert (found["ranking"], found["winners"]) == ([["A", "C"], ["B"]], ["A", "C"])
    assert all(isinstance(sentence, str) for sentence in found["derivation"])


def test_a_file_may_name_the_grades_and_say_how_many_voters_there_are():
    request = {
        "method": "majority_judgment",
        "options": {"A": [0, 2], "B": [1, 2]},
        "grades": ["Non", "Oui"],
        "voters": 4,
    }
    found = answer(json.dumps(request))
    assert (found["missing"], found["ranking"]) == ({"A": 2, "B": 1}, [["A", "B"]])
