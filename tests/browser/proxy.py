"""A TCP proxy that cuts, stalls and resumes: what a hall's network does, and a browser's offline switch does not."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.looped import Looped

CHUNK = 65536


class Proxy(Looped):
    """Listens on a port of its own and carries every byte to one server, as long as it is told to.

    It runs in a thread of its own; its methods may be called from any test, synchronous or not, and return once
    the change is made. `with Proxy(port) as proxy: … proxy.url("/ateliers/1/") … proxy.cut() … proxy.resume()`.
    """

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        super().__init__("proxy")
        self.target = (host, port)
        self.port = 0
        self.carried = 0  # connections accepted since the start
        self._links: set[Link] = set()
        self._is_cut = False
        self._flows = {"up": asyncio.Event(), "down": asyncio.Event()}

    @property
    def host(self) -> str:
        """What a browser puts before the path."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        """The address of a page through the proxy."""
        return f"http://{self.host}{path}"

    @property
    def open_links(self) -> int:
        """How many connections it carries now."""
        return len(self._links)

    def cut(self) -> None:
        """Reset every connection, and every new one, until `resume()`."""
        self._run(self._cut())

    def stall(self, way: str = "both") -> None:
        """Keep connections open but carry nothing: `up` (to the server), `down` (to the browser) or `both`."""
        self._run(self._hold(way))

    def resume(self) -> None:
        """Carry again, at once, with what was held back."""
        self._run(self._resume())

    # -- inside its own loop

    async def _open(self) -> None:
        await self._resume()
        self.port = await self._listen(self._carry)

    async def _cut(self) -> None:
        self._is_cut = True
        for link in self._links:
            link.reset()

    async def _hold(self, way: str) -> None:
        for name, flow in self._flows.items():
            if way in (name, "both"):
                flow.clear()

    async def _resume(self) -> None:
        self._is_cut = False
        for flow in self._flows.values():
            flow.set()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.carried += 1
        if self._is_cut:
            writer.transport.abort()
            return
        link = Link(writer)
        self._links.add(link)
        try:
            await link.carry(reader, self.target, self._flows)
        except asyncio.CancelledError:
            link.reset()  # what a stalled side does not take would keep it open
            raise
        finally:
            link.close()
            self._links.discard(link)


class Link:
    """One carried connection: two pipes that end together."""

    def __init__(self, browser: asyncio.StreamWriter) -> None:
        self.writers = [browser]
        self.pipes: list[asyncio.Task[None]] = []

    def reset(self) -> None:
        """End both sides at once, without closing words."""
        for pipe in self.pipes:
            pipe.cancel()
        for writer in self.writers:
            writer.transport.abort()

    def close(self) -> None:
        """End both sides once what was written has left."""
        for writer in self.writers:
            writer.close()

    async def carry(
        self, reader: asyncio.StreamReader, target: tuple[str, int], flows: dict[str, asyncio.Event]
    ) -> None:
        """Carry bytes both ways until one side ends."""
        try:
            answers, server = await asyncio.open_connection(*target)
        except OSError:
            return
        self.writers.append(server)
        self.pipes = [
            asyncio.create_task(pipe(reader, server, flows["up"].wait)),
            asyncio.create_task(pipe(answers, self.writers[0], flows["down"].wait)),
        ]
        await asyncio.gather(*self.pipes, return_exceptions=True)


async def pipe(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, allowed: Callable[[], Awaitable[Any]]
) -> None:
    """Carry bytes one way, each when it is allowed to pass, then say that no more will come."""
    try:
        while data := await reader.read(CHUNK):
            await allowed()
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except (OSError, RuntimeError):
        writer.transport.abort()
