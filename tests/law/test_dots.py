"""Dots: totals, caps, kept dots, real ties."""

import json

import pytest

from votes.counting.derivation import say
from votes.counting.dots import DotsBallots, count_dots, group_dots
from votes.counting.ranks import leading, ranked
from votes.counting.requests import Malformed, answer

OPTIONS = {"1": "Jardin", "2": "Four à pain", "3": "Atelier vélo"}
REQUEST = {
    "method": "dots",
    "options": ["A", "B"],
    "dots": 5,
    "cap": 3,
    "ballots": [{"dots": {"A": 3, "B": 1}, "count": 4}, {"dots": {"B": 2}}],
}


def ballots(*groups):
    return [DotsBallots(dots, count) for dots, count in groups]


def test_options_are_ranked_by_their_dots():
    result = count_dots(OPTIONS, ballots(({"1": 3, "2": 2}, 2), ({"2": 4}, 1)), dots=5)
    assert result.totals == {"1": 6, "2": 8, "3": 0}
    assert result.supporters == {"1": 2, "2": 3, "3": 0}
    assert result.ranking == (("2",), ("1",), ("3",))


def test_options_with_equal_dots_share_a_rank_and_win_together():
    result = count_dots(OPTIONS, ballots(({"1": 2}, 1), ({"3": 1}, 2)), dots=2)
    assert (result.ranking, result.winners) == ((("1", "3"), ("2",)), ("1", "3"))


def test_nobody_has_to_place_every_dot():
    result = count_dots(OPTIONS, ballots(({"1": 1}, 4)), dots=3)
    assert (result.placed, result.unused) == (4, 8)


def test_a_ballot_without_dots_is_blank_and_keeps_none():
    result = count_dots(OPTIONS, ballots(({"1": 1}, 2), ({}, 3), ({"2": 0}, 1)), dots=1, spoilt=5)
    assert (result.cast, result.blank, result.spoilt, result.unused) == (2, 4, 5, 0)
    assert result.supporters["2"] == 0


def test_when_no_dot_is_placed_nothing_wins():
    result = count_dots(OPTIONS, ballots(({}, 3)), dots=2)
    assert (result.winners, result.ranking) == ((), (("1", "2", "3"),))


@pytest.mark.parametrize(
    ("group", "rules"),
    [
        (({"1": 3}, 1), {"dots": 5, "cap": 2}),
        (({"1": 3, "2": 3}, 1), {"dots": 5, "cap": 3}),
        (({"1": -1, "2": 3}, 1), {"dots": 5}),
        (({"9": 1}, 1), {"dots": 5}),
        (({"1": 1}, -1), {"dots": 5}),
        (({"1": 1}, 1), {"dots": 5, "spoilt": -1}),
        (({}, 1), {"dots": 0}),
        (({}, 1), {"dots": 3, "cap": 0}),
        (({}, 1), {"dots": 3, "cap": 4}),
    ],
)
def test_what_breaks_the_rules_is_refused(group, rules):
    with pytest.raises(ValueError, match=r"dot|unknown|negative"):
        count_dots(OPTIONS, ballots(group), **rules)


def test_single_ballots_are_grouped_by_what_they_place():
    groups = group_dots([{"1": 2, "2": 0}, {"1": 2}, {}])
    assert [(group.dots, group.count) for group in groups] == [({"1": 2}, 2), ({}, 1)]


def test_the_sentences_lead_from_the_dots_to_the_priorities():
    result = count_dots(OPTIONS, ballots(({"1": 3, "2": 1}, 2), ({"2": 1}, 1)), dots=4, cap=3)
    assert [say(sentence) for sentence in result.derivation] == [
        "Gommettes par personne : 4. Au plus, sur une même option : 3.",
        (
            "On compte les gommettes de chaque option. Posées : 9. Gardées : 3. Bulletins exprimés : 3. "
            "Bulletins blancs : 0. Bulletins nuls : 0."
        ),
        "Jardin : gommettes 6/9 = 2/3, soit 66,67 % des gommettes posées. Bulletins qui en posent : 2.",
        "Four à pain : gommettes 3/9 = 1/3, soit 33,33 % des gommettes posées. Bulletins qui en posent : 3.",
        "Sans aucune gommette : Atelier vélo.",
        "En tête : Jardin.",
        "Les gommettes disent des priorités : elles ne décident rien à elles seules.",
    ]


def test_equal_values_share_a_rank():
    assert ranked({"b": 1, "a": 1, "c": 2}) == (("c",), ("a", "b"))


def test_a_tie_in_the_lead_is_said_to_be_one():
    assert say(leading(["1"], OPTIONS)) == "En tête : Jardin."
    assert "à égalité : Jardin, Four à pain" in say(leading(["1", "2"], OPTIONS))


def test_a_file_of_dots_is_answered():
    found = answer(json.dumps(REQUEST))
    assert (found["totals"], found["ranking"]) == ({"A": 12, "B": 6}, [["A"], ["B"]])
    assert (found["placed"], found["unused"], found["cap"]) == (18, 7, 3)


@pytest.mark.parametrize(
    "change",
    [
        {"dots": 0},
        {"dots": "5"},
        {"cap": 6},
        {"options": ["A", "A"]},
        {"options": []},
        {"ballots": [{"dots": {"C": 1}}]},
        {"ballots": [{"dots": {"A": 1.5}}]},
        {"ballots": [{"dots": ["A"]}]},
        {"ballots": [{"count": 1}]},
        {"seats": 1},
    ],
)
def test_a_malformed_file_of_dots_is_refused_in_one_line(change):
    with pytest.raises(Malformed, match=r"^.+$"):
        answer(json.dumps({**REQUEST, **change}))
