"""Two server processes over Redis and PostgreSQL: what one is told, the other tells.

What they do when a part dies or is silent is judged in tests/faults and, on the real rooms, in tests/journey.
"""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from redis import Redis

from cooperation.models import Person
from realtime import ear
from tests.realtime.conftest import cookie_of
from tests.realtime.domain import DESKS
from tests.realtime.phone import Phone
from tests.realtime.phones import Open
from tests.realtime.process import NEVER, RedisProcess, ServerProcess

pytestmark = pytest.mark.stack

AT_ONCE = 3.0  # nobody looks at the log unasked here: what is heard went through Redis


@pytest.fixture
def servers(transactional_db: None, redis: RedisProcess) -> Iterator[list[ServerProcess]]:
    """Two of them, that hear of each other through Redis only."""
    two = [ServerProcess(redis_url=redis.url, pulse=NEVER) for _ in range(2)]
    yield [server.ready() for server in two]
    for server in two:
        server.end(signal.SIGKILL)


def test_an_act_on_one_is_seen_at_once_by_a_follower_of_the_other(
    phone_at: Open, alice: Person, bob: Person
) -> None:
    author, reader = phone_at(0, alice), phone_at(1, bob)
    reader.joined("wall:1")
    reader.joined("tally:1")
    reader.receive()
    key = author.do("note.add", wall=1, text="hello")
    told = [reader.receive(AT_ONCE), reader.receive(AT_ONCE)]
    assert sorted(frame["topic"] for frame in told) == ["tally:1", "wall:1"]
    assert author.answer(key)["done"] == key


def present(phone: Phone, count: int) -> None:
    """Wait until the phone is told that so many are present."""
    phone.until(lambda frame: frame.get("now") == {"present": count}, timeout=8)


def test_who_is_present_is_counted_once_over_both(
    phone_at: Open, servers: list[ServerProcess], alice: Person, bob: Person
) -> None:
    reader, same, other = phone_at(0, alice), phone_at(1, alice), phone_at(1, bob)
    for one in (reader, same, other):
        one.follow("hall:1")
    present(reader, 2)
    present(other, 2)
    other.close()
    present(reader, 1)


def test_the_last_person_of_a_process_is_counted_no_more_once_they_left(
    phone_at: Open, alice: Person, bob: Person
) -> None:
    reader, other = phone_at(0, alice), phone_at(1, bob)
    for one in (reader, other):
        one.follow("hall:1")
    present(reader, 2)
    other.close()
    present(reader, 1)


def test_more_groups_than_can_be_joined_at_once_are_all_heard(
    redis: RedisProcess, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [redis.url]},
        }
    }
    monkeypatch.setattr(ear, "DEAF_SECONDS", 0.5)
    names = [f"workshop.{number}" for number in range(1, 3_001)]

    async def scene() -> int:
        ready = asyncio.Event()
        mine = ear.Ear(lambda *_: None, lambda: names, ready.set, lambda *_: None)
        task = asyncio.create_task(mine.run())
        try:
            await asyncio.wait_for(ready.wait(), 30)
        finally:
            task.cancel()
        return len(mine.joined)

    assert asyncio.run(scene()) == len(names) + 1


def test_each_persons_own_topic_is_told_at_once_through_one_group(
    phone_at: Open, redis: RedisProcess, alice: Person, bob: Person
) -> None:
    author, reader = phone_at(0, alice), phone_at(1, bob)
    for desk in (1, DESKS):
        reader.joined(f"desk:{desk}")
        reader.until(lambda frame: frame.get("now") == {"notes": 0})
    author.do("note.add", wall=1, text="hello", tags=["desks"])
    told = [reader.receive(AT_ONCE), reader.receive(AT_ONCE)]
    assert {frame["topic"] for frame in told} == {"desk:1", f"desk:{DESKS}"}
    assert {frame["now"]["notes"] for frame in told} == {1}
    with Redis.from_url(redis.url) as store:
        assert store.pubsub_channels("*desk*") == [b"asgi__group__desk"]


def test_acts_on_both_arrive_at_both_in_one_order(phone_at: Open, alice: Person, bob: Person) -> None:
    phones = [phone_at(0, alice), phone_at(1, bob)]
    for one in phones:
        one.joined("wall:1")
    for _ in range(15):
        for one in phones:
            one.do("note.add", wall=1, text="hello")
    for one in phones:
        assert one.seqs("wall:1", upto=30) == list(range(1, 31))


def test_a_topic_followed_while_redis_was_away_is_heard_afterwards(
    phone_at: Open, redis: RedisProcess, alice: Person, bob: Person
) -> None:
    author, reader = phone_at(0, alice), phone_at(1, bob)
    redis.stop()
    assert reader.joined("wall:1") == {"topic": "wall:1", "upto": 0}
    redis.start()
    time.sleep(4.5)
    author.do("note.add", wall=1, text="hello")
    assert reader.seqs("wall:1", upto=1, timeout=AT_ONCE) == [1]


def test_a_database_that_drops_its_connections_is_found_again(
    phone_at: Open, alice: Person, bob: Person
) -> None:
    author, reader = phone_at(0, alice), phone_at(1, bob)
    author.joined("wall:1")
    reader.joined("wall:1")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"  # and wait until each is gone
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    key = author.do("note.add", wall=1, text="hello")
    told = [author.receive(6), author.receive(6)]  # the fact may come before the answer
    assert [frame["done"] for frame in told if "done" in frame] == [key]
    assert [event["seq"] for frame in told for event in frame.get("events", ())] == [1]
    assert reader.seqs("wall:1", upto=1, timeout=6) == [1]


def two_of(children: str, but: str = "") -> list[str]:
    """The process ids of the two workers, as soon as there are two."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = [pid for pid in Path(children).read_text().split() if pid != but]
        if len(found) == 2:
            return found
        time.sleep(0.1)
    raise TimeoutError("two workers did not start")


def test_workers_share_a_port_and_one_that_dies_is_replaced(
    transactional_db: None, redis: RedisProcess, bob: Person
) -> None:
    server = ServerProcess("--workers", "2", redis_url=redis.url).ready()
    try:
        children = f"/proc/{server.process.pid}/task/{server.process.pid}/children"
        workers = two_of(children)
        os.kill(int(workers[0]), signal.SIGKILL)
        two_of(children, but=workers[0])
        phones = [Phone(server.address, cookie_of(bob)) for _ in range(8)]
        for one in phones:
            one.joined("wall:1")
        phones[0].do("note.add", str(uuid4()), wall=1, text="hello")
        assert [one.seqs("wall:1", upto=1) for one in phones] == [[1]] * 8
        for one in phones:
            one.close()
    finally:
        code, said = server.end()
    assert (code, "Traceback" in said) == (0, False)


def test_an_idle_socket_lives_longer_than_a_minute_on_redis(
    phone_at: Open, alice: Person, bob: Person
) -> None:
    author, reader = phone_at(0, alice), phone_at(1, bob)
    reader.joined("wall:1")
    assert reader.hears_nothing(62)
    author.do("note.add", wall=1, text="hello")
    assert reader.seqs("wall:1", upto=1, timeout=AT_ONCE) == [1]
