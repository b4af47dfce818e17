"""The servers that are measured, each a process of its own, and the load client that is their crowd."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from channels.layers import get_channel_layer
from redis import Redis

from benchmarks.live.scene import Room, Scene
from scripts.with_stack import free_port, shipped

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = "benchmarks.live.settings"
TOKEN = "bench"  # a peer's session
GROUP = "tutorial"  # as benchmarks/live/tutorial.py names it


class Server(ABC):
    """A server process; `name` is its row, and the crowd of its sockets."""

    path, program, folder = "/ws/", sys.executable, ROOT
    is_ours = False

    def __init__(self, name: str, *words: str, **environment: str) -> None:
        self.name, self.port = name, free_port()
        environment = {"DJANGO_SETTINGS_MODULE": SETTINGS, "PORT": str(self.port), **environment}
        self.process = subprocess.Popen(
            [self.program, *(word.replace("{port}", str(self.port)) for word in words)],
            cwd=self.folder,
            env={**shipped(), **environment},
            stdout=subprocess.DEVNULL,
        )
        self.wait()

    def wait(self) -> None:
        """Until it listens, a minute at most."""
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"{self.name} did not start")

    def follow(self, form: str = "json") -> list[str]:
        """The frames of a follower of this form."""
        return []

    def greet(self) -> list[str]:
        """The first frames of a socket."""
        return self.follow()

    @property
    @abstractmethod
    def upcoming(self) -> int:
        """The number followers will see next."""

    @abstractmethod
    def tell(self) -> None:
        """Broadcast."""

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Ours(Server):
    """`manage.py serve`, with a room of its own."""

    is_ours = True

    def __init__(self, name: str, room: Room, *words: str, **environment: str) -> None:
        self.room = room
        super().__init__(name, "manage.py", "serve", "--port", "{port}", *words, **environment)

    def follow(self, form: str = "json") -> list[str]:
        """Follow the room."""
        return [self.room.follow(form)]

    @property
    def upcoming(self) -> int:
        """The number of the room's next fact."""
        return self.room.told + 1

    def tell(self) -> None:
        """A fact of the room."""
        self.room.tell()


class Relayed(Server):
    """A server that is given the very text ours writes, with numbers of its own."""

    def __init__(self, name: str, room: Room, *words: str, **environment: str) -> None:
        self.told = 0
        self.texts = {form: room.frame(form).rpartition('"upto":')[0] for form in ("json", "html")}
        self.text = self.texts["json"]
        super().__init__(name, *words, **environment)

    def follow(self, form: str = "json") -> list[str]:
        """Nothing to say; the texts are as long as those of ours from now on."""
        self.text = self.texts[form]
        return []

    @property
    def upcoming(self) -> int:
        """The number in the next text."""
        return self.told + 1

    def next(self) -> str:
        """The next text."""
        self.told += 1
        return f'{self.text}"upto":{self.told}}}'


class Bare(Relayed):
    """An event loop that writes a frame built before."""

    def __init__(self, room: Room) -> None:
        control = free_port()
        super().__init__("bare", room, "-m", "benchmarks.live.bare", "{port}", str(control))
        time.sleep(0.5)
        self.control = socket.create_connection(("127.0.0.1", control), timeout=10)

    def tell(self) -> None:
        """A line on its control port."""
        self.control.sendall(self.next().encode() + b"\n")


class Tutorial(Relayed):
    """The Channels tutorial's consumer, on the same Redis."""

    def __init__(self, room: Room) -> None:
        super().__init__("tutorial", room, "-m", "benchmarks.live.tutorial", "{port}")
        self.loop, self.layer = asyncio.new_event_loop(), get_channel_layer()

    def tell(self) -> None:
        """A message to the group."""
        message = {"type": "told", "text": self.next()}
        self.loop.run_until_complete(self.layer.group_send(GROUP, message))


class Peer(Relayed):
    """Loomio's channel server (socket.io), on the same Redis, from the folder that `PEER_CHANNELS` names; none is shipped.

    It lets in who holds a token that Redis knows, and passes on what is published to `/records` to the room it names.
    """

    path = f"/socket.io/?EIO=4&transport=websocket&channel_token={TOKEN}"
    program = "node"

    def __init__(self, room: Room) -> None:
        self.folder, address = Path(os.environ["PEER_CHANNELS"]).resolve(), os.environ["REDIS_URL"]
        self.redis = Redis.from_url(address)
        self.redis.set(f"/current_users/{TOKEN}", json.dumps({"id": 1, "name": "bench", "group_ids": [1]}))
        super().__init__("peer", room, "index.js", APP_URL="http://127.0.0.1")

    @staticmethod
    def is_here() -> bool:
        """Whether whoever measures has it at hand."""
        return bool(os.environ.get("PEER_CHANNELS"))

    def greet(self) -> list[str]:
        """Enter the one name space, as socket.io asks."""
        return ["40", *super().greet()]

    def tell(self) -> None:
        """A message to the group."""
        self.redis.publish("/records", '{"room":"group-1",' + self.next().removeprefix("{"))


class Crowd:
    """The load client, given orders."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.live.client"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def order(self, name: str, **details: Any) -> None:
        """Give an order, and do not wait for its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"order": name, **details}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """The answer to the last order."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the load client is gone")
        found: dict[str, Any] = json.loads(line)
        return found

    def do(self, name: str, **details: Any) -> dict[str, Any]:
        """Give an order and wait for its answer."""
        self.order(name, **details)
        return self.answer()

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()


def ours(scene: Scene) -> list[Callable[[], Ours]]:
    """The four ways ours is served, each with a room."""
    large = ("--server", "uvicorn")
    ways = {
        "daphne-plain": ("--plain",),
        "daphne-prepared": (),
        "uvicorn-plain": (*large, "--plain"),
        "uvicorn-prepared": large,
    }
    return [
        partial(Ours, name, room, *words)
        for (name, words), room in zip(ways.items(), scene.rooms, strict=False)
    ]


def beside(scene: Scene) -> list[Callable[[], Server]]:
    """What stands beside ours: the floor, what the tutorial teaches, and a peer where it is at hand."""
    kinds = [Bare, Tutorial, *([Peer] if Peer.is_here() else [])]
    return [partial(kind, scene.rooms[0]) for kind in kinds]
