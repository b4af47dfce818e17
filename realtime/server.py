"""daphne for rooms: frames built once, the write pause obeyed, a storm let in, a stop that is graceful."""

import asyncio
import socket
from functools import lru_cache
from typing import Any

from daphne.server import Server as DaphneServer
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import defer, reactor

from realtime.limits import CLOSE_SECONDS
from realtime.prepared import FRAMES_KEPT, Gate, offer

BACKLOG = 4096  # Twisted's 50 makes clients of a storm wait for SYN retries
HANDSHAKE_SECONDS = 60  # autobahn's 5 aborts handshakes that wait for their turn


class RoomProtocol(WebSocketProtocol):
    """A socket that writes straight to the operating system, and knows when it has to wait.

    A turn of Twisted's reactor per frame and socket is most of what a delivery costs otherwise. Only public names are
    used: while bytes wait in the transport we are a producer that is told when they are gone, and nothing overtakes them.
    """

    resumed: asyncio.Future[None] | None = None
    handle: socket.socket | None = None

    def onOpen(self) -> None:
        """Become the transport's producer; until now its HTTP channel was."""
        super().onOpen()
        self.unregisterProducer()
        self.registerProducer(self, True)
        handle = self.transport.getHandle()
        self.handle = handle if type(handle) is socket.socket else None  # TLS has bytes of its own in between

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:
        """Write; what the operating system does not take now waits in the transport."""
        if self.handle is not None and self.resumed is None and self.state == self.STATE_OPEN:
            data = self.rest_of(data)
            if not data:
                return
            self.unregisterProducer()
            self.registerProducer(
                self, False
            )  # to be told when the transport's buffer is empty, not when it is full
            self.pauseProducing()
        super().sendData(data, sync, chopsize)

    def rest_of(self, data: bytes) -> bytes:
        """Send, and return what could not be sent. An error is left for the transport to meet."""
        assert self.handle is not None
        try:
            return data[self.handle.send(data) :]
        except OSError:
            return data

    def write(self, frame: Any) -> bool:
        """Write a prepared frame now, unless bytes wait in the transport or the socket is going."""
        if self.resumed is not None or self.state != self.STATE_OPEN:
            return False
        self.sendPreparedMessage(frame)
        return True

    def pauseProducing(self) -> None:
        """The transport's buffer is full."""
        if self.resumed is None:
            self.resumed = asyncio.get_running_loop().create_future()

    def resumeProducing(self) -> None:
        """The transport's buffer is empty again, or (nothing waited) we have just become a producer."""
        if self.resumed is not None:
            self.resume()
            self.unregisterProducer()
            self.registerProducer(self, True)

    def resume(self) -> None:
        """Nobody waits any more."""
        if self.resumed is not None and not self.resumed.done():
            self.resumed.set_result(None)
        self.resumed = None

    def stopProducing(self) -> None:
        """The transport is gone: nobody waits for it."""
        self.resume()

    def onClose(self, wasClean: bool, code: int, reason: str) -> None:
        """The same, whoever closed."""
        self.resume()
        super().onClose(wasClean, code, reason)


class RoomServer(DaphneServer):
    """daphne's server, with `send` waiting while a socket's transport pauses; `prepares` offers `prepared.frames`."""

    def __init__(
        self, application: Any, endpoints: list[str], *, prepares: bool = True, **options: Any
    ) -> None:
        settings = {
            "websocket_connect_timeout": HANDSHAKE_SECONDS,
            "websocket_handshake_timeout": HANDSHAKE_SECONDS,
            "server_name": "",
            **options,
        }
        self.prepares = prepares
        self.framed = lru_cache(FRAMES_KEPT)(self.frame)
        self.when_ready = settings.pop("ready_callable", None)
        super().__init__(application, endpoints, ready_callable=self.prepare, **settings)

    def prepare(self) -> None:
        """Just before the reactor runs: our protocol; an oversized message is closed with its code, not dropped, and there is
        time to read it."""
        self.ws_factory.protocol = RoomProtocol
        self.ws_factory.setProtocolOptions(failByDrop=False, closeHandshakeTimeout=CLOSE_SECONDS)
        if self.when_ready is not None:
            self.when_ready()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Start the application of a connection; a socket's scope says that frames may be built once."""
        if self.prepares and scope["type"] == "websocket":
            offer(scope, Gate(self.framed, protocol.write))
        return super().create_application(protocol, scope)

    def frame(self, text: str) -> Any:
        """A text as autobahn prepares it for any number of sockets."""
        return self.ws_factory.prepareMessage(text.encode(), doNotCompress=True)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Write, then wait as long as the transport asks."""
        await super().handle_reply(protocol, message)
        resumed = getattr(protocol, "resumed", None)
        if resumed is not None and message["type"] == "websocket.send":
            await asyncio.shield(resumed)

    def kill_all_applications(self) -> Any:
        """Cancel every application still running, and have the reactor wait for them and for their goodbyes."""
        running = [details.get("application_instance") for details in self.connections.values()]
        running = [task for task in running if task is not None and not task.done()]
        for task in running:
            task.cancel()
        return defer.Deferred.fromFuture(asyncio.ensure_future(self.wind_down(running)))

    async def wind_down(self, running: list[asyncio.Future[None]]) -> None:
        """Wait for the applications, then a moment for the sockets to close."""
        await asyncio.gather(*running, return_exceptions=True)
        for _ in range(20):
            if all(details.get("disconnected") for details in self.connections.values()):
                return
            await asyncio.sleep(0.05)

    def stop_from_thread(self) -> None:
        """Stop gracefully, asked from another thread."""
        reactor.callFromThread(self.stop)
