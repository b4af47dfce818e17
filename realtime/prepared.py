"""Frames built once for everyone: what a server may offer in the scope's extensions, and how it is asked for.

The ASGI extension `prepared.frames` is a dict with one entry, `gate`: the `Gate` of this socket. The server frames a text
once and writes the same bytes to every socket it is given for. Without the extension everything goes through ASGI's `send`.
"""

from collections.abc import Callable, Mapping
from typing import Any

EXTENSION = "prepared.frames"
FRAMES_KEPT = 16  # texts of which a server keeps the frame: a broadcast has one per form and language


class Gate:
    """Where frames built once enter a socket.

    `frame` makes one of a text, the same function for every socket of a server. `now` writes one at once, and answers
    False if it did not; it is None while nothing may be written past the queue: the transport asks for a pause, the socket
    is going (`is_open`), or frames wait for their turn (`is_queued`).
    """

    __slots__ = ("frame", "is_open", "is_queued", "now", "write")

    def __init__(self, frame: Callable[[str], Any], write: Callable[[Any], object]) -> None:
        self.frame, self.write = frame, write
        self.is_open, self.is_queued = True, False
        self.now: Callable[[Any], object] | None = write

    def turn(self, *, is_open: bool | None = None, is_queued: bool | None = None) -> None:
        """Say what changed."""
        self.is_open = self.is_open if is_open is None else is_open
        self.is_queued = self.is_queued if is_queued is None else is_queued
        self.now = self.write if self.is_open and not self.is_queued else None


def offer(scope: dict[str, Any], gate: Gate) -> None:
    """Add the extension to a socket's scope."""
    scope["extensions"] = {**(scope.get("extensions") or {}), EXTENSION: {"gate": gate}}


def offered(scope: Mapping[str, Any]) -> Gate | None:
    """The gate of a socket whose server offers the extension, else None."""
    found: Gate | None = (scope.get("extensions") or {}).get(EXTENSION, {}).get("gate")
    return found
