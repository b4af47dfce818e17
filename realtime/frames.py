"""The frames of the socket: what a client may send, read with suspicion, and what the server says."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from realtime.acts import ActEncoder
from realtime.limits import FRAME_CHARACTERS

MAX_SEQ = 2**63


@dataclass(frozen=True)
class Follow:
    """Subscribe, catch up and beat in one: "I have up to `after`" (None: from now)."""

    topic: str
    after: int | None
    form: str


@dataclass(frozen=True)
class Unfollow:
    """Stop."""

    topic: str


@dataclass(frozen=True)
class Do:
    """An act; `echo` is its key as the client wrote it."""

    name: str
    key: UUID
    echo: str
    hat: object
    data: dict[str, Any]


class BadFrame(Exception):
    """A frame that cannot be understood; the connection stays. Answered to its topic or key if it has one."""

    def __init__(self, code: str, topic: str | None = None, key: str | None = None) -> None:
        super().__init__(code)
        self.code, self.topic, self.key = code, topic, key


def parse(text: str) -> Follow | Unfollow | Do:
    """Read a client's frame. Raises `BadFrame`."""
    frame = load(text)
    verbs = {"follow", "unfollow", "do"} & frame.keys()
    if len(verbs) != 1:
        raise BadFrame("bad_frame")
    verb = verbs.pop()
    if verb == "do":
        return parse_act(frame)
    topic = frame[verb]
    if not isinstance(topic, str) or len(topic) > 80:
        raise BadFrame("bad_frame")
    return Unfollow(topic) if verb == "unfollow" else parse_follow(topic, frame)


def load(text: str) -> dict[str, Any]:
    """The JSON object in a frame: strict JSON, and text that can be written out again."""
    try:
        frame = json.loads(text, parse_constant=refuse_constant)
        if "\\u" in text:
            json.dumps(frame, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        raise BadFrame("bad_frame") from None
    if not isinstance(frame, dict):
        raise BadFrame("bad_frame")
    return frame


def refuse_constant(name: str) -> NoReturn:
    """NaN and Infinity are not JSON."""
    raise ValueError(name)


def parse_follow(topic: str, frame: Mapping[str, Any]) -> Follow:
    """A follow, with its number and its form."""
    after, form = frame.get("after"), frame.get("as", "html")
    is_number = isinstance(after, int) and not isinstance(after, bool) and 0 <= after < MAX_SEQ
    if not (after is None or is_number) or form not in ("html", "json"):
        raise BadFrame("bad_frame", topic=topic)
    return Follow(topic, after, form)


def parse_act(frame: Mapping[str, Any]) -> Do:
    """An act; without a usable key nobody could be told its answer, so it is not done."""
    echo = frame.get("key")
    try:
        key = UUID(echo) if isinstance(echo, str) else None
    except ValueError:
        key = None
    if key is None or not isinstance(echo, str):
        raise BadFrame("key_unusable")
    name, data = frame["do"], frame.get("data", {})
    if not isinstance(name, str) or not isinstance(data, dict):
        raise BadFrame("bad_frame", key=echo)
    return Do(name, key, echo, frame.get("for"), data)


def encode(frame: Mapping[str, Any]) -> str:
    """One text frame."""
    return json.dumps(frame, cls=ActEncoder, ensure_ascii=False, separators=(",", ":"))


def told(topic: str, events: Sequence[str], upto: int) -> str:
    """Facts, each already encoded, in order and without a hole."""
    return f'{{"topic":"{topic}","events":[{",".join(events)}],"upto":{upto}}}'


def cut(topic: str, events: Sequence[str], upto: int) -> list[tuple[str, int]]:
    """The frames, each with its last number, that tell these facts: several when one would be too long."""
    found, start, size = [], 0, 0
    for index, event in enumerate(events):
        if size and size + len(event) > FRAME_CHARACTERS:
            seq = upto - len(events) + index
            found.append((told(topic, events[start:index], seq), seq))
            start, size = index, 0
        size += len(event)
    return [*found, (told(topic, events[start:], upto), upto)]


def upto(topic: str, seq: int) -> str:
    """The answer to a beat: you have everything up to this number."""
    return encode({"topic": topic, "upto": seq})


def now(topic: str, value: Mapping[str, Any]) -> str:
    """The latest value, whole."""
    return encode({"topic": topic, "now": value})


def reset(topic: str) -> str:
    """Your number cannot be continued: fetch the live regions again."""
    return encode({"topic": topic, "reset": True})


def refused(topic: str, code: str) -> str:
    """May not follow, or no longer."""
    return encode({"topic": topic, "refused": code})


def done(key: str, data: Mapping[str, Any]) -> str:
    """The answer of an act that is committed."""
    return encode({"done": key, "data": data})


def failed(key: str | None, body: Mapping[str, Any]) -> str:
    """The answer of an act that changed nothing: code, sentence, errors per field."""
    return encode({"failed": key, **body})
