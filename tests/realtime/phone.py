"""A client of the socket, on a real connection."""

import json
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any
from uuid import uuid4

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

Frame = dict[str, Any]


class Phone:
    """One socket. Frames not asked for yet are kept in order."""

    def __init__(
        self,
        address: str,
        cookie: str = "",
        origin: str | None = "same",
        *,
        is_slow: bool = False,
        **headers: str,
    ) -> None:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            more["Cookie"] = cookie
        self.context = ExitStack()
        dialled = connect(
            address.replace("http", "ws") + "/ws/",
            origin=address if origin == "same" else origin,  # type: ignore[arg-type]
            additional_headers=more,
            compression=None,
            proxy=None,
            max_size=None,
            max_queue=1 if is_slow else None,
            open_timeout=60,
            ping_interval=None,
            close_timeout=1,
        )
        self.socket = self.context.enter_context(dialled)

    def send(self, **frame: Any) -> None:
        self.socket.send(json.dumps(frame))

    def receive(self, timeout: float = 4) -> Frame:
        frame: Frame = json.loads(self.socket.recv(timeout))
        return frame

    def follow(self, topic: str, after: int | None = None, **more: Any) -> None:
        self.send(follow=topic, after=after, **more)

    def joined(self, topic: str, after: int | None = None, **more: Any) -> Frame:
        """Follow and wait for the first answer."""
        self.follow(topic, after, **more)
        return self.receive()

    def do(self, name: str, key: str | None = None, hat: object = None, **data: Any) -> str:
        key = key or str(uuid4())
        self.send(do=name, key=key, **({"for": hat} if hat is not None else {}), data=data)
        return key

    def until(self, wanted: Callable[[Frame], bool], timeout: float = 4) -> Frame:
        """The first frame that is wanted; the others are dropped."""
        deadline = time.monotonic() + timeout
        while True:
            frame = self.receive(max(0.01, deadline - time.monotonic()))
            if wanted(frame):
                return frame

    def answer(self, key: str | None, timeout: float = 6) -> Frame:
        """The answer to an act."""
        return self.until(lambda frame: key in (frame.get("done", 0), frame.get("failed", 0)), timeout)

    def seqs(self, topic: str, upto: int, timeout: float = 4) -> list[int]:
        """The numbers told, as they come, until this one."""
        found: list[int] = []
        while not found or found[-1] < upto:
            frame = self.until(lambda f: f.get("topic") == topic and "events" in f, timeout)
            found += [event["seq"] for event in frame["events"]]
        return found

    def hears_nothing(self, seconds: float = 0.4) -> bool:
        try:
            self.receive(seconds)
        except TimeoutError:
            return True
        return False

    def closed_with(self, timeout: float = 5) -> int:
        """Read until the server closes; the close code."""
        try:
            while True:
                self.receive(timeout)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def close(self) -> None:
        with suppress(Exception):
            self.context.close()
