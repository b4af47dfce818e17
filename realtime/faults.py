"""When the database cannot take an act: which refusal says so. Nothing here is the fault of who acts."""

import logging
import sqlite3

from django.db import DatabaseError, InterfaceError, OperationalError

from realtime.refused import Refused

logger = logging.getLogger(__name__)

# PostgreSQL's codes: disk full; connection lost or server stopping; a wait that was given up, no connection left.
FULL = ("53100",)
AWAY = ("08", "57P")
BUSY = ("40001", "40P01", "55P03", "53300", "57014")


def refusal_of(error: BaseException) -> Refused | None:
    """The refusal that names a failure of the database, and a line in the log; None for a failure that is ours.

    `storage_full`: nothing was written, and somebody must make room. `busy`: nothing was written, the same act may
    come again at once. `database_away`: whether it was written is not known; the same key tells it, once it is back.
    """
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        refused = of_sqlite(getattr(cause, "sqlite_errorcode", None))
    else:
        refused = of_postgresql(error, str(getattr(cause, "sqlstate", None) or ""))
    if refused is not None:
        logger.warning("Refused as %s: %r", refused.code, error)
    return refused


def of_postgresql(error: BaseException, state: str) -> Refused | None:
    """By its code; an error without a code is a connection that was lost or could not be had."""
    if state.startswith(FULL):
        return Refused("storage_full")
    if state.startswith(BUSY):
        return Refused("busy")
    is_lost = not state and isinstance(error, OperationalError | InterfaceError)
    return Refused("database_away") if is_lost or state.startswith(AWAY) else None


def of_sqlite(code: int | None) -> Refused | None:
    """The same for a file of SQLite."""
    primary = None if code is None else code & 0xFF
    if primary == sqlite3.SQLITE_FULL:
        return Refused("storage_full")
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Refused("busy")
    if primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
        return Refused("database_away")
    return None
