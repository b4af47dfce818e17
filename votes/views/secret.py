"""The pages of a secret ballot: the receipt, which only the device completes, and the two lists of the count."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve
from django.utils import timezone

from realtime.doors import form_door
from realtime.publish import last_seq
from realtime.refused import Refused
from votes.api import BALLOT_CAST
from votes.choices import labels_of
from votes.models import Elector, Poll
from votes.secrecy import read_code
from votes.services import published_lists, read_result
from votes.views.ballots import ballot_door_page, booth_of, seen_poll

cast_form = form_door(BALLOT_CAST, ballot_door_page)


def ballot_door(request: HttpRequest, poll: int) -> HttpResponseBase:
    """The door of a ballot's form. A secret one is answered with its receipt, printed with the code of that form.

    A redirection could only carry the code through an address, a cookie or a session: all are written somewhere.
    """
    response = cast_form(request, poll=poll)
    if response.status_code != 303 or not request.POST.get("code"):
        return response
    return receipt(request, poll, resolve(urlsplit(response["Location"]).path).kwargs["elector"])


@login_required
def secret_receipt(request: HttpRequest, poll: int, elector: int) -> HttpResponse:
    """That a ballot was received for this line: what it says, and its code, are nowhere beside it."""
    return receipt(request, poll, elector)


def receipt(request: HttpRequest, poll: int, elector: int) -> HttpResponse:
    """The receipt, for the people of the line only; the code is the form's own, where it was just sent."""
    seq, at = last_seq(f"poll:{poll}"), timezone.now()
    mine = Elector.objects.held_by(request.user).filter(poll=poll, poll__secrecy=Poll.Secrecy.SECRET)
    line = get_object_or_404(mine.filter(has_voted_at__isnull=False).select_related("poll"), pk=elector)
    context = {
        "nav": "votes",
        "poll": line.poll,
        "line": line,
        "booth": booth_of(request, line.poll, str(line.pk)),
        "code": read_code(request.POST.get("code", "")) or "",
        "seq": seq,
        "is_open": line.poll.is_open(at),
    }
    return render(request, "votes/secret_receipt.html", context)


@login_required
def secret_lists(request: HttpRequest, poll: int) -> HttpResponse:
    """The codes counted and the ballots, once the result may be read. Nothing on the page joins the two."""
    at = timezone.now()
    found = seen_poll(request, poll, at)
    if found.secrecy != Poll.Secrecy.SECRET:
        raise Http404
    try:
        read_result(poll=found, at=at)
    except Refused:
        return redirect("votes:poll-result", poll)
    lists = published_lists(found)
    ballots = [(ballot["college"], labels_of(found, ballot["choices"])) for ballot in lists["ballots"]]
    context = {"nav": "votes", "poll": found, "codes": sorted(lists["codes"]), "ballots": ballots}
    return render(request, "votes/secret_lists.html", context)
