"""Ranked ballots: grouped by what they say, and turned into duels."""

import pytest
from hypothesis import given

from tests.law.ranked import OPTIONS, elections, rank, ranked
from votes.counting.rankings import (
    RankedBallots,
    blank_and_cast,
    group_rankings,
    pairwise_matrix,
    places,
    ranks_as_bits,
)


def test_single_ballots_are_grouped_by_what_they_rank():
    groups = group_rankings([[["A"], ["B", "C"]], [["A"], ["C", "B"]], [["A", "B", "C"]], []])
    assert set(groups) == set(ranked("2 A>B=C, 1 A=B=C, 1"))


def test_a_ballot_that_ranks_nothing_is_blank():
    assert blank_and_cast(ranked("2 A>B, 3, 4 A=B=C=D")) == (3, 6)


def test_options_left_out_are_last_together():
    assert pairwise_matrix("ABC", ranked("5 B")) == ((0, 0, 0), (5, 0, 5), (0, 0, 0))


def test_equal_options_win_no_duel_between_them():
    assert pairwise_matrix("ABC", ranked("5 A=B>C")) == ((0, 0, 5), (0, 0, 5), (0, 0, 0))


@given(elections)
def test_each_duel_counts_the_ballots_that_rank_one_above_the_other(groups):
    expected = tuple(
        tuple(sum(g.count for g in groups if rank(g.ranking, a) < rank(g.ranking, b)) for b in OPTIONS)
        for a in OPTIONS
    )
    assert pairwise_matrix(OPTIONS, groups) == expected


@given(elections)
def test_rankings_as_bits_keep_every_vote_cast(groups):
    bits = ranks_as_bits(OPTIONS, groups)
    assert sum(bits.values()) == blank_and_cast(groups)[1]
    named = {tuple(frozenset("ABCD"[p] for p in places(level)) for level in ranking) for ranking in bits}
    assert named == {group.ranking for group in groups if group.ranking}


@pytest.mark.parametrize("read", [pairwise_matrix, ranks_as_bits])
@pytest.mark.parametrize("text", ["1 A>E", "1 A>B>A", "1 A=B>B", "-1 A"])
def test_a_contradictory_ballot_is_refused(read, text):
    with pytest.raises(ValueError, match="ballot"):
        read("ABCD", ranked(text))


@pytest.mark.parametrize("read", [pairwise_matrix, ranks_as_bits])
def test_an_empty_group_is_refused(read):
    with pytest.raises(ValueError, match="empty group"):
        read("AB", [RankedBallots((frozenset(),))])
