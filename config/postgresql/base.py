"""Django's PostgreSQL backend, whose pool is emptied as soon as one of its connections is found dead."""

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
        if self.pool is None:
            return given
        try:
            given.execute("")
        except Error:
            self.pool.putconn(given)
            self.pool.drain()
            given = super().get_new_connection(conn_params)
        return given
