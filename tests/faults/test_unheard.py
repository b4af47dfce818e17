"""Processes that do not hear each other: the log stands in, nobody is told less."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.browser.proxy import Proxy
from tests.faults.conftest import Hall, Say, hurt, long
from tests.faults.devices import Device, play, settled, still_up, until
from tests.faults.history import History, judge
from tests.faults.stores import store_of
from tests.realtime.process import NEVER, RedisProcess

pytestmark = [pytest.mark.stack, pytest.mark.long]


@dataclass
class Pair:
    """Two socket processes on one Redis, the second over a line that can be stalled."""

    hosts: list[str]
    redis: RedisProcess
    line: Proxy


@pytest.fixture
def pair(room: Hall, redis: RedisProcess, pulse: float) -> Iterator[Pair]:
    """A test says how often they look at the log unasked."""
    with Proxy(redis.port) as line:
        urls = [redis.url, f"redis://{line.host}/0"]
        two = [hurt(redis_url=url, pulse=pulse) for url in urls]
        yield Pair([f"127.0.0.1:{server.ready().port}" for server in two], redis, line)
        ended = [server.end() for server in two]
    assert [(code, "Traceback" in said) for code, said in ended] == [(0, False)] * 2


PULSE = 7.0  # a look at the log every five seconds, and the time to tell


async def write_through(
    history: History, room: Hall, hosts: list[str], hurt: Callable[[], Awaitable[None]]
) -> tuple[list[Device], float, int]:
    """Two devices on each host write and follow while it hurts; the longest wait, and how often some heard late."""
    devices = [
        Device(history, f"device {place}", cookie, [hosts[place % 2]], ["wall:1"])
        for place, cookie in enumerate(room.cookies[:4])
    ]
    await until(lambda: all(device.socket for device in devices))
    hurting, longest, late = asyncio.create_task(hurt()), 0.0, 0
    while not hurting.done():
        keys = [device.do("note.add", wall="1", text="hello") for device in devices]
        begun = time.monotonic()
        await until(lambda keys=keys: all(key in history.done for key in keys))
        longest = max(longest, time.monotonic() - begun)
        await asyncio.sleep(0.4)
        late += any((told.upto or 0) < len(history.done) for told in history.told.values())
    await hurting
    return devices, longest, late


@pytest.mark.parametrize("pulse", [5.0], ids=["pulse"])
def test_two_processes_that_cannot_hear_each_other(room: Hall, pair: Pair, say: Say) -> None:
    seconds = long(10, 6)
    history, store = History(), store_of(room.url)
    behind: list[float] = []

    async def hurt() -> None:
        await asyncio.to_thread(pair.line.stall)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(pair.line.resume)

    async def scene() -> None:
        devices, longest, late = await write_through(history, room, pair.hosts, hurt)
        assert late, "they heard each other all the time"
        notes, begun = len(history.done), time.monotonic()
        await until(lambda: all(told.upto == notes for told in history.told.values()), PULSE)
        behind.extend([time.monotonic() - begun, longest])
        devices += await still_up(history, room.cookies[4:6], pair.hosts)
        await settled(history, devices, store)

    play(scene)
    figures = judge(history, store)
    say(
        f"{figures}; deaf for {seconds:.0f} s, whole {behind[0]:.1f} s later, answered within {behind[1]:.1f} s"
    )
    assert history.lost == 0


@pytest.mark.parametrize("pulse", [NEVER], ids=["no pulse"])
def test_redis_stopped_and_started(room: Hall, pair: Pair, say: Say) -> None:
    seconds = long(10, 2)
    history, store = History(), store_of(room.url)
    heard: list[float] = []

    async def hurt() -> None:
        pair.redis.stop()
        await asyncio.sleep(seconds)
        await asyncio.to_thread(pair.redis.start)
        await asyncio.sleep(4.5)

    async def scene() -> None:
        devices, longest, _ = await write_through(history, room, pair.hosts, hurt)
        key, begun = devices[0].do("note.add", wall="1", text="back"), time.monotonic()
        await until(lambda: key in history.done)
        notes = len(history.done)
        # Nobody looks at the log unasked: Redis carries again.
        await until(lambda: all(told.upto == notes for told in history.told.values()), 3)
        heard.extend([time.monotonic() - begun, longest])
        devices += await still_up(history, room.cookies[4:6], pair.hosts)
        await settled(history, devices, store)

    play(scene)
    figures = judge(history, store)
    say(
        f"{figures}; away {seconds:.0f} s, heard {heard[0]:.2f} s after an act, answered within {heard[1]:.1f} s"
    )
    assert history.lost == 0
