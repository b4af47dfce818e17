"""The board's page, the register, the plan, its actions and indicators."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from cooperation.models import LegalEntity, Organisation, people_of_network
from cooperation.views.network import for_the_network
from decisions import board
from decisions.api import ActionFilter, DecisionFilter
from decisions.curves import curve_of
from decisions.models import Action, Decision, Indicator, Plan
from decisions.rights import is_on_board, is_pilot
from decisions.services.register import board_topic
from realtime.publish import last_seq

PER_PAGE = 25


def entity_shown(slug: str | None) -> LegalEntity:
    """The entity of the address, else the one that has the latest plan, else the first."""
    if slug:
        return get_object_or_404(LegalEntity, slug=slug)
    latest = Plan.objects.select_related("entity").first()
    entity = latest.entity if latest else LegalEntity.objects.first()
    if entity is None:
        raise Http404
    return entity


@for_the_network
def board_page(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """« Le conseil, avant la réunion »: what is late, how far the plan is, what was done with the votes."""
    entity = entity_shown(slug)
    seq = last_seq(board_topic(entity.pk))
    today = timezone.localdate()
    context = {
        "nav": "board",
        "seq": seq,
        "topic": board_topic(entity.pk),
        "others": LegalEntity.objects.exclude(pk=entity.pk),
        "meeting": board.next_meeting(today),
        "mandates": board.mandates_ending(entity, today),
        "may_keep": is_on_board(request.user, entity.pk, today),
        **board.shown(entity, today),
    }
    return render(request, "decisions/board.html", context)


@for_the_network
def decision_list(request: HttpRequest) -> HttpResponse:
    """The registers, by year, entity, and whether a decision is in force."""
    today = timezone.localdate()
    rows = Decision.objects.select_related("entity", "body", "superseded_by").prefetch_related("actions")
    narrowed = DecisionFilter(request.GET, queryset=rows)
    page = Paginator(narrowed.qs, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "nav": "board",
        "page": page,
        "lines": [
            board.DecisionLine(row, board.work_of(row.actions.all(), today)) for row in page.object_list
        ],
        "asked": request.GET,
        "query": query.urlencode(),
        "entities": LegalEntity.objects.all(),
        "years": Decision.objects.order_by("-year").values_list("year", flat=True).distinct(),
        "kept": board.kept_by(request.user.pk, today),
    }
    return render(request, "decisions/decisions.html", context)


@for_the_network
def decision_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: its text, where it comes from, what became of it."""
    today = timezone.localdate()
    rows = Decision.objects.select_related("entity", "body", "superseded_by")
    decision = get_object_or_404(rows, pk=pk)
    actions = list(board.with_parties(decision.actions.all()))
    later = Decision.objects.in_force().filter(entity=decision.entity, decided_on__gte=decision.decided_on)
    may_keep = is_on_board(request.user, decision.entity_id, today)
    context = {
        "nav": "board",
        "decision": decision,
        "actions": actions,
        "work": board.work_of(actions, today),
        "plans": decision.plans.all(),
        "replaced": decision.supersedes.all(),
        "today": today,
        "may_keep": may_keep,
        "later": later.exclude(pk=pk)[:50] if may_keep and not decision.superseded_by_id else [],
    }
    return render(request, "decisions/decision.html", context)


@for_the_network
def decision_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form by which the board writes a decision in its register."""
    today = timezone.localdate()
    entity = get_object_or_404(board.kept_by(request.user.pk, today), slug=slug)
    context = {"nav": "board", "entity": entity, "bodies": entity.bodies.all(), "today": today}
    return render(request, "decisions/decision_form.html", context)


@for_the_network
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan, axis by axis, action by action."""
    today = timezone.localdate()
    plan = get_object_or_404(Plan.objects.select_related("entity", "decision"), pk=pk)
    seq = last_seq(board_topic(plan.entity_id))
    may_keep = is_on_board(request.user, plan.entity_id, today)
    lines = board.plan_lines(plan, today)
    context = {
        "nav": "board",
        "plan": plan,
        "topic": board_topic(plan.entity_id),
        "seq": seq,
        "lines": lines,
        "work": board.work_of_all(lines, today),
        "today": today,
        "may_keep": may_keep,
        "people": people_of_network(today).order_by("family_name", "given_name") if may_keep else [],
        "organisations": Organisation.objects.all() if may_keep else [],
    }
    return render(request, "decisions/plan.html", context)


@for_the_network
def plan_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form by which the board begins a plan."""
    today = timezone.localdate()
    entity = get_object_or_404(board.kept_by(request.user.pk, today), slug=slug)
    context = {
        "nav": "board",
        "entity": entity,
        "decisions": entity.decisions.in_force()[:50],
        "today": today,
    }
    return render(request, "decisions/plan_form.html", context)


@for_the_network
def action_list(request: HttpRequest) -> HttpResponse:
    """Every action, or mine."""
    today = timezone.localdate()
    rows = board.with_parties(Action.objects.all()).order_by("axis__plan", "axis__number", "number")
    if "mine" in request.GET:
        rows = rows.piloted_by(request.user, today)
    if request.GET.get("state") == "late":
        rows = rows.late(today)
    asked: Any = request.GET.copy()
    if asked.get("state") == "late":
        asked["state"] = Action.State.RUNNING
    page = Paginator(ActionFilter(asked, queryset=rows).qs, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "nav": "board",
        "page": page,
        "today": today,
        "asked": request.GET,
        "query": query.urlencode(),
        "states": [*Action.State.choices],
        "entities": LegalEntity.objects.filter(plans__isnull=False).distinct(),
    }
    return render(request, "decisions/actions.html", context)


@for_the_network
def action_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One action: who pilots it, how far it is, what was noted, and the forms of who may write."""
    today = timezone.localdate()
    rows = Action.objects.select_related("axis__plan__entity", "pilot", "pilot_organisation", "decision")
    action = get_object_or_404(rows.prefetch_related("partners"), pk=pk)
    seq = last_seq(board_topic(action.entity_id))
    may_keep = is_on_board(request.user, action.entity_id, today)
    context = {
        "nav": "board",
        "action": action,
        "topic": board_topic(action.entity_id),
        "seq": seq,
        "notes": action.follow_ups.select_related("author")[:100],
        "today": today,
        "may_keep": may_keep,
        "may_note": may_keep or is_pilot(request.user, action, today),
    }
    return render(request, "decisions/action.html", context)


@for_the_network
def indicator_page(request: HttpRequest, pk: int) -> HttpResponse:
    """An indicator as a curve and as a table, and the form of a measure for the board."""
    today = timezone.localdate()
    indicator = get_object_or_404(Indicator.objects.select_related("entity", "axis"), pk=pk)
    seq = last_seq(board_topic(indicator.entity_id))
    context = {
        "nav": "board",
        "indicator": indicator,
        "topic": board_topic(indicator.entity_id),
        "seq": seq,
        "curve": curve_of(indicator, list(indicator.measures.order_by("on"))),
        "today": today,
        "may_keep": is_on_board(request.user, indicator.entity_id, today),
    }
    return render(request, "decisions/indicator.html", context)
