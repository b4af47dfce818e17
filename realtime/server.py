"""daphne for rooms: frames built once, the write pause obeyed, a storm let in, a stop that is graceful."""

import asyncio
from functools import lru_cache, partial
from typing import Any

from daphne.server import Server as DaphneServer
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import defer, reactor

from realtime.prepared import FRAMES_KEPT, offer

BACKLOG = 4096  # Twisted's 50 makes clients of a storm wait for SYN retries
HANDSHAKE_SECONDS = 60  # autobahn's 5 aborts handshakes that wait for their turn


class RoomProtocol(WebSocketProtocol):
    """A socket that knows when its transport asks for a pause."""

    resumed: asyncio.Future[None] | None = None

    def onOpen(self) -> None:
        """Become the transport's producer; until now its HTTP channel was."""
        super().onOpen()
        self.unregisterProducer()
        self.registerProducer(self, True)

    def pauseProducing(self) -> None:
        """The transport's buffer is full."""
        if self.resumed is None:
            self.resumed = asyncio.get_running_loop().create_future()

    def resumeProducing(self) -> None:
        """The transport's buffer is empty again."""
        if self.resumed is not None and not self.resumed.done():
            self.resumed.set_result(None)
        self.resumed = None

    def stopProducing(self) -> None:
        """The transport is gone: nobody waits for it."""
        self.resumeProducing()

    def onClose(self, wasClean: bool, code: int, reason: str) -> None:
        """The same, whoever closed."""
        self.resumeProducing()
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
        """Just before the reactor runs: our protocol; an oversized message is closed with its code, not dropped."""
        self.ws_factory.protocol = RoomProtocol
        self.ws_factory.setProtocolOptions(failByDrop=False)
        if self.when_ready is not None:
            self.when_ready()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Start the application of a connection; a socket's scope says that frames may be built once."""
        if self.prepares and scope["type"] == "websocket":
            offer(scope, partial(self.write, protocol))
        return super().create_application(protocol, scope)

    def frame(self, text: str) -> Any:
        """A text as autobahn prepares it for any number of sockets."""
        return self.ws_factory.prepareMessage(text.encode(), doNotCompress=True)

    def write(self, protocol: RoomProtocol, text: str) -> bool:
        """Write now, unless the transport pauses or the socket is going."""
        if protocol.resumed is not None or protocol.state != protocol.STATE_OPEN:
            return False
        protocol.sendPreparedMessage(self.framed(text))
        return True

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
