"""Sockets the server gives up: the client is told why by a listed close code."""

import time
from contextlib import suppress
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed

from cooperation.models import Person
from realtime import consumer, hub
from realtime.publish import last_seq
from realtime.server import RoomServer
from tests.realtime import domain
from tests.realtime.conftest import Connect
from tests.room_server import wait_until

MEGABYTE = 1024 * 1024


def is_anyone_served() -> bool:
    """Whether a socket is open that the server has not given up."""
    sockets = [one for found in list(hub.hubs.values()) for one in list(found.sockets)]
    return any(one.closing is None for one in sockets)  # type: ignore[attr-defined]


@pytest.mark.everywhere
def test_who_asks_and_asks_and_reads_no_answer_is_let_go(phone: Connect, bob: Person) -> None:
    page = phone(bob, is_slow=True)
    key = "-" * 60_000 + str(uuid4())  # an answer names the key as it was written
    sent = 0
    with suppress(ConnectionClosed):
        while is_anyone_served():
            assert sent < 2_000, "answers pile up without end"
            page.send(do="note.add", key=key, data="no form")
            sent += 1
    time.sleep(1.5)  # it reads late: that is why it was let go
    assert page.closed_with() == 4408


def test_a_frame_the_server_cannot_write_closes_and_the_client_may_come_back(
    phone: Connect, bob: Person, daphne_server: RoomServer
) -> None:
    daphne_server.prepares = False
    domain.TALLY.size = MEGABYTE
    page = phone(bob)
    page.follow("tally:1")
    assert page.closed_with() == 4500
    domain.TALLY.size = 0
    page = phone(bob)
    page.joined("tally:1")
    assert page.receive() == {"topic": "tally:1", "now": {"notes": 0}}


def test_acts_wait_for_the_one_under_way_and_one_too_many_closes(
    phone: Connect, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "ACTS_WAITING", 3)
    page = phone(bob)
    keys = [page.do("note.add", wall=1, text=text) for text in ("slow 0.1", "second", "third")]
    assert [page.answer(key)["done"] for key in keys] == keys
    with suppress(ConnectionClosed):
        for text in ("slow 0.5", "second", "third", "fourth", "fifth"):
            page.do("note.add", wall=1, text=text)
    assert page.closed_with() == 4429
    wait_until(lambda: last_seq("wall:1") == len(keys) + 1)  # the act under way is done all the same
