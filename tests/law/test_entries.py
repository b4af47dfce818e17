"""The written form of a named poll: one canonical form, commitments that hide, heads that hold all before them."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votes.entries import (
    SEALED,
    START,
    canonical,
    commitment,
    digest,
    entry,
    fingerprint,
    instant,
    key_digest,
    lines_digest,
    next_head,
    public_line,
    signed_text,
)

AT = datetime(2008, 3, 15, 15, 0, tzinfo=UTC)
LINE = dict.fromkeys(SEALED, 1) | {"label": "Zoé", "college": "A", "weight": "1", "is_guest": False}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(values)
def test_a_value_has_one_form_and_it_is_read_back(value):
    assert json.loads(canonical(value)) == value
    assert canonical(json.loads(json.dumps(value))) == canonical(value)


def test_the_form_has_no_spaces_and_keeps_letters():
    assert canonical({"é": [1, None], "a": True}) == '{"a":true,"é":[1,null]}'
    assert digest("é") == hashlib.sha256('"é"'.encode()).hexdigest()
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


def test_an_instant_is_written_in_utc_whatever_its_zone():
    paris = AT.astimezone(timezone(timedelta(hours=1)))
    assert instant(paris) == instant(AT) == "2008-03-15T15:00:00.000000Z"


@pytest.mark.parametrize("name", SEALED)
def test_a_commitment_changes_with_each_field_and_with_the_salt(name):
    assert commitment({**LINE, name: "autre"}, "sel") != commitment(LINE, "sel")
    assert commitment(LINE, "sel") != commitment(LINE, "poivre")
    assert commitment({**LINE, "salt": "autre", "more": 1}, "sel") == commitment(LINE, "sel")


def test_a_line_in_the_chain_names_nobody():
    line = {**LINE, "salt": "sel", "commitment": commitment(LINE, "sel")}
    assert set(public_line(line)) == {"number", "college", "weight", "is_guest", "commitment"}
    two = {**line, "number": 2}
    assert lines_digest([line, two]) == lines_digest([two, line]) != lines_digest([line])


def test_an_entry_holds_the_hash_of_the_key_and_not_the_key():
    key = UUID(int=7)
    said = entry(
        seq=2, ballot=1, line="f", choices=["for"], channel="web", key=key, received_at=AT, replaces=1
    )
    assert said["key"] == key_digest(key) == key_digest(str(key))
    assert str(key) not in canonical(said)
    assert (said["replaces"], said["received_at"]) == (1, instant(AT))


def test_a_head_changes_with_whatever_comes_before_it_or_in_it():
    head = next_head(START, "ballots", instant(AT), [1])
    body = canonical({"at": instant(AT), "content": [1], "kind": "ballots"})
    assert head == hashlib.sha256(bytes(32) + body.encode()).hexdigest()
    others = [
        next_head(head, "ballots", instant(AT), [1]),
        next_head(START, "result", instant(AT), [1]),
        next_head(START, "ballots", instant(AT + timedelta(microseconds=1)), [1]),
        next_head(START, "ballots", instant(AT), [2]),
    ]
    assert len({head, *others}) == 5
    with pytest.raises(ValueError, match="hex"):
        next_head("rien", "ballots", "", [])


def test_what_is_signed_names_the_poll_and_the_step():
    assert len({signed_text(1, 2, "a"), signed_text(2, 1, "a"), signed_text(1, 2, "b")}) == 3
    assert fingerprint("00" * 32) == hashlib.sha256(bytes(32)).hexdigest()
