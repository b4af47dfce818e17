"""The board's topic: each fact told, replayed, withheld; the old page and its facts make the new page."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from decisions import services
from decisions.live import topic
from decisions.models import Action, Decision, Indicator, Plan
from realtime.models import LoggedEvent
from tests.decisions.conftest import DAY, put
from tests.dom import apply, parse

Scene = dict[str, Any]
Act = Callable[[Scene], Any]


@pytest.fixture
def scene(
    entity: LegalEntity, seated: Person, bob: Person, plan: Plan, action: Action, indicator: Indicator
) -> Scene:
    """Everything an act may need."""
    done = put(seated, plan, "Ouvrir le site du réseau", pilot=bob)
    services.finish_action(by=bob, action=done, at=timezone.now())
    names = {"entity": entity, "alice": seated, "bob": bob, "plan": plan, "action": action, "done": done}
    return {**names, "indicator": indicator, "decision": plan.decision}


def record(scene: Scene) -> Decision:
    return services.record_decision(
        entity=scene["entity"],
        title="Étudier une SCIC",
        text="…",
        decided_on=date(2009, 2, 3),
        at=timezone.now(),
    )


ACTS: dict[str, Act] = {
    "decision.recorded": record,
    "decision.superseded": lambda s: services.supersede_decision(
        decision=s["decision"], by=record(s), at=timezone.now()
    ),
    "plan.adopted": lambda s: services.adopt_plan(
        entity=s["entity"],
        title="Plan 2011-2013",
        since=date(2011, 1, 1),
        until=date(2999, 12, 31),
        axes=[(1, "Coopérer", "")],
        at=timezone.now(),
    ),
    "action.added": lambda s: put(s["alice"], s["plan"], "Publier le média", days=-9),
    "action.progressed": lambda s: services.note_progress(
        author=s["bob"], action=s["action"], text="Trouvé.", progress=40, at=timezone.now()
    ),
    "action.finished": lambda s: services.finish_action(by=s["bob"], action=s["action"], at=timezone.now()),
    "action.dropped": lambda s: services.drop_action(
        by=s["alice"], action=s["action"], why="Trop cher.", at=timezone.now()
    ),
    "action.resumed": lambda s: services.resume_action(
        by=s["alice"], action=s["done"], why="Il reste une page.", at=timezone.now()
    ),
    "measure.recorded": lambda s: services.record_measure(
        by=s["alice"], indicator=s["indicator"], on=DAY, value=Decimal(74), at=timezone.now()
    ),
}


def log(scene: Scene, after: int = 0) -> list[LoggedEvent]:
    name = f"board:{scene['entity'].pk}"
    return list(LoggedEvent.objects.filter(topic__name=name, seq__gt=after).order_by("seq"))


def pages(scene: Scene) -> list[str]:
    return [
        "/conseil/",
        f"/conseil/plans/{scene['plan'].pk}/",
        f"/actions/{scene['action'].pk}/",
        f"/conseil/indicateurs/{scene['indicator'].pk}/",
    ]


@pytest.mark.parametrize("kind", ACTS)
def test_a_fact_is_told_on_the_boards_topic_with_ids_only(kind: str, scene: Scene) -> None:
    before = len(log(scene))
    ACTS[kind](scene)
    told = log(scene, before)
    assert kind in [event.type for event in told]
    assert all(isinstance(value, int) for event in told for value in event.data.values())


@pytest.mark.parametrize("kind", ACTS)
def test_a_fact_is_replayed_as_regions_that_say_what_is_now(kind: str, scene: Scene) -> None:
    before = len(log(scene))
    ACTS[kind](scene)
    fragments = topic.render(scene["entity"].pk, log(scene, before), "fr")
    assert all(fragments)
    assert all(element.attrs.get("id") for html in fragments for element in parse(html).elements())
    assert "csrf" not in "".join(fragments)


def test_facts_are_withheld_from_strangers(scene: Scene, charlie: Person) -> None:
    people = [scene["alice"].pk, scene["bob"].pk, charlie.pk, None]
    assert topic.may_follow_many(scene["entity"].pk, people) == {scene["alice"].pk, scene["bob"].pk}
    assert topic.may_follow_many(999, people) == set()


@pytest.mark.parametrize("kind", ACTS)
def test_the_old_page_and_its_facts_make_the_new_page(kind: str, scene: Scene) -> None:
    client = Client()
    client.force_login(scene["bob"])
    before = len(log(scene))
    old = {url: parse(client.get(url).content.decode()) for url in pages(scene)}
    ACTS[kind](scene)
    for fragment in topic.render(scene["entity"].pk, log(scene, before), "fr"):
        for page in old.values():
            apply(page, fragment)
    live = ["conseil-tete", "conseil-suivi", "conseil-plan", "conseil-decisions", "conseil-faites"]
    live += [f"plan-tete-{scene['plan'].pk}"]
    live += [f"axe-actions-{axis.pk}" for axis in scene["plan"].axes.all()]
    live += [
        f"action-etat-{scene['action'].pk}",
        f"notes-{scene['action'].pk}",
        f"courbe-{scene['indicator'].pk}",
    ]
    for url, page in old.items():
        new = parse(client.get(url).content.decode())
        for wanted in live:
            shown, expected = page.by_id(wanted), new.by_id(wanted)
            assert (shown and shown.shape()) == (expected and expected.shape()), (url, wanted)


def test_a_fact_of_an_erased_entity_shows_nothing(scene: Scene) -> None:
    assert topic.render(999, log(scene)[:1], "fr") == [""]


def test_the_board_has_no_value_without_history(scene: Scene) -> None:
    assert topic.now(scene["entity"].pk) is None
