"""Facts of the votes, in the past tense. A ballot tells none: it touches its poll."""

from dataclasses import dataclass
from typing import ClassVar

from realtime.facts import Fact


@dataclass(frozen=True)
class PollOpened(Fact):
    """A poll takes ballots."""

    type: ClassVar[str] = "poll.opened"
    poll: int


@dataclass(frozen=True)
class PollClosed(Fact):
    """A poll takes no ballot any more."""

    type: ClassVar[str] = "poll.closed"
    poll: int


@dataclass(frozen=True)
class PollDeclared(Fact):
    """The result of a poll was declared."""

    type: ClassVar[str] = "poll.declared"
    poll: int


@dataclass(frozen=True)
class EntryMade(Fact):
    """A teller entered a paper ballot or a raised hand."""

    type: ClassVar[str] = "entry.made"
    poll: int
    entry: int


@dataclass(frozen=True)
class EntryConfirmed(Fact):
    """A second teller confirmed an entry: the ballot is cast."""

    type: ClassVar[str] = "entry.confirmed"
    poll: int
    entry: int


@dataclass(frozen=True)
class EntrySetAside(Fact):
    """An entry was set aside: its line may be entered again."""

    type: ClassVar[str] = "entry.set_aside"
    poll: int
    entry: int


@dataclass(frozen=True)
class ObjectionTreated(Fact):
    """What became of an objection was noted."""

    type: ClassVar[str] = "objection.treated"
    poll: int


@dataclass(frozen=True)
class RollAmended(Fact):
    """Two officers added a line to the roll, or struck one."""

    type: ClassVar[str] = "roll.amended"
    poll: int
    amendment: int
