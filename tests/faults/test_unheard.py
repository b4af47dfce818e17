"""Processes that do not hear each other: the log stands in, nobody is told less."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from tests.browser.proxy import Proxy
from tests.faults.conftest import Hall, Say, long
from tests.faults.devices import Device, play, settled, still_up, until
from tests.faults.history import History, judge
from tests.faults.stores import store_of
from tests.realtime.process import RedisProcess, ServerProcess

pytestmark = pytest.mark.stack

Serve = Callable[..., ServerProcess]
PULSE = 7.0  # a look at the log every five seconds, and the time to tell


async def write_through(
    history: History, room: Hall, hosts: list[str], hurt: Callable[[], Awaitable[None]]
) -> tuple[list[Device], float]:
    """Two writers and two followers on each host write ten notes a second while it hurts; the longest they waited."""
    devices = [
        Device(history, f"device {place}", cookie, [hosts[place % 2]], ["wall:1"])
        for place, cookie in enumerate(room.cookies[:4])
    ]
    await until(lambda: all(device.socket for device in devices))
    hurting, longest = asyncio.create_task(hurt()), 0.0
    while not hurting.done():
        keys = [device.do("note.add", wall="1", text="hello") for device in devices]
        begun = time.monotonic()
        await until(lambda keys=keys: all(key in history.done for key in keys))
        longest = max(longest, time.monotonic() - begun)
        await asyncio.sleep(0.4)
    await hurting
    return devices, longest


def test_two_processes_that_cannot_hear_each_other(
    room: Hall, redis: RedisProcess, serve: Serve, say: Say
) -> None:
    seconds = long(10, 6)
    history, store = History(), store_of(room.url)
    with Proxy(redis.port) as line:
        servers = [serve(redis_url=redis.url), serve(redis_url=f"redis://{line.host}/0")]
        hosts = [f"127.0.0.1:{server.ready().port}" for server in servers]
        behind: list[float] = []

        async def hurt() -> None:
            await asyncio.sleep(0.5)
            await asyncio.to_thread(line.stall)
            begun = time.monotonic()
            while time.monotonic() - begun < seconds:
                await asyncio.sleep(0.2)
            await asyncio.to_thread(line.resume)

        async def scene() -> None:
            devices, longest = await write_through(history, room, hosts, hurt)
            notes, begun = len(history.done), time.monotonic()
            await until(lambda: all(told.upto == notes for told in history.told.values()), PULSE)
            behind.extend([time.monotonic() - begun, longest])
            devices += await still_up(history, room.cookies[4:6], hosts)
            await settled(history, devices, store)

        play(scene)
    say(
        f"{judge(history, store)}; deaf for {seconds:.0f} s, whole {behind[0]:.1f} s after, acts answered within {behind[1]:.1f} s"
    )
    assert history.lost == 0


def test_redis_stopped_and_started(room: Hall, redis: RedisProcess, serve: Serve, say: Say) -> None:
    seconds = long(10, 3)
    history, store = History(), store_of(room.url)
    servers = [serve(redis_url=redis.url) for _ in range(2)]
    hosts = [f"127.0.0.1:{server.ready().port}" for server in servers]
    heard: list[float] = []

    async def hurt() -> None:
        await asyncio.sleep(0.5)
        redis.stop()
        await asyncio.sleep(seconds)
        await asyncio.to_thread(redis.start)
        await asyncio.sleep(4.5)

    async def scene() -> None:
        devices, longest = await write_through(history, room, hosts, hurt)
        key = devices[0].do("note.add", wall="1", text="back")
        begun = time.monotonic()
        await until(lambda: key in history.done)
        notes = len(history.done)
        await until(lambda: all(told.upto == notes for told in history.told.values()), 4)
        heard.extend([time.monotonic() - begun, longest])
        devices += await still_up(history, room.cookies[4:6], hosts)
        await settled(history, devices, store)

    play(scene)
    say(
        f"{judge(history, store)}; away {seconds:.0f} s, heard again {heard[0]:.2f} s after an act, answered within {heard[1]:.1f} s"
    )
    assert history.lost == 0
