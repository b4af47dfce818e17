"""The tellers' page: paper ballots and raised hands, entered by one and confirmed by another."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode

from realtime.publish import last_seq
from votes.cards import cards_of
from votes.choices import choices_in, choices_of
from votes.desk import answers_in_one_touch, found_on_roll, rows_of, set_aside_in, waiting_in
from votes.models import Elector, Poll, TellerEntry
from votes.officers import is_teller, tellers_of
from votes.services.telling import tellers_topic

PER_DESK = 40


def kept_by(request: HttpRequest, pk: int) -> Poll:
    """The poll, for the tellers of the place it was opened in; 404 for anybody else."""
    poll = get_object_or_404(Poll, pk=pk)
    if not is_teller(poll.parent, request.user):
        raise Http404
    return poll


@login_required
def poll_tellers(request: HttpRequest, poll: int, **_others: Any) -> HttpResponse:
    """Enter line by line on the left, confirm what another teller entered on the right."""
    at = timezone.now()
    found = kept_by(request, poll)
    seqs = {"seq": last_seq(found.topic), "desk_seq": last_seq(tellers_topic(found))}
    words = asked(request, "q").strip()[:80]
    channel = asked(request, "canal") or asked(request, "channel")
    channel = channel if channel in TellerEntry.Channel.values else TellerEntry.Channel.PAPER.value
    page = Paginator(found_on_roll(found, words), PER_DESK).get_page(request.GET.get("page"))
    shown = {
        "nav": "assemblies",
        **seqs,
        "poll": found,
        "card": cards_of([found], at)[found.pk],
        "topic": tellers_topic(found),
        "words": words,
        "channel": channel,
        "channels": TellerEntry.Channel.choices,
        "query": urlencode({"q": words, "canal": channel}),
        "page": page,
        "rows": rows_of(found, page.object_list),
        "entries": waiting_in(found),
        "set_aside": set_aside_in(found),
        "is_alone": len(tellers_of(found.parent)) < 2,
        "is_quick": bool(answers_in_one_touch(found)),
        **one_line(request, found),
    }
    return render(request, "votes/tellers.html", shown)


def asked(request: HttpRequest, name: str) -> str:
    """A field of the form that failed, else of the address."""
    return str(request.POST.get(name) or request.GET.get(name) or "")


def one_line(request: HttpRequest, poll: Poll) -> dict[str, Any]:
    """The line being entered where a ballot takes a form of its own, with what was chosen."""
    if answers_in_one_touch(poll):
        return {}
    asked_line = asked(request, "elector") or asked(request, "ligne")
    line = Elector.objects.filter(poll=poll, pk=int(asked_line)).first() if asked_line.isdigit() else None
    return {"line": line, "answers": choices_of(poll), "chosen": choices_in(request.POST)}
