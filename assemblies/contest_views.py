"""The pages where an election or a choice is prepared: its rules, then its candidates."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from assemblies.models import Assembly, Candidate, Resolution
from assemblies.preparation import people_to_name
from assemblies.renewing import renewal_of
from assemblies.services.contests import WAYS
from assemblies.views import person_of
from votes.models import Poll

ELECTING = ("election", "scottish_stv")


def prepared(request: HttpRequest, at: datetime) -> QuerySet[Assembly]:
    """The assemblies who asks prepares."""
    found = Assembly.objects.prepared_by(person_of(request), timezone.localdate(at))
    return found.select_related("entity", "body")


@login_required
def contest_new(request: HttpRequest, assembly: int, **_others: Any) -> HttpResponse:
    """Which election or choice: how one votes, how many seats, what settles a tie."""
    row = get_object_or_404(prepared(request, timezone.now()), pk=assembly)
    ways = [choice for choice in Poll.Method.choices if choice[0] in WAYS and choice[0] not in ELECTING]
    shown = {
        "nav": "assemblies",
        "assembly": row,
        "ways": ways,
        "bodies": row.entity.bodies.exclude(kind="assembly"),
        "is_choice": request.GET.get("choix") == "1" or request.POST.get("method") in dict(ways),
    }
    return render(request, "assemblies/contest_new.html", shown)


@login_required
def contest_page(request: HttpRequest, assembly: int, resolution: int, **_others: Any) -> HttpResponse:
    """The candidates, in the order of the ballot, and who else stands."""
    at = timezone.now()
    row = get_object_or_404(prepared(request, at), pk=assembly)
    asked = Resolution.objects.filter(assembly=row, contest__isnull=False).whole()
    found = get_object_or_404(asked, pk=resolution)
    contest = found.contest
    is_open = found.state == Resolution.State.TABLED and row.state != Assembly.State.CLOSED
    board, others = people_to_name(row, timezone.localdate(at)) if contest.is_election else ((), ())
    shown = {
        "nav": "assemblies",
        "assembly": row,
        "resolution": found,
        "contest": contest,
        "candidates": list(contest.candidates.all()),
        "takes": is_open and (contest.is_election or row.state == Assembly.State.PREPARED),
        "board": board,
        "others": others,
        "genders": Candidate.Gender.choices,
        "renewal": renewal_of(contest.body, contest.renewed_by, row.held_on) if contest.body else None,
    }
    return render(request, "assemblies/contest.html", shown)
