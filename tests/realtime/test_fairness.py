"""What one topic or one crowd does keeps no other waiting, and one that fails, fails alone."""

import asyncio
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cooperation.live import PersonTopic
from cooperation.live import person as person_topic
from cooperation.models import Person
from cooperation.services import notify
from realtime.feed import Feed
from realtime.follower import Follower
from realtime.hub import recheck_rights
from realtime.publish import touch
from realtime.render import Batch, Reading, read, read_each
from tests.realtime import domain
from tests.realtime.conftest import Connect, write


class Paper:
    """A reader that writes down what it hears."""

    def __init__(self, person: int | None = None) -> None:
        self.person, self.heard = person, list[str]()

    def push(self, text: str, topic: str | None = None) -> None:
        self.heard.append(text)

    def forget(self, topic: str) -> None:
        """Nothing to forget."""


class Door(domain.TallyTopic):
    """A topic at which the next one arrives while the rights of the one before are asked, `more` times."""

    def __init__(self, more: int) -> None:
        super().__init__()
        self.more, self.asked_for = more, list[int]()
        self.feed: Feed | None = None
        self.loop = asyncio.get_running_loop()

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        if len(self.asked_for) < self.more:
            self.asked_for.append(len(people))
            self.loop.call_soon_threadsafe(arrive, self.feed)
        return set(people)

    def now(self, pk: int) -> dict[str, Any] | None:
        return None


def arrive(feed: Feed | None) -> Paper:
    """Somebody follows from now on."""
    assert feed is not None
    reader = Paper()
    feed.follow(Follower(reader, feed.name, "json"), None, "json")
    return reader


async def nobody(topic: str) -> None:
    """There is no other process."""


def test_a_crowd_that_keeps_arriving_keeps_nobody_from_being_told(
    walls: domain.WallTopic, transactional_db: None
) -> None:
    async def scene() -> tuple[int, int]:
        door = Door(more=40)
        door.feed = feed = Feed("wall:1", door, 1, nobody)
        first = arrive(feed)
        while not first.heard:
            await asyncio.sleep(0.001)
        await asyncio.to_thread(write_one)
        before = len(door.asked_for)
        feed.told(1)
        while not any('"events"' in text for text in first.heard):
            await asyncio.sleep(0.001)
        after = len(door.asked_for)
        while feed.task is not None and not feed.task.done():
            await asyncio.sleep(0.001)
        return before, after

    before, after = asyncio.run(scene())
    assert before < 40
    assert after < 40


def write_one() -> None:
    """A note on the wall, from a thread."""
    try:
        with transaction.atomic():
            domain.write(1)
    finally:
        connection.close()


