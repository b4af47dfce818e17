"""What the small servers of the tests stand on: a loop of their own, in a thread of its own, that leaves nothing open."""

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from types import TracebackType
from typing import Any, Self
from weakref import WeakSet

Carry = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
TURNS = 3  # of the loop, from a connection accepted to the task that carries it


class Looped(ABC):
    """Runs from `with` to its end; a server says what it opens and closes, and may be told things from any thread."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._listeners: list[asyncio.Server] = []
        self._writers: WeakSet[asyncio.StreamWriter] = WeakSet()
        self._carried: set[asyncio.Task[Any]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._open())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run(self._let_go())
        self._run(self._settle())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it inside the loop, and wait for its end."""
        done: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        done.result(timeout=10)

    # -- inside its own loop

    @abstractmethod
    async def _open(self) -> None:
        """Begin to serve."""

    async def _listen(self, carry: Carry) -> int:
        """Carry each connection to a new port until the end; the port."""

        async def carried(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._carried.add(task)
            self._writers.add(writer)
            with suppress(asyncio.CancelledError):  # Python 3.11's streams log one as an error
                await carry(reader, writer)
            self._carried.discard(task)

        self._listeners.append(await asyncio.start_server(carried, "127.0.0.1", 0))
        port: int = self._listeners[-1].sockets[0].getsockname()[1]
        return port

    async def _let_go(self) -> None:
        """Accept nobody more, and end every connection.

        Python 3.11 forgets, open, what it accepts in the very turn its server is closed: so it first stops to accept.
        """
        for listener in self._listeners:
            for heard in listener.sockets:
                asyncio.get_running_loop().remove_reader(heard)
        await turns()
        for listener in self._listeners:
            listener.close()
        for task in self._carried:
            task.cancel()
        await asyncio.gather(*self._carried, return_exceptions=True)
        for writer in list(self._writers):
            writer.transport.abort()
        await turns()

    async def _settle(self) -> None:
        """Until the loop has nothing left to do."""
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await turns()


async def turns() -> None:
    """Let the loop finish what it has at hand."""
    for _ in range(TURNS):
        await asyncio.sleep(0)
