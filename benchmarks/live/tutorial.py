"""The consumer of the Channels tutorial: a group member per socket, the session by AuthMiddlewareStack; on daphne.

    python -m benchmarks.live.tutorial PORT

Its backlog and its handshake time are set as ours are, else a room could not even come in.
"""

import sys

import django

django.setup()

from channels.auth import AuthMiddlewareStack  # noqa: E402  (after the apps)
from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from daphne.server import Server  # noqa: E402
from django.urls import path  # noqa: E402

GROUP = "tutorial"


class Consumer(AsyncWebsocketConsumer):
    """Joins the group, passes on what it is told."""

    async def connect(self) -> None:
        """Let in who is logged in."""
        if not self.scope["user"].is_authenticated:
            await self.close()
            return
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def told(self, event: dict[str, str]) -> None:
        """Write one frame."""
        await self.send(text_data=event["text"])


application = ProtocolTypeRouter(
    {"websocket": AuthMiddlewareStack(URLRouter([path("ws/", Consumer.as_asgi())]))}
)

if __name__ == "__main__":
    Server(
        application,
        [f"tcp:port={sys.argv[1]}:interface=127.0.0.1:backlog=4096"],
        websocket_connect_timeout=60,
        websocket_handshake_timeout=60,
    ).run()