@pytest.mark.logs_errors
def test_a_topic_whose_rights_cannot_be_asked_keeps_no_other_from_being_asked(
    phone: Connect, bob: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(pk: int, people: Sequence[int | None]) -> set[int | None]:
        raise RuntimeError("a fault of one topic")

    follower = phone(bob)
    follower.joined("tally:1")
    follower.receive()
    follower.joined("wall:1")
    monkeypatch.setattr(domain.TALLY, "may_follow_many", fail)
    Person.objects.filter(pk=bob.pk).update(is_fiction=True)
    recheck_rights()
    assert follower.receive() == {"topic": "wall:1", "refused": "not_a_participant"}
    assert "The rights of tally:1 failed." in caplog.text


def test_latest_values_that_take_long_keep_no_fact_waiting(
    phone: Connect, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower, slow = phone(bob), phone(bob)
    follower.joined("wall:1")
    names = [f"tally:{number}" for number in range(1, 6)]
    for name in names:
        slow.joined(name)
        slow.receive()

    asked, heard = threading.Semaphore(0), threading.Event()

    def now(pk: int) -> dict[str, Any]:
        asked.release()
        heard.wait(10)
        return {"slow": pk}

    monkeypatch.setattr(domain.TALLY, "now", now)
    with transaction.atomic():
        for name in names:
            touch(name)
    assert asked.acquire(timeout=5)
    write()
    assert follower.seqs("wall:1", upto=1) == [1]
    heard.set()
    slow.until(lambda frame: frame.get("now") == {"slow": 5}, timeout=10)


def test_the_own_topics_of_a_hall_are_one_question(
    db: None, alice: Person, bob: Person, charlie: Person, django_assert_num_queries: Any
) -> None:
    for _ in range(2):
        notify(person=bob, sentence="Une phrase.", url="/", at=timezone.now())
    Person.objects.filter(pk=charlie.pk).update(is_active=False)
    asked = [
        (alice.pk, [alice.pk]),
        (bob.pk, [bob.pk, alice.pk]),
        (charlie.pk, [charlie.pk]),
        (bob.pk, [None]),
    ]
    with django_assert_num_queries(1):
        assert person_topic.may_follow_each(asked) == [{alice.pk}, {bob.pk}, set(), set()]
    with django_assert_num_queries(1):
        found = person_topic.now_each([alice.pk, bob.pk, charlie.pk])
    assert found == [{"unread": 0}, {"unread": 2}, {"unread": 0}]


def test_the_notices_of_a_hall_are_read_and_rendered_together(
    db: None, alice: Person, bob: Person, django_assert_num_queries: Any
) -> None:
    for person in (alice, bob, bob):
        notify(person=person, sentence="Une phrase.", url="/", at=timezone.now())
    asked = [
        Reading(person_topic, alice.pk, alice.actor, 0, frozenset({"html:fr", "json"})),
        Reading(person_topic, bob.pk, bob.actor, 1, frozenset({"html:fr"})),
    ]
    alone = [read(person_topic, one.pk, one.topic, one.low, one.forms) for one in asked]
    with django_assert_num_queries(2):
        assert read_each(asked) == alone
    ahead = Reading(person_topic, bob.pk, bob.actor, 2, frozenset({"json"}))  # the log is asked how it stands
    assert read_each([ahead, asked[0]]) == [Batch(2, 0, 0, 2, {"json": []}), alone[0]]


def test_a_set_that_cannot_be_rendered_is_rendered_one_by_one(
    db: None, alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (alice, bob):
        notify(person=person, sentence="Une phrase.", url="/", at=timezone.now())
    asked = [
        Reading(person_topic, person.pk, person.actor, 0, frozenset({"html:fr"})) for person in (alice, bob)
    ]
    together, whole = read_each(asked), PersonTopic.render_each

    def only_one(topic: PersonTopic, asked: Sequence[Any], language: str) -> list[list[str]]:
        if len(asked) > 1:
            raise RuntimeError("too many")
        return whole(topic, asked, language)

    monkeypatch.setattr(PersonTopic, "render_each", only_one)
    assert read_each(asked) == together


def test_a_noun_that_answers_for_many_is_asked_for_many(
    walls: domain.WallTopic, transactional_db: None
) -> None:
    class Own(domain.TallyTopic):
        sets = list[int]()

        def may_follow_each(self, asked: Sequence[tuple[int, Any]]) -> list[set[int | None]]:
            self.sets.append(len(asked))
            return [set(people) for _, people in asked]

        def now_each(self, pks: Sequence[int]) -> list[dict[str, Any]]:
            self.sets.append(len(pks))
            return [{"pk": pk} for pk in pks]

    async def scene() -> list[Paper]:
        own = Own()
        feeds = [Feed(f"own:{pk}", own, pk, nobody) for pk in range(1, 31)]
        papers = [arrive(feed) for feed in feeds]
        while not all(len(paper.heard) == 2 for paper in papers):
            await asyncio.sleep(0.001)
        return papers

    papers = asyncio.run(scene())
    assert [paper.heard[1] for paper in papers] == [
        f'{{"topic":"own:{pk}","now":{{"pk":{pk}}}}}' for pk in range(1, 31)
    ]
    assert len(Own.sets) < 12
