"""The socket `/ws/`: a plain ASGI application, one `Connection` per socket."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone, translation

from realtime import frames
from realtime.bursts import Asked, current_bursts
from realtime.commands import Caller, commands
from realtime.doors import as_form, body_of, hat_of, perform
from realtime.faults import refusal_of
from realtime.follower import Follower
from realtime.frames import BadFrame, Do, Follow, Unfollow
from realtime.gathering import together
from realtime.hub import Hub, current_hub
from realtime.limits import ACTS_WAITING, ARRIVALS, MAX_FRAME, TOPICS_PER_SOCKET, Close
from realtime.outbox import Outbox, Send
from realtime.prepared import Gate, offered
from realtime.refused import Refused
from realtime.threads import ACTS, DOOR, in_thread
from realtime.visitors import Visitor, visitors_of

logger = logging.getLogger(__name__)

Receive = Callable[[], Awaitable[dict[str, Any]]]
PATH = "/ws/"
GRACE_SECONDS = 5  # for acts under way when the server stops


async def live(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The ASGI application: refuse the handshake, or serve the socket until it closes."""
    if (await receive())["type"] != "websocket.connect":
        return
    asked = scope["path"] == PATH
    visitor = await together(visitors_of, scope, DOOR, ARRIVALS) if asked else None
    if visitor is None:
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    await Connection(visitor, current_hub(), receive, send, offered(scope)).serve()


class Connection:
    """One open socket: reads frames at once, does acts one after the other, writes through a bounded outbox."""

    def __init__(
        self, visitor: Visitor, hub: Hub, receive: Receive, send: Send, gate: Gate | None = None
    ) -> None:
        self.visitor, self.hub, self.receive, self.send = visitor, hub, receive, send
        self.outbox = Outbox(send, self.overflowed, self.broken, gate)
        # Queues a frame; called for each socket of a room, without a step in between.
        self.push = self.outbox.push
        self.following: dict[str, Follower] = {}
        self.acts: deque[tuple[Do, datetime]] = deque()
        self.acting: asyncio.Task[None] | None = None
        self.closing: asyncio.Task[None] | None = None

    @property
    def person(self) -> int | None:
        """The key of the person, None for nobody in particular."""
        return self.visitor.person

    async def serve(self) -> None:
        """Until the client leaves, or the server stops (then what is under way is finished and answered)."""
        self.hub.enter(self)
        try:
            while (message := await self.receive())["type"] != "websocket.disconnect":
                if not self.outbox.is_closed:
                    self.take(message.get("text"))
                    # Many frames may have come in one piece: what answers them is written meanwhile.
                    await asyncio.sleep(0)
        except asyncio.CancelledError:
            await self.finish()
            raise
        finally:
            self.outbox.stop()
            self.acts.clear()
            if self.acting is not None:
                self.acting.cancel()  # an act in its thread is still done; nobody waits for the answer here
            for follower in self.following.values():
                self.hub.unfollow(follower)
            await self.hub.leave(self)

    async def finish(self) -> None:
        """Answer the acts received, write what waits, ask the client to come back."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE_SECONDS):
                if self.acting is not None:
                    await asyncio.wait([self.acting])
                await self.outbox.flushed()
        await self.say_goodbye(Close.RESTARTING)

    # -- what the hub asks of a socket

    def forget(self, topic: str) -> None:
        """The topic is followed no more."""
        self.following.pop(topic, None)

    def close(self, code: Close) -> None:
        """Close with a listed code; nothing more is read or written."""
        if self.closing is None:
            self.outbox.close()
            self.acts.clear()
            self.closing = asyncio.create_task(self.say_goodbye(code))

    async def say_goodbye(self, code: Close) -> None:
        """Send the close frame; the server ends the connection then."""
        try:
            await self.send({"type": "websocket.close", "code": int(code)})
        except Exception as error:
            logger.warning("A socket could not be closed: %r", error)

    def broken(self) -> None:
        """A frame could not be written."""
        self.close(Close.BROKEN)

    def overflowed(self, topics: set[str] | None) -> None:
        """The reader is too slow: its topics begin again; not even reading answers, it is let go."""
        if topics is None:
            self.close(Close.NOT_READING)
            return
        for topic in topics & self.following.keys():
            self.hub.overflowed(self.following[topic])

    # -- frames from the client

    def take(self, text: str | None) -> None:
        """One frame: never waits, so that a beat is answered while an act is under way."""
        if text is not None and (len(text) > MAX_FRAME or len(text.encode()) > MAX_FRAME):
            self.close(Close.FRAME_TOO_LARGE)
            return
        try:
            if text is None:
                raise BadFrame("bad_frame")
            frame = frames.parse(text)
        except BadFrame as bad:
            self.answer_bad(bad)
            return
        if isinstance(frame, Do):
            self.take_act(frame)
        elif isinstance(frame, Follow):
            self.follow(frame)
        else:
            self.unfollow(frame)

    def answer_bad(self, bad: BadFrame) -> None:
        """Name what is wrong; the connection stays."""
        if bad.topic is not None:
            self.push(frames.refused(bad.topic, bad.code))
            return
        with translation.override(self.visitor.language):
            self.push(frames.failed(bad.key, body_of(Refused(bad.code))))

    def follow(self, frame: Follow) -> None:
        """Follow a topic, or beat."""
        form = "json" if frame.form == "json" else f"html:{self.visitor.language}"
        follower = self.following.get(frame.topic)
        if follower is None:
            if len(self.following) >= TOPICS_PER_SOCKET:
                self.close(Close.TOO_MANY_TOPICS)
                return
            follower = self.following[frame.topic] = Follower(self, frame.topic, form, gate=self.outbox.gate)
        self.hub.follow(follower, frame.after, form)

    def unfollow(self, frame: Unfollow) -> None:
        """Follow no more."""
        follower = self.following.pop(frame.topic, None)
        if follower is not None:
            self.hub.unfollow(follower)

    def take_act(self, act: Do) -> None:
        """Queue an act at the instant it arrived."""
        may = self.hub.may_act(self if self.person is None else self.person)
        if not may or len(self.acts) >= ACTS_WAITING:
            self.close(Close.TOO_MANY_ACTS)
            return
        self.acts.append((act, timezone.now()))
        if self.acting is None or self.acting.done():
            self.acting = asyncio.create_task(self.do_acts())

    async def do_acts(self) -> None:
        """Do the acts that wait, in order; each is answered after its commit."""
        while self.acts:
            act, at = self.acts.popleft()
            command = commands().get(act.name)
            if command is not None and command.many is not None:
                self.push(await current_bursts().ask(command, Asked(self.visitor, act, at)))
            else:
                self.push(await in_thread(ACTS, do, self.visitor, act, at))


def do(visitor: Visitor, act: Do, at: datetime) -> str:
    """Do an act and return its answer, in a thread; the person is asked anew, who may be deactivated by now."""
    with translation.override(visitor.language):
        try:
            command = commands().get(act.name)
            if command is None:
                raise Refused("unknown_command")
            people = get_user_model()._default_manager
            person = people.filter(pk=visitor.person, is_active=True).first() if visitor.person else None
            caller = Caller(person, at, hat_of(act.hat))
            return frames.done(act.echo, perform(command, caller, act.key, as_form(act.data)))
        except Refused as refused:
            return frames.failed(act.echo, body_of(refused))
        except Exception as error:
            named = refusal_of(error)
            if named is None:
                logger.exception("The act %s failed.", act.name)
            return frames.failed(act.echo, body_of(named or Refused("internal_error")))
