"""Where the database is spoken to: threads of the process, never the event loop."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, close_old_connections

from realtime import limits

P = ParamSpec("P")
R = TypeVar("R")

# Apart, so that neither a burst of acts, nor latest values and what is asked for a hundred people at a time (CROWD), ever
# keep the hub from telling what happened, nor anyone from coming in. The pool has a connection for each (`DATABASE_POOL`).
ACTS = ThreadPoolExecutor(max_workers=6, thread_name_prefix="acts")
HUB = ThreadPoolExecutor(max_workers=3, thread_name_prefix="hub")
CROWD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="crowd")
DOOR = ThreadPoolExecutor(max_workers=1, thread_name_prefix="door")
BURSTS = ThreadPoolExecutor(max_workers=limits.WRITERS, thread_name_prefix="bursts")


async def in_thread(pool: ThreadPoolExecutor, job: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a job that may query: one hop there and back, its connection given back at the end."""

    def run() -> R:
        close_old_connections()
        try:
            return job(*args, **kwargs)
        finally:
            close_old_connections()

    return await asyncio.get_running_loop().run_in_executor(pool, run)


def complain(logger: logging.Logger, what: str, error: Exception) -> None:
    """Log a job that failed and will be tried again: a database that is away is no fault of ours."""
    if isinstance(error, DatabaseError | InterfaceError):
        logger.warning("%s: the database is away. %r", what, error)
    else:
        logger.error("%s failed.", what, exc_info=error)
