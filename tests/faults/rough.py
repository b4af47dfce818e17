"""A rough network: it carries WebSocket frames late, some of them twice, and loses its connections now and then."""

import asyncio
import random
import threading
from contextlib import suppress
from typing import Self


class RoughNetwork:
    """A proxy on frames, in a thread of its own: `with RoughNetwork(port, seed=1) as network: network.port`.

    Each frame, either way, may be delayed, carried twice, or lost with the connection that carried it.
    """

    def __init__(
        self, port: int, seed: int, late: float = 0.05, twice: float = 0.15, lost: float = 0.01
    ) -> None:
        self.target, self.draw = port, random.Random(seed)
        self.late, self.twice, self.lost = late, twice, lost
        self.port = self.frames = self.doubled = self.cut = 0
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="rough", daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self.carry, "127.0.0.1", 0), self.loop
        ).result(10)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self.close(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def close(self) -> None:
        """Let go of every connection."""
        self.server.close()
        mine = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in mine:
            task.cancel()
        await asyncio.gather(*mine, return_exceptions=True)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, both ways, until either side or the network ends it."""
        with suppress(asyncio.CancelledError):  # Python 3.11's streams log one as an error
            await self.both_ways(reader, writer)

    async def both_ways(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what either side says; whatever ends it, both are let go."""
        answers, server = await asyncio.open_connection("127.0.0.1", self.target)
        ways = [
            asyncio.create_task(self.pass_on(reader, server)),
            asyncio.create_task(self.pass_on(answers, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            server.transport.abort()
            writer.transport.abort()

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """The handshake as it is, then frame by frame."""
        with suppress(OSError, asyncio.IncompleteReadError):
            writer.write(await reader.readuntil(b"\r\n\r\n"))
            while True:
                frame = await frame_of(reader)
                self.frames += 1
                await asyncio.sleep(self.draw.uniform(0, self.late))
                if self.draw.random() < self.lost:
                    self.cut += 1
                    return
                is_text = frame[0] & 15 == 1
                is_doubled = is_text and self.draw.random() < self.twice
                self.doubled += is_doubled
                writer.write(frame * (1 + is_doubled))
                await writer.drain()


async def frame_of(reader: asyncio.StreamReader) -> bytes:
    """The bytes of the next WebSocket frame (RFC 6455, 5.2)."""
    head = await reader.readexactly(2)
    length = head[1] & 127
    if length > 125:
        more = await reader.readexactly(2 if length == 126 else 8)
        head, length = head + more, int.from_bytes(more, "big")
    mask = 4 if head[1] & 128 else 0
    return head + await reader.readexactly(mask + length)
