"""Publishing: numbers per topic without holes, in the act's transaction, told on commit."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from realtime import layer
from realtime.models import LoggedEvent, Topic
from realtime.publish import last_seq, publish, touch
from tests.realtime.conftest import write
from tests.realtime.domain import NoteAdded, WallTopic

NOTE = NoteAdded(by=1, wall=1)


@pytest.fixture
def hints(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the hubs are told."""
    told: list[Any] = []
    monkeypatch.setattr(layer, "hint", told.extend)
    return told


def test_publish_belongs_inside_the_acts_transaction(transactional_db: None) -> None:
    with pytest.raises(RuntimeError):
        publish([(NOTE, "wall:1")])


def test_facts_are_numbered_per_topic_without_holes(transactional_db: None) -> None:
    with transaction.atomic():
        publish([(NOTE, "wall:1"), (NOTE, "wall:2"), (NOTE, "wall:1")])
    write()
    numbers = LoggedEvent.objects.order_by("topic__name", "seq").values_list("topic__name", "seq")
    assert list(numbers) == [("wall:1", 1), ("wall:1", 2), ("wall:1", 3), ("wall:2", 1)]
    assert (last_seq("wall:1"), last_seq("wall:2"), last_seq("wall:3")) == (3, 1, 0)


def test_an_act_rolled_back_leaves_no_hole_and_tells_nobody(transactional_db: None, hints: list[Any]) -> None:
    with transaction.atomic():
        publish([(NOTE, "wall:1")])
        transaction.set_rollback(True)
    assert hints == []
    write()
    assert list(LoggedEvent.objects.values_list("seq", flat=True)) == [1]


def test_hubs_are_told_on_commit(transactional_db: None, hints: list[Any]) -> None:
    with transaction.atomic():
        publish([(NOTE, "wall:1"), (NOTE, "wall:1")])
        touch("tally:1")
        assert hints == []
    assert hints == [("wall:1", 2), ("tally:1", None)]


def test_nothing_to_tell_is_nothing(transactional_db: None, hints: list[Any]) -> None:
    with transaction.atomic():
        publish([])
    assert not Topic.objects.exists()
    assert hints == []


def test_acts_that_tell_the_same_topics_in_other_orders_never_wait_for_each_other(
    transactional_db: None,
) -> None:
    def act(topics: list[str]) -> None:
        for _ in range(15):
            with transaction.atomic():
                publish([(NOTE, topic) for topic in topics])
        connection.close()

    threads = [
        threading.Thread(target=act, args=[order]) for order in (["wall:1", "wall:2"], ["wall:2", "wall:1"])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (last_seq("wall:1"), last_seq("wall:2")) == (30, 30)
    for wall in ("wall:1", "wall:2"):
        seqs = LoggedEvent.objects.filter(topic__name=wall).values_list("seq", flat=True)
        assert list(seqs) == list(range(1, 31))


def test_the_group_of_a_topic_has_no_colon() -> None:
    assert layer.group_of("wall:7") == "wall.7"


def test_topics_that_answer_for_many_share_a_group(walls: WallTopic) -> None:
    assert layer.group_of("desk:7") == layer.group_of("desk:8") == "desk"


def test_hints_are_said_to_each_group_in_one_message(walls: WallTopic) -> None:
    pending = {("desk:1", True): None, ("wall:1", False): 4, ("desk:2", True): None, ("wall:1", True): None}
    assert layer.by_group(pending) == {
        "desk": [("desk:1", None), ("desk:2", None)],
        "wall.1": [("wall:1", 4), ("wall:1", None)],
    }


def test_old_facts_are_forgotten_and_numbers_kept(transactional_db: None, capsys: Any) -> None:
    write(count=3)
    LoggedEvent.objects.filter(seq__lte=2).update(at=timezone.now() - timedelta(days=15))
    call_command("forget_events", days=14)
    assert capsys.readouterr().out == "2 facts forgotten.\n"
    assert list(LoggedEvent.objects.values_list("seq", flat=True)) == [3]
    write()
    assert last_seq("wall:1") == 4


def test_a_clock_that_was_set_back_leaves_no_hole_in_what_is_kept(transactional_db: None) -> None:
    write(count=5)
    LoggedEvent.objects.filter(seq=4).update(at=timezone.now() - timedelta(days=15))
    call_command("forget_events", days=14)
    assert list(LoggedEvent.objects.values_list("seq", flat=True)) == [5]


def test_forgetting_everything_needs_more_than_a_slip(transactional_db: None) -> None:
    with pytest.raises(CommandError):
        call_command("forget_events", days=0)
