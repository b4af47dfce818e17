"""The law of a poll: who may open, vote, close and declare, what a ballot may say, how a roll is sealed."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.refusals import SENTENCES
from realtime.refused import Refused, sentence_of
from votes.methods import method_of
from votes.rules import (
    canonical_roll,
    check_may_be_erased,
    check_may_close,
    check_may_declare,
    check_may_open,
    check_may_vote,
    roll_hash,
)

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """A poll as the rule sees it."""

    method: str = "resolution"
    allows_blank: bool = True
    max_choices: int | None = None
    setup: dict[str, object] = field(default_factory=dict)


def check_choices(asked, choices, options):
    """What the method of this poll says of a ballot."""
    method_of(asked).check(asked, choices, options)


def line(number=1, **changes):
    values = {
        "label": "Le Potager",
        "membership": 7,
        "titular": 3,
        "substitute": None,
        "college": "A",
        "weight": "1",
    }
    return {"number": number, **values, "is_guest": False, **changes}


def refusal(check, *args, **values):
    """The code of the refusal, or None when the act is allowed."""
    try:
        check(*args, **values)
    except Refused as refused:
        code, sentence = refused.code, str(SENTENCES[refused.code]) % refused.details
    else:
        return None
    assert sentence
    return code


def opening(**changes):
    values = {
        "is_officer": True,
        "options": 0,
        "options_needed": 0,
        "electors": 3,
        "guests": 0,
        "is_binding": True,
        "shows": "close",
        "at": NOON,
        "closes_at": None,
    }
    return refusal(check_may_open, **{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"is_officer": False}, "not_poll_officer"),
        ({"electors": 0}, "empty_roll"),
        ({"guests": 1}, "guest_cannot_bind"),
        ({"guests": 1, "is_binding": False}, None),
        ({"shows": "live"}, "binding_result_not_live"),
        ({"shows": "live", "is_binding": False}, None),
        ({"options_needed": 1}, "options_missing"),
        ({"options_needed": 2, "options": 2}, None),
        ({"closes_at": NOON}, "closes_before_opening"),
        ({"closes_at": NOON + timedelta(minutes=1)}, None),
    ],
)
def test_who_may_open_which_poll(changes, code):
    assert opening(**changes) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"state": "draft"}, "poll_not_open"),
        ({"takes": False}, "poll_closed"),
        ({"is_on_roll": False, "may_act": False}, "not_on_roll"),
        ({"may_act": False}, "not_an_elector"),
        ({"earlier": 57}, "already_voted"),
        ({"earlier": 57, "allows_change": True}, None),
        ({"earlier": 57, "takes": False}, "poll_closed"),
    ],
)
def test_who_may_vote(changes, code):
    values = {"state": "open", "takes": True, "is_on_roll": True, "may_act": True}
    assert refusal(check_may_vote, **{**values, **changes}) == code


@pytest.mark.parametrize(
    ("state", "is_officer", "is_past", "code"),
    [
        ("open", True, False, None),
        ("open", False, False, "not_poll_officer"),
        ("open", False, True, None),
        ("draft", True, False, "poll_not_open"),
        ("closed", True, False, "poll_closed"),
        ("declared", True, True, "poll_closed"),
    ],
)
def test_who_may_close(state, is_officer, is_past, code):
    assert refusal(check_may_close, state=state, is_officer=is_officer, is_past_deadline=is_past) == code


@pytest.mark.parametrize(
    ("state", "is_officer", "takes", "code"),
    [
        ("closed", True, False, None),
        ("open", True, False, None),
        ("open", True, True, "poll_still_open"),
        ("draft", True, False, "poll_not_open"),
        ("closed", False, False, "not_poll_officer"),
    ],
)
def test_who_may_declare(state, is_officer, takes, code):
    assert refusal(check_may_declare, state=state, is_officer=is_officer, takes=takes) == code


@pytest.mark.parametrize("said", ["for", "against", "abstain", "blank"])
def test_a_resolution_takes_one_of_four_answers(said):
    assert refusal(check_choices, Asked(), [said], 0) is None


@pytest.mark.parametrize(
    ("asked", "choices", "code"),
    [
        (Asked(), [], "choice_missing"),
        (Asked(), ["maybe"], "unknown_choice"),
        (Asked(), ["spoilt"], "unknown_choice"),
        (Asked(), [None], "unknown_choice"),
        (Asked(), [["for"]], "unknown_choice"),
        (Asked(), ["for", "against"], "one_choice_only"),
        (Asked(), ["for", "for"], "choice_twice"),
        (Asked(allows_blank=False), ["blank"], "unknown_choice"),
        (Asked("approval"), ["1", "3"], None),
        (Asked("approval"), ["0"], "unknown_choice"),
        (Asked("approval"), ["4"], "unknown_choice"),
        (Asked("approval"), ["01"], "unknown_choice"),
        (Asked("approval"), [1], "unknown_choice"),
        (Asked("approval"), ["for"], "unknown_choice"),
        (Asked("approval"), ["1", "1"], "choice_twice"),
        (Asked("approval"), ["1", "blank"], "blank_stands_alone"),
        (Asked("approval"), ["blank"], None),
        (Asked("approval", max_choices=2), ["1", "2"], None),
        (Asked("approval", max_choices=2), ["1", "2", "3"], "too_many_choices"),
    ],
)
def test_what_a_ballot_may_say(asked, choices, code):
    assert refusal(check_choices, asked, choices, 3) == code


def test_two_ballots_that_say_the_same_are_equal():
    canonical = method_of(Asked("approval")).canonical
    assert canonical(["10", "2", "2"]) == canonical(["2", "10"]) == ["2", "10"]


def test_a_roll_has_one_form_whatever_the_order_it_came_in():
    lines = [line(1), line(2, label="Café Été"), line(3, college="B")]
    assert roll_hash(lines) == roll_hash(lines[::-1])
    assert roll_hash([dict(reversed(item.items())) for item in lines]) == roll_hash(lines)


def test_the_seal_is_the_sha_256_of_sorted_json():
    text = json.dumps([line()], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical_roll([line()]) == text
    assert roll_hash([line()]) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "change", [{"label": "Autre"}, {"college": "B"}, {"weight": "2"}, {"titular": 4}, {"is_guest": True}]
)
def test_any_change_of_a_line_breaks_the_seal(change):
    assert roll_hash([line()]) != roll_hash([line(**change)])


@pytest.mark.parametrize(
    "lines", [[line(2)], [line(1), line(1)], [{"number": 1}], [line("1")], [line(extra=1)]]
)
def test_a_roll_out_of_form_is_not_sealed(lines):
    with pytest.raises(ValueError, match="roll"):
        canonical_roll(lines)


@given(
    st.lists(st.sampled_from(["for", "against", "abstain", "blank", "1", "2", "9", "", None, 1]), max_size=4)
)
def test_whatever_a_device_sends_is_taken_or_refused_by_name(choices):
    for asked in (Asked(), Asked("approval", max_choices=1), Asked("approval", allows_blank=False)):
        refusal(check_choices, asked, choices, 2)


def test_nobody_is_erased_from_the_roll_of_an_open_poll() -> None:
    check_may_be_erased(open_rolls=[])
    with pytest.raises(Refused) as refused:
        check_may_be_erased(open_rolls=["Adoptez-vous le plan ?", "Et le budget ?"])
    assert (refused.value.code, refused.value.details) == (
        "on_an_open_roll",
        {"question": "Adoptez-vous le plan ?"},
    )
    assert "Adoptez-vous le plan ?" in sentence_of(refused.value)
