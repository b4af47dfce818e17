"""The law of a sealed roll: who may amend it, how, and how its amendments follow the seal."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.refusals import SENTENCES
from realtime.refused import Refused
from votes.counting.polls import amended_rules
from votes.entries import amendment_hash, amendments_follow, canonical, commitment, public_line, words_of
from votes.rules import check_may_amend, check_may_countersign, check_may_dismiss

SEAL = "ab" * 32
LINE = {
    "number": 3,
    "label": "Le Potager",
    "membership": 7,
    "titular": 3,
    "substitute": None,
    "college": "A",
    "weight": "1",
    "is_guest": False,
}
SALT = "0f" * 16
NAMELESS = public_line({**LINE, "commitment": commitment(LINE, SALT)})
WORDS = {"reason": "Arrivée à 15 h 10", "proposed_by": 1, "countersigned_by": 2}
OPEN: dict[str, Any] = {"is_officer": True, "state": "open", "takes": True}
ADD = {**OPEN, "is_addition": True, "is_newcomer": True}
STRIKE = {**OPEN, "is_addition": False, "is_on_roll": True}


def refusal(check: Any, **values: Any) -> str | None:
    """The code of the refusal, whose sentence can be said; None when the act is allowed."""
    try:
        check(**values)
    except Refused as refused:
        return refused.code if refused.code in SENTENCES else "no sentence"
    return None


def amended(number: int = 1, **changes: Any) -> dict[str, Any]:
    """What two officers signed, as it is hashed: no name, no reason."""
    said = {"number": number, "kind": "add", "line": NAMELESS, "at": "2026-03-14T15:10:00.000000Z"}
    return {**said, "words": words_of(WORDS, SALT), **changes}


def former(number: int = 1, **changes: Any) -> dict[str, Any]:
    """The same as it was hashed before there were commitments: the line with its names, the words themselves."""
    said = {"number": number, "kind": "add", "line": LINE, "at": "2026-03-14T15:10:00.000000Z"}
    return {**said, **WORDS, **changes}


def chained(*amendments: dict[str, Any]) -> list[dict[str, Any]]:
    """These amendments as they follow the seal, with their words."""
    last, chain = SEAL, []
    for amendment in amendments:
        follows = amendment_hash(last, amendment)
        opened = {**WORDS, "salt": SALT} if "words" in amendment else {}
        chain.append({**amendment, **opened, "previous": last, "hash": follows})
        last = follows
    return chain


def erased(amendment: dict[str, Any]) -> dict[str, Any]:
    """What is left of an amendment once the person of its line is erased."""
    kept = {"number", "kind", "line", "previous", "hash"} | (
        {"at", "words"} if "words" in amendment else set()
    )
    return {**{name: amendment[name] for name in kept}, "line": NAMELESS}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (ADD, None),
        ({**ADD, "is_officer": False}, "not_an_officer"),
        ({**ADD, "state": "draft"}, "poll_not_open"),
        ({**ADD, "takes": False}, "poll_closed"),
        ({**ADD, "is_on_roll": True}, "elector_twice"),
        ({**ADD, "is_newcomer": False}, "not_a_newcomer"),
        (STRIKE, None),
        ({**STRIKE, "is_on_roll": False}, "not_on_this_roll"),
        ({**STRIKE, "is_struck": True}, "line_struck"),
        ({**STRIKE, "has_voted": True}, "line_has_voted"),
    ],
)
def test_what_the_law_lets_two_officers_amend(given: dict[str, Any], code: str | None) -> None:
    assert refusal(check_may_amend, **given) == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"is_officer": False}, "not_an_officer"),
        ({"is_waiting": False}, "amendment_settled"),
        ({"proposed_by_self": True}, "second_officer_needed"),
    ],
)
def test_an_amendment_takes_a_second_officer(changed: dict[str, Any], code: str | None) -> None:
    given = {"is_officer": True, "is_waiting": True, "proposed_by_self": False, **changed}
    assert refusal(check_may_countersign, **given) == code
    if "proposed_by_self" not in changed:
        del given["proposed_by_self"]
        assert refusal(check_may_dismiss, **given) == code


def test_amendments_follow_the_seal_one_after_the_other() -> None:
    chain = chained(amended(1), amended(2, kind="strike"), amended(3))
    assert amendments_follow(SEAL, chain)
    assert amendments_follow(SEAL, [])
    assert not amendments_follow("cd" * 32, chain)
    assert not amendments_follow(SEAL, chain[1:])
    assert not amendments_follow(SEAL, [chain[0], chain[2]])


@given(
    st.sampled_from(["kind", "reason", "at", "proposed_by", "countersigned_by", "words", "salt", "line"]),
    st.integers(0, 1),
)
def test_any_change_of_an_amendment_breaks_the_chain(field: str, place: int) -> None:
    chain = chained(amended(1), amended(2))
    chain[place] = {**chain[place], field: {**NAMELESS, "college": "B"} if field == "line" else "autre"}
    assert not amendments_follow(SEAL, chain)


def test_what_is_hashed_of_an_amendment_holds_neither_name_nor_reason() -> None:
    hashed = canonical(amended())
    assert not any(said in hashed for said in ("Le Potager", "Arrivée", '"titular"', '"membership"'))


def test_erasing_names_and_words_leaves_the_chain_of_amendments_valid() -> None:
    chain = chained(amended(1), former(2), amended(3, kind="strike"), former(4))
    assert amendments_follow(SEAL, chain)
    assert amendments_follow(SEAL, [erased(chain[0]), erased(chain[1]), *chain[2:]])
    assert amendments_follow(SEAL, [erased(each) for each in chain])
    assert not amendments_follow(SEAL, [erased(chain[0]), erased(chain[2])])


def test_words_kept_without_their_salt_are_vouched_by_nobody() -> None:
    chain = chained(amended(1))
    del chain[0]["salt"]
    with pytest.raises(ValueError, match="an amendment says"):
        amendments_follow(SEAL, chain)


@given(st.sampled_from(["kind", "reason", "at", "proposed_by", "countersigned_by", "line"]))
def test_an_amendment_written_before_commitments_still_holds_or_breaks(field: str) -> None:
    chain = chained(former(1), amended(2))
    chain[0] = {**chain[0], field: {**LINE, "label": "Le Verger"} if field == "line" else "autre"}
    assert not amendments_follow(SEAL, chain)


def test_an_amendment_says_no_more_and_no_less() -> None:
    with pytest.raises(ValueError, match="an amendment says"):
        amendment_hash(SEAL, {**amended(), "more": 1})
    with pytest.raises(ValueError, match="an amendment says"):
        amendment_hash(SEAL, amended(line={"number": 3}))


def test_who_is_added_after_the_opening_is_present_too() -> None:
    rules = {"base": "present", "present": {"A": 4, "B": 1}}
    assert amended_rules(rules, [("A", 1), ("C", 2)])["present"] == {"A": 5, "B": 1, "C": 2}
    assert rules["present"] == {"A": 4, "B": 1}
    assert amended_rules({"present": None}, [("A", 1)]) == {"present": None}


def test_who_is_struck_after_the_opening_weighs_on_nothing() -> None:
    rules = {"base": "present", "present": {"A": 4, "B": 1}, "members": {"A": 9, "B": 2}}
    amended = amended_rules(rules, [("A", 1)], [("A", 2), ("B", 1)])
    assert amended["present"] == {"A": 3, "B": 0}
    assert amended["members"] == {"A": 7, "B": 1}
    assert rules["members"] == {"A": 9, "B": 2}
