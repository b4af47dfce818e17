"""A rough network: it carries WebSocket frames late, some of them twice, and loses its connections now and then."""

import asyncio
import random
from contextlib import suppress

from tests.looped import Looped


class RoughNetwork(Looped):
    """A proxy on frames, in a thread of its own: `with RoughNetwork(port, seed=1) as network: network.port`.

    Each frame, either way, may be delayed, carried twice, or lost with the connection that carried it.
    """

    def __init__(
        self, port: int, seed: int, late: float = 0.05, twice: float = 0.15, lost: float = 0.01
    ) -> None:
        super().__init__("rough network")
        self.target, self.draw = port, random.Random(seed)
        self.late, self.twice, self.lost = late, twice, lost
        self.port = self.frames = self.doubled = self.cut = 0

    async def _open(self) -> None:
        self.port = await self._listen(self.both_ways)

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
