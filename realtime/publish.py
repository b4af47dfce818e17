"""Tells facts: numbers them per topic, logs them in the caller's transaction, hints at them on commit."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import partial

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from realtime import layer
from realtime.facts import Fact
from realtime.log import last_seq
from realtime.models import LoggedEvent, Topic

__all__ = ["last_seq", "publish", "touch"]


def publish(facts: Sequence[tuple[Fact, str]]) -> None:
    """Log every (fact, topic) of one act and tell the layer on commit.

    Called inside a transaction, last. Topic rows are locked in the order of their names, so that two
    processes never wait for each other; numbers are per topic and have no holes.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("publish() belongs inside the act's transaction")
    names = sorted({topic for _, topic in facts})
    if not names:
        return
    Topic.objects.bulk_create([Topic(name=name) for name in names], ignore_conflicts=True)
    topics = {
        topic.name: topic
        for topic in Topic.objects.select_for_update().filter(name__in=names).order_by("name")
    }
    at = timezone.now()
    rows = []
    for fact, name in facts:
        topic = topics[name]
        topic.last_seq += 1
        rows.append(
            LoggedEvent(
                topic=topic, seq=topic.last_seq, type=fact.type, version=fact.version, at=at, data=fact.data()
            )
        )
    LoggedEvent.objects.bulk_create(rows)
    advance(Counter(topics[name].pk for _, name in facts))
    hints = [(name, topic.last_seq) for name, topic in topics.items()]
    transaction.on_commit(partial(_hint, hints), robust=True)


def advance(told: Mapping[int, int]) -> None:
    """Write the new last numbers: one statement for all the topics that advance by the same count."""
    by_count: dict[int, list[int]] = defaultdict(list)
    for topic, count in told.items():
        by_count[count].append(topic)
    for count, topics in by_count.items():
        Topic.objects.filter(pk__in=topics).update(last_seq=F("last_seq") + count)


def touch(topic: str) -> None:
    """Say on commit that the latest value of a topic changed (tally, turnout, timer): nothing is logged."""
    transaction.on_commit(partial(_hint, [(topic, None)]), robust=True)


def _hint(hints: Sequence[layer.Hint]) -> None:
    """Tell the hubs. The act is committed: nothing that goes wrong here may look like its failure."""
    layer.hint(hints)
