"""Every act: open to whom it is for, in its steps; refused by name to everybody else."""

import pytest

from realtime.commands import Caller, commands
from realtime.doors import perform
from realtime.refused import Refused
from tests.workshops.acts import ACTS, EVERY, OUTSIDE
from tests.workshops.scene import AT, Scene
from workshops.api import COMMANDS

NAMES = sorted(ACTS)
STEPPED = [name for name in NAMES if ACTS[name].steps]
MET_ONLY = [name for name in NAMES if not ACTS[name].after and name != "workshop.open"]


def code_of(scene: Scene, who: str, name: str, data: dict[str, object]) -> str:
    with pytest.raises(Refused) as refused:
        scene.do(who, name, **data)
    return refused.value.code


def test_every_act_of_the_floor_is_in_the_table() -> None:
    assert {command.name for command in COMMANDS} == set(ACTS) | OUTSIDE


@pytest.mark.parametrize("name", NAMES)
def test_an_act_is_done_by_whom_it_is_for(scene: Scene, name: str) -> None:
    act = ACTS[name]
    data = act.data(scene)
    if act.steps:
        scene.move_to(act.steps[0])
    assert scene.do(act.by, name, **data)["url"].startswith("/ateliers/")


@pytest.mark.parametrize("name", STEPPED)
def test_a_step_opens_its_acts_and_no_other(scene: Scene, name: str) -> None:
    act = ACTS[name]
    data, opened = act.data(scene), act.steps or ()
    for kind in (None, *(kind for kind in EVERY if kind not in opened)):
        scene.move_to(kind)
        assert code_of(scene, act.by, name, data) == "step_closed"
    scene.move_to(opened[-1])
    assert scene.do(act.by, name, **data)


@pytest.mark.parametrize("name", NAMES)
def test_everybody_else_is_refused_by_name(scene: Scene, name: str) -> None:
    act = ACTS[name]
    data = act.data(scene)
    assert code_of(scene, "odile", name, data) == act.refused_role
    assert code_of(scene, "nina", name, data) == "not_a_participant"
    assert code_of(scene, "charlie", name, data) == "not_found"
    if act.by == "alice":
        assert code_of(scene, "bob", name, data) == "not_the_facilitator"
    with pytest.raises(Refused) as refused:
        perform(commands()[name], Caller(None, AT), None, data)
    assert refused.value.code == "login_required"


@pytest.mark.parametrize("name", MET_ONLY)
def test_a_closed_workshop_only_receives_its_report(scene: Scene, name: str) -> None:
    data = ACTS[name].data(scene)
    scene.close()
    assert code_of(scene, ACTS[name].by, name, data) == "workshop_closed"


@pytest.mark.parametrize("name", [name for name in NAMES if ACTS[name].after])
def test_what_is_left_to_do_is_done_after_the_end(scene: Scene, name: str) -> None:
    data = ACTS[name].data(scene)
    scene.close()
    assert scene.do(ACTS[name].by, name, **data)["url"]


@pytest.mark.parametrize("name", STEPPED)
def test_before_its_opening_a_room_takes_nothing(scene: Scene, name: str) -> None:
    data = ACTS[name].data(scene)
    scene.room.state = "planned"
    scene.room.save(update_fields=["state"])
    assert code_of(scene, ACTS[name].by, name, data) == "workshop_planned"


def test_the_right_to_facilitate_ends_with_the_role(scene: Scene) -> None:
    scene.room.participations.filter(person=scene.alice).update(role="participant")
    assert code_of(scene, "alice", "step.next", {"workshop": scene.room.pk}) == "not_the_facilitator"
