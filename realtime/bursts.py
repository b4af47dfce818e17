"""Acts that come in bursts, ballots first of all: gathered, done as sets in one transaction, answered after its commit."""

import asyncio
import logging
import time
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from django.views.decorators.debug import sensitive_variables
from rest_framework.exceptions import ValidationError

from realtime import acts, frames, metrics
from realtime.acts import Keyed, digest_of
from realtime.commands import Answer, Caller, Command
from realtime.doors import Invalid, as_form, body_of, flat, hat_of, labels_of
from realtime.faults import refusal_of
from realtime.frames import Do
from realtime.limits import (
    GATHERING_SECONDS,
    GATHERING_SHARE,
    GROUP,
    WAITING,
    WAITING_IN_LANE,
    WRITERS,
)
from realtime.refused import Refused
from realtime.threads import BURSTS, in_thread
from realtime.visitors import Visitor

logger = logging.getLogger(__name__)

Lane = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """An act as it arrived: from whom, what, at which instant."""

    visitor: Visitor
    act: Do
    at: datetime


@dataclass(eq=False)
class Queue:
    """The acts of one lane that wait, each with where its answer goes."""

    command: Command
    waiting: deque[tuple[Asked, asyncio.Future[str]]] = field(default_factory=deque)


class Bursts:
    """The acts of one event loop that wait to be written as sets.

    A lane is a command and what its acts are about: one poll. Each lane has one set under way at most, the lanes take
    turns, and a set starts as soon as a writer is free: an act that comes alone waits for nobody, and while a set is
    written the next one gathers. After a set a lane rests a moment: a crowd that is answered at once asks again at once,
    and its first few would make a set of their own. A lane that waits for its poll's lock holds up no
    other; two would, there are so many writers.
    """

    def __init__(self) -> None:
        self.lanes: dict[Lane, Queue] = {}
        self.ready: deque[Lane] = deque()
        self.writing: set[asyncio.Task[None]] = set()
        self.size = 0

    async def ask(self, command: Command, asked: Asked) -> str:
        """Do an act with others of its kind; its answer, once it is committed. A full queue refuses: `busy`."""
        lane = (command.name, str(asked.act.data.get(command.target_field))[:80])
        queue = self.lanes.get(lane)
        if self.size >= WAITING or (queue and len(queue.waiting) >= WAITING_IN_LANE):
            return failed(asked, Refused("busy"))
        if queue is None:
            queue = self.lanes[lane] = Queue(command)
            self.ready.append(lane)
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        queue.waiting.append((asked, answer))
        self.size += 1
        # What arrived in the same turn of the loop is in the same set.
        asyncio.get_running_loop().call_soon(self.start)
        return await answer

    def start(self) -> None:
        """Give free writers to the lanes whose turn it is."""
        while self.ready and len(self.writing) < writers():
            task = asyncio.create_task(self.write(self.ready.popleft()))
            self.writing.add(task)
            task.add_done_callback(self.ended)

    def ended(self, task: asyncio.Task[None]) -> None:
        """A writer is free."""
        self.writing.discard(task)
        self.start()

    async def write(self, lane: Lane) -> None:
        """Write the next set of a lane, answer it, and let the lane wait for its next turn."""
        queue, began = self.lanes[lane], time.monotonic()
        group = [queue.waiting.popleft() for _ in range(min(GROUP, len(queue.waiting)))]
        self.size -= len(group)
        try:
            texts = await in_thread(BURSTS, do_each, queue.command, [asked for asked, _ in group])
        except Exception as error:
            # Not even the thread could be reached: nothing was done.
            texts = [said(asked, error) for asked, _ in group]
        for (_, answer), text in zip(group, texts, strict=True):
            if not answer.done():  # the socket may be gone; its act is done all the same
                answer.set_result(text)
        share = GATHERING_SHARE if len(group) > 1 else 0
        pause = min(GATHERING_SECONDS, share * (time.monotonic() - began))
        asyncio.get_running_loop().call_later(pause, self.rested, lane)

    def rested(self, lane: Lane) -> None:
        """A lane may write its next set, if there is one."""
        if self.lanes[lane].waiting:
            self.ready.append(lane)
            self.start()
        else:
            del self.lanes[lane]


def writers() -> int:
    """How many sets are written at once: a file of SQLite has one writer, a second would only wait for it, asleep."""
    return 1 if connection.vendor == "sqlite" else WRITERS


bursts: WeakKeyDictionary[asyncio.AbstractEventLoop, Bursts] = WeakKeyDictionary()


def current_bursts() -> Bursts:
    """The bursts of the running loop."""
    return bursts.setdefault(asyncio.get_running_loop(), Bursts())


# -- in a thread


@sensitive_variables()
def do_each(command: Command, asked: Sequence[Asked]) -> list[str]:
    """Do a set of acts of one command; the frame that answers each, in the order asked."""
    answers = perform_each(command, asked)
    return [said(one, answer) for one, answer in zip(asked, answers, strict=True)]


def said(asked: Asked, answer: Answer | Exception) -> str:
    """The frame that says what became of an act."""
    if not isinstance(answer, Exception):
        metrics.act_done(asked.act.name)
        return frames.done(asked.act.echo, answer)
    refused = answer if isinstance(answer, Refused) else refusal_of(answer)
    if refused is None:
        logger.error("The act %s failed.", asked.act.name, exc_info=answer)
    return failed(asked, refused or Refused("internal_error"))


