"""Acts on the room itself: preparing, opening, joining, steps."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cooperation.models import LegalEntity, Membership
from realtime.commands import Caller, Command
from workshops import attempts, services
from workshops.api.fields import OneOrNone, Words, WorkshopIn, found, participation_in, room_for, step_for
from workshops.models import Series, Step, Workshop
from workshops.services import StepPlan


class DescriptionIn(serializers.Serializer[Any]):
    """What a workshop is about, when, where and for whom."""

    title = Words(label=_("Titre"))
    question = Words(label=_("Question"))
    place = Words(default="", label=_("Lieu"))
    starts_at = serializers.DateTimeField(label=_("Date et heure"))
    access = serializers.ChoiceField(
        choices=Workshop.Access.choices, default=Workshop.Access.MEMBERS, label=_("Qui peut venir")
    )
    welcomes_guests = serializers.BooleanField(default=False)


class PrepareIn(DescriptionIn):
    """A workshop to prepare."""

    entity = serializers.IntegerField(min_value=1)
    series = OneOrNone()


def workshop_prepare(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Prepare a workshop; the form goes on to its steps."""
    given = dict(data)
    entity = found(LegalEntity.objects.filter(pk=given.pop("entity")).first())
    number = given.pop("series")
    series = found(Series.objects.filter(pk=number).first()) if number else None
    room = services.prepare_workshop(by=caller.person, entity=entity, series=series, at=caller.at, **given)
    return {"workshop": room.pk, "code": room.join_code, "url": plan_url(room)}


def plan_url(room: Workshop) -> str:
    """Where a workshop is prepared."""
    return reverse("workshops:workshop-plan", args=[room.pk])


class ChangeIn(DescriptionIn):
    """A workshop to change."""

    workshop = serializers.IntegerField(min_value=1)


