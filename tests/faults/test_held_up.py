"""Acts that wait for a lock hold up neither what happens elsewhere nor whoever comes in, with the pool as it ships."""

import time
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection, transaction

from realtime.threads import ACTS
from tests.faults.conftest import Hall
from tests.realtime import domain
from tests.realtime.phone import Phone
from tests.realtime.process import RedisProcess, ServerProcess

pytestmark = [pytest.mark.stack, pytest.mark.long]

WALL = "SELECT 1 FROM realtime_topic WHERE name = 'wall:1' FOR UPDATE"
POLLS = "SELECT 1 FROM votes_poll WHERE id = ANY(%s) FOR UPDATE"


def waiting(count: int) -> None:
    """Until so many statements wait for a lock, ten seconds at most."""
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if cursor.fetchone()[0] >= count:
                return
            time.sleep(0.05)
    raise AssertionError("they do not wait")


def test_acts_that_wait_for_a_lock_hold_up_nobody_else(
    room: Hall, redis: RedisProcess, serve: Callable[..., ServerProcess]
) -> None:
    server = serve(redis_url=redis.url).ready()
    with transaction.atomic():
        domain.write(1)
        domain.write(2)
    reader = Phone(server.address, room.cookies[0])
    reader.joined("wall:2")
    acting = ACTS._max_workers
    phones = [Phone(server.address, cookie) for cookie in room.cookies[1 : acting + 3]]
    where = connection.settings_dict
    side = psycopg.connect(host=where["HOST"], port=where["PORT"], user=where["USER"], dbname=where["NAME"])
    with side:
        side.execute(WALL)
        side.execute(POLLS, [room.polls[:2]])
        keys = [one.do("note.add", wall=1, text="held") for one in phones[:acting]]
        votes = zip(phones[acting:], room.polls, strict=False)
        keys += [one.do("ballot.cast", poll=str(poll), choices=["for"]) for one, poll in votes]
        waiting(acting + 2)
        with transaction.atomic():
            domain.write(2)  # another process does
        assert reader.seqs("wall:2", upto=2, timeout=7) == [2]
        Phone(server.address, room.cookies[20]).close()
        side.rollback()
    assert [one.answer(key)["done"] for one, key in zip(phones, keys, strict=True)] == keys
    for one in [reader, *phones]:
        one.close()
