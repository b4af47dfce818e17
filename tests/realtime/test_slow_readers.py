"""A slow reader is bounded: its queue is dropped, it is told to reset, it delays nobody."""

import asyncio
import time
from typing import Any

import pytest

from cooperation.models import Person
from realtime import hub
from realtime.limits import OUTBOX_CHARACTERS, OUTBOX_FRAMES
from realtime.outbox import Outbox
from tests.realtime.conftest import Connect, write
from tests.realtime.domain import WallTopic

LARGE = 20_000


def waiting() -> int:
    """Characters waiting in all outboxes."""
    sockets = [socket for found in list(hub.hubs.values()) for socket in list(found.sockets)]
    return max((one.outbox.size for one in sockets), default=0)  # type: ignore[attr-defined]


@pytest.mark.everywhere
def test_a_slow_reader_is_told_to_reset_while_others_are_served_at_once(
    phone: Connect, alice: Person, bob: Person, walls: WallTopic
) -> None:
    walls.size = LARGE
    slow, quick = phone(alice, is_slow=True), phone(bob)
    slow.joined("wall:1")
    quick.joined("wall:1")
    waits = []
    for number in range(1, 81):
        write(count=10)
        written_at = time.monotonic()
        assert quick.seqs("wall:1", upto=number * 10)[-1] == number * 10
        waits.append(time.monotonic() - written_at)
        assert waiting() <= OUTBOX_CHARACTERS + 10 * (LARGE + 200)
    assert sorted(waits)[-5] < 0.5
    frame = slow.until(lambda frame: "reset" in frame)
    assert frame == {"topic": "wall:1", "reset": True}


@pytest.mark.everywhere
def test_a_reader_that_was_slow_goes_on_after_the_reset_in_order(
    phone: Connect, alice: Person, walls: WallTopic
) -> None:
    walls.size = LARGE
    slow = phone(alice, is_slow=True)
    slow.joined("wall:1")
    for _ in range(80):
        write(count=10)
    time.sleep(1)
    walls.size = 0
    write()
    runs: list[list[int]] = [[]]
    while runs[-1][-1:] != [801]:
        frame = slow.receive()
        if "reset" in frame:
            runs.append([])
        runs[-1] += [event["seq"] for event in frame.get("events", [])]
    assert len(runs) > 1
    assert all(run == list(range(run[0], run[0] + len(run))) for run in runs if run)


class Pipe:
    """An ASGI `send` that waits until somebody reads."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.opened = asyncio.Event()

    async def send(self, message: dict[str, Any]) -> None:
        await self.opened.wait()
        self.sent.append(message["text"])


async def test_past_the_cap_the_frames_of_topics_are_dropped_and_answers_kept() -> None:
    pipe, dropped = Pipe(), []
    outbox = Outbox(pipe.send, dropped.append, print)
    outbox.push("answer")
    await asyncio.sleep(0)
    outbox.push("another answer")
    for _ in range(OUTBOX_FRAMES):
        outbox.push("fact", "wall:1")
    outbox.push("fact", "wall:2")
    pipe.opened.set()
    await outbox.flushed()
    assert dropped == [{"wall:1"}]
    assert pipe.sent == ["answer", "another answer", "fact"]


async def test_who_does_not_even_read_answers_is_let_go() -> None:
    pipe, dropped = Pipe(), []
    outbox = Outbox(pipe.send, dropped.append, print)
    for _ in range(OUTBOX_FRAMES + 2):
        outbox.push("answer")
    assert dropped[0] is None
    outbox.stop()


async def test_a_single_large_frame_is_let_through() -> None:
    pipe, dropped = Pipe(), []
    outbox = Outbox(pipe.send, dropped.append, print)
    pipe.opened.set()
    outbox.push("x" * (OUTBOX_CHARACTERS + 1), "wall:1")
    await outbox.flushed()
    assert len(pipe.sent) == 1
    assert dropped == []


async def test_a_closed_outbox_takes_nothing() -> None:
    pipe: Pipe = Pipe()
    outbox = Outbox(pipe.send, lambda topics: None, print)
    outbox.close()
    outbox.push("fact", "wall:1")
    assert not outbox.frames


async def test_a_socket_that_cannot_be_written_to_is_given_up() -> None:
    async def gone(message: dict[str, Any]) -> None:
        raise ConnectionError("gone")

    broken: list[bool] = []
    outbox = Outbox(gone, lambda topics: None, lambda: broken.append(True))
    outbox.push("fact", "wall:1")
    await outbox.flushed()
    assert outbox.is_closed
    assert broken == [True]


@pytest.mark.parametrize("count", [3])
def test_a_slow_phone_does_not_hold_up_its_own_other_topics(
    phone: Connect, alice: Person, walls: WallTopic, count: int
) -> None:
    walls.delay = 0.5
    page = phone(alice)
    page.joined("wall:1")
    page.joined("tally:2")
    page.receive()
    write(wall=1)
    write(wall=2, count=count)
    assert page.receive() == {"topic": "tally:2", "now": {"notes": count}}
