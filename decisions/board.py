"""What the board looks at before it meets, read in one place for the page and for its live updates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from cooperation.models import GoverningBody, LegalEntity, Mandate, NetworkEvent
from decisions.curves import Curve, curve_of
from decisions.models import Action, ActionQuerySet, Axis, Decision, Indicator, Measure, Plan
from decisions.rules import progress_of

SOON = timedelta(days=31)
ENDING = timedelta(days=365)
MOST = 12


@dataclass(frozen=True)
class Work:
    """Some actions counted: how many are done, run, are late, were given up, and their progress together."""

    total: int
    done: int
    running: int
    late: int
    dropped: int
    progress: int


@dataclass(frozen=True)
class AxisLine:
    """One axis with the work done on it."""

    axis: Axis
    work: Work
    actions: Sequence[Action] = ()


@dataclass(frozen=True)
class DecisionLine:
    """One decision with what became of it."""

    decision: Decision
    work: Work


@dataclass(frozen=True)
class Ending:
    """Terms of office in one body that end on one day."""

    body: GoverningBody
    until: date | None
    mandates: Sequence[Mandate]


def work_of(rows: Iterable[Action], on: date) -> Work:
    """Count these actions on a day; what was given up does not weigh on the progress."""
    actions = list(rows)
    states = [action.state for action in actions]
    alive = [action for action in actions if action.state != Action.State.DROPPED]
    return Work(
        total=len(actions),
        done=states.count(Action.State.DONE),
        running=states.count(Action.State.RUNNING),
        late=sum(action.is_late(on) for action in actions),
        dropped=states.count(Action.State.DROPPED),
        progress=progress_of([action.progress for action in alive]),
    )


def with_parties(rows: ActionQuerySet) -> ActionQuerySet:
    """Actions with what a line shows."""
    return rows.select_related("axis__plan", "pilot", "pilot_organisation")


def actions_of(entity: LegalEntity) -> ActionQuerySet:
    """The actions of an entity's plans, with what a line shows."""
    return with_parties(Action.objects.filter(axis__plan__entity=entity))


def to_follow(entity: LegalEntity) -> list[Action]:
    """The running actions the board looks at: late first, then due soon, then by date."""
    soonest = F("due_on").asc(nulls_last=True)
    return list(actions_of(entity).running().order_by(soonest, "axis__number", "number")[:MOST])


def lately_done(entity: LegalEntity) -> list[Action]:
    """The last actions done."""
    return list(actions_of(entity).done().order_by("-due_on", "-pk")[:5])


def plan_lines(plan: Plan | None, on: date) -> list[AxisLine]:
    """Each axis of the plan with its actions and the work on them."""
    if plan is None:
        return []
    rows = with_parties(Action.objects.all()).order_by("number")
    axes = plan.axes.prefetch_related(Prefetch("actions", queryset=rows))
    return [AxisLine(axis, work_of(axis.actions.all(), on), list(axis.actions.all())) for axis in axes]


def work_of_all(lines: Iterable[AxisLine], on: date) -> Work:
    """The work of all the axes of a plan together."""
    return work_of((action for line in lines for action in line.actions), on)


def decision_lines(entity: LegalEntity, on: date, most: int = 5) -> list[DecisionLine]:
    """The last decisions, and what was done of each."""
    rows = Decision.objects.filter(entity=entity).select_related("body", "superseded_by")
    rows = rows.prefetch_related("actions", "plans")[:most]
    return [DecisionLine(decision, work_of(decision.actions.all(), on)) for decision in rows]


def curves_of(entity: LegalEntity) -> list[Curve]:
    """Each indicator of an entity as a curve."""
    oldest_first = Prefetch("measures", queryset=Measure.objects.order_by("on"))
    rows = Indicator.objects.filter(entity=entity).prefetch_related(oldest_first)
    return [curve_of(indicator, list(indicator.measures.all())) for indicator in rows]


def mandates_ending(entity: LegalEntity, on: date) -> list[Ending]:
    """Terms of office of the board and the executive that end within a year, together by body and day."""
    rows = Mandate.objects.as_of(on).on_board(entity).filter(until__lte=on + ENDING)
    found: dict[tuple[int, date | None], list[Mandate]] = {}
    for mandate in rows.select_related("person", "body").order_by("until", "body", "person__family_name"):
        found.setdefault((mandate.body_id, mandate.until), []).append(mandate)
    return [Ending(mandates[0].body, mandates[0].until, mandates) for mandates in found.values()]


def seats_taken(entity: LegalEntity, on: date) -> dict[str, int]:
    """How many people sit in the board and in the executive today."""
    held = list(Mandate.objects.as_of(on).on_board(entity).values_list("body__kind", flat=True))
    return {kind.value: held.count(kind) for kind in GoverningBody.BOARDS}


def next_meeting(on: date) -> NetworkEvent | None:
    """The next meeting of the network's agenda."""
    ahead = NetworkEvent.objects.filter(kind=NetworkEvent.Kind.MEETING, starts_on__gte=on)
    return ahead.in_order().first()


def kept_by(person: int | None, on: date) -> QuerySet[LegalEntity]:
    """The entities whose board this person sits on."""
    seats = Mandate.objects.as_of(on).filter(person=person, body__kind__in=GoverningBody.BOARDS)
    return LegalEntity.objects.filter(pk__in=seats.values("body__entity"))


def shown(entity: LegalEntity, on: date) -> dict[str, Any]:
    """What the live regions of the board page show now: the same values for the page and for a fragment."""
    plan = Plan.objects.current(entity, on)
    return {
        "entity": entity,
        "today": on,
        "seats": seats_taken(entity, on),
        "late": actions_of(entity).late(on).count(),
        "to_follow": to_follow(entity),
        "done": lately_done(entity),
        "plan": plan,
        "lines": plan_lines(plan, on),
        "decisions": decision_lines(entity, on),
        "curves": curves_of(entity),
    }
