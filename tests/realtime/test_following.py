"""Following a topic: facts in order, no hole, no double; whatever the number one comes with."""

import json
from typing import Any

import pytest

from cooperation.models import Person
from realtime import hub, layer, log
from realtime.hub import recheck_rights
from realtime.models import LoggedEvent, Topic
from realtime.outbox import Outbox
from tests.realtime.conftest import Connect, write
from tests.realtime.domain import WallTopic


def test_a_follower_from_now_is_told_where_the_topic_stands(phone: Connect, bob: Person) -> None:
    write(count=3)
    assert phone(bob).joined("wall:1") == {"topic": "wall:1", "upto": 3}


@pytest.mark.everywhere
def test_a_fact_reaches_its_followers_with_number_type_version_instant_data_and_fragment(
    phone: Connect, bob: Person
) -> None:
    follower = phone(bob)
    follower.joined("wall:1")
    write()
    frame = follower.receive()
    event = frame["events"][0]
    assert frame == {"topic": "wall:1", "events": [event], "upto": 1}
    assert event.pop("at").startswith("20")
    assert event == {
        "seq": 1,
        "type": "note.added",
        "version": 1,
        "data": {"by": 0, "wall": 1},
        "html": '<li id="note-1">Note</li>',
    }


def test_a_program_gets_json_without_fragments(phone: Connect, bob: Person, walls: WallTopic) -> None:
    program = phone(bob)
    program.joined("wall:1", **{"as": "json"})
    write()
    assert set(program.receive()["events"][0]) == {"seq", "type", "version", "at", "data"}
    assert walls.rendered == []


def test_whoever_asks_for_another_form_gets_it_from_then_on(
    phone: Connect, bob: Person, alice: Person
) -> None:
    program, page = phone(bob), phone(alice)
    program.joined("wall:1", **{"as": "json"})
    page.joined("wall:1")
    write()
    assert "html" not in program.receive()["events"][0]
    assert "html" in page.receive()["events"][0]
    assert program.joined("wall:1", after=1) == {"topic": "wall:1", "upto": 1}
    assert page.joined("wall:1", after=1, **{"as": "json"}) == {"topic": "wall:1", "upto": 1}
    write()
    assert "html" in program.receive()["events"][0]
    assert "html" not in page.receive()["events"][0]


def test_a_follower_catches_up_from_its_number_and_goes_on_live(phone: Connect, bob: Person) -> None:
    write(count=5)
    follower = phone(bob)
    follower.follow("wall:1", after=2)
    assert follower.seqs("wall:1", upto=5) == [3, 4, 5]
    write()
    assert follower.seqs("wall:1", upto=6) == [6]


@pytest.mark.everywhere
def test_a_long_absence_is_made_good_in_order(phone: Connect, bob: Person) -> None:
    write(count=230)
    follower = phone(bob)
    follower.follow("wall:1", after=0)
    assert follower.seqs("wall:1", upto=230) == list(range(1, 231))


def test_what_several_missed_is_read_and_rendered_once_for_all(
    phone: Connect, alice: Person, bob: Person, walls: WallTopic
) -> None:
    write(count=30)
    walls.delay = 0.3
    first, *others = [phone(person) for person in (alice, bob, bob, alice)]
    first.follow("wall:1", after=10)
    for one in others:
        one.follow("wall:1", after=10)
    assert [one.seqs("wall:1", upto=30) for one in (first, *others)] == [list(range(11, 31))] * 4
    assert len(walls.rendered) <= 2


def test_followers_at_different_numbers_each_get_what_they_lack(
    phone: Connect, alice: Person, bob: Person
) -> None:
    write(count=60)
    early, late = phone(alice), phone(bob)
    early.follow("wall:1", after=1)
    late.follow("wall:1", after=58)
    write(count=2)
    assert early.seqs("wall:1", upto=62) == list(range(2, 63))
    assert late.seqs("wall:1", upto=62) == list(range(59, 63))


@pytest.mark.everywhere
def test_many_acts_at_once_arrive_without_hole_or_double(phone: Connect, bob: Person) -> None:
    follower = phone(bob)
    follower.joined("wall:1")
    for _ in range(40):
        write(count=2)
    assert follower.seqs("wall:1", upto=80) == list(range(1, 81))
    assert follower.hears_nothing()


def test_numbers_are_per_topic(phone: Connect, bob: Person) -> None:
    follower = phone(bob)
    follower.joined("wall:1")
    follower.joined("wall:2")
    write(wall=1)
    write(wall=2)
    told = [follower.receive(), follower.receive()]
    assert sorted((frame["topic"], frame["upto"]) for frame in told) == [("wall:1", 1), ("wall:2", 1)]


