"""One followed topic in one process: admits followers, brings each up to the log's last number, in order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence

from realtime import frames
from realtime.follower import Follower
from realtime.gathering import together
from realtime.latest import Latest
from realtime.layer import group_of
from realtime.log import numbers_of
from realtime.metrics import timed
from realtime.presence import Presence
from realtime.ranks import Rank, Ranks, nearest
from realtime.render import Batch, Reading, read, read_each
from realtime.threads import CROWD, HUB, complain, in_thread
from realtime.topics import LiveTopic, answers_for_many

logger = logging.getLogger(__name__)


class Feed:
    """The followers of a topic and the one task that serves them, which lives only while there is work.

    Catch-up and live are the same thing: whoever was told less than `head` is told the rest. What is read and
    rendered once goes to all; frames are cut by what each was told before, so nothing comes twice.
    """

    def __init__(
        self, name: str, live: LiveTopic, pk: int, listen_to: Callable[[str], Awaitable[None]]
    ) -> None:
        self.name, self.live, self.pk, self.listen_to = name, live, pk, listen_to
        self.group = group_of(name)
        self.head = 0
        self.late = 0
        self.waiting: set[Follower] = set()
        self.followers: set[Follower] = set()
        self.presence = Presence(self.followers) if getattr(live, "shows_presence", False) else None
        self.ranks = Ranks(self.followers)
        self.latest = Latest(name, live, pk, self.followers, self.presence)
        self.task: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nobody follows."""
        return not self.waiting and not self.followers

    @property
    def refusal(self) -> str:
        """Why somebody may not follow; a topic may name its own (`not_a_participant`)."""
        return str(getattr(self.live, "refusal", "not_allowed"))

    # -- what the hub tells the feed, on the event loop

    def follow(self, follower: Follower, after: int | None, form: str) -> None:
        """Take a new follower, or a beat of a known one; a number this process never saw is judged by the log."""
        if follower.form != form:
            follower.form = form
            self.ranks.forget()
        if follower in self.followers and (after is None or after <= self.head):
            if after is not None and after > follower.sent:
                follower.sent = after
                self.ranks.forget()
            follower.push(frames.upto(self.name, follower.sent))
            return
        follower.after = after
        self.followers.discard(follower)
        self.ranks.forget()
        self.waiting.add(follower)
        self.wake()

    def leave(self, follower: Follower) -> None:
        """Forget a follower."""
        self.waiting.discard(follower)
        self.followers.discard(follower)
        self.ranks.forget()
        if self.presence is not None and self.followers:
            self.latest.touch()

    def present(self, by: str, people: Collection[int]) -> None:
        """Another process said whom it serves."""
        if self.presence is not None and self.presence.heard(by, people) and self.followers:
            self.latest.touch()

    def told(self, seq: int | None) -> None:
        """A hint: the topic has this number, or another latest value."""
        if seq is None:
            self.latest.touch()
        elif seq > self.head:
            self.head = seq
            self.wake()
        else:
            self.late = max(self.late, seq)

    def ask(self) -> int:
        """The head before the log is asked; hints that come until it answers are kept, should the head be wrong."""
        self.late = 0
        return self.head

    def learn(self, last: int, known: int) -> None:
        """The log's last number, asked when `known` was the head; lower than that, the log was set back."""
        if last > self.head or last < known:
            self.head = max(last, self.late)
        for follower in self.followers:
            if follower.sent > self.head:
                follower.reset(self.head)
                self.ranks.forget()

    def look(self, last: int, known: int) -> None:
        """The log was asked for all topics: see whether there is work here."""
        self.learn(last, known)
        if self.waiting or self.ranks.behind(self.head):
            self.wake()
        self.latest.refresh()

    def wake(self) -> None:
        """See to it that the task runs."""
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self.work())

    def stop(self) -> None:
        """Cancel what is under way."""
        for task in (self.task, self.latest.task):
            if task is not None:
                task.cancel()

    # -- the task

    async def work(self) -> None:
        """Admit who waits, then tell, until nobody waits or is behind. What fails is tried at the next pulse."""
        try:
            while not self.is_idle:
                if self.waiting:
                    await self.admit(list(self.waiting))
                if behind := self.ranks.behind(self.head):  # also while more keep coming
                    await self.advance(behind)
                elif not self.waiting:
                    return
        except Exception as error:
            complain(logger, f"Telling {self.name}", error)

    async def admit(self, candidates: Sequence[Follower]) -> None:
        """Ask the rights and the log about all who wait, at once; answer each."""
        await self.listen_to(self.group)
        known, people = self.ask(), {follower.reader.person for follower in candidates}
        allowed = await self.allowed(people)
        last = await together(numbers_of, self.name, HUB)
        self.learn(last, known)
        for follower in candidates:
            if follower not in self.waiting:
                continue
            self.waiting.discard(follower)
            if follower.reader.person in allowed:
                self.welcome(follower, last)
            else:
                follower.refuse(self.refusal)
        if self.followers:
            self.latest.touch()

    async def allowed(self, people: Collection[int | None]) -> set[int | None]:
        """Who of these may follow; asked with other topics of the noun where that takes one question."""
        if answers_for_many(self.live):
            return await together(self.live.may_follow_each, (self.pk, people), CROWD)
        return await in_thread(HUB, self.live.may_follow_many, self.pk, list(people))

    def welcome(self, follower: Follower, last: int) -> None:
        """Start a follower at its number: told where it stands, or the facts it lacks, or to begin again."""
        self.followers.add(follower)
        self.ranks.forget()
        follower.sent = last if follower.after is None else follower.after
        if follower.sent > last:
            follower.reset(last)
        elif follower.sent == last:
            follower.push(frames.upto(self.name, last))

    @timed
    async def advance(self, behind: Sequence[Rank]) -> None:
        """Tell the next facts: first to those nearly there, then to those far behind, a chunk at a time."""
        low, forms = nearest(behind, self.head)
        known = self.ask()
        batch = await self.read(low, forms)
        if batch.last is not None:
            self.mend(batch, batch.last, known)
        self.head = max(self.head, batch.upto)
        self.ranks.tell(self.name, batch)

    async def read(self, low: int, forms: set[str]) -> Batch:
        """The next facts; read and rendered with those of other topics of the noun where that takes one question."""
        if answers_for_many(self.live):
            asked = Reading(self.live, self.pk, self.name, low, frozenset(forms))
            return await together(read_each, asked, CROWD)
        return await in_thread(HUB, read, self.live, self.pk, self.name, low, forms)

    def mend(self, batch: Batch, last: int, known: int) -> None:
        """The log does not continue the lowest number: what is older than the oldest kept begins again."""
        self.learn(last, known)
        oldest = batch.first or last + 1
        for follower in self.followers:
            if batch.low <= follower.sent < oldest - 1:
                follower.reset(last)
                self.ranks.forget()

    async def recheck(self) -> None:
        """Ask the rights of all followers again, in one query; those whose right ended are told."""
        followers = list(self.followers)
        allowed = await self.allowed({follower.reader.person for follower in followers})
        ended = [f for f in followers if f in self.followers and f.reader.person not in allowed]
        for follower in ended:
            self.leave(follower)
            follower.refuse(self.refusal)
