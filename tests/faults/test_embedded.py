"""The server of a small room, a file of SQLite and one process: its disk fills up, its clock jumps, it is killed."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from benchmarks.hall import open_one
from cooperation.models import Person
from tests.faults.conftest import Hall, Say, long
from tests.faults.devices import Device, play, settled, still_up, until
from tests.faults.history import History, judge
from tests.faults.stores import SqliteFile, store_of
from tests.realtime import domain
from tests.realtime.process import ServerProcess

Serve = Callable[..., ServerProcess]
ROOM = 80  # pages of 4 KiB left on the disk


def filled(url: str, folder: Path) -> tuple[SqliteFile, int]:
    """A copy of the file beside something large that can be thrown away; and how many pages there may be."""
    store = SqliteFile(folder / "full.sqlite3")
    with (
        closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as source,
        closing(sqlite3.connect(store.path)) as copy,
    ):
        source.backup(copy)
    store.rows("CREATE TABLE large (bytes BLOB)")
    store.rows("INSERT INTO large SELECT randomblob(2000000)")
    return store, store.rows("PRAGMA page_count")[0][0] + ROOM


def test_a_full_file_refuses_by_name_and_takes_acts_again_once_there_is_room(
    room: Hall, tmp_path: Path, serve: Serve, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, pages = filled(room.url, tmp_path)
    monkeypatch.setenv("FAULTS_PAGES", str(pages))
    server = serve(database=store.url).ready()
    history, kept = History(), []

    async def scene() -> None:
        host = f"127.0.0.1:{server.port}"
        devices = [
            Device(history, f"device {place}", cookie, [host], ["wall:1"] if place % 10 == 0 else [])
            for place, cookie in enumerate(room.cookies)
        ]
        await until(lambda: all(device.socket for device in devices))
        for place, device in enumerate(devices):
            for poll in room.polls:
                device.do("ballot.cast", poll=str(poll), choices=["for"])
            if place % 10 == 5:
                device.do("note.add", wall="1", text="hello")
        await until(lambda: history.passing["storage_full"] >= 100)
        kept.append(len(history.done))
        reader = Device(history, "reader", room.cookies[0], [host], ["wall:1"])
        await until(lambda: reader.socket)
        await asyncio.to_thread(store.rows, "DELETE FROM large")
        await until(lambda: not any(device.waiting for device in devices))
        devices += [reader, *await still_up(history, room.cookies[:1], [host])]
        await settled(history, devices, store)

    play(scene)
    say(f"{judge(history, store)}; {kept[0]} acknowledged before the file was full")
    assert len(history.of("ballot.cast")) == 500
    assert kept[0] < 500
    assert history.lost == 0


def test_a_clock_that_jumps_moves_deadlines_and_nothing_else(
    room: Hall, tmp_path: Path, serve: Serve, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = tmp_path / "clock"
    clock.write_text("0")
    monkeypatch.setenv("FAULTS_CLOCK", str(clock))
    people = list(Person.objects.filter(email__startswith="hall").order_by("pk"))
    poll = open_one(people, closes_at=timezone.now() + timedelta(hours=1)).pk
    server, store, history = serve().ready(), store_of(room.url), History()
    waits: list[float] = []

    def write() -> None:
        """A note of another process, which nobody hints at: the server finds it by its own beat."""
        with transaction.atomic():
            domain.write(1)

    async def scene() -> None:
        host = f"127.0.0.1:{server.port}"
        devices = [
            Device(history, f"device {place}", cookie, [host], ["wall:1"] if place < 10 else [])
            for place, cookie in enumerate(room.cookies[:60])
        ]
        await until(lambda: all(device.socket for device in devices))

        async def third(number: int) -> list[str]:
            some = devices[20 * number : 20 * number + 20]
            keys = [one.do("ballot.cast", poll=str(poll), choices=["for"]) for one in some]
            keys += [one.do("note.add", wall="1", text="now") for one in some]
            await until(lambda: all(key in history.done or key in history.refused for key in keys), 20)
            return keys

        for number, seconds in enumerate((0, 7200, -600)):
            clock.write_text(str(seconds))
            await third(number)
        assert set(history.refused.values()) == {"poll_closed"}
        begun, notes = time.monotonic(), len(history.of("note.add")) + 1
        for device in devices:
            assert not device.waiting
        clock.write_text(str(-7200))
        await asyncio.to_thread(write)
        history.sent["outside"] = {"do": "note.add"}
        await until(lambda: all(told.upto == notes for told in history.told.values()), 8)
        waits.append(time.monotonic() - begun)
        devices += await still_up(history, room.cookies[:1], [host])
        await settled(history, devices, store)

    play(scene)
    say(
        f"{judge(history, store)}; +2 h, -2 h 10 min, -2 h; a fact of elsewhere was found in {waits[0]:.1f} s"
    )
    # Twenty were too late while the clock was past the deadline; before, and once it was set back, forty were not.
    assert (len(history.of("ballot.cast")), len(history.refused)) == (40, 20)
    assert history.lost == 0


def test_kill_9_of_the_only_process(room: Hall, serve: Serve, say: Say) -> None:
    server = serve().ready()
    history, store = History(), store_of(room.url)
    people = int(long(100, 50))

    async def scene() -> None:
        host = f"127.0.0.1:{server.port}"
        devices = [
            Device(history, f"device {place}", cookie, [host], ["wall:1"] if place % 10 == 0 else [])
            for place, cookie in enumerate(room.cookies[:people])
        ]
        await until(lambda: all(device.socket for device in devices))
        for device in devices:
            device.do("note.add", wall="1", text="hello")
            for poll in room.polls:
                device.do("ballot.cast", poll=str(poll), choices=["for"])
        await until(lambda: len(history.done) >= 60)
        server.process.kill()
        server.process.wait()
        again = serve(port=server.port)
        await asyncio.to_thread(again.ready)
        await until(lambda: not any(device.waiting for device in devices))
        devices += await still_up(history, room.cookies[:1], [host])
        await settled(history, devices, store)

    play(scene)
    assert len(history.of("ballot.cast")) == people * 5
    say(judge(history, store))
