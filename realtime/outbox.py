"""What waits to be written to one socket: bounded, and written by a task that lives only while there is something."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from realtime.limits import OUTBOX_CHARACTERS, OUTBOX_FRAMES
from realtime.prepared import Gate

logger = logging.getLogger(__name__)

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Outbox:
    """Frames in order. `send` waits while the transport asks for a pause; `push` never does.

    `gate`, if the server offers one, takes frames built once for everyone; whatever it does not take is queued.

    Past the cap the frames of topics are dropped and `overflowed(topics)` is called once to say so; answers to
    acts are kept, and when these alone pass the cap `overflowed` gets None: nobody reads. `broken()` is called
    when a frame could not be written.
    """

    def __init__(
        self,
        send: Send,
        overflowed: Callable[[set[str] | None], None],
        broken: Callable[[], None],
        gate: Gate | None = None,
    ) -> None:
        self.send, self.overflowed, self.broken = send, overflowed, broken
        self.gate = gate
        self.frames: deque[tuple[str | None, str]] = deque()
        self.size = 0
        self.task: asyncio.Task[None] | None = None
        self.is_closed = False

    def push(self, text: str, topic: str | None = None) -> None:
        """Write or queue a frame of a topic, or (no topic) an answer."""
        if self.is_closed:
            return
        gate = self.gate
        if gate is not None:
            if gate.now is not None and gate.now(gate.frame(text)) is not False:
                return
            gate.turn(is_queued=True)
        self.frames.append((topic, text))
        self.size += len(text)
        if len(self.frames) > OUTBOX_FRAMES or self.size > OUTBOX_CHARACTERS:
            self.relieve()
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self.write())

    def relieve(self) -> None:
        """Drop the frames of topics and say which; a single frame, however long, is let through."""
        if len(self.frames) == 1:
            return
        topics = {topic for topic, _ in self.frames if topic is not None}
        self.frames = deque(frame for frame in self.frames if frame[0] is None)
        self.size = sum(len(text) for _, text in self.frames)
        is_full = len(self.frames) > OUTBOX_FRAMES or self.size > OUTBOX_CHARACTERS
        self.overflowed(None if is_full else topics)

    async def write(self) -> None:
        """Send until nothing waits."""
        while self.frames:
            _, text = self.frames.popleft()
            self.size -= len(text)
            try:
                await self.send({"type": "websocket.send", "text": text})
            except Exception as error:
                # A server may raise when the client left meanwhile; anything else, the client had better come back.
                logger.warning("A frame could not be written: %r", error)
                self.close()
                self.broken()
        if self.gate is not None:
            self.gate.turn(is_queued=self.is_closed)

    async def flushed(self) -> None:
        """Wait until everything is written."""
        if self.task is not None:
            await asyncio.wait([self.task])

    def close(self) -> None:
        """Take nothing more, forget what waits."""
        self.is_closed = True
        self.frames.clear()
        self.size = 0
        if self.gate is not None:
            self.gate.turn(is_queued=True)

    def stop(self) -> None:
        """Close, and end the writing task even if it waits for the transport."""
        self.close()
        if self.task is not None:
            self.task.cancel()
