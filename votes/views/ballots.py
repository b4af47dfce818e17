"""The pages of a ballot: choose, read again, send, and the receipt. Each works without a script."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from realtime.doors import Failure, key_of
from realtime.publish import last_seq
from realtime.refused import Refused, sentence_of
from votes.calls import choices_said
from votes.cards import cards_of
from votes.choices import choices_in, choices_of, labels_of
from votes.methods import method_of
from votes.models import Ballot, Elector, Poll
from votes.proofs import written_of
from votes.secrecy import new_code


@dataclass(frozen=True)
class Booth:
    """Who stands before a ballot: the poll, the reader's lines of the roll, the one being voted for."""

    poll: Poll
    lines: Sequence[Elector]
    line: Elector | None
    is_asked: bool = False

    @property
    def may_choose(self) -> bool:
        """Whether a ballot is to be filled: a first one, or another where the rule lets it be changed and one asks to."""
        if self.line is None or not self.line.has_voted:
            return self.line is not None
        return self.poll.allows_change and self.is_asked

    @property
    def others(self) -> list[Elector]:
        """The reader's other lines."""
        return [line for line in self.lines if line != self.line]

    @property
    def waiting(self) -> list[Elector]:
        """The lines that have not voted yet."""
        return [line for line in self.lines if not line.has_voted]


def seen_poll(request: HttpRequest, pk: int, at: datetime) -> Poll:
    """The poll, among those the reader may see; 404 for a stranger."""
    return get_object_or_404(Poll.objects.filter(pk=pk).visible_to(request.user, at))


def booth_of(request: HttpRequest, poll: Poll, wanted: str | None) -> Booth:
    """The reader's lines; the one asked for, else the first that has not voted, else the first."""
    mine = Elector.objects.held_by(request.user).filter(poll=poll)
    lines = list(mine.select_related("poll", "ballot", "membership__organisation", "titular", "substitute"))
    asked = [line for line in lines if str(line.pk) == wanted]
    waiting = [line for line in lines if not line.has_voted]
    return Booth(poll, lines, next(iter([*asked, *waiting, *lines]), None), bool(asked))


@login_required
def poll_page(request: HttpRequest, poll: int) -> HttpResponse:
    """The ballot while the poll is open, the result afterwards; an indicative poll is answered in place."""
    at, seq = timezone.now(), last_seq(f"poll:{poll}")
    found = seen_poll(request, poll, at)
    failure: Failure | None = getattr(request, "failure", None)
    if not found.is_open(at):
        return (
            too_late(request, found)
            if failure or request.method == "POST"
            else redirect("votes:poll-result", poll)
        )
    if failure is not None:
        choices = choices_in(failure.typed)
        return ballot_page(request, found, seq, choices, failure.message, list_of(failure.typed, "elector"))
    return ballot_page(request, found, seq, choices_in(request.POST))


def list_of(typed: Any, name: str) -> list[str]:
    """The values of a field, from a form or from a program."""
    return typed.getlist(name) if isinstance(typed, QueryDict) else []


def ballot_page(
    request: HttpRequest,
    poll: Poll,
    seq: int,
    choices: Sequence[str] = (),
    problem: str = "",
    wanted: Sequence[str] = (),
) -> HttpResponse:
    """The page on which one chooses; what was chosen stays chosen."""
    asked = next(iter(wanted), None) or request.POST.get("elector") or request.GET.get("ligne")
    booth = booth_of(request, poll, asked)
    card = cards_of([poll], timezone.now(), request.user)[poll.pk]
    # Who comes back from the reading keeps the key; after a refusal the next sending is another one.
    key = uuid4() if problem else request.POST.get("key") or uuid4()
    mine = choices_said(request.user, [poll])
    context = {
        "nav": "votes",
        "poll": poll,
        "card": card,
        "booth": booth,
        "seq": seq,
        "chosen": list(choices) or said_by(booth.line),
        "problem": problem,
        "key": key,
        "answers": choices_of(poll),
        "mine": json.dumps({"avis": mine}),
    }
    template = "votes/ballot.html" if poll.is_formal else "votes/indicative.html"
    if not poll.is_formal and not method_of(poll).is_answered_in_place:
        template = "votes/opinion.html"
    return render(request, template, context)


def said_by(line: Elector | None) -> list[str]:
    """What this line of the roll said already, where that may still change."""
    if line is None or not line.poll.allows_change:
        return []
    ballot: Ballot | None = getattr(line, "ballot", None)
    return list(ballot.choices) if ballot else []


def too_late(request: HttpRequest, poll: Poll) -> HttpResponse:
    """The poll closed while the person was choosing: say so, show what was chosen, lead to the result."""
    failure: Failure | None = getattr(request, "failure", None)
    chosen = choices_in(failure.typed if failure else request.POST)
    context = {"nav": "votes", "poll": poll, "chosen": labels_of(poll, chosen), "failure": failure}
    return render(request, "votes/too_late.html", context, status=200 if failure else 409)


@login_required
@sensitive_post_parameters()
@sensitive_variables()
def ballot_review(request: HttpRequest, poll: int) -> HttpResponse:
    """The ballot before it is sent. Nothing is written: the choice and the key travel in the form."""
    at, seq = timezone.now(), last_seq(f"poll:{poll}")
    found = seen_poll(request, poll, at)
    if request.method != "POST" or not found.is_formal:
        return redirect("votes:poll-page", poll)
    if not found.is_open(at):
        return too_late(request, found)
    choices, booth = choices_in(request.POST), booth_of(request, found, request.POST.get("elector"))
    if booth.line is None:
        raise Http404
    is_secret = found.secrecy == Poll.Secrecy.SECRET
    if is_secret and booth.line.has_voted:
        return redirect("votes:secret-receipt", poll, booth.line.pk)
    try:
        # A secret ballot is answered by its key alone: another choice, read again, goes under another one.
        key = (not is_secret and key_of(request.POST.get("key"))) or uuid4()
        method_of(found).check(found, choices, found.options.count())
    except Refused as refused:
        response = ballot_page(request, found, seq, choices, sentence_of(refused))
        response.status_code = 422
        return response
    said = labels_of(found, choices)
    context = {"nav": "votes", "poll": found, "booth": booth, "seq": seq, "key": key, "said": said}
    return render(request, "votes/review.html", context | ({"code": new_code()} if is_secret else {}))


@login_required
def ballot_receipt(request: HttpRequest, poll: int, ballot: int) -> HttpResponse:
    """The receipt of a ballot, for the people of its line only."""
    mine = Elector.objects.held_by(request.user).filter(poll=poll)
    seq = last_seq(f"poll:{poll}")
    found = get_object_or_404(
        Ballot.objects.select_related("poll", "cast_by", "elector").filter(elector__in=mine), pk=ballot
    )
    booth = booth_of(request, found.poll, str(found.elector_id))
    context = {
        "nav": "votes",
        "poll": found.poll,
        "ballot": found,
        "booth": booth,
        "seq": seq,
        "said": labels_of(found.poll, found.choices),
        "written": written_of(found, found.poll),
        "is_open": found.poll.is_open(timezone.now()),
    }
    return render(request, "votes/receipt.html", context)


def ballot_door_page(request: HttpRequest, poll: int) -> HttpResponse:
    """What the door of the act shows: the ballot again when it was refused; otherwise its own page."""
    if getattr(request, "failure", None) is None:
        return HttpResponseRedirect(Poll(pk=poll).get_absolute_url())
    return poll_page(request, poll=poll)
