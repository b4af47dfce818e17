"""A clock that jumps: the server's `timezone.now`, shifted by the seconds a file says, read each time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path


def shifted(path: str, now: Callable[[], datetime]) -> Callable[[], datetime]:
    """The clock, as far off as the file says."""

    def at() -> datetime:
        return now() + timedelta(seconds=float(Path(path).read_text() or 0))

    return at
