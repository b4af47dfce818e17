"""What can be followed: the contract a domain floor fulfils, and where the ground floor finds it."""

import re
from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from typing import Any, Protocol, TypeGuard

from django.conf import settings

from realtime.models import LoggedEvent

NAME = re.compile(r"([a-z][a-z_]{0,39}):([1-9][0-9]{0,17})", re.ASCII)


class LiveTopic(Protocol):
    """One noun of `settings.REALTIME_TOPICS`. Every method is called in a thread, never on the event loop.

    A topic may also name, in an attribute `refusal`, why strangers may not follow it (`not_a_participant`); set
    `shows_presence`, and its latest value tells how many people follow it (`present`); and answer `officers(pk)`, who
    holds which office there, and `newcomers(pk, since, at)`, who came after an instant: what is opened in it asks its
    rights so.
    """

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        """Those of these persons (None: anonymous) who may follow now, in a constant number of queries."""
        ...

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        """One HTML fragment per event, "" when there is nothing to show; the language is already active."""
        ...

    def now(self, pk: int) -> dict[str, Any] | None:
        """The latest value of what has no history: a complete map, None when the topic has none."""
        ...


class CrowdTopic(LiveTopic, Protocol):
    """A noun with a topic for each person, which answers for many at once: a hall follows a thousand of them.

    Each answer stands in the place of what was asked.
    """

    def may_follow_each(
        self, asked: Sequence[tuple[int, Collection[int | None]]]
    ) -> Sequence[set[int | None]]:
        """`may_follow_many` of many topics."""
        ...

    def render_each(
        self, asked: Sequence[tuple[int, Sequence[LoggedEvent]]], language: str
    ) -> Sequence[Sequence[str]]:
        """`render` of many topics."""
        ...

    def now_each(self, pks: Sequence[int]) -> Sequence[dict[str, Any] | None]:
        """`now` of many topics."""
        ...


def answers_for_many(live: LiveTopic) -> TypeGuard[CrowdTopic]:
    """Whether many topics of this noun are one question."""
    return hasattr(live, "may_follow_each")


def topics() -> Mapping[str, LiveTopic]:
    """The `TOPICS` of the module named by `settings.REALTIME_TOPICS`: noun → topic."""
    found: Mapping[str, LiveTopic] = import_module(settings.REALTIME_TOPICS).TOPICS
    return found


def find_topic(name: object) -> tuple[LiveTopic, int] | None:
    """The topic and pk behind `workshop:7`; None when the name is malformed or the noun unknown."""
    match = NAME.fullmatch(name) if isinstance(name, str) else None
    topic = topics().get(match[1]) if match else None
    return (topic, int(match[2])) if match and topic else None


def may_follow(name: str, person: Any) -> bool:
    """Whether this person (None or anonymous: nobody in particular) may follow the topic."""
    found = find_topic(name)
    pk = person.pk if person is not None and person.is_authenticated else None
    return found is not None and pk in found[0].may_follow_many(found[1], [pk])
