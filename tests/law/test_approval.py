"""Approval: counts, real ties, blank ballots apart."""

import pytest

from votes.counting.approval import ApprovalBallots, count_approval, group_approvals

OPTIONS = {"1": "Jardin", "2": "Four à pain", "3": "Atelier vélo"}


def ballots(*groups):
    return [ApprovalBallots(frozenset(approved), count) for approved, count in groups]


def test_options_are_ranked_by_their_approvals():
    result = count_approval(OPTIONS, ballots(("12", 3), ("2", 1), ("3", 2)))
    assert result.approvals == {"1": 3, "2": 4, "3": 2}
    assert result.ranking == (("2",), ("1",), ("3",))
    assert result.winners == ("2",)


def test_equal_options_share_a_rank_whatever_their_order():
    forward = count_approval(OPTIONS, ballots(("1", 2), ("2", 2)))
    backward = count_approval(dict(reversed(OPTIONS.items())), ballots(("2", 2), ("1", 2)))
    assert forward.ranking == backward.ranking == (("1", "2"), ("3",))
    assert forward.winners == ("1", "2")


def test_blank_and_spoilt_ballots_are_apart():
    result = count_approval(OPTIONS, ballots(("1", 2), ("", 3)), spoilt=4)
    assert (result.cast, result.blank, result.spoilt) == (2, 3, 4)


@pytest.mark.parametrize("cast", [[], [("", 5)]])
def test_when_nothing_is_approved_nothing_wins(cast):
    result = count_approval(OPTIONS, ballots(*cast))
    assert (result.winners, result.ranking) == ((), (("1", "2", "3"),))


def test_single_ballots_are_grouped_by_what_they_say():
    groups = group_approvals([["1", "2"], ["2", "1"], []])
    assert set(groups) == {ApprovalBallots(frozenset("12"), 2), ApprovalBallots(frozenset(), 1)}


@pytest.mark.parametrize(("groups", "spoilt"), [([("9", 1)], 0), ([("1", -1)], 0), ([("1", 1)], -1)])
def test_an_unknown_option_or_a_negative_count_is_refused(groups, spoilt):
    with pytest.raises(ValueError, match="unknown option"):
        count_approval(OPTIONS, ballots(*groups), spoilt=spoilt)


def test_a_result_is_plain_json_values():
    data = count_approval(OPTIONS, ballots(("1", 2))).as_json()
    assert data["ranking"] == [["1"], ["2", "3"]]
    assert data["winners"] == ["1"]
