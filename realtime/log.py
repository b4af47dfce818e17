"""Questions asked of the log of facts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Max

from realtime.limits import CHUNK
from realtime.models import LoggedEvent, Topic


def last_seq(topic: str) -> int:
    """The number of the last fact of a topic, 0 before the first; a view reads it *before* the content."""
    return Topic.objects.filter(name=topic).values_list("last_seq", flat=True).first() or 0


def last_seqs(topics: Iterable[str]) -> dict[str, int]:
    """The same for many topics in one query; those that never told anything are absent."""
    return dict(Topic.objects.filter(name__in=list(topics)).values_list("name", "last_seq"))


def numbers_of(topics: Sequence[str]) -> list[int]:
    """The last number of each of these topics, in their order; one query."""
    found = last_seqs(topics)
    return [found.get(topic, 0) for topic in topics]


# Asked once per fact and process: to compose it each time took half the processor's time a fact costs.
NEXT = """
    SELECT event.* FROM realtime_loggedevent event JOIN realtime_topic topic ON topic.id = event.topic_id
    WHERE topic.name = %s AND event.seq > %s ORDER BY event.seq LIMIT %s
"""


def events_after(topic: str, seq: int, limit: int = CHUNK) -> list[LoggedEvent]:
    """The first facts above this number that are still kept, in order."""
    return list(LoggedEvent.objects.raw(NEXT, [topic, seq, limit]))


NEXT_OF_EACH = """
    WITH asked(name, low) AS (VALUES {pairs})
    SELECT event.*, asked.name AS topic_name FROM asked JOIN realtime_topic topic ON topic.name = asked.name
    JOIN realtime_loggedevent event ON event.topic_id = topic.id
    AND event.seq > asked.low AND event.seq <= asked.low + %s ORDER BY event.seq
"""


def events_after_each(asked: Mapping[str, int], limit: int = CHUNK) -> dict[str, list[LoggedEvent]]:
    """The same of many topics, each with its own number, in one query; none where the log does not go on from it."""
    found: dict[str, list[LoggedEvent]] = {topic: [] for topic in asked}
    pairs = ", ".join(["(%s, %s)"] * len(asked))
    values = [value for pair in asked.items() for value in pair]
    for event in LoggedEvent.objects.raw(NEXT_OF_EACH.format(pairs=pairs), [*values, limit]):
        found[event.topic_name].append(event)  # type: ignore[attr-defined]
    return {
        topic: events if events and events[0].seq == asked[topic] + 1 else []
        for topic, events in found.items()
    }


def forget_before(at: datetime) -> int:
    """Delete the facts told before this instant and return how many; topics keep their numbers.

    Up to the last such number of each topic: a clock that was set back leaves no hole.
    """
    told = LoggedEvent.objects.filter(at__lt=at).order_by().values("topic")
    last = dict(told.annotate(last=Max("seq")).values_list("topic", "last"))
    return sum(LoggedEvent.objects.filter(topic=pk, seq__lte=seq).delete()[0] for pk, seq in last.items())
