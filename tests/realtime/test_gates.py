"""Frames built once: written past the queue where nothing waits, in their order everywhere, by no server that is closed."""

import asyncio
from typing import Any

from realtime.follower import Follower, tell_all, tell_all_now
from realtime.limits import Close
from realtime.outbox import Outbox
from realtime.prepared import Gate


class Server:
    """A server that builds frames and takes them, unless it `pauses`; ASGI's `send` waits for `resumed`."""

    def __init__(self) -> None:
        self.built: list[str] = []
        self.written: list[str] = []
        self.is_paused = self.is_gone = False
        self.resumed = asyncio.Event()
        self.frame = self.build  # one function for every socket

    def build(self, text: str) -> bytes:
        self.built.append(text)
        return text.encode()

    def write(self, frame: bytes) -> bool:
        if self.is_gone:
            raise RuntimeError("the transport is closed")
        if not self.is_paused:
            self.written.append(frame.decode())
        return not self.is_paused

    async def send(self, message: dict[str, Any]) -> None:
        await self.resumed.wait()
        self.written.append(message["text"])


class Socket:
    """A reader with an outbox."""

    person = None

    def __init__(self, server: Server) -> None:
        self.gate = Gate(server.frame, server.write)
        self.outbox = Outbox(server.send, lambda topics: None, lambda: None, self.gate)
        self.push = self.outbox.push

    def forget(self, topic: str) -> None:
        """Nothing to forget."""

    def close(self, code: Close) -> None:
        """Nothing to close."""

    def following(self) -> Follower:
        return Follower(self, "wall:1", "json", gate=self.gate)


async def test_a_frame_is_built_once_for_all_who_lack_the_same() -> None:
    server = Server()
    followers = [Socket(server).following() for _ in range(3)]
    tell_all(followers, "fact", 7)
    assert (server.built, server.written) == (["fact"], ["fact"] * 3)
    assert {follower.sent for follower in followers} == {7}


async def test_nothing_overtakes_what_waits_in_the_queue() -> None:
    server = Server()
    server.is_paused = True
    socket = Socket(server)
    follower = socket.following()
    tell_all([follower], "first", 1)
    server.is_paused = False
    tell_all([follower], "second", 2)
    assert server.written == []
    server.resumed.set()
    await socket.outbox.flushed()
    tell_all([follower], "third", 3)
    assert server.written == ["first", "second", "third"]


async def test_a_socket_that_went_this_instant_hinders_no_other() -> None:
    gone, well = Server(), Server()
    gone.is_gone = True
    gone.resumed.set()
    lost, kept = Socket(gone), Socket(well)
    tell_all([lost.following(), kept.following()], "fact", 1)
    assert well.written == ["fact"]
    assert lost.gate.now is None
    await lost.outbox.flushed()


async def test_a_closed_outbox_shuts_its_gate() -> None:
    server = Server()
    socket = Socket(server)
    socket.outbox.close()
    tell_all([socket.following()], "fact", 1)
    assert server.written == []


async def test_the_latest_value_goes_to_those_who_were_told_another() -> None:
    server = Server()
    told, new = Socket(server).following(), Socket(server).following()
    told.now_text = "three"
    tell_all_now([told, new], "three")
    assert server.written == ["three"]
    assert new.now_text == "three"