def workshop_change(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Change what a workshop is about."""
    given = dict(data)
    room = room_for(caller, given.pop("workshop"))
    services.change_workshop(by=caller.person, workshop=room, at=caller.at, **given)
    return {"workshop": room.pk, "url": plan_url(room)}


class SeriesIn(serializers.Serializer[Any]):
    """A series of workshops to begin."""

    entity = serializers.IntegerField(min_value=1)
    title = Words(label=_("Titre"))
    text = Words(default="", label=_("Présentation"))


def series_add(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Begin a series."""
    entity = found(LegalEntity.objects.filter(pk=data["entity"]).first())
    series = services.add_series(
        by=caller.person, entity=entity, title=data["title"], text=data["text"], at=caller.at
    )
    return {"series": series.pk, "url": f"{reverse('workshops:workshop-prepare')}?serie={series.pk}"}


def workshop_open(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Open the room."""
    room = services.open_workshop(by=caller.person, workshop=room_for(caller, data["workshop"]), at=caller.at)
    return {"workshop": room.pk, "url": room.get_absolute_url()}


def workshop_close(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """End the workshop."""
    room = services.close_workshop(
        by=caller.person, workshop=room_for(caller, data["workshop"]), at=caller.at
    )
    return {"workshop": room.pk, "url": room.get_absolute_url()}


def workshop_join(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Come into a room one may see, in the hat `for` when it is the caller's."""
    return joined(caller, room_for(caller, data["workshop"]), has_code=False)


class CodeIn(serializers.Serializer[Any]):
    """The code shown in the hall."""

    code = Words(label=_("Code"))


def code_enter(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Come into the room that has this code. Raises `code_unknown`, `too_many_attempts`, and as joining does."""
    room = attempts.room_of(data["code"], person=caller.person, callers=[caller.actor])
    return joined(caller, room, has_code=True)


def joined(caller: Caller, room: Workshop, *, has_code: bool) -> dict[str, Any]:
    """Come in, and where to go then."""
    hat = (
        Membership.objects.of(caller.person, timezone.localdate(caller.at)).filter(pk=caller.hat or 0).first()
    )
    seated = services.join_workshop(
        person=caller.person,
        workshop=room,
        at=caller.at,
        has_code=has_code,
        hat=hat.pk if hat else None,
    )
    return {"participation": seated.pk, "role": seated.role, "url": room.get_absolute_url()}


class FacilitatorIn(WorkshopIn):
    """Somebody in the room who shall facilitate too."""

    participation = serializers.IntegerField(min_value=1)


def facilitator_name(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Let somebody in the room facilitate."""
    room = room_for(caller, data["workshop"])
    person = participation_in(room, data["participation"]).person
    services.name_facilitator(by=caller.person, workshop=room, person=person, at=caller.at)
    return {"workshop": room.pk, "url": plan_url(room)}


class StepFields(serializers.Serializer[Any]):
    """A step as planned."""

    kind = serializers.ChoiceField(choices=Step.Kind.choices, label=_("Nature"))
    title = Words(label=_("Titre"))
    minutes = serializers.IntegerField(default=15, label=_("Durée"))
    instruction = Words(default="", label=_("Consigne"))


class StepAddIn(StepFields):
    """A step to add."""

    workshop = serializers.IntegerField(min_value=1)


class StepChangeIn(StepFields):
    """A step to change."""

    step = serializers.IntegerField(min_value=1)


class StepIn(serializers.Serializer[Any]):
    """The step an act is about."""

    step = serializers.IntegerField(min_value=1)


def plan_in(data: Mapping[str, Any]) -> StepPlan:
    """The plan a form describes."""
    return StepPlan(data["kind"], data["title"], data["minutes"], data["instruction"])


def step_add(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Plan one more step."""
    room = room_for(caller, data["workshop"])
    step = services.add_step(by=caller.person, workshop=room, plan=plan_in(data), at=caller.at)
    return {"step": step.pk, "url": f"{plan_url(room)}#etape-{step.pk}"}


def step_change(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Change a step that has not run."""
    step = step_for(caller, data["step"])
    services.change_step(by=caller.person, step=step, plan=plan_in(data), at=caller.at)
    return {"step": step.pk, "url": f"{plan_url(step.workshop)}#etape-{step.pk}"}


def step_remove(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Take a step off the plan."""
    step = step_for(caller, data["step"])
    services.remove_step(by=caller.person, step=step, at=caller.at)
    return {"url": f"{plan_url(step.workshop)}#etapes"}


def step_start(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Run this step."""
    return running(services.start_step(by=caller.person, step=step_for(caller, data["step"]), at=caller.at))


def step_next(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Run the next step."""
    room = room_for(caller, data["workshop"])
    return running(services.start_next_step(by=caller.person, workshop=room, at=caller.at))


def step_previous(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Go back a step."""
    room = room_for(caller, data["workshop"])
    return running(services.start_previous_step(by=caller.person, workshop=room, at=caller.at))


def step_finish(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """End the running step."""
    room = room_for(caller, data["workshop"])
    return running(services.finish_step(by=caller.person, workshop=room, at=caller.at))


class ExtendIn(WorkshopIn):
    """How much more time."""

    minutes = serializers.IntegerField(default=5)


def step_extend(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Give the running step more time."""
    room = room_for(caller, data["workshop"])
    return running(
        services.extend_step(by=caller.person, workshop=room, minutes=data["minutes"], at=caller.at)
    )


def running(step: Step) -> dict[str, Any]:
    """What is told of a step that was just run, ended or extended."""
    room = found(Workshop.objects.filter(pk=step.workshop_id).first())
    return {"step": step.pk, "state": step.state, "ends_at": step.ends_at, "url": room.get_absolute_url()}


WORKSHOP_PREPARE = Command("workshop.prepare", PrepareIn, workshop_prepare, target="entity")
WORKSHOP_CHANGE = Command("workshop.change", ChangeIn, workshop_change, target="workshop")
WORKSHOP_OPEN = Command("workshop.open", WorkshopIn, workshop_open)
WORKSHOP_CLOSE = Command("workshop.close", WorkshopIn, workshop_close)
WORKSHOP_JOIN = Command("workshop.join", WorkshopIn, workshop_join)
CODE_ENTER = Command("code.enter", CodeIn, code_enter)
SERIES_ADD = Command("series.add", SeriesIn, series_add)
FACILITATOR_NAME = Command("facilitator.name", FacilitatorIn, facilitator_name)
STEP_ADD = Command("step.add", StepAddIn, step_add, target="workshop")
STEP_CHANGE = Command("step.change", StepChangeIn, step_change, target="step")
STEP_REMOVE = Command("step.remove", StepIn, step_remove)
STEP_START = Command("step.start", StepIn, step_start)
STEP_NEXT = Command("step.next", WorkshopIn, step_next)
STEP_PREVIOUS = Command("step.previous", WorkshopIn, step_previous)
STEP_FINISH = Command("step.finish", WorkshopIn, step_finish)
STEP_EXTEND = Command("step.extend", ExtendIn, step_extend)

COMMANDS = (
    WORKSHOP_PREPARE,
    WORKSHOP_CHANGE,
    WORKSHOP_OPEN,
    WORKSHOP_CLOSE,
    WORKSHOP_JOIN,
    CODE_ENTER,
    SERIES_ADD,
    FACILITATOR_NAME,
    STEP_ADD,
    STEP_CHANGE,
    STEP_REMOVE,
    STEP_START,
    STEP_NEXT,
    STEP_PREVIOUS,
    STEP_FINISH,
    STEP_EXTEND,
)
