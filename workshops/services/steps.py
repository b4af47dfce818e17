"""Steps of a workshop: planned, run one at a time, extended, gone back to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cooperation.models import Person
from realtime.publish import publish, touch
from realtime.refused import Refused
from workshops import rules
from workshops.events import StepExtended, StepFinished, StepStarted, WorkshopChanged
from workshops.models import Step, Workshop
from workshops.services.room import enter

PLAN_FIELDS = ["kind", "title", "instruction", "minutes"]


@dataclass(frozen=True)
class StepPlan:
    """A step as the facilitator plans it."""

    kind: str
    title: str
    minutes: int = 15
    instruction: str = ""


def default_steps() -> list[StepPlan]:
    """The four steps proposed to whoever prepares a workshop, in the active language."""
    return [
        StepPlan(
            "collect", _("Récolter"), 20, _("Une idée par proposition, en une phrase. Toutes comptent.")
        ),
        StepPlan("discuss", _("Discuter"), 30, _("Lisez, soutenez d’un geste, répondez.")),
        StepPlan("poll", _("S’orienter"), 10, _("Donnez votre avis : il éclaire, il n’engage personne.")),
        StepPlan("report_back", _("Restituer"), 15, _("Ce que nous transmettons, et à qui.")),
    ]


def write_steps(workshop: Workshop, plans: Sequence[StepPlan]) -> list[Step]:
    """Write planned steps after those there are."""
    last = workshop.steps.aggregate(last=Max("position"))["last"] or 0
    rows = [
        describe(Step(workshop=workshop, position=position), plan)
        for position, plan in enumerate(plans, last + 1)
    ]
    return Step.objects.bulk_create(rows)


def describe(step: Step, plan: StepPlan) -> Step:
    """Write on a step what it is; nothing is saved. Raises text refusals and `minutes_out_of_range`."""
    step.kind = plan.kind
    step.title = rules.checked_name(plan.title)
    step.instruction = rules.checked(plan.instruction, limit=rules.QUESTION_LIMIT, missing=None)
    step.minutes = rules.checked_minutes(plan.minutes)
    return step


@transaction.atomic
def add_step(*, by: Person, workshop: Workshop, plan: StepPlan, at: datetime) -> Step:
    """Plan one more step, the last. Raises `Refused`: roles, `workshop_closed`, text refusals."""
    room = enter("step.plan", by=by, workshop_id=workshop.pk)
    step = write_steps(room, [plan])[0]
    tell_plan(room)
    return step


@transaction.atomic
def change_step(*, by: Person, step: Step, plan: StepPlan, at: datetime) -> Step:
    """Change a step that has not run. Raises `Refused`: roles, `step_already_run`, text refusals."""
    room = enter("step.plan", by=by, workshop_id=step.workshop_id)
    row = planned(step)
    describe(row, plan).save(update_fields=PLAN_FIELDS)
    tell_plan(room)
    return row


@transaction.atomic
def remove_step(*, by: Person, step: Step, at: datetime) -> None:
    """Take a step that has not run off the plan. Raises `Refused`: roles, `step_already_run`."""
    room = enter("step.plan", by=by, workshop_id=step.workshop_id)
    planned(step).delete()
    tell_plan(room)


def planned(step: Step) -> Step:
    """The step, if it has not run yet."""
    row = Step.objects.get(pk=step.pk)
    if row.state != Step.State.PLANNED:
        raise Refused("step_already_run")
    return row


def tell_plan(room: Workshop) -> None:
    """Tell that the plan changed: to the room, and to its facilitators' bar."""
    changed = WorkshopChanged(room.pk)
    publish([(changed, room.topic), (changed, room.facilitation_topic)])


@transaction.atomic
def start_step(*, by: Person, step: Step, at: datetime) -> Step:
    """Run a step, forward or back: those before it are done, those after it are to come.

    Raises `Refused`: roles, `workshop_planned`, `workshop_closed`.
    """
    room = enter("step.run", by=by, workshop_id=step.workshop_id)
    return run(room, Step.objects.get(pk=step.pk), at)


def run(room: Workshop, step: Step, at: datetime) -> Step:
    """Make this the running step, and tell."""
    others = room.steps.exclude(pk=step.pk)
    others.filter(position__lt=step.position).update(state=Step.State.DONE)
    others.filter(position__gt=step.position).update(state=Step.State.PLANNED)
    step.state, step.started_at = Step.State.RUNNING, at
    step.ends_at = at + timedelta(minutes=step.minutes)
    step.save(update_fields=["state", "started_at", "ends_at"])
    tell_run(room, StepStarted(step.pk))
    return step


def tell_run(room: Workshop, fact: StepStarted | StepFinished | StepExtended) -> None:
    """Tell the room and its facilitators' bar, and refresh the timer."""
    publish([(fact, room.topic), (fact, room.facilitation_topic)])
    touch(room.topic)


@transaction.atomic
def finish_step(*, by: Person, workshop: Workshop, at: datetime) -> Step:
    """End the running step; none runs until the next one starts. Raises `Refused`: roles, `no_step_runs`."""
    room = enter("step.run", by=by, workshop_id=workshop.pk)
    step = running(room)
    step.state = Step.State.DONE
    step.save(update_fields=["state"])
    tell_run(room, StepFinished(step.pk))
    return step


def running(room: Workshop) -> Step:
    """The step that runs. Raises `Refused("no_step_runs")`."""
    step = room.steps.filter(state=Step.State.RUNNING).first()
    if step is None:
        raise Refused("no_step_runs")
    return step


@transaction.atomic
def start_next_step(*, by: Person, workshop: Workshop, at: datetime) -> Step:
    """Run the first step still to come. Raises `Refused`: roles, `no_step_left`."""
    room = enter("step.run", by=by, workshop_id=workshop.pk)
    step = room.steps.filter(state=Step.State.PLANNED).order_by("position").first()
    if step is None:
        raise Refused("no_step_left")
    return run(room, step, at)


@transaction.atomic
def start_previous_step(*, by: Person, workshop: Workshop, at: datetime) -> Step:
    """Go back to the last step done. Raises `Refused`: roles, `no_step_before`."""
    room = enter("step.run", by=by, workshop_id=workshop.pk)
    step = room.steps.filter(state=Step.State.DONE).order_by("-position").first()
    if step is None:
        raise Refused("no_step_before")
    return run(room, step, at)


@transaction.atomic
def extend_step(*, by: Person, workshop: Workshop, minutes: int, at: datetime) -> Step:
    """Give the running step more time, counted from now when its time is over.

    Raises `Refused`: roles, `no_step_runs`, `minutes_out_of_range`.
    """
    room = enter("step.run", by=by, workshop_id=workshop.pk)
    step = running(room)
    step.ends_at = max(step.ends_at or at, at) + timedelta(minutes=rules.checked_minutes(minutes))
    step.save(update_fields=["ends_at"])
    tell_run(room, StepExtended(step.pk, minutes))
    return step