def failed(asked: Asked, refused: Refused) -> str:
    """The frame of a refusal, in the language of who is refused."""
    metrics.act_refused(asked.act.name, refused.code)
    with translation.override(asked.visitor.language):
        return frames.failed(asked.act.echo, body_of(refused))


@sensitive_variables()
def perform_each(command: Command, asked: Sequence[Asked]) -> list[Answer | Exception]:
    """The set form of `doors.perform`: for each act its answer, or why there is none.

    A person who asks twice in a set is asked the second once the first is answered.
    """
    first: dict[int | None, int] = {}
    for place, one in enumerate(asked):
        first.setdefault(one.visitor.person, place)
    places = sorted(first.values())
    answers = dict(zip(places, in_sets(command, [asked[place] for place in places]), strict=True))
    again = [place for place in range(len(asked)) if place not in answers]
    if again:
        answers |= zip(again, perform_each(command, [asked[place] for place in again]), strict=True)
    return [answers[place] for place in range(len(asked))]


@sensitive_variables()
def in_sets(command: Command, asked: Sequence[Asked], tries: int = 2) -> list[Answer | Exception]:
    """Do the acts in one transaction; if that fails, in halves, until the one that fails stands alone.

    A database that is away or full fails for all alike: then all are told, and nothing is tried again here.
    """
    try:
        with transaction.atomic():
            return in_one(command, asked)
    except Exception as error:
        refused = refusal_of(error)
        if refused is not None:
            return [refused] * len(asked)
        # Alone, a key that won a race elsewhere is found by the second look.
        if len(asked) == 1 and not (isinstance(error, IntegrityError) and tries > 1):
            return [error]
    middle = (len(asked) + 1) // 2
    halves = [half for half in (asked[:middle], asked[middle:]) if half]
    return [answer for half in halves for answer in in_sets(command, half, tries - 1)]


@sensitive_variables()
def in_one(command: Command, asked: Sequence[Asked]) -> list[Answer | Exception]:
    """Judge and do the acts in this transaction. Raises what `acts.once_each` and the command raise."""
    assert command.many is not None
    many = command.many
    read = read_each(command, asked)
    ready = {place: one for place, one in enumerate(read) if isinstance(one, Ready)}
    calls = [(one.caller, one.said.data) for one in ready.values()]
    keyed = [
        Keyed(one.caller.actor, asked[place].act.key, one.said.digest, asked[place].at)
        for place, one in ready.items()
    ]
    done = acts.once_each(keyed, lambda fresh: many([calls[place] for place in fresh])) if keyed else []
    answers: dict[int, Answer | Exception] = {
        place: one for place, one in enumerate(read) if isinstance(one, Refused)
    }
    answers |= zip(ready, done, strict=True)
    return [answers[place] for place in range(len(asked))]


@dataclass(frozen=True)
class Said:
    """What an act says: in which hat, the data validated, and the digest that `doors.perform` would take of both."""

    hat: int | None
    data: Mapping[str, Any]
    digest: str


@dataclass(frozen=True)
class Ready:
    """An act that may be done: who asks, and what it says."""

    caller: Caller
    said: Said


@sensitive_variables()
def read_each(command: Command, asked: Sequence[Asked]) -> list[Ready | Refused]:
    """Who asks and what, validated; the people are asked anew, in one query, who may be deactivated by now."""
    people = get_user_model()._default_manager.filter(
        pk__among={one.visitor.person for one in asked if one.visitor.person}, is_active=True
    )
    active: dict[int | None, Any] = {person.pk: person for person in people}
    reader, found = Reader(command), dict[int, Ready | Refused]()
    by_language: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(asked):
        by_language[one.visitor.language].append(place)
    for language, places in by_language.items():
        with translation.override(language):
            for place in places:
                found[place] = ready(reader, asked[place], active.get(asked[place].visitor.person))
    return [found[place] for place in range(len(asked))]


@sensitive_variables()
def ready(reader: "Reader", asked: Asked, person: Any) -> Ready | Refused:
    """One act with its caller, or why it is refused, in the language in force."""
    if person is None:
        return Refused("login_required")
    said = reader.read(asked.act, asked.visitor.language)
    if isinstance(said, Refused):
        return said
    return Ready(Caller(person, asked.at, said.hat, asked.act.key, asked.visitor.language), said)


class Reader:
    """Validates what the acts of a set say. A crowd says few things: the same words are read once."""

    def __init__(self, command: Command) -> None:
        self.command, self.serializer = command, command.serializer()
        self.known: dict[tuple[str, str], Said | Refused] = {}

    @sensitive_variables()
    def read(self, act: Do, language: str) -> Said | Refused:
        """What an act says, or why that is refused, in this language, the one in force."""
        words = (language, repr((act.hat, act.data)))
        if words not in self.known:
            self.known[words] = self.judge(act)
        return self.known[words]

    @sensitive_variables()
    def judge(self, act: Do) -> Said | Refused:
        """The same, of words not read before."""
        try:
            hat = hat_of(act.hat)
            data = self.serializer.run_validation(as_form(act.data))
        except Refused as refused:
            return refused
        except ValidationError as error:
            return Invalid(flat(error.detail), labels_of(self.serializer))
        content = {"for": hat, "data": self.command.covered(data)}
        return Said(hat, data, digest_of(self.command.name, content))
