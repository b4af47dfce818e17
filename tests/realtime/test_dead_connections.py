"""PostgreSQL has restarted: no dead connection of the pool is given to anyone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

pytestmark = pytest.mark.stack

MANY = 8  # the pool's own check would sleep 1 + 2 + 4 + … + 64 s over them, and give up after 30


def ask(together: Barrier | None = None) -> int:
    """One query by a thread of its own, with the others if they are named; its connection goes back to the pool."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            if together is not None:
                together.wait(30)
            return int(cursor.fetchone()[0])
    finally:
        connection.close()


def test_a_pool_of_dead_connections_gives_a_living_one(transactional_db: None) -> None:
    together = Barrier(MANY)
    with ThreadPoolExecutor(MANY) as threads:
        assert sum(threads.map(ask, [together] * MANY)) == MANY
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= MANY - 1  # one of them asks this
    with ThreadPoolExecutor(1) as threads:
        assert [threads.submit(ask).result(timeout=20) for _ in range(MANY)] == [1] * MANY
