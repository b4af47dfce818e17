"""Schulze: published elections, paths, real ties, and the sentences that show them."""

import json
from pathlib import Path

import pytest

from tests.law.ranked import OPTIONS, ranked
from votes.counting.derivation import say
from votes.counting.requests import Malformed, answer
from votes.counting.schulze import count_duels, count_schulze, strongest_paths
from votes.counting.schulze_words import derive_schulze

FOLDER = Path(__file__).parents[1] / "data/elections/condorcet"
PUBLISHED = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
TABLES = [name for name, data in PUBLISHED.items() if "pairwise" in data]


def published(name):
    """The ballots of an election as a count request."""
    ballots = [
        {"count": count, "ranking": [[key] for key in order]} for count, order in PUBLISHED[name]["ballots"]
    ]
    return {"method": "schulze", "ballots": ballots}


def duels(name, order=1):
    """The table of an election as a count request, its candidates turned round by -1."""
    rows = [row[::order] for row in PUBLISHED[name]["pairwise"]][::order]
    return {"method": "schulze", "candidates": PUBLISHED[name]["candidates"][::order], "pairwise": rows}


def said(result):
    return [say(sentence) for sentence in result.derivation]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("name", TABLES)
def test_every_published_table_gives_its_winner_and_its_order(name, order):
    found = answer(json.dumps(duels(name, order)))
    assert found["winners"] == [PUBLISHED[name]["published_winner"]]
    expected = PUBLISHED[name].get("published_order")
    assert expected is None or found["ranking"] == [[key] for key in expected]


def test_the_forty_five_voters_have_the_published_duels_and_paths():
    found = answer(json.dumps({**published("schulze-45-voters"), "candidates": list("ABCDE")}))
    data = PUBLISHED["schulze-45-voters"]
    assert found["pairwise"] == data["pairwise"]
    assert found["strongest_paths"] == data["strongest_paths"]
    assert found["ranking"] == [[key] for key in data["published_order"]]


def test_the_capital_of_tennessee_is_ranked_as_published():
    found = answer(json.dumps(published("tennessee")))
    order = PUBLISHED["tennessee"]["published"]["condorcet_schulze_kemeny_order"]
    assert found["ranking"] == [[key] for key in order]


def test_the_leader_of_2003_is_decided_by_228_to_224():
    sentences = answer(json.dumps(duels("debian2003-matrix")))["derivation"]
    assert "Martin Michlmayr gagne son duel contre Bdale Garbee, par 228 contre 224." in sentences
    assert sentences[-1] == "En tête : Martin Michlmayr."


def test_a_path_is_told_with_its_duels_and_its_strength():
    result = count_duels(dict(zip("ABCDE", "ABCDE", strict=True)), PUBLISHED["schulze-45-voters"]["pairwise"])
    assert any(line.startswith("E contre C : 21 contre 24.") for line in said(result))
    assert any("E > D (31), D > C (28). Ce chemin a la force" in line for line in said(result))


def test_a_single_way_out_and_none_back_needs_only_the_duel():
    lines = said(count_schulze(OPTIONS, ranked("3 A>B>C, 1 B>A")))
    assert "Option A gagne son duel contre Option B, par 3 contre 1." in lines
    assert "Option A gagne tous ses duels." in lines


def test_a_path_without_way_back_is_told_so():
    result = count_duels({"a": "A", "b": "B", "c": "C"}, [[0, 5, 2], [1, 0, 4], [2, 1, 0]])
    assert result.ranking == (("a",), ("b",), ("c",))
    assert any("aucun chemin ne mène en sens inverse : A passe devant C" in line for line in said(result))


def test_a_perfect_cycle_is_a_tie_of_all():
    result = count_schulze(OPTIONS, ranked("1 A>B>C>D, 1 B>C>A>D, 1 C>A>B>D"))
    assert result.winners == ("A", "B", "C")
    assert result.ranking == (("A", "B", "C"), ("D",))
    assert said(result)[-1].startswith("En tête, à égalité : Option A, Option B, Option C.")


def test_equal_duels_are_a_tie_whatever_the_order_of_options():
    forward = count_schulze(OPTIONS, ranked("2 A>B, 2 B>A"))
    backward = count_schulze(dict(reversed(OPTIONS.items())), ranked("2 B>A, 2 A>B"))
    assert forward.ranking == backward.ranking == (("A", "B"), ("C", "D"))


def test_blank_and_spoilt_ballots_are_apart():
    result = count_schulze(OPTIONS, ranked("2 A, 3"), spoilt=4)
    assert (result.cast, result.blank, result.spoilt) == (2, 3, 4)


@pytest.mark.parametrize("text", ["", "5"])
def test_when_nothing_is_ranked_nothing_wins(text):
    result = count_schulze(OPTIONS, ranked(text))
    assert (result.winners, result.ranking) == ((), (tuple("ABCD"),))
    assert said(result)[-1] == "Aucun bulletin ne classe d’option."


def test_without_options_there_is_nothing_to_rank():
    assert count_schulze({}, ranked("3")).ranking == ()


def test_winning_votes_measure_a_duel_and_a_lost_duel_leads_nowhere():
    assert strongest_paths(((0, 6), (5, 0))) == ((0, 6), (0, 0))


def test_the_sentences_follow_from_the_result_alone():
    result = count_schulze(OPTIONS, ranked("2 A>B, 1 B>C"))
    assert derive_schulze(result, OPTIONS) == result.derivation


@pytest.mark.parametrize("table", [[[0]], [[0, 1], [1]], [[0, -1], [0, 0]], [[1, 0], [0, 0]]])
def test_a_contradictory_table_is_refused(table):
    with pytest.raises(ValueError, match="duel"):
        count_duels({"A": "A", "B": "B"}, table)


def test_a_negative_count_of_spoilt_ballots_is_refused():
    with pytest.raises(ValueError, match="negative"):
        count_schulze(OPTIONS, [], spoilt=-1)


def test_the_candidates_are_those_on_the_ballots_when_none_are_given():
    request = {"method": "schulze", "ballots": [{"count": 5, "ranking": [["A"], ["C", "B"]]}]}
    found = answer(json.dumps(request))
    assert (found["candidates"], found["ranking"]) == (["A", "B", "C"], [["A"], ["B", "C"]])
    assert (found["cast"], found["winners"]) == (5, ["A"])


@pytest.mark.parametrize(
    "changes",
    [
        {"candidates": ["A"]},
        {"candidates": ["A", "A"]},
        {"candidates": []},
        {"pairwise": [[0, 1], [2, 0]]},
        {"ballots": []},
        {"ballots": [{"ranking": [["A"], ["A"]]}]},
        {"ballots": [{"ranking": [[]]}]},
        {"ballots": [{"ranking": ["A"]}]},
        {"ballots": [{"ranking": [["A"]], "count": -1}]},
        {"spoilt": "1"},
    ],
)
@pytest.mark.parametrize("method", ["schulze", "irv"])
def test_a_malformed_request_is_refused_in_one_line(method, changes):
    request = {"method": method, "ballots": [{"ranking": [["A"], ["B"]]}], **changes}
    with pytest.raises(Malformed, match=r"^.+$"):
        answer(json.dumps(request))


@pytest.mark.parametrize("table", [[[0, 1]], [[0, 1], [1.0, 0]], [[0, "1"], [1, 0]], [], [[3, 1], [1, 0]]])
def test_a_malformed_table_is_refused_in_one_line(table):
    with pytest.raises(Malformed, match=r"^.+$"):
        answer(json.dumps({"method": "schulze", "candidates": ["A", "B"], "pairwise": table}))
