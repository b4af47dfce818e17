"""Devices as people hold them: they send until they are answered, follow, lose their socket and come back."""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.faults.history import Frame, History

PATIENCE = 5.0  # a page waits so long for an answer before it sends the same key again
AWAY = (OSError, EOFError, TimeoutError, WebSocketException)


class Device:
    """One person's device, on one of these hosts; after a loss on the next one."""

    def __init__(
        self, history: History, name: str, cookie: str, hosts: Sequence[str], follows: Sequence[str] = ()
    ) -> None:
        self.history, self.name, self.cookie, self.hosts = history, name, cookie, hosts
        self.follows, self.socket = list(follows), None
        self.waiting: dict[str, float] = {}
        self.turn = 0
        self.is_asleep = asyncio.Event()
        self.is_asleep.set()  # set: awake
        self.task = asyncio.create_task(self.run())
        for topic in follows:
            history.told[name, topic]

    socket: ClientConnection | None

    def do(self, command: str, **data: Any) -> str:
        """An act, sent until it is answered."""
        key = str(uuid4())
        self.history.sent[key] = {"do": command, "key": key, "data": data}
        self.waiting[key] = 0.0
        return key

    async def run(self) -> None:
        """Connected, as long as it can be."""
        while True:
            with suppress(*AWAY):
                await self.connected(self.hosts[self.turn % len(self.hosts)])
            self.socket = None
            self.turn += 1
            self.history.lost += 1
            self.waiting = dict.fromkeys(self.waiting, 0.0)
            await asyncio.sleep(random.uniform(0.05, 0.4))

    async def connected(self, host: str) -> None:
        """One connection, until it is lost."""
        async with connect(
            f"ws://{host}/ws/",
            additional_headers={"Cookie": self.cookie},
            origin=f"http://{host}",
            compression=None,
            proxy=None,
            ping_interval=None,
            open_timeout=15,
            close_timeout=0.1,
            max_size=None,
            max_queue=2,
        ) as socket:
            self.socket = socket
            pushing = asyncio.create_task(self.push(socket))
            try:
                while True:
                    self.hear(json.loads(await socket.recv()))
                    await self.is_asleep.wait()
            finally:
                pushing.cancel()

    async def push(self, socket: ClientConnection) -> None:
        """Follow, send what waits, and ask again now and then."""
        beat = 0.0
        while True:
            now = time.monotonic()
            if now > beat:
                beat = now + 2
                for topic in self.follows:
                    after = self.history.told[self.name, topic].upto
                    await socket.send(json.dumps({"follow": topic, "after": after}))
            for key, asked_at in list(self.waiting.items()):
                if now - asked_at > PATIENCE and key in self.waiting:
                    self.history.resent += asked_at > 0 or self.turn > 0
                    self.waiting[key] = now
                    await socket.send(json.dumps(self.history.sent[key]))
            await asyncio.sleep(0.02)

    def hear(self, frame: Frame) -> None:
        """A frame from the server."""
        if "topic" in frame:
            self.history.told[self.name, frame["topic"]].hear(frame)
            return
        self.history.answer(frame)
        key = frame.get("done") or frame["failed"]
        if key in self.history.done or key in self.history.refused:
            self.waiting.pop(key, None)
        elif key in self.waiting:
            self.waiting[key] = time.monotonic() - PATIENCE + 0.5  # told to come back: half a second later

    async def close(self) -> None:
        """Put away."""
        self.task.cancel()
        if self.socket is not None:
            self.socket.transport.abort()
        with suppress(asyncio.CancelledError):
            await self.task


async def until(is_so: Callable[[], object], seconds: float = 60) -> None:
    """Until it is so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.005)


async def still_up(history: History, cookies: Sequence[str], hosts: Sequence[str]) -> list[Device]:
    """A fresh device on each of these hosts is let in, follows and acts."""
    fresh = [
        Device(history, f"fresh {host}", cookie, [host], ["wall:1"])
        for cookie, host in zip(cookies, hosts, strict=True)
    ]
    keys = [device.do("note.add", wall="1", text="still up") for device in fresh]
    await until(lambda: all(key in history.done for key in keys), 20)
    return fresh


async def settled(history: History, devices: Sequence[Device], store: Any, seconds: float = 60) -> None:
    """Until every act is answered and every follower has heard the last fact, then put the devices away."""
    try:
        await until(lambda: not any(device.waiting for device in devices), seconds)
        last = dict(await asyncio.to_thread(store.rows, "SELECT name, last_seq FROM realtime_topic"))
        await until(
            lambda: all(
                (told.upto or 0) >= last.get(topic, 0)
                for (_, topic), told in history.told.items()
                if topic.startswith("wall:")
            ),
            20,
        )
    finally:
        await asyncio.gather(*(device.close() for device in devices))


def play(scene: Callable[[], Awaitable[None]]) -> None:
    """Run a scene on a loop of its own."""
    asyncio.run(scene())  # type: ignore[arg-type]
