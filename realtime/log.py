"""Questions asked of the log of facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Max
from django.db.models.expressions import Col

from realtime.limits import CHUNK
from realtime.models import LoggedEvent, Topic

Converter = Callable[[Any, Col, BaseDatabaseWrapper], Any]


def last_seq(topic: str) -> int:
    """The number of the last fact of a topic, 0 before the first; a view reads it *before* the content."""
    return Topic.objects.filter(name=topic).values_list("last_seq", flat=True).first() or 0


def last_seqs(topics: Iterable[str]) -> dict[str, int]:
    """The same for many topics in one query; those that never told anything are absent."""
    return dict(Topic.objects.filter(name__among=set(topics)).values_list("name", "last_seq"))


def numbers_of(topics: Sequence[str]) -> list[int]:
    """The last number of each of these topics, in their order; one query."""
    found = last_seqs(topics)
    return [found.get(topic, 0) for topic in topics]


# Asked once per fact and process: to compose it each time took half the processor's time a fact costs.
NEXT = """
    SELECT topic.name, event.id, event.topic_id, event.seq, event.type, event.version, event.at, event.data
    FROM realtime_loggedevent event JOIN realtime_topic topic ON topic.id = event.topic_id
    WHERE topic.name = %s AND event.seq > %s ORDER BY event.seq LIMIT %s
"""
COLUMNS = [field.cached_col for field in LoggedEvent._meta.concrete_fields]  # as both questions name them
NAMES = [column.target.attname for column in COLUMNS]


def events_after(topic: str, seq: int, limit: int = CHUNK) -> list[LoggedEvent]:
    """The first facts above this number that are still kept, in order."""
    return [event for _, event in told_in(NEXT, [topic, seq, limit])]


NEXT_OF_EACH = """
    WITH asked(name, low) AS (VALUES {pairs})
    SELECT topic.name, event.id, event.topic_id, event.seq, event.type, event.version, event.at, event.data
    FROM asked JOIN realtime_topic topic ON topic.name = asked.name
    JOIN realtime_loggedevent event ON event.topic_id = topic.id
    AND event.seq > asked.low AND event.seq <= asked.low + %s ORDER BY event.seq
"""


def events_after_each(asked: Mapping[str, int], limit: int = CHUNK) -> dict[str, list[LoggedEvent]]:
    """The same of many topics, each with its own number, in one query; none where the log does not go on from it."""
    found: dict[str, list[LoggedEvent]] = {topic: [] for topic in asked}
    pairs = ", ".join(["(%s, %s)"] * len(asked))
    values = [value for pair in asked.items() for value in pair]
    for topic, event in told_in(NEXT_OF_EACH.format(pairs=pairs), [*values, limit]):
        found[topic].append(event)
    return {
        topic: events if events and events[0].seq == asked[topic] + 1 else []
        for topic, events in found.items()
    }


def told_in(question: str, values: Sequence[str | int]) -> Iterator[tuple[str, LoggedEvent]]:
    """Each fact the log answers with, and its topic's name.

    What `raw` does too, which takes as long to find out about the columns each time as the database about the facts.
    """
    converters = [
        (place, column, found) for place, column in enumerate(COLUMNS) if (found := converters_of(column))
    ]
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        rows = cursor.fetchall()
    for topic, *row in rows:
        for place, column, found in converters:
            for convert in found:
                row[place] = convert(row[place], column, connection)
        yield topic, LoggedEvent.from_db(connection.alias, NAMES, row)


def converters_of(column: Col) -> list[Converter]:
    """How this database's values of a column become Python's."""
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def forget_before(at: datetime) -> int:
    """Delete the facts told before this instant and return how many; topics keep their numbers.

    Up to the last such number of each topic: a clock that was set back leaves no hole.
    """
    told = LoggedEvent.objects.filter(at__lt=at).order_by().values("topic")
    last = dict(told.annotate(last=Max("seq")).values_list("topic", "last"))
    return sum(LoggedEvent.objects.filter(topic=pk, seq__lte=seq).delete()[0] for pk, seq in last.items())
