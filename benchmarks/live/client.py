"""The load client: a process of its own that opens sockets, counts what arrives and sends acts. One thread, epoll.

It takes orders as JSON lines on its standard input and answers each with one JSON line. Only loopback is spoken to, and
every wait has its end. Frames that tell facts end with `"upto":<number>}`, whichever server wrote them; a server that
speaks socket.io puts its brackets, and the mark it may resume from, around it.
"""

import base64
import json
import os
import re
import resource
import select
import socket
import sys
import time
from collections import Counter, deque
from math import ceil
from typing import Any

HOST = "127.0.0.1"
UPTO = re.compile(rb'"upto":(\d+)\}(?:(?:,"[^"]{0,40}")?\])?$')
OWN = b'{"topic":"person:'
ANSWER = re.compile(rb'^\{"(done|failed)":"([^"]+)"')
BUFFER = 65536
ENDING = 80  # bytes that hold the number of a fact, at most
PING, PONG = b"2", b"3"  # texts of Engine.IO, under socket.io


def masked(payload: bytes, kind: int = 1) -> bytes:
    """A frame as clients write it: a text, or (kind 10) a pong."""
    size, key = len(payload), os.urandom(4)
    if size < 126:
        head = bytes([0x80 | kind, 0x80 | size])
    else:
        head = bytes([0x80 | kind, 0xFE]) + size.to_bytes(2, "big")
    whole = int.from_bytes(payload, "big") ^ int.from_bytes((key * (size // 4 + 1))[:size], "big")
    return head + key + whole.to_bytes(size, "big")


def percentile(values: list[float], share: float) -> float:
    """The least value that at least this share does not pass (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * share) - 1)] if ordered else 0.0


class Link:
    """One socket: its name, its bytes not yet read as frames, and whether its handshake is over."""

    def __init__(self, crowd: str, path: str, cookie: str, frames: list[str]) -> None:
        self.crowd, self.path, self.cookie, self.frames = crowd, path, cookie, frames
        self.began = time.perf_counter()
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""
        self.has_asked = self.is_open = self.is_here = False
        self.asked: dict[str, float] = {}


class Client:
    """All sockets, in crowds: one crowd per server."""

    def __init__(self) -> None:
        self.poll = select.epoll()
        self.links: dict[int, Link] = {}
        self.crowds: dict[str, list[Link]] = {}
        self.seen: Counter[tuple[str, int]] = Counter()
        self.called: set[Link] = set()
        self.here = 0
        self.lost: Counter[str] = Counter()
        self.bytes = self.frames = 0
        self.waits: list[float] = []
        self.answers: Counter[str] = Counter()
        self.last_at = 0.0
        self.is_ordered = self.answered = False

    # -- opening

    def open(self, crowd: str, port: int, path: str, count: int, cookies: list[str], frames: list[str],
             own: list[str], at_once: int, answered: bool, seconds: float) -> dict[str, Any]:  # fmt: skip
        """Open sockets with these cookies, first frames, and each its own; here when the first frame came, or the handshake is over."""
        began, found, self.here, self.lost, self.waits = time.perf_counter(), [], 0, Counter(), []
        self.answered, started = answered, 0
        while self.here + sum(self.lost.values()) < count and time.perf_counter() - began < seconds:
            while started < count and started - self.here - sum(self.lost.values()) < at_once:
                cookie = cookies[started % len(cookies)] if cookies else ""
                mine = [own[started % len(own)]] if own else []
                found.append(self.dial(Link(crowd, path, cookie, [*frames, *mine]), port))
                started += 1
            self.turn(0.05)
        late = count - self.here - sum(self.lost.values())
        if late:
            self.lost["late"] += late
        self.crowds.setdefault(crowd, []).extend(link for link in found if link.is_here)
        return {
            "here": self.here,
            "lost": dict(self.lost),
            "seconds": self.last_at - began,
            "p50": percentile(self.waits, 0.5),
            "p99": percentile(self.waits, 0.99),
        }

    def dial(self, link: Link, port: int) -> Link:
        """Begin one connection."""
        link.socket.connect_ex((HOST, port))
        self.links[link.socket.fileno()] = link
        self.poll.register(link.socket.fileno(), select.EPOLLIN | select.EPOLLOUT)
        return link

    def ask(self, link: Link) -> None:
        """Send the handshake."""
        host = f"{HOST}:{link.socket.getpeername()[1]}"
        lines = [
            f"GET {link.path} HTTP/1.1",
            f"Host: {host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            f"Origin: http://{host}",
            *([f"Cookie: {link.cookie}"] if link.cookie else []),
        ]
        link.socket.send(("\r\n".join(lines) + "\r\n\r\n").encode())
        link.has_asked = True

    def opened(self, link: Link) -> None:
        """The handshake is over: send the first frames."""
        head, _, link.rest = link.rest.partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n", 1)[0] + b" ":
            raise ConnectionError("http " + head.split(b" ", 2)[1].decode())
        link.is_open = True
        for frame in link.frames:
            link.socket.send(masked(frame.encode()))
        if not (self.answered and link.frames):
            self.arrived(link)

    def arrived(self, link: Link) -> None:
        """A socket is where it wanted to be."""
        link.is_here = True
        self.here += 1
        self.last_at = time.perf_counter()
        self.waits.append(self.last_at - link.began)

    def leave(self, link: Link, why: str) -> None:
        """A socket is closed."""
        self.lost[why] += 1
        self.links.pop(link.socket.fileno(), None)
        self.poll.unregister(link.socket.fileno())
        link.socket.close()
        if link in self.crowds.get(link.crowd, ()):
            self.crowds[link.crowd].remove(link)

    # -- reading

    def turn(self, seconds: float) -> None:
        """Take what happens, once."""
        for number, _event in self.poll.poll(seconds, 4096):
            link = self.links.get(number)
            if link is None:
                self.is_ordered = True
                continue
            try:
                if link.has_asked:
                    self.read(link)
                else:
                    self.ask(link)
                    self.poll.modify(number, select.EPOLLIN)
            except OSError as error:
                self.leave(link, str(error) or type(error).__name__)

    def read(self, link: Link) -> None:
        """Take what a socket has."""
        data = link.socket.recv(BUFFER)
        if not data:
            raise ConnectionError("closed")
        link.rest = link.rest + data if link.rest else data
        if not link.is_open:
            if b"\r\n\r\n" not in link.rest:
                return
            self.opened(link)
        self.take(link)

    def take(self, link: Link) -> None:
        """Cut what came into frames."""
        data, start, end = link.rest, 0, len(link.rest)
        while end - start >= 2:
            head, size = 2, data[start + 1]
            if size > 125:
                head = 4 if size == 126 else 10
                size = int.from_bytes(data[start + 2 : start + head], "big")
            stop = start + head + size
            if end - start < head or end < stop:
                break
            kind = data[start] & 15
            if kind == 1:
                self.hear(link, data[start + head : stop], stop - start)
            elif kind == 9:
                link.socket.send(masked(data[start + head : stop], 10))
            elif kind == 8:
                raise ConnectionError(f"close {int.from_bytes(data[start + 2 : start + 4], 'big')}")
            start = stop
        link.rest = data[start:] if start < end else b""

    def hear(self, link: Link, text: bytes, size: int) -> None:
        """Count a frame."""
        if not link.is_here:
            self.arrived(link)
        if text == PING:
            link.socket.send(masked(PONG))
            return
        if text.startswith(OWN):
            self.called.add(link)
        told = UPTO.search(text, max(0, len(text) - ENDING))
        if told and size > 80:
            self.seen[link.crowd, int(told[1])] += 1
            self.bytes += size
            self.frames += 1
        elif link.asked and (answer := ANSWER.match(text)):
            began = link.asked.pop(answer[2].decode(), None)
            if began is not None:
                self.waits.append(time.perf_counter() - began)
                self.answers[answer[1].decode()] += 1

    # -- orders

    def await_all(self, crowd: str, number: int, count: int, seconds: float) -> dict[str, Any]:
        """Until every socket of the crowd has this number; when the last had it, and how many lack it."""
        began = time.perf_counter()
        while self.seen[crowd, number] < count and time.perf_counter() - began < seconds:
            self.turn(0.02)
        at, missing = time.perf_counter(), count - self.seen.pop((crowd, number), 0)
        return {"at": at, "missing": missing, "bytes": self.bytes, "frames": self.frames}

    def await_calls(self, count: int, seconds: float) -> dict[str, Any]:
        """Until so many sockets were told something of their own person; when the last was, and how many were not."""
        began, self.called = time.perf_counter(), set()
        while len(self.called) < count and time.perf_counter() - began < seconds:
            self.turn(0.02)
        return {"at": time.perf_counter(), "missing": count - len(self.called)}

    def say(self, crowd: str, frames: list[str], seconds: float) -> dict[str, Any]:
        """Send these frames on every socket of a crowd, then read for a while."""
        for link in self.crowds[crowd]:
            for frame in frames:
                link.socket.send(masked(frame.encode()))
            self.turn(0)
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.turn(0.02)
        return {"sockets": len(self.crowds[crowd])}

    def send(self, crowd: str, act: str) -> dict[str, Any]:
        """One act on the first socket of a crowd; nobody waits for its answer."""
        self.crowds[crowd][0].socket.send(masked(act.encode()))
        return {"at": time.perf_counter()}

    def act(self, crowd: str, acts: list[str], in_flight: int, seconds: float) -> dict[str, Any]:
        """Send one act per socket, so many under way at once; how many were done or failed, and how long each took."""
        self.waits, self.answers, waiting = [], Counter(), deque(zip(self.crowds[crowd], acts, strict=False))
        began, wanted, sent = time.perf_counter(), len(waiting), 0
        while self.answers.total() < wanted and time.perf_counter() - began < seconds:
            while waiting and sent - self.answers.total() < in_flight:
                link, frame = waiting.popleft()
                link.asked[json.loads(frame)["key"]] = time.perf_counter()
                link.socket.send(masked(frame.encode()))
                sent += 1
            self.turn(0.02)
        return {
            "seconds": time.perf_counter() - began,
            **{what: self.answers[what] for what in ("done", "failed")},
            "p50": percentile(self.waits, 0.5),
            "p99": percentile(self.waits, 0.99),
        }

    def next_order(self) -> str:
        """Wait for an order; meanwhile what comes is read, and pings are answered."""
        self.is_ordered = False
        while not self.is_ordered:
            self.turn(1)
        return sys.stdin.readline()

    def idle(self, seconds: float) -> dict[str, Any]:
        """Read whatever comes, for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.turn(0.05)
        return {}

    def close(self, crowd: str) -> dict[str, Any]:
        """Leave with a whole crowd."""
        links = self.crowds.pop(crowd, [])
        for link in links:
            self.links.pop(link.socket.fileno(), None)
            self.poll.unregister(link.socket.fileno())
            link.socket.close()
        return {"sockets": len(links)}


def main() -> None:
    """Take orders until the input ends."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    client = Client()
    client.poll.register(sys.stdin.fileno(), select.EPOLLIN)
    while line := client.next_order():
        order = json.loads(line)
        print(json.dumps(getattr(client, order.pop("order"))(**order)), flush=True)


if __name__ == "__main__":
    main()
