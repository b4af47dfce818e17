"""What a hall's network and its phones do: lose, delay, repeat, sleep, stop reading."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.proxy import Proxy
from tests.faults.conftest import SERVER, Hall, Say, hurt, long
from tests.faults.devices import Device, play, settled, still_up, until
from tests.faults.domain import LARGE
from tests.faults.history import History, judge
from tests.faults.rough import RoughNetwork
from tests.faults.stores import store_of
from tests.realtime.process import ServerProcess

pytestmark = [pytest.mark.stack, pytest.mark.long]


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: Any) -> Iterator[ServerProcess]:
    """One socket process, which every test here leaves as it found it."""
    with django_db_blocker.unblock():
        one = hurt()
    yield one.ready()
    code, said = one.end()
    assert (code, "Traceback" in said) == (0, False)


def test_a_network_that_loses_delays_and_repeats(room: Hall, server: ServerProcess, say: Say) -> None:
    history, store = History(), store_of(room.url)
    people = int(long(100, 40))
    with RoughNetwork(server.port, seed=1) as network:

        async def scene() -> None:
            host = f"127.0.0.1:{network.port}"
            devices = [
                Device(history, f"device {place}", cookie, [host], ["wall:1"] if place % 4 == 0 else [])
                for place, cookie in enumerate(room.cookies[:people])
            ]
            for place, device in enumerate(devices):
                for poll in room.polls:
                    device.do("ballot.cast", poll=str(poll), choices=["against"])
                if place % 2:
                    device.do("note.add", wall="1", text="hello")
            await until(lambda: not any(device.waiting for device in devices), 90)
            devices += await still_up(history, room.cookies[-1:], [f"127.0.0.1:{server.port}"])
            await settled(history, devices, store)

        play(scene)
        carried = f"{network.frames} frames carried, {network.doubled} twice, {network.cut} lost with their connection"
    assert len(history.of("ballot.cast")) == people * 5
    assert network.doubled
    assert network.cut
    say(f"{judge(history, store)}; {carried}")


def test_a_phone_that_sleeps_while_the_room_goes_on(room: Hall, server: ServerProcess, say: Say) -> None:
    seconds = long(90, 5)
    history, store = History(), store_of(room.url)
    with Proxy(server.port) as line:

        async def scene() -> None:
            host = f"127.0.0.1:{server.port}"
            writer = Device(history, "writer", room.cookies[0], [host], ["wall:1"])
            still = [
                Device(history, f"asleep {n}", cookie, [host], ["wall:1"])
                for n, cookie in enumerate(room.cookies[1:4])
            ]
            moved = [
                Device(history, f"asleep, then elsewhere {n}", cookie, [line.host, line.host], ["wall:1"])
                for n, cookie in enumerate(room.cookies[4:7])
            ]
            devices = [writer, *still, *moved]
            await until(lambda: all(device.socket for device in devices))
            writer.do("note.add", wall="1", text="before")
            await until(lambda: all(told.upto == 1 for told in history.told.values()))
            for device in [*still, *moved]:
                device.is_asleep.clear()
            await asyncio.to_thread(line.stall)
            for _ in range(int(seconds * 5)):
                writer.do("note.add", wall="1", text="meanwhile")
                await asyncio.sleep(0.2)
            await asyncio.to_thread(line.cut)  # what a sleeping phone's network forgot
            await asyncio.to_thread(line.resume)
            for device in [*still, *moved]:
                device.is_asleep.set()
            notes = len(history.sent)
            await until(lambda: all(told.upto == notes for told in history.told.values()), 20)
            devices += await still_up(history, room.cookies[7:8], [host])
            await settled(history, devices, store)

        play(scene)
    say(f"{judge(history, store)}; six phones asleep for {seconds:.0f} s, three of them cut off")


def memory(pid: int) -> float:
    """MiB a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def test_readers_that_stall_cost_a_bounded_memory_and_delay_nobody(
    room: Hall, server: ServerProcess, say: Say
) -> None:
    seconds, rate = long(60, 6), long(5, 25)  # frames of 64 KiB each second
    stalled, wall = 20, f"wall:{LARGE}"
    history, store = History(), store_of(room.url)
    held: list[float] = []
    behind: list[int] = []

    async def scene() -> None:
        host = f"127.0.0.1:{server.port}"
        devices = [
            Device(history, f"reader {place}", cookie, [host], [wall])
            for place, cookie in enumerate(room.cookies[: stalled + 1])
        ]
        quick = devices[-1]
        writers = [Device(history, f"writer {n}", room.cookies[-1 - n], [host]) for n in range(4)]
        await until(lambda: all(device.socket for device in [*devices, *writers]))
        for writer in writers:
            writer.do("note.add", wall=str(LARGE), text="first")
        await until(lambda: all(told.upto == 4 for told in history.told.values()))
        before = memory(server.process.pid)
        for device in devices[:-1]:
            device.is_asleep.clear()
        for number in range(int(seconds * rate)):
            writers[number % 4].do("note.add", wall=str(LARGE), text="hello")
            await asyncio.sleep(1 / rate)
            held.append(memory(server.process.pid) - before)
            behind.append(len(history.sent) - (history.told[quick.name, wall].upto or 0))
        notes = len(history.sent)
        await until(lambda: history.told[quick.name, wall].upto == notes, 10)
        for device in devices[:-1]:
            device.is_asleep.set()
        await until(lambda: not any(device.waiting for device in writers))
        await until(lambda: all(told.upto == notes for told in history.told.values()), 30)
        devices += await still_up(history, room.cookies[50:51], [host])
        await settled(history, [*devices, *writers], store)

    play(scene)
    told = seconds * rate * stalled * 64 / 1024
    # uvicorn lets go of who answers no ping for 50 s; whoever comes back and missed more than may wait begins again.
    let_go = stalled if SERVER == "uvicorn" else 0
    say(
        f"{judge(history, store, resets=stalled + 2 * let_go)}; {told:.0f} MiB told to {stalled} who did not read, {max(held):.0f} MiB"
        f" held at most; who read was {max(behind) / rate:.1f} s behind at most"
    )
    # Each may have a megabyte waiting here, what its transport took before it asked for a pause, and a copy in passing.
    assert max(held) < stalled * 4
    assert told > 2 * stalled * 4
    assert max(behind) < 4 * rate
    assert history.told[f"reader {stalled}", wall].resets == 0
    assert history.lost <= let_go
