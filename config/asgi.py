"""Everything in one process: pages, REST and the socket."""

import os
from typing import Any

from django.core.asgi import get_asgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()
live = import_string("realtime.consumer.live")  # only now that the apps are loaded


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Sockets go to the live part, requests to Django."""
    await (live if scope["type"] == "websocket" else pages)(scope, receive, send)
