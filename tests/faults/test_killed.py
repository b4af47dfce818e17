"""Processes that die in the middle of a vote: what was acknowledged is there, once, and the hall goes on."""

import asyncio
import time
from collections.abc import Callable

import pytest

from tests.faults.conftest import IS_FULL, Hall, Say
from tests.faults.devices import Device, play, settled, still_up, until
from tests.faults.history import History, judge
from tests.faults.stores import Postgres, PostgresProcess, store_of
from tests.realtime.process import RedisProcess, ServerProcess

pytestmark = [pytest.mark.stack, pytest.mark.long]

Serve = Callable[..., ServerProcess]


def arrive(history: History, room: Hall, hosts: list[str]) -> list[Device]:
    """Everybody, on the hosts in turns; one in ten follows a wall and a poll."""
    follows = ["wall:1", f"poll:{room.polls[0]}"]
    return [
        Device(
            history,
            f"device {place}",
            cookie,
            hosts[place % len(hosts) :] + hosts[: place % len(hosts)],
            follows if place % 10 == 0 else [],
        )
        for place, cookie in enumerate(room.cookies)
    ]


def vote(devices: list[Device], room: Hall) -> None:
    """Everybody votes in every poll; one in ten writes a note besides."""
    for place, device in enumerate(devices):
        for poll in room.polls:
            device.do("ballot.cast", poll=str(poll), choices=["for"])
        if place % 10 == 5:
            device.do("note.add", wall="1", text="meanwhile")


def judge_turnout(history: History, room: Hall) -> None:
    """Everybody voted everywhere, and whoever follows a poll was told so."""
    assert len(history.of("ballot.cast")) == 500
    assert not history.refused
    shown = [told.now for (_, topic), told in history.told.items() if topic.startswith("poll:")]
    assert {value["cast"] for value in shown} == {100}


async def last_turnout(history: History) -> None:
    """The last value always goes out."""
    polls = [told for (_, topic), told in history.told.items() if topic.startswith("poll:")]
    await until(lambda: all(told.now and told.now.get("cast") == 100 for told in polls), 20)


def host(server: ServerProcess) -> str:
    return f"127.0.0.1:{server.port}"


@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
def test_kill_9_of_a_socket_process_during_500_ballots(
    room: Hall, redis: RedisProcess, serve: Serve, say: Say, server: str
) -> None:
    servers = [serve(redis_url=redis.url, server=server) for _ in range(2)]
    hosts = [host(server.ready()) for server in servers]
    history, store = History(), store_of(room.url)

    async def scene() -> None:
        devices = arrive(history, room, hosts)
        await until(lambda: all(device.socket for device in devices))
        vote(devices, room)
        await until(lambda: len(history.done) >= 120)
        servers[0].process.kill()
        servers[0].process.wait()
        await asyncio.sleep(0.5)
        again = serve(redis_url=redis.url, port=servers[0].port, server=server)
        await until(lambda: not any(device.waiting for device in devices))
        await last_turnout(history)
        await asyncio.to_thread(again.ready)
        devices += await still_up(history, room.cookies[:2], hosts)
        await settled(history, devices, store)

    play(scene)
    judge_turnout(history, room)
    say(judge(history, store))


def test_kill_9_of_postgresql_in_the_middle_of_a_group(room: Hall, serve: Serve, say: Say) -> None:
    database = PostgresProcess()
    try:
        database.copy_of(room.url)
        server = serve(database=database.url).ready()
        history = History()
        away: list[float] = []

        async def scene() -> None:
            devices = arrive(history, room, [host(server)])
            await until(lambda: all(device.socket for device in devices))
            vote(devices, room)
            for share in (60, 250) if IS_FULL else (120,):
                await until(lambda share=share: len(history.done) >= share)
                begun = time.monotonic()
                await asyncio.to_thread(database.kill)
                await asyncio.sleep(0.5)
                await asyncio.to_thread(database.start)
                before = len(history.done)
                await until(lambda before=before: len(history.done) > before)
                away.append(time.monotonic() - begun)
            await until(lambda: not any(device.waiting for device in devices))
            await last_turnout(history)
            devices += await still_up(history, room.cookies[:1], [host(server)])
            await settled(history, devices, database)

        play(scene)
        judge_turnout(history, room)
        say(f"{judge(history, Postgres(database.url))}; answered again after {max(away):.1f} s")
        assert server.process.poll() is None
    finally:
        database.remove()
