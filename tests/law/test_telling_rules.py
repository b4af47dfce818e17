"""The law of tellers: who may enter a ballot by hand, who may confirm it, and one ballot per line."""

from typing import Any

import pytest

from config.refusals import SENTENCES
from realtime.refused import Refused
from votes.rules import (
    check_is_teller,
    check_line_is_free,
    check_may_confirm,
    check_may_enter,
    check_may_erase,
    check_may_set_aside,
    check_nothing_waits,
)

VOTED = {"number": 12, "who": "Bob", "channel": "en ligne", "when": "15:04:07"}
ENTER: dict[str, Any] = {
    "is_teller": True,
    "secrecy": "named",
    "state": "open",
    "takes": True,
    "is_struck": False,
    "is_waiting": False,
    "earlier": None,
}
CONFIRM: dict[str, Any] = {
    "is_teller": True,
    "is_waiting": True,
    "entered_by_self": False,
    "state": "open",
    "takes": True,
    "is_struck": False,
    "earlier": None,
}


def refusal(check: Any, **values: Any) -> str | None:
    """The code of the refusal, whose sentence can be said; None when the act is allowed."""
    try:
        check(**values)
    except Refused as refused:
        sentence = str(SENTENCES[refused.code]) % refused.details
        return refused.code if "%(" not in sentence else sentence
    return None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"is_teller": False}, "not_a_teller"),
        ({"secrecy": "secret"}, "secret_not_by_line"),
        ({"state": "draft"}, "poll_not_open"),
        ({"takes": False}, "poll_closed"),
        ({"is_struck": True}, "line_struck"),
        ({"earlier": VOTED}, "line_voted"),
        ({"is_waiting": True}, "entry_waits"),
    ],
)
def test_who_may_enter_a_ballot(changed: dict[str, Any], code: str | None) -> None:
    assert refusal(check_may_enter, **{**ENTER, **changed}) == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"is_teller": False}, "not_a_teller"),
        ({"is_waiting": False}, "entry_settled"),
        ({"entered_by_self": True}, "second_teller_needed"),
        ({"state": "draft"}, "poll_not_open"),
        ({"takes": False}, "poll_closed"),
        ({"is_struck": True}, "line_struck"),
        ({"earlier": VOTED}, "line_voted"),
    ],
)
def test_who_may_confirm_an_entry(changed: dict[str, Any], code: str | None) -> None:
    assert refusal(check_may_confirm, **{**CONFIRM, **changed}) == code


def test_the_refusal_of_a_second_ballot_says_who_and_when() -> None:
    with pytest.raises(Refused) as refused:
        check_line_is_free(is_struck=False, earlier=VOTED)
    sentence = str(SENTENCES["line_voted"]) % refused.value.details
    assert "n° 12, reçu en ligne à 15:04:07, par Bob" in sentence.replace("\u00a0", " ")


def test_an_entry_is_set_aside_by_an_officer_while_it_waits() -> None:
    assert refusal(check_may_set_aside, is_officer=True, is_waiting=True) is None
    assert refusal(check_may_set_aside, is_officer=False, is_waiting=True) == "not_an_officer"
    assert refusal(check_may_set_aside, is_officer=True, is_waiting=False) == "entry_settled"


def test_no_vote_is_closed_by_hand_over_what_waits() -> None:
    assert refusal(check_nothing_waits, waiting=0) is None
    assert refusal(check_nothing_waits, waiting=2) == "entries_wait"
    assert refusal(check_is_teller, is_teller=True) is None


def test_only_a_rehearsal_is_ever_erased() -> None:
    assert refusal(check_may_erase, is_rehearsal=True, state="closed") is None
    assert refusal(check_may_erase, is_rehearsal=False, state="closed") == "not_a_rehearsal"
    assert refusal(check_may_erase, is_rehearsal=True, state="open") == "poll_still_open"
