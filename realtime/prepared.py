"""Frames built once for everyone: what a server may offer in the scope's extensions, and how it is asked for.

The ASGI extension `prepared.frames` is a dict with one entry, `write(text) -> bool`: write this text frame now, or
answer False and write nothing while the transport asks for a pause or the socket is going. The server frames a text once
and writes the same bytes to every socket it is given for. Without the extension everything goes through ASGI's `send`.
"""

from collections.abc import Callable, Mapping
from typing import Any

EXTENSION = "prepared.frames"
FRAMES_KEPT = 16  # texts of which a server keeps the frame: a broadcast has one per form and language

Write = Callable[[str], bool]


def offer(scope: dict[str, Any], write: Write) -> None:
    """Add the extension to a socket's scope."""
    scope["extensions"] = {**(scope.get("extensions") or {}), EXTENSION: {"write": write}}


def offered(scope: Mapping[str, Any]) -> Write | None:
    """The `write` of a socket whose server offers the extension, else None."""
    found: Write | None = (scope.get("extensions") or {}).get(EXTENSION, {}).get("write")
    return found
