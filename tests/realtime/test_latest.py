"""The latest value of what has no history: whole, at most five times a second, and the last one always."""

import itertools
import time
from typing import Any

import pytest
from django.db import transaction

from cooperation.models import Person
from realtime import layer, presence
from realtime.presence import Presence
from realtime.publish import touch
from tests.realtime import domain
from tests.realtime.conftest import Connect, write


@pytest.fixture(autouse=True)
def only_touched(settings: Any) -> None:
    """No look at the log by the way, which would ask for the value too."""
    settings.REALTIME_PULSE_SECONDS = 60


def test_the_latest_value_is_sent_on_follow(phone: Connect, bob: Person) -> None:
    write(count=3)
    follower = phone(bob)
    assert follower.joined("tally:1") == {"topic": "tally:1", "upto": 0}
    assert follower.receive() == {"topic": "tally:1", "now": {"notes": 3}}


def test_a_topic_without_a_latest_value_sends_none(phone: Connect, bob: Person) -> None:
    follower = phone(bob)
    follower.joined("wall:1")
    assert follower.hears_nothing()


def test_a_touch_tells_the_value_whole_and_logs_nothing(phone: Connect, bob: Person) -> None:
    follower = phone(bob)
    follower.joined("tally:1")
    follower.receive()
    write()
    assert follower.receive() == {"topic": "tally:1", "now": {"notes": 1}}
    assert follower.joined("tally:1") == {"topic": "tally:1", "upto": 0}


@pytest.mark.everywhere
def test_a_burst_is_told_at_most_five_times_a_second_and_its_last_value_always(
    phone: Connect, bob: Person
) -> None:
    follower = phone(bob)
    follower.joined("tally:1")
    follower.receive()
    for _ in range(60):
        write()
        time.sleep(0.01)
    values = [follower.receive()["now"]["notes"]]
    while values[-1] < 60:
        values.append(follower.receive()["now"]["notes"])
    asked = domain.TALLY.asked
    assert values == sorted(set(values))
    assert all(later - earlier >= 0.19 for earlier, later in itertools.pairwise(asked))
    assert follower.hears_nothing()


def test_the_value_is_asked_once_for_all_followers(phone: Connect, alice: Person, bob: Person) -> None:
    phones = [phone(alice), phone(bob), phone(bob)]
    for one in phones:
        one.joined("tally:1")
        one.receive()
    domain.TALLY.asked.clear()
    write()
    assert [one.receive()["now"] for one in phones] == [{"notes": 1}] * 3
    assert len(domain.TALLY.asked) == 1


def test_a_value_that_did_not_change_is_not_told_again(phone: Connect, bob: Person) -> None:
    follower = phone(bob)
    follower.joined("tally:1")
    follower.receive()
    with transaction.atomic():
        touch("tally:1")
    assert follower.hears_nothing()


def test_a_touch_rolled_back_tells_nothing(phone: Connect, bob: Person) -> None:
    follower = phone(bob)
    follower.joined("tally:1")
    follower.receive()
    domain.TALLY.asked.clear()
    with transaction.atomic():
        touch("tally:1")
        transaction.set_rollback(True)
    assert follower.hears_nothing()
    assert domain.TALLY.asked == []


def test_a_lost_touch_is_made_good_by_the_next_look(
    phone: Connect, bob: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REALTIME_PULSE_SECONDS = 0.3
    follower = phone(bob)
    follower.joined("tally:1")
    follower.receive()
    monkeypatch.setattr(layer, "hint", lambda hints: None)
    write(count=2)
    assert follower.receive()["now"] == {"notes": 2}


def test_how_many_people_are_present_is_told_once_each_and_when_they_leave(
    phone: Connect, alice: Person, bob: Person
) -> None:
    reader, same, other = phone(alice), phone(alice), phone(bob)
    for one in (reader, same, other):
        one.joined("hall:1")
    reader.until(lambda frame: frame.get("now") == {"present": 2})
    other.send(unfollow="hall:1")
    assert reader.until(lambda frame: "now" in frame)["now"] == {"present": 1}


def test_the_beat_of_who_is_alone_tells_no_new_number(phone: Connect, alice: Person) -> None:
    reader = phone(alice)
    reader.joined("hall:1")
    reader.until(lambda frame: frame.get("now") == {"present": 1})
    assert reader.joined("hall:1", after=0) == {"topic": "hall:1", "upto": 0}
    assert reader.hears_nothing(1.5)


def test_the_people_of_a_process_that_says_nothing_any_more_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = Presence([])
    assert (found.heard("other", [1, 2]), found.heard("other", [2, 1])) == (True, False)
    assert found.count() == 2
    monkeypatch.setattr(presence, "FORGET_SECONDS", -1)
    assert found.count() == 0


def test_a_process_that_is_new_is_told_who_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Presence([])
    assert found.news() is None
    found.heard("other", [1])
    assert found.news() == frozenset()
    assert found.news() is None
