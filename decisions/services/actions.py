"""Actions of a plan: putting them on an axis, saying how far they are, finishing or giving them up."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cooperation.models import Organisation, Person
from cooperation.services import write_notices
from decisions.events import ActionAdded, ActionDropped, ActionFinished, ActionProgressed, ActionResumed
from decisions.models import Action, Axis, Decision, FollowUp
from decisions.rights import is_on_board, is_pilot
from decisions.rules import check_dates, check_may_follow_up, check_may_keep, check_progress
from decisions.services.register import board_topic
from realtime.facts import Fact
from realtime.publish import publish
from realtime.refused import Refused


@transaction.atomic
def add_action(
    *,
    by: Person,
    axis: Axis,
    title: str,
    due_on: date | None,
    at: datetime,
    text: str = "",
    pilot: Person | None = None,
    pilot_organisation: Organisation | None = None,
    partners: Sequence[Organisation] = (),
    starts_on: date | None = None,
    budget_cents: int | None = None,
    decision: Decision | None = None,
) -> Action:
    """Put an action on an axis of a plan, under the axis's next number, and tell its pilot.

    Raises `Refused`: `not_on_board`, `ends_before_it_begins`.
    """
    axis = Axis.objects.select_for_update(of=("self",)).select_related("plan").get(pk=axis.pk)
    check_may_keep(is_on_board=is_on_board(by, axis.plan.entity_id, timezone.localdate(at)))
    check_dates(since=starts_on, until=due_on)
    action = Action.objects.create(
        axis=axis,
        number=(axis.actions.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=title,
        text=text,
        pilot=pilot,
        pilot_organisation=pilot_organisation,
        starts_on=starts_on,
        due_on=due_on,
        budget_cents=budget_cents,
        decision=decision or axis.plan.decision,
    )
    action.partners.set(partners)
    facts: list[tuple[Fact, str]] = [(ActionAdded(action.pk, axis.pk), board_topic(axis.plan.entity_id))]
    if pilot is not None and pilot != by:
        facts += write_notices(people=[pilot], sentence=lambda: entrusted(action), url=page_of(action), at=at)
    publish(facts)
    return action


@transaction.atomic
def note_progress(*, author: Person, action: Action, text: str, progress: int, at: datetime) -> FollowUp:
    """Say what moved and how far the action is, in hundredths; at 100 it is done.

    Raises `Refused`: `not_the_pilot`, `action_closed`, `progress_out_of_range`.
    """
    check_progress(progress)
    action = locked(action)
    check_may_follow_up(
        is_on_board=is_on_board(author, action.entity_id, timezone.localdate(at)),
        is_pilot=is_pilot(author, action, timezone.localdate(at)),
        is_running=action.state == Action.State.RUNNING,
    )
    note = FollowUp.objects.create(action=action, author=author, at=at, text=text, progress=progress)
    facts: list[Fact] = [ActionProgressed(action.pk, action.axis_id, note.pk, progress)]
    if progress == 100:
        action.state = Action.State.DONE
        facts.append(ActionFinished(action.pk, action.axis_id))
    action.progress = progress
    action.save(update_fields=["progress", "state"])
    publish([(fact, board_topic(action.entity_id)) for fact in facts])
    return note


def finish_action(*, by: Person, action: Action, at: datetime, text: str = "") -> FollowUp:
    """Say that the action is done. Raises what `note_progress` raises."""
    return note_progress(author=by, action=action, text=text or _("L’action est faite."), progress=100, at=at)


@transaction.atomic
def drop_action(*, by: Person, action: Action, why: str, at: datetime) -> FollowUp:
    """Give an action up, with the reason everybody reads in its follow-up.

    Raises `Refused`: `not_on_board`, `action_closed`, `reason_missing`.
    """
    action = locked(action)
    check_may_keep(is_on_board=is_on_board(by, action.entity_id, timezone.localdate(at)))
    check_may_follow_up(is_on_board=True, is_pilot=False, is_running=action.state == Action.State.RUNNING)
    if not why.strip():
        raise Refused("reason_missing")
    note = FollowUp.objects.create(action=action, author=by, at=at, text=why, progress=action.progress)
    action.state = Action.State.DROPPED
    action.save(update_fields=["state"])
    publish([(ActionDropped(action.pk, action.axis_id, note.pk), board_topic(action.entity_id))])
    return note


@transaction.atomic
def resume_action(*, by: Person, action: Action, why: str, at: datetime) -> FollowUp:
    """Run again an action that was done or given up, with the reason.

    Raises `Refused`: `not_on_board`, `action_running`, `reason_missing`.
    """
    action = locked(action)
    check_may_keep(is_on_board=is_on_board(by, action.entity_id, timezone.localdate(at)))
    if action.state == Action.State.RUNNING:
        raise Refused("action_running")
    if not why.strip():
        raise Refused("reason_missing")
    note = FollowUp.objects.create(action=action, author=by, at=at, text=why, progress=action.progress)
    action.state = Action.State.RUNNING
    action.save(update_fields=["state"])
    publish([(ActionResumed(action.pk, action.axis_id, note.pk), board_topic(action.entity_id))])
    return note


def locked(action: Action) -> Action:
    """The action, its row held until the end of the act."""
    return Action.objects.select_for_update(of=("self",)).select_related("axis__plan").get(pk=action.pk)


def page_of(action: Action) -> str:
    """Where the action is followed."""
    return reverse("decisions:action-page", args=[action.pk])


def entrusted(action: Action) -> str:
    """What a pilot reads."""
    return _("Une action vous est confiée : %(action)s.") % {"action": str(action)}
