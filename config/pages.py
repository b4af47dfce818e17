"""The pages that read every floor: what waits for me, the thread of a decision, everything else."""

from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

import assemblies.chain
import cooperation.chain
import decisions.chain
import votes.chain
import workshops.chain
from config import fates
from cooperation.chain import Hop, Todo
from cooperation.models import NetworkEvent, Person
from decisions.models import Decision
from realtime.publish import last_seq
from workshops.models import Proposal

FLOORS = (votes.chain, assemblies.chain, workshops.chain, decisions.chain, cooperation.chain)


def todos_of(person: Person, at: datetime) -> list[Todo]:
    """Everything that waits for a person: what calls now first, then by date, then the rest."""
    found = [todo for floor in FLOORS for todo in floor.todo(person, at)]
    far = at + timedelta(days=36_500)
    return sorted(found, key=lambda todo: (not todo.is_now, todo.due_at or far))


def home(request: HttpRequest) -> HttpResponse:
    """« À faire » for who is logged in; what this place is, and two ways in, for everybody else."""
    if not isinstance(request.user, Person):
        return render(request, "pages/welcome.html", {"nav": "todo"})
    at = timezone.now()
    seq = last_seq(f"person:{request.user.pk}")
    mine = (
        Proposal.objects.filter(author=request.user)
        .select_related("version", "workshop")
        .order_by("-created_at")
    )
    shown = {
        "nav": "todo",
        "seq": seq,
        "todos": todos_of(request.user, at),
        "fates": [fates.fate_of(proposal) for proposal in mine[:4]],
        "notices": request.user.notifications.unread()[:3],
        "events": NetworkEvent.objects.filter(starts_on__gte=timezone.localdate()).order_by("starts_on")[:3],
        "decided": decisions_seen_by(request.user),
        "at": at,
    }
    return render(request, "pages/home.html", shown)


def decisions_seen_by(person: Person) -> list[Decision]:
    """The last lines of the register, for the members of its entity."""
    return list(Decision.objects.visible_to(person).select_related("entity", "body")[:3])


@login_required
def threads(request: HttpRequest) -> HttpResponse:
    """Every decision, each the end of a thread one can walk back."""
    page = Paginator(Decision.objects.visible_to(request.user).select_related("entity", "body"), 20)
    return render(
        request, "pages/threads.html", {"nav": "trace", "page": page.get_page(request.GET.get("page"))}
    )


def hops_to(decision: Decision) -> list[Hop]:
    """From the first words to the decision, then to the actions and measures that came of it."""
    resolution = assemblies.chain.resolution_of_decision(decision)
    upstream: list[Hop] = []
    if resolution is not None:
        if resolution.version is not None:
            upstream += workshops.chain.hops_of_version(resolution.version)
        upstream += assemblies.chain.hops_of_resolution(resolution)
    return upstream + decisions.chain.hops_of_decision(decision)


@login_required
def decision_thread(request: HttpRequest, pk: int) -> HttpResponse:
    """The thread of one decision."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user), pk=pk)
    shown = {"nav": "trace", "title": str(decision), "decision": decision, "hops": hops_to(decision)}
    return render(request, "pages/thread.html", shown)


@login_required
def proposal_thread(request: HttpRequest, pk: int) -> HttpResponse:
    """The thread of one proposal, downstream: what became of these words."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).select_related("version"), pk=pk)
    version = proposal.version
    if version is None:
        raise Http404
    shown = {"nav": "trace", "title": version.title, "proposal": proposal, "hops": hops_from(proposal)}
    return render(request, "pages/thread.html", shown)


def hops_from(proposal: Proposal) -> list[Hop]:
    """Where a proposal came from, then every vote, decision and action it led to, merges included."""
    end = workshops.chain.end_of(proposal)
    hops = workshops.chain.hops_of_version(end)
    for resolution in assemblies.chain.resolutions_of_version(end):
        hops += assemblies.chain.hops_of_resolution(resolution)
        if resolution.decision is not None:
            hops += decisions.chain.hops_of_decision(resolution.decision)
    return hops


def more(request: HttpRequest) -> HttpResponse:
    """The places that do not fit in the phone's tab bar."""
    return render(request, "plus.html", {"nav": "more"})
