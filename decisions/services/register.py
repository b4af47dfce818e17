"""Recording decisions in an entity's numbered register, and the plans they adopt."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from cooperation.models import GoverningBody, LegalEntity
from decisions.events import DecisionRecorded, DecisionSuperseded, PlanAdopted
from decisions.models import Axis, Decision, Plan
from decisions.rules import check_dates, check_supersedes
from realtime.publish import publish


def board_topic(entity: int) -> str:
    """The topic of an entity's board page."""
    return f"board:{entity}"


@transaction.atomic
def record_decision(
    *,
    entity: LegalEntity,
    title: str,
    text: str,
    decided_on: date,
    at: datetime,
    body: GoverningBody | None = None,
    source_title: str = "",
    source_url: str = "",
) -> Decision:
    """Write a decision under the next number of its entity and year; the entity's row is the counter's lock.

    Who calls has checked the right: an assembly that adopted, or a member of the board.
    """
    LegalEntity.objects.select_for_update().get(pk=entity.pk)
    year = Decision.objects.filter(entity=entity, year=decided_on.year)
    decision = Decision.objects.create(
        entity=entity,
        body=body,
        year=decided_on.year,
        number=(year.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=title,
        text=text,
        decided_on=decided_on,
        source_title=source_title,
        source_url=source_url,
    )
    publish([(DecisionRecorded(decision.pk), board_topic(entity.pk))])
    return decision


@transaction.atomic
def supersede_decision(*, decision: Decision, by: Decision, at: datetime) -> Decision:
    """Say that a later decision replaces this one, which is no longer in force.

    Raises `Refused`: `decision_elsewhere`, `decision_superseded`, `decided_before`.
    """
    old = Decision.objects.select_for_update().get(pk=decision.pk)
    check_supersedes(
        old_entity=old.entity_id,
        new_entity=by.entity_id,
        is_in_force=old.superseded_by_id is None and old.pk != by.pk,
        old_on=old.decided_on,
        new_on=by.decided_on,
    )
    old.superseded_by = by
    old.save(update_fields=["superseded_by"])
    publish([(DecisionSuperseded(old.pk, by.pk), board_topic(old.entity_id))])
    return old


@transaction.atomic
def adopt_plan(
    *,
    entity: LegalEntity,
    title: str,
    since: date,
    until: date,
    axes: Sequence[tuple[int, str, str]],
    at: datetime,
    decision: Decision | None = None,
) -> Plan:
    """Begin a plan with its axes (number, title, text), adopted by a decision.

    Raises `Refused("ends_before_it_begins")`.
    """
    check_dates(since=since, until=until)
    plan = Plan.objects.create(entity=entity, title=title, since=since, until=until, decision=decision)
    Axis.objects.bulk_create(
        [Axis(plan=plan, number=number, title=name, text=text) for number, name, text in axes]
    )
    publish([(PlanAdopted(plan.pk), board_topic(entity.pk))])
    return plan
