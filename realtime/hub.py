"""One hub per process: it hears hints, reads the log, and tells each topic once to all who follow it."""

import asyncio
import logging
import time
from collections import deque
from typing import Protocol
from weakref import WeakKeyDictionary

from realtime import frames, layer
from realtime.ear import Ear
from realtime.feed import Feed
from realtime.follower import Follower, Reader
from realtime.limits import ACTS_PER_SECOND, Close, pulse_seconds, rights_seconds
from realtime.log import last_seqs
from realtime.presence import ANNOUNCE_SECONDS
from realtime.threads import HUB, complain, in_thread
from realtime.topics import answers_for_many, find_topic
from realtime.visitors import Visitor, ended

logger = logging.getLogger(__name__)

UNKNOWN = "unknown_topic"
LEAVE_SECONDS = 3


class Socket(Reader, Protocol):
    """A connection, as the hub sees it."""

    @property
    def visitor(self) -> Visitor:
        """Who it is."""

    def close(self, code: Close) -> None:
        """Close with a listed code; never waits."""


class Hub:
    """The feeds of one event loop. Its tasks live as long as somebody is connected."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.feeds: dict[str, Feed] = {}
        self.sockets: set[Socket] = set()
        self.ear: Ear | None = None
        self.acts: dict[object, deque[float]] = {}
        self.tasks: list[asyncio.Task[None]] = []
        self.looking: asyncio.Task[None] | None = None
        self.left: set[str] = set()  # topics of which others should hear that nobody is here any more

    # -- sockets come and go

    def enter(self, socket: Socket) -> None:
        """A socket is open; the first one starts the hub."""
        self.sockets.add(socket)
        if not self.tasks:
            layer.listeners.add(self)
            self.ear = Ear(self.told, self.groups, self.look, self.present)
            jobs = (self.ear.run(), self.beat(), self.guard(), self.announce())
            self.tasks = [asyncio.create_task(job) for job in jobs]

    async def leave(self, socket: Socket) -> None:
        """A socket is closed; the last one stops the hub."""
        self.sockets.discard(socket)
        if self.sockets or not self.tasks:
            return
        layer.listeners.discard(self)
        tasks, self.tasks, ear = self.tasks, [], self.ear
        for feed in list(self.feeds.values()):
            self.drop(feed)
        left, self.left = self.left, set()
        if ear is not None:  # else the others would count the last of us until their word expires
            await asyncio.gather(*(ear.say_present(name, ()) for name in left))
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=LEAVE_SECONDS)  # a layer that is away holds up no stop

    def follow(self, follower: Follower, after: int | None, form: str) -> None:
        """A follow of a socket: the first, a beat, or another form from now on."""
        feed = self.feeds.get(follower.topic)
        if feed is None:
            found = find_topic(follower.topic)
            if found is None:
                follower.refuse(UNKNOWN)
                return
            feed = self.feeds[follower.topic] = Feed(follower.topic, *found, self.listen_to)
        feed.follow(follower, after, form)

    def unfollow(self, follower: Follower) -> None:
        """A socket follows a topic no more."""
        feed = self.feeds.get(follower.topic)
        if feed is not None:
            feed.leave(follower)
            if feed.is_idle:
                self.drop(feed)

    def drop(self, feed: Feed) -> None:
        """Nobody follows a topic any more."""
        feed.stop()
        del self.feeds[feed.name]
        if feed.presence is not None and feed.presence.announced[1]:
            self.left.add(feed.name)

    def overflowed(self, follower: Follower) -> None:
        """Frames of a topic were dropped for a slow reader: begin again, with the latest value."""
        feed = self.feeds.get(follower.topic)
        follower.now_text = None
        if feed is not None and follower in feed.followers:
            follower.push(frames.reset(follower.topic))
            feed.latest.touch()

    def may_act(self, who: object) -> bool:
        """Count an act of this person (or nameless socket); False past the limit of one second."""
        now = time.monotonic()
        recent = self.acts.setdefault(who, deque(maxlen=ACTS_PER_SECOND))
        if len(recent) == ACTS_PER_SECOND and now - recent[0] < 1:
            return False
        recent.append(now)
        return True

    # -- what happens elsewhere

    def groups(self) -> set[str]:
        """Where hints for the topics followed here are said."""
        return {feed.group for feed in self.feeds.values()}

    async def listen_to(self, group: str) -> None:
        """Hear what is said in a group from now on."""
        if self.ear is not None:
            await self.ear.listen_to(group)

    def told(self, topic: str, seq: int | None) -> None:
        """A hint, from this process or another."""
        feed = self.feeds.get(topic)
        if feed is not None:
            feed.told(seq)

    def present(self, topic: str, by: str, people: list[int]) -> None:
        """Another process said which people it serves of a topic."""
        feed = self.feeds.get(topic)
        if feed is not None:
            feed.present(by, people)

    async def announce(self) -> None:
        """Say whom this process serves, of the topics that tell how many are present."""
        while True:
            await asyncio.sleep(ANNOUNCE_SECONDS)
            while self.left and self.ear is not None:
                if (name := self.left.pop()) not in self.feeds:
                    await self.ear.say_present(name, ())
            for name, feed in list(self.feeds.items()):
                news = feed.presence.news() if feed.presence is not None else None
                if news is not None and self.ear is not None:
                    await self.ear.say_present(name, news)

    def look(self) -> None:
        """Look at the log now: hints may have been lost."""
        if self.looking is None or self.looking.done():
            self.looking = asyncio.create_task(self.pulse())

    async def beat(self) -> None:
        """Look at the log every few seconds: the layer is only a hint."""
        while True:
            await asyncio.sleep(pulse_seconds())
            await self.pulse()

    async def pulse(self) -> None:
        """One query for the last numbers of all topics; whoever is behind is brought up."""
        known = {name: feed.ask() for name, feed in self.feeds.items()}
        try:
            last = await in_thread(HUB, last_seqs, known)
        except Exception as error:
            logger.warning("The log cannot be read now: %r", error)
            return
        for name, feed in list(self.feeds.items()):
            if feed.is_idle:
                self.drop(feed)
            elif name in known:
                feed.look(last.get(name, 0), known[name])
        now = time.monotonic()
        self.acts = {who: recent for who, recent in self.acts.items() if now - recent[-1] < 1}

    async def guard(self) -> None:
        """Ask all rights again each minute."""
        while True:
            await asyncio.sleep(rights_seconds())
            try:
                await self.recheck()
            except Exception as error:
                logger.warning("Rights cannot be asked now: %r", error)

    async def recheck(self) -> None:
        """Ask every right again now: sessions still open, topics still allowed."""
        sockets = [socket for socket in self.sockets if socket.visitor.person is not None]
        gone = await in_thread(HUB, ended, [socket.visitor for socket in sockets])
        for socket in sockets:
            if socket.visitor in gone:
                socket.close(Close.SESSION_ENDED)
        feeds = list(self.feeds.values())
        for feed in feeds:
            if not answers_for_many(feed.live):
                await self.ask_again(feed)
        await asyncio.gather(*(self.ask_again(feed) for feed in feeds if answers_for_many(feed.live)))

    async def ask_again(self, feed: Feed) -> None:
        """Ask the rights of one topic; one that cannot answer keeps no other from being asked."""
        try:
            await feed.recheck()
        except Exception as error:
            complain(logger, f"The rights of {feed.name}", error)


hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def current_hub() -> Hub:
    """The hub of the running loop."""
    loop = asyncio.get_running_loop()
    if loop not in hubs:
        hubs[loop] = Hub()
    return hubs[loop]


def recheck_rights() -> None:
    """Ask all rights again now, in every hub of this process, and wait; called from a thread (tests, an officer)."""
    for hub in list(hubs.values()):
        if hub.tasks:
            asyncio.run_coroutine_threadsafe(hub.recheck(), hub.loop).result(timeout=10)
