"""Sockets that arrive together are asked for together: who they are, in one hop and two questions for all."""

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from realtime.limits import ARRIVALS
from realtime.threads import ACTS, in_thread
from realtime.visitors import Visitor, visitors_of

Scope = Mapping[str, Any]


class Arrivals:
    """The handshakes of one event loop that wait for their visitor; one that comes alone waits for nobody."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[Scope, asyncio.Future[Visitor | None]]] = deque()
        self.task: asyncio.Task[None] | None = None

    async def visitor(self, scope: Scope) -> Visitor | None:
        """Who comes; None when the handshake must be refused. Raises what asking raised."""
        answer: asyncio.Future[Visitor | None] = asyncio.get_running_loop().create_future()
        self.waiting.append((scope, answer))
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self.work())
        return await answer

    async def work(self) -> None:
        """Ask for those who wait, as many at once as there are, until nobody waits."""
        while self.waiting:
            group = [self.waiting.popleft() for _ in range(min(ARRIVALS, len(self.waiting)))]
            try:
                found = await in_thread(ACTS, visitors_of, [scope for scope, _ in group])
            except Exception as error:
                found = [error] * len(group)
            for (_, answer), one in zip(group, found, strict=True):
                if answer.done():  # the client left meanwhile
                    continue
                if isinstance(one, Exception):
                    answer.set_exception(one)
                else:
                    answer.set_result(one)


arrivals: WeakKeyDictionary[asyncio.AbstractEventLoop, Arrivals] = WeakKeyDictionary()


def current_arrivals() -> Arrivals:
    """The arrivals of the running loop."""
    return arrivals.setdefault(asyncio.get_running_loop(), Arrivals())
