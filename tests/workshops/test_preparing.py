"""Calling a workshop: who may, with which steps, and how its plan changes."""

import pytest

from cooperation.models import LegalEntity, Notification
from realtime.refused import Refused
from tests.workshops.scene import AT, LATER, Scene
from workshops import services
from workshops.models import Series, Step, Workshop
from workshops.services import StepPlan

PLAN = {"title": "Se faire connaître", "question": "Comment ?", "starts_at": LATER, "at": AT}


def prepare(scene: Scene, by: str = "alice", **more: object) -> Workshop:
    return services.prepare_workshop(by=getattr(scene, by), entity=scene.entity, **{**PLAN, **more})  # type: ignore[arg-type]


def test_the_board_calls_a_workshop_and_facilitates_it(scene: Scene) -> None:
    room = prepare(scene, facilitators=[scene.bob, scene.alice])
    facilitators = room.participations.facilitating().values_list("person__given_name", flat=True)
    assert sorted(facilitators) == ["Alice", "Bob"]
    assert (room.state, len(room.join_code)) == ("planned", 6)


def test_the_staff_calls_a_workshop_and_a_member_does_not(scene: Scene) -> None:
    for who in ("bob", "charlie"):
        with pytest.raises(Refused, match="may_not_prepare"):
            prepare(scene, by=who)
    scene.nina.is_staff = True
    assert prepare(scene, by="nina")


def test_a_mandate_elsewhere_or_ended_calls_nothing(scene: Scene) -> None:
    other = LegalEntity.objects.create(name="La SCIC", slug="scic", legal_form="scic_sas")
    with pytest.raises(Refused, match="may_not_prepare"):
        services.prepare_workshop(by=scene.alice, entity=other, **PLAN)  # type: ignore[arg-type]
    scene.board.mandates.update(until=AT.date().replace(year=2025))
    with pytest.raises(Refused, match="may_not_prepare"):
        prepare(scene)


def test_four_steps_are_proposed(scene: Scene) -> None:
    steps = prepare(scene).steps.values_list("position", "kind", "title", "minutes")
    assert list(steps) == [
        (1, "collect", "Récolter", 20),
        (2, "discuss", "Discuter", 30),
        (3, "poll", "S’orienter", 10),
        (4, "report_back", "Restituer", 15),
    ]


def test_series_are_numbered_per_entity(scene: Scene) -> None:
    second = services.add_series(by=scene.alice, entity=scene.entity, title="Quelles ressources ?", at=AT)
    assert second.number == 2
    with pytest.raises(Refused, match="may_not_prepare"):
        services.add_series(by=scene.bob, entity=scene.entity, title="La mienne", at=AT)
    other = LegalEntity.objects.create(name="La SCIC", slug="scic", legal_form="scic_sas")
    theirs = Series.objects.create(entity=other, number=1, title="Ailleurs")
    with pytest.raises(Refused, match="series_elsewhere"):
        prepare(scene, series=theirs)


def test_a_workshop_by_invitation_takes_no_guest(scene: Scene) -> None:
    with pytest.raises(Refused, match="guests_where_invited"):
        prepare(scene, access="invitation", welcomes_guests=True)


@pytest.mark.parametrize(("field", "code"), [("title", "title_missing"), ("question", "question_missing")])
def test_a_workshop_says_what_it_is_about(scene: Scene, field: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        prepare(scene, **{field: " "})


def test_steps_to_come_are_added_changed_and_removed(scene: Scene) -> None:
    step = services.add_step(
        by=scene.alice, workshop=scene.room, plan=StepPlan("discuss", "Reprendre"), at=AT
    )
    services.change_step(by=scene.alice, step=step, plan=StepPlan("poll", "Choisir", 5, "Un avis."), at=AT)
    changed = Step.objects.get(pk=step.pk)
    assert (changed.kind, changed.title, changed.minutes, changed.instruction) == (
        "poll",
        "Choisir",
        5,
        "Un avis.",
    )
    services.remove_step(by=scene.alice, step=step, at=AT)
    assert not Step.objects.filter(pk=step.pk).exists()


def test_what_has_run_is_not_planned_again(scene: Scene) -> None:
    for kind in ("collect", "discuss"):
        with pytest.raises(Refused, match="step_already_run"):
            services.remove_step(by=scene.alice, step=scene.step(kind), at=AT)


def test_a_new_facilitator_is_told_and_a_guest_is_not_named(scene: Scene) -> None:
    services.name_facilitator(by=scene.alice, workshop=scene.room, person=scene.bob, at=AT)
    assert scene.room.participations.get(person=scene.bob).role == "facilitator"
    assert Notification.objects.filter(person=scene.bob, sentence__contains="Vous animez").count() == 1
    services.name_facilitator(by=scene.alice, workshop=scene.room, person=scene.bob, at=AT)
    assert Notification.objects.filter(person=scene.bob, sentence__contains="Vous animez").count() == 1
    guest = services.join_as_guest(name="Fatou", workshop=scene.room, at=AT).person
    with pytest.raises(Refused, match="guest_not_allowed"):
        services.name_facilitator(by=scene.alice, workshop=scene.room, person=guest, at=AT)


def test_somebody_named_before_coming_in_has_a_place(scene: Scene) -> None:
    services.name_facilitator(by=scene.alice, workshop=scene.room, person=scene.nina, at=AT)
    assert scene.room.participations.get(person=scene.nina).role == "facilitator"


def test_a_closed_workshop_can_be_opened_again(scene: Scene) -> None:
    scene.close()
    assert scene.now().closed_at == AT
    room = services.open_workshop(by=scene.alice, workshop=scene.room, at=LATER)
    assert (room.state, room.closed_at, room.opened_at) == ("open", None, AT)
