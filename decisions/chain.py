"""What this floor hands to the pages that read every floor: actions that wait, and what came of a decision."""

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cooperation.chain import Hop, Todo
from cooperation.models import Person
from decisions import board
from decisions.curves import with_unit
from decisions.models import Action, Decision, Measure
from decisions.words import lateness

AHEAD = timedelta(days=31)
STATES = {Action.State.DONE: "done", Action.State.RUNNING: "now", Action.State.DROPPED: "done"}


def todo(person: Person, at: datetime) -> list[Todo]:
    """The running actions this person pilots, alone or for an organisation, late or due within a month."""
    today = timezone.localdate(at)
    rows = board.with_parties(Action.objects.all()).running().piloted_by(person, today)
    due = rows.filter(due_on__lte=today + AHEAD).prefetch_related("follow_ups").order_by("due_on", "pk")
    return [waiting(action, at) for action in due]


def waiting(action: Action, at: datetime) -> Todo:
    """One action as something to do."""
    due = action.due_on or timezone.localdate(at)
    return Todo(
        kind="action",
        title=_("Votre action : %(title)s") % {"title": action.title},
        url=reverse("decisions:action-page", args=[action.pk]),
        why=when(action, at),
        detail=_("Axe %(number)s. %(news)s") % {"number": action.axis.number, "news": last_news(action, at)},
        label=_("Dire où vous en êtes"),
        due_at=timezone.make_aware(datetime.combine(due, time(23, 59))),
    )


def when(action: Action, at: datetime) -> str:
    """« Dans 2 jours, lundi 17 mars », « 5 jours de retard »."""
    if action.due_on is None:
        return ""
    days = (action.due_on - timezone.localdate(at)).days
    if days < 0:
        return lateness(-days)
    day = date_format(action.due_on, "l j F")
    if days == 0:
        return _("Aujourd’hui")
    return ngettext("Demain, %(day)s", "Dans %(days)s jours, %(day)s", days) % {"days": days, "day": day}


def last_news(action: Action, at: datetime) -> str:
    """How long ago somebody wrote about it."""
    notes = list(action.follow_ups.all())
    if not notes:
        return _("Pas encore de nouvelle.")
    days = (timezone.localdate(at) - timezone.localdate(notes[0].at)).days
    if days <= 0:
        return _("Dernière nouvelle aujourd’hui.")
    words = ngettext(
        "Dernière nouvelle il y a %(days)s jour.", "Dernière nouvelle il y a %(days)s jours.", days
    )
    return words % {"days": days}


def hops_of_decision(decision: Decision) -> list[Hop]:
    """The decision, then what it began: its plans, its actions, and what was measured on their axes."""
    return [
        hop_of(decision),
        *[hop_of_action(action) for action in actions_after(decision)],
        *[hop_of_measure(measure) for measure in measures_after(decision)],
    ]


def hop_of(decision: Decision) -> Hop:
    """The decision's own card."""
    who = decision.body.name if decision.body else decision.entity.name
    plans = ", ".join(plan.title for plan in decision.plans.all())
    return Hop(
        kind="decision",
        title=decision.title,
        url=reverse("decisions:decision-page", args=[decision.pk]),
        meta=_("Décision %(number)s · %(who)s, %(day)s")
        % {"number": decision.reference, "who": who, "day": date_format(decision.decided_on, "j F Y")},
        text=_("Adopte : %(plans)s.") % {"plans": plans} if plans else "",
        on=decision.decided_on,
    )


def actions_after(decision: Decision) -> list[Action]:
    """The actions that carry the decision out, in the order of the plan."""
    return list(board.with_parties(decision.actions.all()).order_by("axis__number", "number"))


def hop_of_action(action: Action) -> Hop:
    """One action's card, with its progress."""
    state = Action.State(action.state)
    day = date_format(action.due_on, "j F Y") if action.due_on else ""
    words = {"number": action.axis.number, "state": state.label, "day": day}
    meta = (
        _("Action, axe %(number)s · %(state)s")
        if not day
        else _("Action, axe %(number)s · %(state)s · échéance %(day)s")
    )
    return Hop(
        kind="action",
        title=str(action),
        url=reverse("decisions:action-page", args=[action.pk]),
        meta=meta % words,
        who=action.pilot_name,
        on=action.due_on,
        state=STATES[state],
        progress=None if state == Action.State.DROPPED else action.progress,
    )


def measures_after(decision: Decision) -> list[Measure]:
    """The latest measure of each indicator on an axis of the plans it adopted or of its actions."""
    after = Measure.objects.filter(on__gte=decision.decided_on).select_related("indicator").order_by("-on")
    rows = after.filter(indicator__axis__plan__decision=decision) | after.filter(
        indicator__axis__actions__decision=decision
    )
    latest: dict[int, Measure] = {}
    for measure in rows.distinct():
        latest.setdefault(measure.indicator_id, measure)
    return list(latest.values())


def hop_of_measure(measure: Measure) -> Hop:
    """One measure's card."""
    indicator = measure.indicator
    return Hop(
        kind="mesure",
        title=f"{indicator.name} : {with_unit(measure.value, indicator.unit)}",
        url=reverse("decisions:indicator-page", args=[indicator.pk]),
        meta=_("Mesure du %(day)s") % {"day": date_format(measure.on, "j F Y")},
        text=measure.note,
        on=measure.on,
    )
