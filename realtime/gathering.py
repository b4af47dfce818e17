"""Questions that come together are asked together: while one set is answered, the next one fills."""

import asyncio
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from realtime.threads import in_thread

K = TypeVar("K")
V = TypeVar("V")


class Gathering(Generic[K, V]):
    """The same question of many, on one event loop; one that comes alone waits for nobody.

    `ask` gets at most `most` keys in a thread of `pool` and answers each in its place, with a value or an error; what it
    raises itself, all of that set are told.
    """

    def __init__(
        self, ask: Callable[[list[K]], Sequence[V | Exception]], pool: ThreadPoolExecutor, most: int
    ) -> None:
        self.ask, self.pool, self.most = ask, pool, most
        self.waiting: deque[tuple[K, asyncio.Future[V]]] = deque()
        self.task: asyncio.Task[None] | None = None

    async def answer(self, key: K) -> V:
        """What is answered about this key. Raises what asking raised."""
        answer: asyncio.Future[V] = asyncio.get_running_loop().create_future()
        self.waiting.append((key, answer))
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self.work())
        return await answer

    async def work(self) -> None:
        """Ask for those who wait, as many at once as there are, until nobody waits."""
        while self.waiting:
            group = [self.waiting.popleft() for _ in range(min(self.most, len(self.waiting)))]
            found: Sequence[V | Exception]
            try:
                found = await in_thread(self.pool, self.ask, [key for key, _ in group])
            except Exception as error:
                found = [error] * len(group)
            for (_, answer), one in zip(group, found, strict=True):
                if answer.done():  # whoever asked is gone
                    continue
                if isinstance(one, Exception):
                    answer.set_exception(one)
                else:
                    answer.set_result(one)


gatherings: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[Hashable, Gathering[Any, Any]]] = (
    WeakKeyDictionary()
)


async def together(
    ask: Callable[[list[K]], Sequence[V | Exception]], key: K, pool: ThreadPoolExecutor, most: int = 100
) -> V:
    """Ask about this key with all others of the running loop that wait for the same question. Raises what asking raised."""
    mine = gatherings.setdefault(asyncio.get_running_loop(), {})
    if ask not in mine:
        mine[ask] = Gathering(ask, pool, most)
    gathering: Gathering[K, V] = mine[ask]
    return await gathering.answer(key)
