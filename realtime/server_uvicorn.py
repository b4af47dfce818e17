"""uvicorn for large rooms: frames built once, the write pause obeyed, goodbyes said, nobody waited for without end."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any

import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode

from realtime.limits import CLOSE_SECONDS
from realtime.prepared import FRAMES_KEPT, Gate, offer
from realtime.server import BACKLOG

STOP_SECONDS = 15  # for acts under way, answers and goodbyes
READ_AT_MOST = 1024 * 1024  # bytes; a larger frame is not even read (1009)

Application = Callable[..., Awaitable[None]]


class RoomConfig(uvicorn.Config):
    """uvicorn's settings for rooms; `prepares` offers `prepared.frames`."""

    def __init__(self, application: Application | str, *, prepares: bool = True, **options: Any) -> None:
        self.prepares = prepares
        settings: dict[str, Any] = {
            "ws": RoomProtocol,
            "ws_max_size": READ_AT_MOST,
            "ws_ping_timeout": 30.0,
            "ws_per_message_deflate": False,  # it doubles CPU and memory per socket
            "proxy_headers": False,  # Django reads what the settings say it may
            "backlog": BACKLOG,
            "lifespan": "off",
            "log_level": "warning",
            "timeout_graceful_shutdown": STOP_SECONDS,
            **options,
        }
        super().__init__(application, **settings)


@lru_cache(FRAMES_KEPT)
def framed(text: str) -> bytes:
    """A text as the bytes of a server's frame, the same for every socket."""
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


class RoomProtocol(WebSocketsSansIOProtocol):
    """A socket of uvicorn. Built on the names its class shows; nothing private."""

    task: asyncio.Task[None] | None = None
    gate: Gate | None = None
    is_stopping = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.close_timeout = CLOSE_SECONDS / 2  # then what was written is still sent, until it is abandoned
        self.application, self.app = self.app, self.until_stopped

    async def run_asgi(self) -> None:
        """Run the application; its scope says that frames may be built once."""
        self.task = asyncio.current_task()
        if self.config.prepares:  # type: ignore[attr-defined]
            self.gate = Gate(framed, self.transport.write)
            offer(self.scope, self.gate)  # type: ignore[arg-type]
        await super().run_asgi()

    async def until_stopped(self, *channel: Any) -> None:
        """The application; cancelled by a stop it has said goodbye itself."""
        try:
            await self.application(*channel)
        except asyncio.CancelledError:
            if not self.is_stopping:
                raise

    def turn(self, *, is_open: bool) -> None:
        """Whether frames built once may be written."""
        if self.gate is not None:
            self.gate.turn(is_open=is_open and not self.close_sent and not self.transport.is_closing())

    def pause_writing(self) -> None:
        """The transport's buffer is full."""
        self.turn(is_open=False)
        super().pause_writing()

    def resume_writing(self) -> None:
        """The transport's buffer is empty again."""
        self.turn(is_open=True)
        super().resume_writing()

    async def send(self, message: Any) -> None:
        """ASGI's `send`, after which a socket that was closed is gone before long, even if nobody reads its buffer."""
        if message["type"] == "websocket.close":
            self.turn(is_open=False)
            self.leave_soon()
        await super().send(message)
        if self.is_stopping and self.task is not None and message["type"] == "websocket.accept":
            self.task.cancel()

    def shutdown(self) -> None:
        """The server stops: the application finishes what is under way and says goodbye.

        Whoever is at the door is let in first: a refused handshake would be an error to them, a goodbye is not.
        """
        if self.close_sent or (self.task is not None and self.task.done()):
            super().shutdown()
            return
        self.is_stopping = True
        if self.task is not None and self.handshake_complete:
            self.task.cancel()

    def keepalive_timeout(self) -> None:
        """A ping was not answered: the other end is gone, and so is what waits for it."""
        self.turn(is_open=False)
        super().keepalive_timeout()
        self.leave_soon()

    def handle_close(self, event: Frame) -> None:
        """The other end closes."""
        self.turn(is_open=False)
        super().handle_close(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self.turn(is_open=False)
        super().connection_lost(exc)

    def handle_parser_exception(self) -> None:
        """What came is no frame of ours: say so once, then let the other end read it."""
        if self.close_sent or self.transport.is_closing():
            return
        self.turn(is_open=False)
        close = self.conn.close_sent
        self.queue.put_nowait({"type": "websocket.disconnect", "code": close.code if close else 1006})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.close)
        self.leave_soon()

    def leave_soon(self) -> None:
        """Give up the connection once the closing words had their time."""
        self.loop.call_later(CLOSE_SECONDS, self.abandon)

    def abandon(self) -> None:
        """Drop what cannot be written."""
        if not self.disconnected:
            with suppress(RuntimeError):
                self.transport.abort()


class RoomServer(uvicorn.Server):
    """uvicorn's server on a listening socket."""

    def __init__(self, application: Application | str, listener: socket.socket, **options: Any) -> None:
        super().__init__(RoomConfig(application, **options))
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # what it accepts inherits it
        self.listener = listener

    def serve_rooms(self) -> None:
        """Serve until told to stop."""
        self.run(sockets=[self.listener])
