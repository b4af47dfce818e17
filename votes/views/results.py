"""The pages of what came out: the result with its picture and its sentences, the roll, the list of polls."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, F, Q, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from cooperation.models import Person
from realtime.publish import last_seq
from realtime.refused import Refused, sentence_of
from votes.cards import cards_of
from votes.models import Elector, Poll, Result, RollAmendment
from votes.officers import is_officer, newcomers_of
from votes.services import read_result
from votes.views.ballots import seen_poll

PER_PAGE = 20
LINES_PER_PAGE = 100


@login_required
def poll_result(request: HttpRequest, poll: int) -> HttpResponse:
    """The result as the poll's rule lets it be seen; before that, the turnout. The first reader counts."""
    at, seq = timezone.now(), last_seq(f"poll:{poll}")
    found = seen_poll(request, poll, at)
    result, waits = result_or_why(found, at)
    context = {
        "nav": "votes",
        "poll": found,
        "result": result,
        "waits": waits,
        "seq": seq,
        "card": cards_of([found], at, request.user)[found.pk],
        "may_read_roll": may_read_roll(request, found),
        "leads": found.method == Poll.Method.CONSENT and is_officer(found.parent, request.user),
    }
    return render(request, "votes/result.html", context)


def objection_door_page(request: HttpRequest, poll: int) -> HttpResponse:
    """What the door of the act shows: the result's page, which says why a note was refused."""
    return poll_result(request, poll=poll)


def result_or_why(poll: Poll, at: datetime) -> tuple[Result | None, str]:
    """The counted result, or the sentence that says why there is none to show."""
    try:
        return read_result(poll=poll, at=at), ""
    except Refused as refused:
        return None, sentence_of(refused)


def may_read_roll(request: HttpRequest, poll: Poll) -> bool:
    """The people of the roll, whoever opened the poll, and the officers of the place it was opened in."""
    mine = Elector.objects.held_by(request.user).filter(poll=poll)
    is_keeper = poll.opened_by_id == request.user.pk or is_officer(poll.parent, request.user)
    return is_keeper or mine.exists()


@login_required
def poll_roll(request: HttpRequest, poll: int, **_others: Any) -> HttpResponse:
    """The sealed roll: who may vote, in which college, and who has. `?tout` prints it whole."""
    at = timezone.now()
    found = get_object_or_404(Poll, pk=poll)
    if not may_read_roll(request, found):
        raise Http404
    lines = found.electors.select_related("ballot")
    pages = Paginator(lines, max(found.electors.count(), 1) if "tout" in request.GET else LINES_PER_PAGE)
    names = {item["college"]: item["label"] for item in found.rules.get("colleges") or []}
    context = {
        "nav": "votes",
        "poll": found,
        "page": pages.get_page(request.GET.get("page")),
        "names": names,
        "card": cards_of([found], at)[found.pk],
        "is_whole": "tout" in request.GET,
        "seq": last_seq(found.topic),
        **amending(request, found, at),
    }
    context["sealed_lines"] = found.electors.count() - len(context["added"])
    return render(request, "votes/roll.html", context)


def amending(request: HttpRequest, poll: Poll, at: datetime) -> dict[str, Any]:
    """How the roll was amended; for the officers, what waits for a second signature and who may be added."""
    amendments = list(RollAmendment.objects.in_force().whole().filter(poll=poll))
    shown = {
        "amendments": amendments,
        "added": {amendment.elector_id: amendment for amendment in amendments if amendment.is_addition},
    }
    if not is_officer(poll.parent, request.user):
        return shown
    waiting = RollAmendment.objects.waiting().whole().filter(poll=poll)
    newcomers = newcomers_of(poll, at) if poll.is_open(at) else []
    return {**shown, "is_officer": True, "waiting_amendments": waiting, "newcomers": newcomers}


def in_order(polls: QuerySet[Poll], at: datetime) -> QuerySet[Poll]:
    """Open ones first: those that bind, then the most urgent; then the past, newest first."""
    is_open = Q(pk__in=Poll.objects.open(at).values("pk"))
    rank = Case(When(is_open & Q(is_binding=True), then=0), When(is_open, then=1), default=2)
    ordered = polls.annotate(rank=rank, until=Case(When(is_open, then=F("closes_at"))))
    return ordered.order_by("rank", F("until").asc(nulls_last=True), "-opened_at", "-pk")


@login_required
def poll_list(request: HttpRequest) -> HttpResponse:
    """The polls in which the reader is on the roll."""
    at = timezone.now()
    page = Paginator(in_order(Poll.objects.held_by(request.user), at), PER_PAGE).get_page(
        request.GET.get("page")
    )
    polls = list(page.object_list)
    cards_of(polls, at, request.user)
    waiting = waiting_in(request.user, polls)
    for poll in polls:
        vars(poll)["waits"] = poll.pk in waiting
    open_ones = [poll for poll in polls if poll.is_open(at)]
    past = [poll for poll in polls if not poll.is_open(at)]
    return render(
        request, "votes/poll_list.html", {"nav": "votes", "page": page, "open_ones": open_ones, "past": past}
    )


def waiting_in(person: object, polls: list[Poll]) -> set[int]:
    """Those of these polls in which a line of this person has not voted."""
    if not isinstance(person, Person):
        return set()
    mine = Elector.objects.held_by(person).filter(poll__in=polls, has_voted_at__isnull=True)
    return set(mine.values_list("poll_id", flat=True))
