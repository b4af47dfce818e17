"""The old page and the facts since make the new page, for each reader, after each act of a whole evening."""

from difflib import unified_diff
from pprint import pformat

import pytest
from django.utils import translation

from realtime.log import events_after
from realtime.publish import last_seq
from realtime.topics import find_topic
from tests.workshops.conftest import browser_of
from tests.workshops.dom import Dom
from tests.workshops.play import evening
from tests.workshops.scene import Scene

ROOM = (
    "titre-salle",
    "minuteur",
    "deroule",
    "consigne",
    "polls",
    "board-counts",
    "themes",
    "discussion",
    "people",
)
FACILITATION = ("equilibre", "regie-gestes", "themes-connus")
STEP = ("etape-place", "etape-titre", "composer-note", "discussion-note")
PROPOSAL = ("{}-text", "{}-versions", "{}-fate")
PROJECTOR = ("p-deroule", "p-temps", "p-scene", "p-count")


def pages(scene: Scene) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """Who reads what, and which parts of it are live."""
    room = f"/ateliers/{scene.room.pk}/?proposition={scene.mine.pk}"
    parts = tuple(name.format(f"proposal-{scene.mine.pk}") for name in PROPOSAL)
    return {
        "the facilitator's room": ("alice", room, (*ROOM, *FACILITATION)),
        "a participant's room": ("bob", room, (*ROOM, *STEP)),
        "a proposal's page": ("bob", f"/ateliers/proposition/{scene.mine.pk}/", (*parts, "discussion")),
        "the projector": ("alice", f"/ateliers/{scene.room.pk}/projecteur/", PROJECTOR),
    }


@pytest.mark.parametrize(
    "name", ["the facilitator's room", "a participant's room", "a proposal's page", "the projector"]
)
def test_the_old_page_and_the_facts_make_the_new_page(scene: Scene, name: str) -> None:
    who, address, regions = pages(scene)[name]
    browser = browser_of(scene, who)
    kept = Dom(browser.get(address).content.decode(), regions)
    seen = {topic: last_seq(topic) for topic in (scene.room.topic, scene.room.facilitation_topic)}
    for told, act in evening(scene):
        act()
        for topic in seen:
            follow(kept, topic, seen)
        fresh = Dom(browser.get(address).content.decode(), regions)
        assert differences(kept, fresh) == [], told


def follow(kept: Dom, topic: str, seen: dict[str, int]) -> None:
    """Catch up with a topic, as the page's script does."""
    found, events = find_topic(topic), events_after(topic, seen[topic])
    assert found is not None
    with translation.override("fr"):
        for fragment in found[0].render(found[1], events, "fr"):
            kept.apply(fragment)
    seen[topic] = events[-1].seq if events else seen[topic]


def differences(kept: Dom, fresh: Dom) -> list[str]:
    """The lines in which two pages differ, region by region."""
    both = [dom.shown() for dom in (kept, fresh)]
    if both[0] == both[1]:
        return []
    lines = [
        [f"{name}: {line}" for name, one in shown.items() for line in pformat(one).split("\n")]
        for shown in both
    ]
    return [line for line in unified_diff(*lines, lineterm="", n=1) if line[:2] not in ("--", "++", "@@")]