def test_a_fragment_is_rendered_once_per_language_however_many_follow(
    phone: Connect, alice: Person, bob: Person, walls: WallTopic
) -> None:
    alice.language = "en"
    alice.save(update_fields=["language"])
    phones = [phone(alice), phone(alice), phone(bob), phone(bob), phone(bob)]
    for one in phones:
        one.joined("wall:1")
    write()
    texts = [one.receive()["events"][0]["html"] for one in phones]
    assert texts == ['<li id="note-1">Sticky note</li>'] * 2 + ['<li id="note-1">Note</li>'] * 3
    assert sorted(walls.rendered) == [("en", [1]), ("fr", [1])]


def test_nobody_in_particular_reads_in_the_language_of_the_browser(phone: Connect) -> None:
    follower = phone(None, accept_language="en-GB,en")
    follower.joined("wall:100")
    write(wall=100)
    assert "Sticky note" in follower.receive()["events"][0]["html"]


@pytest.mark.everywhere
def test_the_same_frame_goes_to_every_socket_past_its_queue_where_the_server_lets_it(
    phone: Connect, alice: Person, bob: Person, carrier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[str | None] = []
    push = Outbox.push

    def noted(outbox: Outbox, text: str, topic: str | None = None) -> None:
        queued.append(topic)
        push(outbox, text, topic)

    monkeypatch.setattr(Outbox, "push", noted)
    phones = [phone(alice), phone(bob), phone(bob)]
    for one in phones:
        one.joined("wall:1")
    queued.clear()
    write()
    assert len({one.socket.recv(4) for one in phones}) == 1
    assert queued.count("wall:1") == (0 if carrier.endswith("prepared") else len(phones))


@pytest.mark.everywhere
def test_a_beat_is_answered_with_upto_alone(phone: Connect, bob: Person) -> None:
    follower = phone(bob)
    write()
    follower.joined("wall:1")
    assert follower.joined("wall:1", after=1) == {"topic": "wall:1", "upto": 1}


def test_a_number_at_or_below_the_last_one_sent_is_not_sent_again(phone: Connect, bob: Person) -> None:
    write(count=3)
    follower = phone(bob)
    follower.follow("wall:1", after=0)
    assert follower.seqs("wall:1", upto=3) == [1, 2, 3]
    assert follower.joined("wall:1", after=1) == {"topic": "wall:1", "upto": 3}


def test_unfollow_and_follow_from_an_older_number_tells_again(phone: Connect, bob: Person) -> None:
    write(count=3)
    follower = phone(bob)
    follower.joined("wall:1")
    follower.send(unfollow="wall:1")
    follower.follow("wall:1", after=1)
    assert follower.seqs("wall:1", upto=3) == [2, 3]


def test_unfollow_stops(phone: Connect, bob: Person) -> None:
    follower = phone(bob)
    follower.joined("wall:1")
    follower.send(unfollow="wall:1")
    follower.joined("wall:2")
    write(wall=1)
    assert follower.hears_nothing()


def test_a_number_older_than_the_log_is_told_to_reset_and_goes_on_from_there(
    phone: Connect, bob: Person
) -> None:
    write(count=5)
    LoggedEvent.objects.filter(seq__lte=3).delete()
    follower = phone(bob)
    assert follower.joined("wall:1", after=2) == {"topic": "wall:1", "reset": True}
    write()
    assert follower.seqs("wall:1", upto=6) == [6]


def test_the_oldest_number_that_the_log_continues_is_no_reset(phone: Connect, bob: Person) -> None:
    write(count=5)
    LoggedEvent.objects.filter(seq__lte=3).delete()
    follower = phone(bob)
    follower.follow("wall:1", after=3)
    assert follower.seqs("wall:1", upto=5) == [4, 5]


def test_a_log_wholly_forgotten_resets_who_is_behind_it(phone: Connect, alice: Person, bob: Person) -> None:
    write(count=5)
    LoggedEvent.objects.all().delete()
    assert phone(bob).joined("wall:1", after=4) == {"topic": "wall:1", "reset": True}
    assert phone(alice).joined("wall:1", after=5) == {"topic": "wall:1", "upto": 5}


def test_a_number_ahead_of_the_log_is_told_to_reset(phone: Connect, bob: Person) -> None:
    write(count=2)
    assert phone(bob).joined("wall:1", after=9) == {"topic": "wall:1", "reset": True}


def test_a_number_the_hub_never_saw_is_judged_by_the_log(
    phone: Connect, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = phone(bob)
    follower.joined("wall:1")
    monkeypatch.setattr(layer, "hint", lambda hints: None)
    write(count=2)
    assert follower.joined("wall:1", after=2) == {"topic": "wall:1", "upto": 2}


def test_facts_that_came_with_an_earlier_hint_are_not_taken_for_a_log_set_back(
    phone: Connect, bob: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = phone(bob)
    follower.joined("wall:1")
    found = next(one for one in hub.hubs.values() if one.feeds)
    monkeypatch.setattr(layer, "hint", lambda hints: None)
    write(count=3)
    found.loop.call_soon_threadsafe(found.told, "wall:1", 1)
    assert follower.seqs("wall:1", upto=3) == [1, 2, 3]
    assert found.feeds["wall:1"].head == 3


def test_a_hint_of_what_the_log_does_not_hold_changes_nothing(phone: Connect, bob: Person) -> None:
    follower = phone(bob)
    follower.joined("wall:1")
    found = next(one for one in hub.hubs.values() if one.feeds)
    found.loop.call_soon_threadsafe(found.told, "wall:1", 60)
    assert follower.joined("wall:1", after=0) == {"topic": "wall:1", "upto": 0}
    write(count=2)
    assert follower.seqs("wall:1", upto=2) == [1, 2]


def test_a_log_set_back_resets_its_followers(phone: Connect, bob: Person, settings: Any) -> None:
    settings.REALTIME_PULSE_SECONDS = 0.2
    write(count=3)
    follower = phone(bob)
    follower.joined("wall:1")
    LoggedEvent.objects.filter(seq=3).delete()
    Topic.objects.update(last_seq=2)
    assert follower.receive() == {"topic": "wall:1", "reset": True}


def test_with_every_hint_lost_a_fact_arrives_within_six_seconds(
    phone: Connect, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = phone(bob)
    follower.joined("wall:1")
    monkeypatch.setattr(layer, "hint", lambda hints: None)
    write()
    assert follower.receive(timeout=6)["upto"] == 1


def test_the_log_of_all_topics_is_asked_in_one_query(
    transactional_db: None, django_assert_num_queries: Any
) -> None:
    write(wall=1)
    write(wall=2, count=2)
    with django_assert_num_queries(1):
        assert log.last_seqs(["wall:1", "wall:2", "wall:3"]) == {"wall:1": 1, "wall:2": 2}


@pytest.mark.everywhere
def test_a_stranger_is_refused_by_name(phone: Connect, charlie: Person) -> None:
    stranger = phone(charlie)
    assert stranger.joined("wall:1") == {"topic": "wall:1", "refused": "not_a_participant"}
    write()
    assert stranger.hears_nothing()


def test_nobody_in_particular_follows_only_what_is_open_to_all(phone: Connect) -> None:
    nobody = phone(None)
    assert nobody.joined("wall:1") == {"topic": "wall:1", "refused": "not_a_participant"}
    assert nobody.joined("wall:100") == {"topic": "wall:100", "upto": 0}


@pytest.mark.parametrize(
    "name", ["cloud:1", "wall", "wall:0", "wall:01", "wall:-1", "wall:x", "wall:1 ", "", "wall:٣"]
)
def test_a_topic_that_does_not_exist_is_refused(phone: Connect, bob: Person, name: str) -> None:
    assert phone(bob).joined(name) == {"topic": name, "refused": "unknown_topic"}


@pytest.mark.everywhere
def test_who_loses_the_right_is_told_and_hears_no_more(phone: Connect, alice: Person, bob: Person) -> None:
    leaving, staying = phone(bob), phone(alice)
    leaving.joined("wall:1")
    staying.joined("wall:1")
    Person.objects.filter(pk=bob.pk).update(is_fiction=True)
    recheck_rights()
    assert leaving.receive() == {"topic": "wall:1", "refused": "not_a_participant"}
    write()
    assert staying.seqs("wall:1", upto=1) == [1]
    assert leaving.hears_nothing()


def test_the_rights_of_all_followers_are_asked_at_once(
    phone: Connect, alice: Person, bob: Person, walls: WallTopic
) -> None:
    for one in [phone(alice), phone(bob), phone(bob)]:
        one.joined("wall:1")
    walls.asked.clear()
    recheck_rights()
    assert walls.asked == [2]


def test_rights_are_asked_again_by_themselves(phone: Connect, bob: Person, settings: Any) -> None:
    settings.REALTIME_RIGHTS_SECONDS = 0.3
    follower = phone(bob)
    follower.joined("wall:1")
    Person.objects.filter(pk=bob.pk).update(is_fiction=True)
    assert follower.receive() == {"topic": "wall:1", "refused": "not_a_participant"}


@pytest.mark.logs_errors
def test_a_fact_that_cannot_be_rendered_is_told_without_a_fragment_and_stops_no_other(
    phone: Connect, bob: Person
) -> None:
    write(count=3)
    LoggedEvent.objects.filter(seq=2).update(type="note.unspeakable")
    follower = phone(bob)
    follower.follow("wall:1", after=0)
    assert [event["html"][:3] for event in follower.receive()["events"]] == ["<li", "", "<li"]


def test_a_frame_is_one_line_of_utf8_json(phone: Connect, bob: Person) -> None:
    follower = phone(bob)
    follower.follow("wall:1")
    text = follower.socket.recv(4)
    assert text == json.dumps({"topic": "wall:1", "upto": 0}, separators=(",", ":"))
