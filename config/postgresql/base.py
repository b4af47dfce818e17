"""Django's PostgreSQL backend, whose pool is emptied as soon as one of its connections is found dead."""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, Error


class DatabaseWrapper(base.DatabaseWrapper):
    """After PostgreSQL has restarted, every connection that waits in the pool is dead.

    The pool's own check finds them one by one and sleeps 1, 2, 4, 8… seconds in between: a voter would wait half
    a minute. Here the first one found empties the pool, and the next is a new one. `CONN_HEALTH_CHECKS` stays
    off with this backend: it would bring the pool's own check back.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        """A connection that answers. Raises `OperationalError` when the database is away."""
        given: Connection[Any] = super().get_new_connection(conn_params)
        if self.pool is None or not has_word(given):
            return given
        try:
            given.execute("")
        except Error:
            self.pool.putconn(given)
            self.pool.drain()
            given = super().get_new_connection(conn_params)
        return given


def has_word(waiting: Connection[Any]) -> bool:
    """Whether the server said something nobody asked for, as it does (or its kernel) when it goes away.

    A connection that waits in a pool has nothing to read. To look costs no question to the server, and there is one
    for every act, every page and every fact told.
    """
    poll = select.poll()  # `select.select` knows no descriptor above 1,023, and a hall has a thousand sockets
    poll.register(waiting.fileno(), select.POLLIN)
    return bool(poll.poll(0))
