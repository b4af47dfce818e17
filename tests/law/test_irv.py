"""Instant-runoff: rounds, equal ranks, and ties that are followed instead of settled."""

import json

import pytest

from tests.law.ranked import OPTIONS, ranked
from votes.counting import irv_rounds
from votes.counting.derivation import say
from votes.counting.irv import count_irv
from votes.counting.irv_rounds import bits_of, explore
from votes.counting.irv_words import derive_irv
from votes.counting.requests import answer


def counted(text, keys="ABC", **more):
    return count_irv({key: OPTIONS[key] for key in keys}, ranked(text), **more)


def said(result):
    return [say(sentence) for sentence in result.derivation]


def test_the_fewest_votes_go_first_and_their_ballots_move_on():
    result = counted("4 A, 3 B, 2 C>B")
    assert [count.votes for count in result.rounds] == [{"A": 4, "B": 3, "C": 2}, {"A": 4, "B": 5}]
    assert (result.winners, result.ranking) == (("B",), (("B",), ("A",), ("C",)))
    assert result.ties == ()


def test_a_ballot_with_no_option_left_is_exhausted():
    assert counted("4 A, 3 B, 2 C").rounds[-1].exhausted == 2


def test_equal_ranks_wait_until_one_of_them_remains():
    result = counted("4 A, 3 B, 2 B=C, 1 C>A")
    assert [count.waiting for count in result.rounds] == [2, 0]
    assert result.rounds[-1].votes == {"A": 5, "B": 5}


def test_a_last_group_written_out_is_the_same_as_left_out():
    written, left_out = counted("3 A>B=C, 2 B>A=C, 1 C"), counted("3 A, 2 B, 1 C")
    assert written.rounds == left_out.rounds


def test_a_tie_that_cannot_matter_is_put_aside_together():
    result = counted("9 A, 2 B, 2 C, 5 D", "ABCD")
    assert result.rounds[0].eliminated == ("B", "C")
    assert result.ranking == (("A",), ("D",), ("B", "C"))
    assert any(line.startswith("Options écartées ensemble : Option B, Option C.") for line in said(result))


def test_a_tie_that_leads_to_the_same_winner_is_told_and_is_no_tie_of_the_result():
    result = counted("7 A, 4 B>A, 4 C>A")
    assert (result.winners, result.ties, len(result.settled)) == (("A",), (), 1)
    assert result.ranking == (("A",), ("B", "C"))
    assert "Cette égalité ne change pas qui est en tête." in said(result)


def test_a_tie_that_changes_the_winner_is_the_result():
    result = counted("5 A, 4 B>C, 4 C>A")
    assert result.winners == ("A", "C")
    assert result.ties[0].outcomes == {"B": ("C",), "C": ("A",)}
    assert result.as_json()["ties"] == [
        {
            "left": ["A", "B", "C"],
            "tied": ["B", "C"],
            "branches": [{"eliminated": "B", "winners": ["C"]}, {"eliminated": "C", "winners": ["A"]}],
        }
    ]


def test_a_tie_that_matters_is_told_every_way():
    lines = said(counted("5 A, 4 B>C, 4 C>A"))
    assert "Si l’option écartée est Option B, en tête à la fin : Option C." in lines
    assert lines[-1] == "En tête, à égalité : Option A, Option C. Les bulletins ne les départagent pas."


def test_the_last_two_equal_are_both_in_front():
    result = counted("5 A, 5 B, 1 C")
    assert (result.winners, result.ranking) == (("A", "B"), (("A", "B"), ("C",)))
    assert len(result.ties) == 1


def test_options_no_ballot_tells_apart_any_longer_are_tied():
    result = counted("5 A=B, 1 C=A=B")
    assert result.winners == ("A", "B")
    alike = counted("5 A=B=C")
    assert (alike.winners, alike.ties[0].outcomes) == (("A", "B", "C"), {})
    assert "Les bulletins ne départagent plus ces options : Option A, Option B, Option C." in said(alike)


def test_more_than_half_of_the_ballots_in_play_is_told_once():
    lines = said(counted("6 A, 3 B, 1 C"))
    assert sum("plus de la moitié des bulletins encore en jeu, 6 sur 10" in line for line in lines) == 1
    assert not any("plus de la moitié" in line for line in said(counted("3 A, 2 B=C, 1 B")))


def test_blank_and_spoilt_ballots_are_apart():
    result = counted("2 A, 3", spoilt=4)
    assert (result.cast, result.blank, result.spoilt) == (2, 3, 4)


@pytest.mark.parametrize("text", ["", "5"])
def test_when_nothing_is_ranked_nothing_wins(text):
    result = counted(text)
    assert (result.winners, result.ties, result.ranking) == ((), (), (("A", "B", "C"),))
    assert said(result)[-1] == "Aucun bulletin ne classe d’option."


def test_one_option_alone_wins_and_none_at_all_is_no_result():
    assert (counted("2 A", "A").winners, counted("2 A", "A").rounds[0].votes) == (("A",), {"A": 2})
    assert (counted("2", "").winners, counted("2", "").rounds) == ((), ())


@pytest.mark.parametrize("text", ["1 A>D", "1 A>B>A", "-1 A"])
def test_a_contradictory_ballot_is_refused(text):
    with pytest.raises(ValueError, match="ballot"):
        counted(text)


def test_a_negative_count_of_spoilt_ballots_is_refused():
    with pytest.raises(ValueError, match="negative"):
        counted("1 A", spoilt=-1)


def test_past_the_most_ways_to_follow_all_options_left_are_tied(monkeypatch):
    monkeypatch.setattr(irv_rounds, "MOST_STATES", 3)
    result = counted("2 A>B, 2 B>C, 2 C>A, 2 D>A", "ABCD")
    assert result.winners == ("A", "B", "C", "D")
    assert result.ties[0].outcomes["A"] == ("B", "C", "D")


def test_twenty_options_all_tied_are_counted_in_bounded_time():
    keys = {f"{place:02}": f"{place:02}" for place in range(20)}
    result = count_irv(keys, ranked(", ".join(f"1 {key}" for key in keys)))
    assert result.winners == tuple(keys)


def test_every_state_of_a_tie_is_explored():
    explored = explore(3, {(1,): 1, (2,): 1, (4,): 1})
    assert sorted(map(int.bit_count, explored.states)) == [1, 1, 1, 2, 2, 2, 3]
    assert (explored.trunk, list(bits_of(explored.winners[0b111]))) == ((0b111,), [1, 2, 4])


def test_the_sentences_follow_from_the_result_alone():
    result = counted("5 A, 4 B>C, 4 C>A")
    assert derive_irv(result, OPTIONS) == result.derivation


def test_a_request_is_answered():
    ballots = [
        {"count": 4, "ranking": [["A"]]},
        {"count": 3, "ranking": [["B"]]},
        {"ranking": [["C"], ["B"]]},
    ]
    found = answer(json.dumps({"method": "irv", "ballots": ballots, "candidates": ["C", "B", "A", "D"]}))
    assert (found["winners"], found["ties"][0]["tied"], found["cast"]) == (["A", "B"], ["A", "B"], 8)
    assert found["ranking"] == [["A", "B"], ["C"], ["D"]]
