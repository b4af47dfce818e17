"""Scores: totals, exact means, what a missing score counts for."""

import json
from fractions import Fraction

import pytest

from votes.counting.derivation import say
from votes.counting.requests import Malformed, answer
from votes.counting.score import Missing, ScoreBallots, count_score, group_score

OPTIONS = {"1": "Jardin", "2": "Four à pain", "3": "Atelier vélo"}
SCALE = {"lowest": 0, "highest": 10}
REQUEST = {
    "method": "score",
    "options": ["A", "B"],
    "lowest": -2,
    "highest": 2,
    "missing": "absent",
    "ballots": [{"scores": {"A": 2}, "count": 3}, {"scores": {"A": -2, "B": 1}}],
}


def ballots(*groups):
    return [ScoreBallots(scores, count) for scores, count in groups]


TWO_KINDS = ballots(({"1": 8, "2": 6}, 3), ({"1": 5}, 1), ({"2": 9}, 1))


def test_options_are_ranked_by_their_mean():
    result = count_score(OPTIONS, TWO_KINDS, **SCALE)
    assert (result.options["1"].total, result.options["1"].mean) == (29, Fraction(29, 4))
    assert (result.options["2"].total, result.options["2"].mean) == (27, Fraction(27, 4))
    assert result.ranking == (("1",), ("2",), ("3",))


def test_a_missing_score_is_absent_from_the_mean_or_the_lowest_as_declared():
    absent = count_score(OPTIONS, TWO_KINDS, lowest=1, highest=10)
    lowest = count_score(OPTIONS, TWO_KINDS, lowest=1, highest=10, missing=Missing.LOWEST)
    assert [absent.options[key].mean for key in "123"] == [Fraction(29, 4), Fraction(27, 4), None]
    assert [lowest.options[key].mean for key in "123"] == [6, Fraction(28, 5), 1]
    assert absent.options["3"].missing == lowest.options["3"].missing == 5


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (Missing.ABSENT, "ne compte pas dans la moyenne"),
        (Missing.LOWEST, "lui donne la note la plus basse, 0."),
    ],
)
def test_the_policy_of_missing_scores_is_said(missing, said):
    result = count_score(OPTIONS, TWO_KINDS, **SCALE, missing=missing)
    assert any(said in say(sentence) for sentence in result.derivation)


def test_the_order_of_totals_is_told_when_it_differs():
    result = count_score(OPTIONS, ballots(({"1": 9}, 1), ({"2": 6}, 3)), **SCALE)
    assert (result.ranking[0], result.ranking_by_total[0]) == (("1",), ("2",))
    assert any("Plus haut total : Four à pain." in say(sentence) for sentence in result.derivation)


def test_equal_means_share_a_rank_whatever_their_totals():
    result = count_score(OPTIONS, ballots(({"1": 4, "2": 5}, 1), ({"1": 6}, 1)), **SCALE)
    assert result.ranking == (("1", "2"), ("3",))
    assert result.winners == ("1", "2")


def test_a_mean_of_thirds_is_exact():
    result = count_score(OPTIONS, ballots(({"1": 1}, 2), ({"1": 0}, 1)), **SCALE)
    assert result.as_json()["options"]["1"]["mean"] == "2/3"


@pytest.mark.parametrize(("scores", "said"), [([-1, -1, 0], "−0,67"), ([-1, 1], "0,00"), ([2, 1], "1,50")])
def test_a_mean_is_rounded_for_the_eye_only(scores, said):
    result = count_score({"1": "A"}, group_score([{"1": s} for s in scores]), lowest=-2, highest=2)
    assert any(say(sentence).endswith(f"soit {said}.") for sentence in result.derivation)


def test_the_sentences_lead_from_the_scores_to_the_mean():
    result = count_score(OPTIONS, TWO_KINDS, **SCALE)
    assert [say(sentence) for sentence in result.derivation][2:] == [
        "Bulletins exprimés : 5. Bulletins blancs : 0. Bulletins nuls : 0.",
        "Jardin : bulletins sans note 1, total des notes 29, moyenne 29/4, soit 7,25.",
        "Four à pain : bulletins sans note 1, total des notes 27, moyenne 27/4, soit 6,75.",
        "Atelier vélo : aucune note, donc aucune moyenne ; l’option est classée après les autres.",
        "En tête : Jardin.",
    ]


def test_a_ballot_without_scores_is_blank_and_lowers_nothing():
    result = count_score(OPTIONS, ballots(({"1": 4}, 2), ({}, 3)), **SCALE, missing=Missing.LOWEST, spoilt=1)
    assert (result.cast, result.blank, result.spoilt) == (2, 3, 1)
    assert result.options["1"].mean == 4


@pytest.mark.parametrize("missing", Missing)
def test_when_nothing_is_scored_nothing_wins(missing):
    result = count_score(OPTIONS, [], **SCALE, missing=missing)
    assert (result.winners, result.ranking) == ((), (("1", "2", "3"),))


def test_single_ballots_are_grouped_by_what_they_say():
    groups = group_score([{"1": 2, "2": 0}, {"2": 0, "1": 2}, {}])
    assert [(group.scores, group.count) for group in groups] == [({"1": 2, "2": 0}, 2), ({}, 1)]


@pytest.mark.parametrize(
    ("group", "rules"),
    [
        (({"1": 11}, 1), SCALE),
        (({"1": -1}, 1), SCALE),
        (({"9": 1}, 1), SCALE),
        (({"1": 1}, -1), SCALE),
        (({"1": 1}, 1), {**SCALE, "spoilt": -1}),
        (({}, 1), {"lowest": 3, "highest": 3}),
    ],
)
def test_what_breaks_the_scale_is_refused(group, rules):
    with pytest.raises(ValueError, match=r"scale|unknown|negative|highest"):
        count_score(OPTIONS, ballots(group), **rules)


def test_a_file_of_scores_is_answered():
    found = answer(json.dumps(REQUEST))
    assert (found["ranking"], found["ranking_by_total"]) == ([["A", "B"]], [["A"], ["B"]])
    assert found["options"]["A"] == {
        "received": {"-2": 1, "2": 3},
        "missing": 0,
        "total": 4,
        "scored": 4,
        "mean": "1",
    }


@pytest.mark.parametrize(
    "change",
    [
        {"missing": "zero"},
        {"lowest": 2},
        {"lowest": 0.5},
        {"highest": 10**13},
        {"highest": True},
        {"options": ["A"]},
        {"ballots": [{"scores": {"A": 3}}]},
        {"ballots": [{"scores": {"A": None}}]},
        {"ballots": {}},
    ],
)
def test_a_malformed_file_of_scores_is_refused_in_one_line(change):
    with pytest.raises(Malformed, match=r"^.+$"):
        answer(json.dumps({**REQUEST, **change}))
