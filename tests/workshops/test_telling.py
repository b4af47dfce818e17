"""Every fact of a room: it is told, it is replayed, it is withheld from strangers."""

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from realtime.facts import Fact
from realtime.models import LoggedEvent
from realtime.render import read
from realtime.topics import find_topic, may_follow
from tests.workshops.play import evening
from tests.workshops.scene import Scene
from votes import events as vote_events
from workshops import events
from workshops.fragments import RENDERERS

OWN = {
    found.type
    for found in vars(events).values()
    if isinstance(found, type) and issubclass(found, Fact) and found is not Fact
}
TYPES = sorted(OWN | {found.type for found in (vote_events.PollOpened, vote_events.PollClosed)})


@dataclass
class Played:
    """The scene at the end of the evening, and what each act told on the room's topics."""

    scene: Scene
    told: dict[str, list[LoggedEvent]]

    def topic(self, name: str) -> str:
        """Where a fact of that type is told."""
        return self.scene.room.facilitation_topic if name == "balance.moved" else self.scene.room.topic

    def first(self, name: str) -> LoggedEvent:
        """The first fact of that type on its topic."""
        return next(event for event in self.told[name] if event.topic.name == self.topic(name))

    def replay(self, topic: str, form: str) -> list[dict[str, Any]]:
        """What somebody who has nothing yet is sent."""
        found = find_topic(topic)
        assert found is not None
        texts: list[dict[str, Any]] = []
        batch = read(*found, topic, 0, [form])
        while batch.encoded[form]:
            texts += [json.loads(text) for text in batch.encoded[form]]
            batch = read(*found, topic, batch.upto, [form])
        return texts


@pytest.fixture
def played(scene: Scene) -> Played:
    """The evening, from its first act to its last."""
    told: dict[str, list[LoggedEvent]] = {}
    for name, act in evening(scene):
        last = LoggedEvent.objects.order_by("-pk").values_list("pk", flat=True)[0]
        act()
        fresh = list(LoggedEvent.objects.filter(pk__gt=last).select_related("topic").order_by("pk"))
        assert name in {event.type for event in fresh}, name
        for event in fresh:
            told.setdefault(event.type, []).append(event)
    return Played(scene, told)


def test_the_evening_tells_every_fact_there_is(played: Played) -> None:
    assert set(played.told) >= OWN
    assert OWN - {"balance.moved"} <= set(RENDERERS)


def is_number_or_name(value: object) -> bool:
    """Whether a fact may hold this: a number, or the name of what the projector shows."""
    return isinstance(value, int) or re.fullmatch(r"|(proposal|poll):\d+", str(value)) is not None


def test_each_fact_is_told_with_numbers_and_never_with_words(played: Played) -> None:
    for name in TYPES:
        event = played.first(name)
        for value in event.data.values():
            assert all(map(is_number_or_name, value if isinstance(value, list) else [value])), name


def test_each_fact_is_replayed_with_its_number_and_its_fragment(played: Played) -> None:
    topics = {played.topic(name) for name in TYPES}
    replayed = {topic: {event["seq"]: event for event in played.replay(topic, "html:fr")} for topic in topics}
    for name in TYPES:
        first = played.first(name)
        again = replayed[played.topic(name)][first.seq]
        assert (again["type"], again["data"]) == (name, first.data)
        assert 'id="' in again["html"], name
        assert "csrfmiddlewaretoken" not in again["html"]


def test_each_fact_is_withheld_from_strangers(played: Played) -> None:
    scene = played.scene
    for topic in {event.topic.name for name in TYPES for event in played.told[name]}:
        if topic.startswith(("poll:", "person:")):
            continue
        assert may_follow(topic, scene.alice)
        assert may_follow(topic, scene.bob) is (topic != scene.room.facilitation_topic)
        for stranger in (scene.charlie, AnonymousUser(), None):
            assert not may_follow(topic, stranger), topic


def test_what_is_gone_is_never_replayed(played: Played) -> None:
    everything = json.dumps(played.replay(played.scene.room.topic, "html:fr"), ensure_ascii=False)
    assert "Un café" not in everything
    assert "Déjà dit." in everything


def test_programs_are_told_the_same_without_fragments(played: Played) -> None:
    told = played.replay(played.scene.room.topic, "json")
    assert [event["seq"] for event in told] == list(range(1, len(told) + 1))
    assert all("html" not in event for event in told)


def test_the_fragments_are_in_the_language_of_the_follower(played: Played) -> None:
    french = played.replay(played.scene.room.topic, "html:fr")
    assert any("Soutenir" in event["html"] for event in french)
    assert len(played.replay(played.scene.room.topic, "html:en")) == len(french)


def test_the_right_to_follow_is_asked_for_all_in_few_queries(
    played: Played, django_assert_max_num_queries: Any
) -> None:
    scene = played.scene
    people = [None, *(each.pk for each in (scene.alice, scene.bob, scene.nina, scene.charlie))]
    room, facilitation = find_topic(scene.room.topic), find_topic(scene.room.facilitation_topic)
    assert room is not None
    assert facilitation is not None
    with django_assert_max_num_queries(3):
        assert room[0].may_follow_many(room[1], people) == {scene.alice.pk, scene.bob.pk, scene.nina.pk}
    with django_assert_max_num_queries(1):
        allowed = facilitation[0].may_follow_many(facilitation[1], people)
    assert allowed == {scene.alice.pk, scene.nina.pk}
    assert room[0].may_follow_many(999_999, people) == set()


def test_the_value_of_this_instant_is_whole(played: Played, django_assert_max_num_queries: Any) -> None:
    found = find_topic(played.scene.room.topic)
    assert found is not None
    with django_assert_max_num_queries(2):
        now = found[0].now(found[1])
    assert now == {
        "state": "open",
        "people": 5,
        "proposals": 2,
        "step": None,
        "step_title": "",
        "ends_at": None,
        "focus": "",
    }
    assert found[0].now(999_999) is None
