"""Frames of bad will: answered by name, and the connection stays; the limits close it with a listed code."""

import json
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed

from cooperation.models import Person
from realtime.frames import BadFrame, Do, Follow, Unfollow, parse
from realtime.models import LoggedEvent
from tests.realtime.conftest import Connect

KEY = "5f0e2f0c-3f4f-4b4e-9d7e-1c2d3e4f5a6b"

NOT_A_FRAME = [
    "",
    "hello",
    "null",
    "[]",
    "42",
    '"follow"',
    "{}",
    '{"follow": "wall:1"',
    '{"follow": 7}',
    '{"follow": null}',
    '{"follow": ["wall:1"]}',
    '{"unfollow": {}}',
    '{"follow": "wall:1", "unfollow": "wall:1"}',
    '{"dance": "wall:1"}',
    '{"follow": "' + "w" * 200 + '"}',
    '{"follow": "wall:1", "after": NaN}',
    '{"follow": "wall:1\\ud800"}',
    "[" * 60_000,
    '{"a":' * 12_000,
]


@pytest.mark.parametrize("text", NOT_A_FRAME, ids=lambda text: text[:30])
def test_what_is_not_a_frame_is_answered_and_the_connection_stays(
    phone: Connect, bob: Person, text: str
) -> None:
    page = phone(bob)
    page.socket.send(text)
    answer = page.receive()
    assert (answer["failed"], answer["code"]) == (None, "bad_frame")
    assert answer["message"]
    assert page.joined("wall:1") == {"topic": "wall:1", "upto": 0}


@pytest.mark.everywhere
def test_a_binary_frame_is_answered_and_the_connection_stays(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    page.socket.send(b'{"follow": "wall:1"}')
    assert page.receive()["code"] == "bad_frame"
    assert page.joined("wall:1")["upto"] == 0


@pytest.mark.parametrize("after", [-1, 1.5, "1", True, [], 2**63, 10**400])
def test_a_follow_with_a_bad_number_is_refused(phone: Connect, bob: Person, after: Any) -> None:
    page = phone(bob)
    page.send(follow="wall:1", after=after)
    assert page.receive() == {"topic": "wall:1", "refused": "bad_frame"}
    assert page.joined("wall:1")["upto"] == 0


def test_a_follow_in_an_unknown_form_is_refused(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    page.send(follow="wall:1", **{"as": "xml"})
    assert page.receive() == {"topic": "wall:1", "refused": "bad_frame"}


@pytest.mark.parametrize("key", [None, "", "mine", 7, [KEY], {"key": KEY}])
def test_an_act_without_a_usable_key_fails_with_null_and_is_not_done(
    phone: Connect, bob: Person, key: Any
) -> None:
    page = phone(bob)
    page.send(do="note.add", key=key, data={"wall": 1, "text": "hello"})
    answer = page.receive()
    assert (answer["failed"], answer["code"]) == (None, "key_unusable")
    assert not LoggedEvent.objects.exists()


@pytest.mark.parametrize(
    "frame", [{"do": 7}, {"do": "note.add", "data": []}, {"do": "note.add", "data": "x"}]
)
def test_an_act_that_cannot_be_read_fails_with_its_key(
    phone: Connect, bob: Person, frame: dict[str, Any]
) -> None:
    page = phone(bob)
    page.send(key=KEY, **frame)
    answer = page.receive()
    assert (answer["failed"], answer["code"]) == (KEY, "bad_frame")


@pytest.mark.parametrize("text", ["a\u0000b", "x" * 2000, {"a": 1}, ["a"], None])
def test_a_field_of_bad_will_is_invalid(phone: Connect, bob: Person, text: Any) -> None:
    page = phone(bob)
    assert page.answer(page.do("note.add", wall=1, text=text))["code"] == "invalid"


def test_a_number_too_large_for_a_key_does_not_break_the_connection(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    key = page.do("note.add", hat=10**30, wall=1, text="hello")
    assert page.answer(key)["code"] == "invalid"


def test_frames_are_read_as_they_are_meant() -> None:
    assert parse('{"follow": "wall:1", "after": 41, "as": "json"}') == Follow("wall:1", 41, "json")
    assert parse('{"follow": "wall:1"}') == Follow("wall:1", None, "html")
    assert parse('{"unfollow": "wall:1"}') == Unfollow("wall:1")
    act = parse(json.dumps({"do": "note.add", "key": KEY.upper(), "for": "3", "data": {"a": "é"}}))
    assert isinstance(act, Do)
    assert (str(act.key), act.echo, act.hat, act.data) == (KEY, KEY.upper(), "3", {"a": "é"})
    with pytest.raises(BadFrame):
        parse("x")


@pytest.mark.everywhere
def test_a_frame_of_64_kib_is_read(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    frame = {"do": "note.add", "key": KEY, "data": {"wall": 1, "text": ""}}
    frame["data"]["text"] = "x" * (64 * 1024 - len(json.dumps(frame)))  # type: ignore[index]
    page.send(**frame)
    assert page.receive()["code"] == "invalid"


@pytest.mark.parametrize(("size", "code"), [(64 * 1024 + 1, 4413), (200_000, 4413), (3_000_000, 1009)])
@pytest.mark.everywhere
def test_a_larger_frame_closes_with_its_code(phone: Connect, bob: Person, size: int, code: int) -> None:
    page = phone(bob)
    with suppress(ConnectionClosed):
        page.socket.send("x" * size)
    assert page.closed_with() == code


@pytest.mark.everywhere
def test_bytes_are_counted_not_characters(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    page.socket.send("é" * 40_000)
    assert page.closed_with() == 4413


@pytest.mark.everywhere
def test_twenty_acts_in_a_second_are_answered_and_the_next_closes(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    keys = [page.do("note.gone") for _ in range(20)]
    assert [page.answer(key)["code"] for key in keys] == ["unknown_command"] * 20
    page = phone(bob)
    with suppress(ConnectionClosed):
        for _ in range(21):
            page.do("note.gone")
    assert page.closed_with() == 4429


def test_the_acts_of_a_person_are_counted_over_all_their_sockets(
    phone: Connect, alice: Person, bob: Person
) -> None:
    first, second, other = phone(bob), phone(bob), phone(alice)
    for _ in range(20):
        first.do("note.gone")
    first.follow("cloud:1")
    first.until(lambda frame: "topic" in frame)
    second.do("note.gone")
    assert second.closed_with() == 4429
    key = other.do("note.gone")
    assert other.answer(key)["code"] == "unknown_command"


@pytest.mark.everywhere
def test_fifty_topics_are_followed_and_the_next_closes(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    for number in range(1, 51):
        assert page.joined(f"wall:{number}")["upto"] == 0
    assert page.joined("wall:50")["upto"] == 0
    page.follow("wall:51")
    assert page.closed_with() == 4450


def test_a_topic_refused_or_left_does_not_count(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    for number in range(1, 61):
        page.joined(f"cloud:{number}")
        page.joined(f"wall:{number}")
        page.send(unfollow=f"wall:{number}")
    assert page.joined("wall:61")["upto"] == 0


@pytest.mark.everywhere
def test_a_socket_that_passed_a_limit_does_nothing_more(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    page.socket.send("x" * 70_000)
    with suppress(ConnectionClosed):
        page.do("note.add", str(uuid4()), wall=1, text="hello")
    page.closed_with()
    assert not LoggedEvent.objects.exists()
