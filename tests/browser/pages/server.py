"""A small real server that plays the protocol of the live part, for the tests of the page's script."""

import asyncio
import json
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.looped import Looped

ROOT = Path(__file__).resolve().parents[3]
PAGES = Path(__file__).resolve().parent
Frame = dict[str, Any]


class Refusal(Exception):
    """An act the server of a test refuses, by name."""

    def __init__(self, code: str, message: str, errors: dict[str, list[str]] | None = None) -> None:
        super().__init__(code)
        self.body = {"code": code, "message": message, "errors": errors or {}}


@dataclass
class Topic:
    """What a topic tells: its facts, the oldest it still has, its latest value."""

    events: list[Frame] = field(default_factory=list)
    oldest: int = 1
    last: int = 0
    now: Frame | None = None
    refused: str = ""


class LiveServer(Looped):
    """Pages, static files, acts by HTTP and `/ws/`, on one port. Every method may be called from a test."""

    def __init__(self, csp: str) -> None:
        super().__init__("live server")
        self.csp = csp
        self.topics: dict[str, Topic] = {}
        self.pages: dict[str, Callable[[], str]] = {}
        self.commands: dict[str, Callable[[Frame], Frame]] = {}
        self.answers: dict[str, Frame] = {}  # key → the answer stored with the act
        self.done: list[tuple[str, str, Frame]] = []  # acts that changed something: name, key, data
        self.heard: list[Frame] = []  # frames of clients
        self.posts: list[dict[str, str]] = []
        self.fetched: list[str] = []
        self.is_mute = False  # takes frames, answers nothing
        self.is_deaf = False  # takes acts without doing them
        self.port = 0
        self._followers: dict[ServerConnection, dict[str, int]] = {}
        self._sockets: Server | None = None

    def url(self, path: str = "/") -> str:
        """The address of a page."""
        return f"http://127.0.0.1:{self.port}{path}"

    # -- what a test makes happen

    def topic(self, name: str) -> Topic:
        """The topic of that name, made when it is new."""
        return self.topics.setdefault(name, Topic())

    def tell(self, name: str, html: str, at: datetime | None = None) -> int:
        """A fact with its fragment, told to all followers; its number."""
        return self.tell_many(name, [html], at)

    def tell_many(self, name: str, fragments: list[str], at: datetime | None = None) -> int:
        """Facts told in one frame; the number of the last."""
        topic = self.topic(name)
        for html in fragments:
            topic.last += 1
            instant = (at or datetime.now(UTC)).isoformat()
            fact = {
                "seq": topic.last,
                "type": "test.told",
                "version": 1,
                "at": instant,
                "data": {},
                "html": html,
            }
            topic.events.append(fact)
        self._run(self._tell_all(name))
        return topic.last

    def tell_now(self, name: str, value: Frame) -> None:
        """A latest value, told to all followers."""
        self.topic(name).now = value
        self._run(self._broadcast(name, {"topic": name, "now": value}))

    def forget(self, name: str, up_to: int) -> None:
        """The log no longer has what is at or below this number."""
        self.topic(name).oldest = up_to + 1

    def send(self, name: str, frame: Frame) -> None:
        """Any frame, to all followers of a topic."""
        self._run(self._broadcast(name, frame))

    def close_sockets(self) -> None:
        """The server closes every socket, as when it restarts."""
        self._run(self._hang_up())

    def follows(self, name: str) -> list[Frame]:
        """The `follow` frames received for a topic."""
        return [frame for frame in self.heard if frame.get("follow") == name]

    def acts(self, name: str) -> list[Frame]:
        """The acts received over sockets."""
        return [frame for frame in self.heard if frame.get("do") == name]

    # -- inside its own loop

    async def _open(self) -> None:
        self._sockets = await serve(self._converse, "127.0.0.1", 0, compression=None)
        self.port = await self._listen(self._take)

    async def _let_go(self) -> None:
        await super()._let_go()
        assert self._sockets is not None
        self._sockets.close()
        await self._sockets.wait_closed()

    async def _hang_up(self) -> None:
        for socket in list(self._followers):
            await socket.close(1012)

    async def _broadcast(self, name: str, frame: Frame) -> None:
        for socket, followed in list(self._followers.items()):
            if name in followed:
                await self._say(socket, frame)

    async def _say(self, socket: ServerConnection, frame: Frame) -> None:
        if self.is_mute:
            return
        try:
            await socket.send(json.dumps(frame))
        except ConnectionClosed:
            self._followers.pop(socket, None)

    async def _tell_all(self, name: str) -> None:
        for socket, followed in list(self._followers.items()):
            if name in followed:
                await self._catch_up(socket, name, followed)

    async def _catch_up(self, socket: ServerConnection, name: str, followed: dict[str, int]) -> None:
        topic = self.topic(name)
        missed = [event for event in topic.events if event["seq"] > followed[name]]
        followed[name] = max(topic.last, followed[name])
        if missed:
            await self._say(socket, {"topic": name, "events": missed, "upto": topic.last})

    async def _converse(self, socket: ServerConnection) -> None:
        self._followers[socket] = {}
        try:
            async for text in socket:
                frame = json.loads(text)
                self.heard.append(frame)
                if "follow" in frame:
                    await self._follow(socket, frame["follow"], frame["after"])
                elif not self.is_deaf:
                    await self._say(socket, self._act(frame["do"], frame["key"], frame["data"]))
        except ConnectionClosed:
            pass
        finally:
            self._followers.pop(socket, None)

    async def _follow(self, socket: ServerConnection, name: str, after: int | None) -> None:
        topic = self.topic(name)
        followed = self._followers.get(socket)
        if followed is None:
            return
        if topic.refused:
            followed.pop(name, None)
            await self._say(socket, {"topic": name, "refused": topic.refused})
            return
        is_beat = name in followed and (after is None or after <= topic.last)
        if is_beat:
            followed[name] = max(followed[name], after or 0)
            await self._say(socket, {"topic": name, "upto": followed[name]})
            return
        await self._welcome(socket, followed, name, topic.last if after is None else after)

    async def _welcome(
        self, socket: ServerConnection, followed: dict[str, int], name: str, after: int
    ) -> None:
        topic = self.topic(name)
        followed[name] = after
        if after > topic.last or after < topic.oldest - 1:
            followed[name] = topic.last
            await self._say(socket, {"topic": name, "reset": True})
        elif after == topic.last:
            await self._say(socket, {"topic": name, "upto": after})
        else:
            await self._catch_up(socket, name, followed)
        if topic.now is not None:
            await self._say(socket, {"topic": name, "now": topic.now})

    def _act(self, name: str, key: str, data: Frame) -> Frame:
        """Do an act once for its key; the same key gets the stored answer."""
        if key not in self.answers:
            try:
                self.answers[key] = self.commands[name](data)
            except Refusal as refusal:
                return {"failed": key, **refusal.body}
            self.done.append((name, key, data))
        return {"done": key, "data": self.answers[key]}

    # -- HTTP, one request per connection

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if b"\r\nupgrade: websocket" in head.lower():
                await self._bridge(head, reader, writer)
            else:
                await self._answer(head, reader, writer)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _bridge(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hand a socket to the websockets library, which serves no POST, on its own port."""
        assert self._sockets is not None
        inner_reader, inner = await asyncio.open_connection(
            "127.0.0.1", self._sockets.sockets[0].getsockname()[1]
        )
        inner.write(head)

        async def carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()

        ways = [asyncio.create_task(carry(reader, inner)), asyncio.create_task(carry(inner_reader, writer))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            inner.transport.abort()  # first: a server that ends may not wait for what follows
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _answer(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if method == "POST":
            status, kind, content = self._post(
                path, headers, dict(parse_qsl(body.decode(), keep_blank_values=True))
            )
        else:
            status, kind, content = self._get(path.partition("?")[0])
        writer.write(
            f"HTTP/1.1 {status} Answer\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n"
            f"Content-Security-Policy: {self.csp}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n".encode()
            + content
        )

    def _get(self, path: str) -> tuple[int, str, bytes]:
        self.fetched.append(path)
        if path in self.pages:
            return 200, "text/html; charset=utf-8", self.pages[path]().encode()
        place = PAGES / path[len("/pages/") :] if path.startswith("/pages/") else ROOT / path.lstrip("/")
        if path.startswith(("/static/", "/pages/")) and place.is_file():
            kind = mimetypes.guess_type(place.name)[0] or "application/octet-stream"
            return 200, kind, place.read_bytes()
        return 404, "text/html; charset=utf-8", b"<!doctype html><title>404</title>"

    def _post(self, path: str, headers: dict[str, str], fields: dict[str, str]) -> tuple[int, str, bytes]:
        """The form door: the act's name is the last part of the path."""
        self.posts.append({"path": path, "csrf": headers.get("x-csrftoken", ""), **fields})
        data = {name: value for name, value in fields.items() if name != "key"}
        answer = self._act(path.rpartition("/")[2], fields["key"], data)
        return 200 if "done" in answer else 422, "application/json", json.dumps(answer).encode()
