"""Polls that rank, as their counts take them: ranks, levels, the seed of a draw."""

import pytest

from votes.counting.draw import commitment
from votes.counting.polls import PollOption, Voice, count_poll
from votes.counting.polls.ranked import levels_of, rankings_cast, ranks_of

SEED = "00112233445566778899aabbccddeeff"


def voice(*choices, heads=1):
    return Voice("", heads, False, choices, "web")


def test_ranks_nobody_has_mean_nothing():
    assert levels_of(ranks_of(["3:9", "1:2", "2:9"])) == [["1"], ["3", "2"]]
    assert levels_of(ranks_of(["blank"])) == []


def test_ballots_are_read_head_by_head_and_spoilt_ones_apart():
    assert rankings_cast([voice("1:1", heads=2), voice("spoilt")]) == ([[["1"]], [["1"]]], 1)


@pytest.mark.parametrize(("method", "winner"), [("schulze", "2"), ("irv", "2")])
def test_a_ranking_is_counted_by_its_method(method, winner):
    options = [PollOption("1", "Awa"), PollOption("2", "Benoît"), PollOption("3", "Camille")]
    voices = [voice("1:1"), voice("1:1"), voice("2:1"), voice("2:1"), voice("3:1", "2:2"), voice("blank")]
    outcome, derivation = count_poll(method, {"setup": {}}, options, {"": 6}, voices)
    assert (outcome["winners"], outcome["cast"], outcome["blank"]) == ([winner], 5, 1)
    assert derivation


def test_the_recount_takes_the_seed_of_the_outcome_and_no_other():
    rules = {"setup": {"seats": 1, "commitment": commitment(SEED)}}
    options = [PollOption("1", "Awa"), PollOption("2", "Benoît")]
    voices = [Voice("", 1, False, (f"{each}:1",), "web") for each in (1, 2)]
    outcome, _told = count_poll("scottish_stv", rules, options, {"": 2}, voices, SEED)
    assert count_poll("scottish_stv", rules, options, {"": 2}, voices, outcome["seed"])[0] == outcome
    with pytest.raises(ValueError, match="committed"):
        count_poll("scottish_stv", rules, options, {"": 2}, voices, "another")


def test_without_its_seed_a_count_that_needs_it_decides_nothing():
    options = [PollOption("1", "Awa"), PollOption("2", "Benoît")]
    voices = [Voice("", 1, False, (f"{each}:1",), "web") for each in (1, 2)]
    outcome, _told = count_poll("scottish_stv", {"setup": {"seats": 1}}, options, {"": 2}, voices)
    assert (outcome["elected"], outcome["undecided"]) == ([], ["1", "2"])


def test_a_ballot_of_equal_ranks_is_never_counted():
    with pytest.raises(ValueError, match="one rank"):
        count_poll(
            "scottish_stv",
            {"setup": {"seats": 1}},
            [PollOption("1", "Awa"), PollOption("2", "Benoît")],
            {"": 1},
            [Voice("", 1, False, ("1:1", "2:1"), "paper")],
        )
