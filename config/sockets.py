"""Only `/ws/`, with `/healthz` and `/metrics` for who looks after this process: what `ASGI_APPLICATION` names for a
socket process behind a proxy, whose pages come from WSGI workers."""

from typing import Any

from config.asgi import live, pages

LOOKED_AT = ("/healthz", "/metrics")


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Sockets to the live part; of requests only those about the process itself."""
    if scope["type"] == "websocket":
        await live(scope, receive, send)
    elif scope["path"] in LOOKED_AT:
        await pages(scope, receive, send)
    else:
        await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
