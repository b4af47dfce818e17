"""A topic followed on a socket: how far it was told, and in which form."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from realtime import frames, metrics
from realtime.prepared import Gate


class Reader(Protocol):
    """A socket, as the hub sees it."""

    @property
    def person(self) -> int | None:
        """The key of the person, None for nobody in particular."""

    def push(self, text: str, topic: str | None = None) -> None:
        """Queue a frame; never waits. Past the cap the frames of topics are dropped and it is told `reset`."""

    def forget(self, topic: str) -> None:
        """The topic is followed on this socket no more."""


@dataclass(eq=False, slots=True)
class Follower:
    """One socket on one topic. `form` is `json` or `html:<language>`; `sent` the last number told."""

    reader: Reader
    topic: str
    form: str
    after: int | None = None
    sent: int = 0
    now_text: str | None = None
    gate: Gate | None = None

    def push(self, text: str) -> None:
        """Queue a frame of the topic."""
        self.reader.push(text, self.topic)

    def refuse(self, code: str) -> None:
        """Say that the topic may not be followed, or no longer."""
        self.reader.push(frames.refused(self.topic, code))
        self.reader.forget(self.topic)

    def reset(self, last: int) -> None:
        """Say that the numbers cannot be continued; told again from the log's last."""
        self.sent = last
        self.push(frames.reset(self.topic))
        metrics.reset_told(self.topic)


def tell_all(followers: Iterable[Follower], text: str, upto: int | None = None) -> None:
    """The same frame to many: built once, written at once where the gate lets it in, queued elsewhere.

    `upto` is the last number it tells, if it tells facts. This is what each delivery costs: it is written out here,
    without a call per follower in between.
    """
    maker: Any = None
    frame: Any = None
    for follower in followers:
        if upto is not None:
            follower.sent = upto
        gate = follower.gate
        if gate is not None and (write := gate.now) is not None:
            if gate.frame is not maker:
                maker, frame = gate.frame, gate.frame(text)
            try:
                if write(frame) is not False:
                    continue
            except (OSError, RuntimeError):
                gate.turn(is_open=False)  # the socket went this instant
        follower.reader.push(text, follower.topic)


def tell_all_now(followers: Iterable[Follower], text: str) -> None:
    """The latest value, to those who were told another one before."""
    group = [follower for follower in followers if follower.now_text != text]
    for follower in group:
        follower.now_text = text
    tell_all(group, text)
