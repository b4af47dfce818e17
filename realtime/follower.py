"""A topic followed on a socket: how far it was told, and in which form."""

from dataclasses import dataclass
from typing import Protocol

from realtime import frames, metrics


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

    def push(self, text: str) -> None:
        """Queue a frame of the topic."""
        self.reader.push(text, self.topic)

    def refuse(self, code: str) -> None:
        """Say that the topic may not be followed, or no longer."""
        self.reader.push(frames.refused(self.topic, code))
        self.reader.forget(self.topic)

    def tell(self, text: str, upto: int) -> None:
        """Queue facts up to this number."""
        self.sent = upto
        self.reader.push(text, self.topic)

    def reset(self, last: int) -> None:
        """Say that the numbers cannot be continued; told again from the log's last."""
        self.sent = last
        self.push(frames.reset(self.topic))
        metrics.reset_told(self.topic)

    def tell_now(self, text: str) -> None:
        """Queue the latest value, unless it is the one told before."""
        if text != self.now_text:
            self.now_text = text
            self.push(text)
