"""Gradients of agreement: counts, middle, sides, and never a verdict."""

import json

import pytest

from votes.counting.derivation import say
from votes.counting.gradients import LEVELS, GradientsBallots, count_gradients, group_gradients
from votes.counting.requests import Malformed, answer

PROPOSAL = {"1": "Ouvrir le samedi"}


def counted(levels, **more):
    return count_gradients(PROPOSAL, group_gradients(levels), **more)


def test_each_level_has_its_count():
    result = counted([1, 1, 3, 8])
    assert result.counts == {1: 2, 2: 0, 3: 1, 4: 0, 5: 0, 6: 0, 7: 0, 8: 1}


@pytest.mark.parametrize(
    ("levels", "median"),
    [
        ([1], (1,)),
        ([1, 2, 8], (2,)),
        ([1, 8], (1, 8)),
        ([1, 3, 3, 8], (3,)),
        ([2, 2, 5, 7], (2, 5)),
        ([], ()),
    ],
)
def test_the_middle_is_one_level_or_the_two_that_differ(levels, median):
    assert counted(levels).median == median


def test_the_sides_are_support_middle_and_opposed():
    result = counted([1, 2, 3, 4, 5, 6, 7, 8])
    assert result.sides == {"support": 3, "middle": 3, "opposed": 2}
    assert result.as_json()["shares"] == {"support": "3/8", "middle": "3/8", "opposed": "1/4"}


def test_there_is_no_verdict_even_when_everyone_agrees():
    result = counted([1] * 9)
    assert not {"adopted", "consented", "winners", "ranking"} & result.as_json().keys()
    assert "ne décident rien" in say(result.derivation[-1])


def test_blank_and_spoilt_ballots_are_apart_and_abstention_is_a_level():
    result = counted([4, None, None], spoilt=3)
    assert (result.cast, result.blank, result.spoilt) == (1, 2, 3)


def test_without_a_ballot_nothing_is_divided():
    result = counted([None])
    assert result.as_json()["shares"] == {"support": "0", "middle": "0", "opposed": "0"}
    assert "Personne" in say(result.derivation[-2])


def test_the_sentences_say_each_level_the_middle_and_the_sides():
    said = [say(sentence) for sentence in counted([1, 1, 3, 8]).derivation]
    assert said[2] == "1. Soutien sans réserve : 2/4 = 1/2, soit 50,00 %."
    assert said[9] == "8. Blocage : 1/4, soit 25,00 %."
    assert said[10].endswith("les deux du milieu sont au degré 1 et au degré 3.")
    assert "Opposition, degrés 7 et 8 : 1/4, soit 25,00 %." in said[11]
    assert "le milieu est au degré 3 : Soutien avec des réserves." in say(counted([3]).derivation[-3])


def test_there_are_eight_levels():
    assert list(LEVELS) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("group", [(0, 1), (9, 1), (1, -1)])
def test_an_unknown_level_or_a_negative_count_is_refused(group):
    with pytest.raises(ValueError, match="from 1 to 8"):
        count_gradients(PROPOSAL, [GradientsBallots(*group)])


@pytest.mark.parametrize(("options", "spoilt"), [({}, 0), ({"1": "A", "2": "B"}, 0), (PROPOSAL, -1)])
def test_exactly_one_proposal_is_counted(options, spoilt):
    with pytest.raises(ValueError, match=r"one proposal|negative"):
        count_gradients(options, [], spoilt=spoilt)


def test_a_file_of_gradients_is_answered():
    ballots = [{"level": 2, "count": 3}, {"level": 7}, {"level": None}]
    found = answer(json.dumps({"method": "gradients", "options": ["A"], "ballots": ballots}))
    assert (found["median"], found["shares"]["support"], found["blank"]) == ([2], "3/4", 1)


@pytest.mark.parametrize(
    "change",
    [
        {"options": ["A", "B"]},
        {"ballots": [{"level": 9}]},
        {"ballots": [{"level": "1"}]},
        {"ballots": [{"level": True}]},
        {"ballots": [{}]},
    ],
)
def test_a_malformed_file_of_gradients_is_refused_in_one_line(change):
    request = {"method": "gradients", "options": ["A"], "ballots": [], **change}
    with pytest.raises(Malformed, match=r"^.+$"):
        answer(json.dumps(request))
