"""The law of the room as pure functions: steps, roles, texts, codes, who may come in."""

import pytest

from realtime.refused import Refused
from workshops import rules


def refusal(act: str, **more: str | None) -> str:
    values: dict[str, str | None] = {"role": "participant", "state": "open", "kind": "discuss"}
    with pytest.raises(Refused) as refused:
        rules.check_may_act(act, **{**values, **more})  # type: ignore[arg-type]
    return refused.value.code


def test_each_step_opens_its_own_acts() -> None:
    opened = rules.OPENED_BY_STEPS
    assert opened["collect"] == {
        "proposal.submit",
        "proposal.revise",
        "version.support",
        "contribution.enter",
        "proposals.merge",
    }
    assert opened["discuss"] == opened["collect"] | {"comment.add"}
    assert opened["poll"] == {"comment.add", "consultation.open"}
    assert opened["report_back"] == {"comment.add", "proposals.merge"}


def test_the_role_is_refused_before_the_state_and_the_state_before_the_step() -> None:
    assert refusal("proposal.submit", role=None, state="closed", kind=None) == "not_a_participant"
    assert refusal("proposal.submit", role="observer", state="closed", kind=None) == "observer_watches"
    assert refusal("step.run", role="participant", state="closed", kind=None) == "not_the_facilitator"
    assert refusal("proposal.submit", state="closed", kind="discuss") == "workshop_closed"
    assert refusal("proposal.submit", state="planned", kind=None) == "workshop_planned"
    assert refusal("proposal.submit", kind="poll") == "step_closed"


def test_taking_ones_words_back_is_never_a_matter_of_steps() -> None:
    for act in ("proposal.withdraw", "comment.withdraw"):
        rules.check_may_act(act, role="participant", state="closed", kind=None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Un  lieu \n ouvert ", "Un lieu ouvert"),
        ("Un\x00 lieu\x07", "Un lieu"),
        ("Un \u202elieu\u2066", "Un lieu"),
        ("Un lieu\u200b", "Un lieu"),
        ("e\u0301te\u0301", "été"),
        ("👩‍🌾 et jardins", "👩‍🌾 et jardins"),
    ],
)
def test_a_title_is_one_clean_line(typed: str, kept: str) -> None:
    assert rules.checked_title(typed) == kept


def test_a_text_keeps_its_lines() -> None:
    assert rules.checked_text("Un\r\n\r\n\r\n\r\nDeux\t.\x0b ") == "Un\n\nDeux\t."


@pytest.mark.parametrize(
    ("check", "limit"),
    [
        (rules.checked_title, 200),
        (rules.checked_text, 5_000),
        (rules.checked_comment, 2_000),
        (rules.checked_name, 80),
        (rules.checked_reason, 300),
    ],
)
def test_a_text_too_long_is_refused_with_its_length(check: object, limit: int) -> None:
    assert len(check("é" * limit)) == limit  # type: ignore[operator]
    with pytest.raises(Refused) as refused:
        check("é" * (limit + 1))  # type: ignore[operator]
    assert refused.value.code == "text_too_long"
    assert refused.value.details == {"limit": limit, "length": limit + 1}


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (rules.checked_title, "title_missing"),
        (rules.checked_comment, "text_missing"),
        (rules.checked_name, "name_missing"),
        (rules.checked_reason, "reason_missing"),
    ],
)
@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\u200b\x00"])
def test_what_says_nothing_is_refused_by_name(check: object, code: str, typed: str) -> None:
    with pytest.raises(Refused) as refused:
        check(typed)  # type: ignore[operator]
    assert refused.value.code == code


def test_a_text_may_be_empty_because_the_title_can_say_it_all() -> None:
    assert rules.checked_text("  ") == ""


def test_a_code_is_read_however_it_was_typed() -> None:
    assert rules.normal_code(" nav-742 ") == "NAV742"
    assert not set("01IOLSZB258") & set(rules.CODE_ALPHABET)


def joining(**more: object) -> str:
    values = {
        "access": "members",
        "state": "open",
        "welcomes_guests": False,
        "has_code": False,
        "is_member": False,
        "is_guest": False,
    }
    try:
        rules.check_may_join(**{**values, **more})  # type: ignore[arg-type]
    except Refused as refused:
        return refused.code
    return "welcome"


def test_members_come_into_their_rooms_and_strangers_do_not() -> None:
    assert joining(is_member=True) == "welcome"
    assert joining() == "members_only"
    assert joining(access="public") == "welcome"
    assert joining(access="invitation", is_member=True) == "members_only"


def test_the_code_opens_to_the_invited_and_where_guests_are_welcome() -> None:
    assert joining(access="invitation", has_code=True) == "welcome"
    assert joining(has_code=True) == "members_only"
    assert joining(has_code=True, welcomes_guests=True) == "welcome"


def test_a_guest_needs_the_code_and_an_open_room_that_welcomes_guests() -> None:
    guest = {"is_guest": True, "welcomes_guests": True, "has_code": True}
    assert joining(**guest) == "welcome"
    assert joining(**{**guest, "has_code": False}) == "no_guests"
    assert joining(**{**guest, "welcomes_guests": False}) == "no_guests"
    assert joining(**{**guest, "state": "planned"}) == "workshop_planned"


def test_nobody_comes_into_a_closed_room() -> None:
    assert joining(state="closed", is_member=True) == "workshop_closed"


def test_a_step_lasts_from_a_minute_to_eight_hours() -> None:
    assert rules.checked_minutes(480) == 480
    for minutes in (0, -5, 481):
        with pytest.raises(Refused):
            rules.checked_minutes(minutes)


@pytest.mark.parametrize(
    ("method", "asked", "code"), [("resolution", 2, "poll_needs_one"), ("approval", 1, "poll_needs_two")]
)
def test_a_poll_asks_what_its_form_can_answer(method: str, asked: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_may_ask(method, asked)
    assert refused.value.code == code
