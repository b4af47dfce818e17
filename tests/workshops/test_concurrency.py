"""Many at once: numbers never collide, nobody is in the room twice, a support counts once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from realtime.models import LoggedEvent
from realtime.refused import Refused
from tests.workshops.conftest import build_scene
from tests.workshops.scene import AT, Scene
from workshops import services
from workshops.models import Step, Support

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Each act in a thread of its own, all let go together; what they answer, refusals by their code."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return act()
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def scene() -> Scene:
    """The scene, committed: threads see it."""
    return build_scene()


def test_two_numbers_never_collide(scene: Scene) -> None:
    made = at_once(*[lambda: scene.write("Un four") for _place in range(MANY)])
    assert sorted(proposal.number for proposal in made) == list(range(3, 3 + MANY))
    told = LoggedEvent.objects.filter(topic__name=scene.room.topic).order_by("seq")
    assert [event.seq for event in told] == list(range(1, told.count() + 1))


def test_two_versions_never_take_the_same_number(scene: Scene) -> None:
    acts = [
        lambda words=f"Scie {place}": services.revise_proposal(  # type: ignore[misc]
            author=scene.bob, proposal=scene.his, title=words, text="", at=AT
        )
        for place in range(MANY)
    ]
    assert sorted(version.number for version in at_once(*acts)) == list(range(2, 2 + MANY))


def test_who_comes_in_twice_at_once_is_there_once(scene: Scene) -> None:
    joined = at_once(
        *[
            lambda: services.join_workshop(person=scene.nina, workshop=scene.room, at=AT)
            for _place in range(MANY)
        ]
    )
    assert len({seat.pk for seat in joined}) == 1
    assert scene.room.participations.filter(person=scene.nina).count() == 1


def test_a_support_given_twice_at_once_counts_once(scene: Scene) -> None:
    version: Any = scene.mine.version
    at_once(
        *[
            lambda: services.support_version(person=scene.bob, version=version, at=AT)
            for _place in range(MANY)
        ]
    )
    assert Support.objects.filter(version=version).count() == 1
    assert LoggedEvent.objects.filter(type="support.changed").count() == 1


def test_two_facilitators_pressing_next_together_run_one_step(scene: Scene) -> None:
    services.name_facilitator(by=scene.alice, workshop=scene.room, person=scene.bob, at=AT)
    at_once(
        *[
            lambda person=person: services.start_next_step(by=person, workshop=scene.room, at=AT)  # type: ignore[misc]
            for person in (scene.alice, scene.bob)
        ]
    )
    assert scene.room.steps.filter(state=Step.State.RUNNING).count() == 1


def test_what_arrives_with_the_end_of_the_step_is_in_or_refused_never_both(scene: Scene) -> None:
    acts = [lambda: scene.write("Un four") for _place in range(MANY)]
    answers = at_once(*acts, lambda: services.finish_step(by=scene.alice, workshop=scene.room, at=AT))
    refused = [answer for answer in answers if answer == "step_closed"]
    assert scene.room.proposals.count() == 2 + MANY - len(refused)


def test_a_proposal_merged_twice_at_once_is_merged_once(scene: Scene) -> None:
    answers = at_once(scene.merge, scene.merge)
    assert sorted(str(answer) for answer in answers if isinstance(answer, str)) == ["proposal_not_open"]
    assert scene.room.proposals.filter(state="open").count() == 1
