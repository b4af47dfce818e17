"""The count of a poll, whatever its method: the path that the application and the recount share."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votes.counting.polls import COUNTS, PollOption, Voice, count_poll, heads_by_college, received
from votes.counting.resolution import ResolutionRules

HEADS = {**ResolutionRules().to_json(), "setup": {}}
SETUPS = {
    "dots": {"dots": 5, "cap": 3},
    "election": {"seats": 1},
    "score": {"lowest": 0, "highest": 10, "missing": "absent"},
    "majority_judgment": {"grades": ["À revoir", "Bien"]},
}
ONE_PROPOSAL = ("gradients", "consent")
OPTIONS = [PollOption("1", "Le lieu"), PollOption("2", "Les métiers")]


def voice(*choices, college="", heads=1, is_guest=False, channel="web"):
    return Voice(college, heads, is_guest, choices, channel)


def test_a_poll_is_counted_by_its_method():
    outcome, derivation = count_poll(
        "resolution", HEADS, [], {"": 5}, [voice("for"), voice("against", heads=3)]
    )
    assert (outcome["for"], outcome["adopted"]) == ("1/4", False)
    assert derivation
    outcome, _derivation = count_poll(
        "approval", HEADS, OPTIONS, {"": 2}, [voice("1", "2"), voice("2"), voice("blank")]
    )
    assert (outcome["winners"], outcome["blank"]) == (["2"], 1)


def test_a_method_nobody_wrote_is_not_counted():
    with pytest.raises(ValueError, match="borda"):
        count_poll("borda", HEADS, [], {"": 0}, [])


def test_the_heads_of_a_college_are_those_of_the_roll_or_those_declared():
    rules = {"weights": [{"college": "A"}, {"college": "B"}], "members": {"A": 7}}
    assert heads_by_college(rules, [("A", 2), ("A", 1)]) == {"A": 7, "B": 0}
    assert heads_by_college({}, []) == {"": 0}


def test_guests_are_told_apart_and_channels_counted():
    voices = [voice("1"), voice("1", "2", is_guest=True, channel="hand"), voice("2", is_guest=True)]
    told = received(voices, 9)
    assert told == {
        "received": 3,
        "electors": 9,
        "channels": {"web": 2, "hand": 1},
        "guests": {"1": 1, "2": 2},
    }


@given(
    st.permutations(
        [voice("for"), voice("against"), voice("abstain"), voice("blank", heads=2), voice("spoilt")]
    )
)
def test_the_order_of_the_ballots_changes_nothing(voices):
    found = [count_poll("resolution", HEADS, [], {"": 9}, order) for order in (voices, voices[::-1])]
    assert json.dumps(found[0][0]) == json.dumps(found[1][0])
    assert found[0][1] == found[1][1]


def test_a_spoilt_ballot_approves_nothing_and_is_counted_apart():
    outcome, _derivation = count_poll("approval", HEADS, OPTIONS, {"": 2}, [voice("1"), voice("spoilt")])
    assert (outcome["cast"], outcome["blank"], outcome["spoilt"]) == (1, 0, 1)


@pytest.mark.parametrize("method", sorted(COUNTS))
def test_every_count_of_a_poll_says_which_method_it_counted(method):
    options = {"resolution": [], **dict.fromkeys(ONE_PROPOSAL, OPTIONS[:1])}.get(method, OPTIONS)
    rules = {**HEADS, "setup": SETUPS.get(method, {})}
    outcome, _derivation = count_poll(method, rules, options, {"": 0}, [])
    assert outcome["method"] == method
    assert json.loads(json.dumps(outcome)) == outcome
