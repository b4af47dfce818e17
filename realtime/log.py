"""Questions asked of the log of facts."""

from collections.abc import Iterable
from datetime import datetime

from realtime.limits import CHUNK
from realtime.models import LoggedEvent, Topic


def last_seq(topic: str) -> int:
    """The number of the last fact of a topic, 0 before the first; a view reads it *before* the content."""
    return Topic.objects.filter(name=topic).values_list("last_seq", flat=True).first() or 0


def last_seqs(topics: Iterable[str]) -> dict[str, int]:
    """The same for many topics in one query; those that never told anything are absent."""
    return dict(Topic.objects.filter(name__in=list(topics)).values_list("name", "last_seq"))


# Asked once per fact and process: to compose it each time took half the processor's time a fact costs.
NEXT = """
    SELECT event.* FROM realtime_loggedevent event JOIN realtime_topic topic ON topic.id = event.topic_id
    WHERE topic.name = %s AND event.seq > %s ORDER BY event.seq LIMIT %s
"""


def events_after(topic: str, seq: int, limit: int = CHUNK) -> list[LoggedEvent]:
    """The first facts above this number that are still kept, in order."""
    return list(LoggedEvent.objects.raw(NEXT, [topic, seq, limit]))


def forget_before(at: datetime) -> int:
    """Delete the facts told before this instant and return how many; topics keep their numbers."""
    return LoggedEvent.objects.filter(at__lt=at).delete()[0]
