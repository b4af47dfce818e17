"""Steps run one at a time, last as long as said, and can be gone back to."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from realtime.refused import Refused
from tests.workshops.scene import AT, LATER, Scene
from workshops import services
from workshops.models import Step


def states(scene: Scene) -> list[str]:
    return list(scene.room.steps.order_by("position").values_list("state", flat=True))


def test_a_step_runs_for_its_minutes(scene: Scene) -> None:
    step = services.start_next_step(by=scene.alice, workshop=scene.room, at=LATER)
    assert (step.kind, step.started_at, step.ends_at) == ("poll", LATER, LATER + timedelta(minutes=10))
    assert states(scene) == ["done", "done", "running", "planned"]


def test_the_facilitator_goes_back(scene: Scene) -> None:
    step = services.start_previous_step(by=scene.alice, workshop=scene.room, at=LATER)
    assert (step.kind, states(scene)) == ("collect", ["running", "planned", "planned", "planned"])
    with pytest.raises(Refused, match="no_step_before"):
        services.start_previous_step(by=scene.alice, workshop=scene.room, at=LATER)


def test_after_the_last_step_there_is_none(scene: Scene) -> None:
    scene.move_to("report_back")
    with pytest.raises(Refused, match="no_step_left"):
        services.start_next_step(by=scene.alice, workshop=scene.room, at=LATER)


def test_between_two_steps_the_next_one_is_the_first_to_come(scene: Scene) -> None:
    services.finish_step(by=scene.alice, workshop=scene.room, at=LATER)
    assert states(scene) == ["done", "done", "planned", "planned"]
    with pytest.raises(Refused, match="no_step_runs"):
        services.finish_step(by=scene.alice, workshop=scene.room, at=LATER)
    assert services.start_next_step(by=scene.alice, workshop=scene.room, at=LATER).kind == "poll"


def test_more_time_is_added_to_the_end_or_to_now_when_it_is_past(scene: Scene) -> None:
    end = AT + timedelta(minutes=30)
    step = services.extend_step(by=scene.alice, workshop=scene.room, minutes=5, at=AT)
    assert step.ends_at == end + timedelta(minutes=5)
    late = end + timedelta(minutes=20)
    step = services.extend_step(by=scene.alice, workshop=scene.room, minutes=5, at=late)
    assert step.ends_at == late + timedelta(minutes=5)


def test_no_time_is_added_when_nothing_runs(scene: Scene) -> None:
    scene.move_to(None)
    with pytest.raises(Refused, match="no_step_runs"):
        services.extend_step(by=scene.alice, workshop=scene.room, minutes=5, at=AT)


def test_closing_ends_the_running_step(scene: Scene) -> None:
    scene.close()
    assert states(scene) == ["done", "done", "planned", "planned"]


def test_the_database_holds_one_running_step(scene: Scene) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(pk=scene.step("poll").pk).update(state="running", started_at=AT, ends_at=LATER)
