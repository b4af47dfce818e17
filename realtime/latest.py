"""The latest value of a topic: whole each time, at most five times a second, and the last one always goes out."""

import asyncio
import logging
import time
from collections.abc import Collection
from typing import Any

from realtime import frames
from realtime.follower import Follower, tell_all_now
from realtime.gathering import together
from realtime.limits import NOW_PER_SECOND
from realtime.presence import Presence
from realtime.threads import CROWD, complain, in_thread
from realtime.topics import LiveTopic, answers_for_many

logger = logging.getLogger(__name__)


class Latest:
    """Asks the topic for its value when touched and tells those who have another one."""

    def __init__(
        self,
        name: str,
        live: LiveTopic,
        pk: int,
        followers: Collection[Follower],
        presence: Presence | None = None,
    ) -> None:
        self.name, self.live, self.pk, self.followers, self.presence = name, live, pk, followers, presence
        self.text: str | None = None
        self.told_at = 0.0
        self.is_touched = False
        self.is_due = False
        self.task: asyncio.Task[None] | None = None

    def touch(self) -> None:
        """The value may be another, or somebody has none yet."""
        self.is_touched = True
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self.work())

    def refresh(self) -> None:
        """Look again even though nobody touched: a hint may have been lost."""
        if self.is_due or self.text is not None:
            self.touch()

    async def value(self) -> dict[str, Any] | None:
        """What the topic says now; asked with others of its noun where that takes one question."""
        if answers_for_many(self.live):
            return await together(self.live.now_each, self.pk, CROWD)
        return await in_thread(CROWD, self.live.now, self.pk)

    async def work(self) -> None:
        """Ask and tell, as long as it is touched meanwhile."""
        while self.is_touched:
            await asyncio.sleep(max(0.0, self.told_at + 1 / NOW_PER_SECOND - time.monotonic()))
            self.is_touched = self.is_due = False
            try:
                value = await self.value()
            except Exception as error:
                complain(logger, f"The latest value of {self.name}", error)
                self.is_due = True
                return
            if self.presence is not None:
                value = {**(value or {}), "present": self.presence.count()}
            self.text = None if value is None else frames.now(self.name, value)
            if self.text is not None:
                tell_all_now(self.followers, self.text)
            self.told_at = time.monotonic()
