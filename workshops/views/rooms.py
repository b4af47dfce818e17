"""The room, the projector, and the pages of the facilitator's gestures."""

from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cooperation.models import Sector
from realtime.publish import last_seq
from votes.cards import cards_of
from votes.models import Poll
from workshops import board
from workshops.asking import forms
from workshops.fragments import scene_of
from workshops.models import Comment, Proposal, Workshop
from workshops.views.reader import (
    facilitated_or_404,
    number_in,
    numbers_in,
    proposal_or_404,
    reader_of,
    room_or_404,
)


def workshop_room(request: HttpRequest, workshop: int) -> HttpResponse:
    """Step and time, board, discussion, people, and the facilitator's bar."""
    seq, facilitation_seq = last_seq(f"workshop:{workshop}"), last_seq(f"facilitation:{workshop}")
    room = room_or_404(request, workshop)
    at, polls = timezone.now(), list(board.polls_of(room)[:10])
    reader = reader_of(request, room, polls)
    cards_of(polls, at, reader.person)
    columns = board.columns_of(room)
    shown, was_asked = board.discussed(columns, number_in(request, "proposition"))
    context = {
        "nav": "workshops",
        "seq": seq,
        "facilitation_seq": facilitation_seq,
        "workshop": room,
        "reader": reader,
        "course": board.course_of(room),
        "columns": columns,
        "counts": board.counts_of(room),
        "proposal": shown,
        "was_asked": was_asked,
        "threads": board.threads_of(shown) if shown else [],
        "kinds": Comment.Kind.choices,
        "people": board.people_of(room)[: board.MOST_PEOPLE],
        "people_count": room.participations.count(),
        "polls": polls,
        "balance": board.balance_of(room) if reader.facilitates else None,
        "back": "room",
        "at": at,
    }
    return render(request, "workshops/room.html", context)


def workshop_projector(request: HttpRequest, workshop: int) -> HttpResponse:
    """What the hall reads from fifteen metres away."""
    seq = last_seq(f"workshop:{workshop}")
    room = room_or_404(request, workshop)
    address = request.build_absolute_uri(reverse("workshops:code-page", args=[room.join_code]))
    context = {
        "seq": seq,
        "workshop": room,
        "course": board.course_of(room),
        "counts": board.counts_of(room),
        "people_count": room.participations.count(),
        "qr": qr_path(address),
        "host": request.get_host(),
        "at": timezone.now(),
        **scene_of(room),
    }
    return render(request, "workshops/projector.html", context)


def qr_path(address: str) -> dict[str, Any]:
    """A QR code as one SVG path, a unit square per dark module, with its side."""
    code = segno.make(address, error="m", micro=False)
    rows = [list(row) for row in code.matrix]
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {"path": squares, "side": len(rows), "frame": len(rows) + 6}


def chosen(request: HttpRequest, room: Workshop) -> list[Proposal]:
    """The open proposals of the room, those ticked on the board marked."""
    ticked = numbers_in(request, "proposals")
    rows: list[Any] = list(room.proposals.alive().with_card().order_by("number"))
    for row in rows:
        row.is_ticked = row.pk in ticked
    return rows


def proposals_merge(request: HttpRequest, workshop: int) -> HttpResponse:
    """Choose proposals and write what they become."""
    room = facilitated_or_404(request, workshop)
    rows = [row for row in chosen(request, room) if row.state == Proposal.State.OPEN]
    ticked = [row for row in rows if row.is_ticked]  # type: ignore[attr-defined]
    texts = [row.version.text or row.version.title for row in ticked if row.version]
    context = {
        "nav": "workshops",
        "workshop": room,
        "proposals": rows,
        "proposed_title": ticked[0].version.title if ticked and ticked[0].version else "",
        "proposed_text": "\n\n".join(texts),
    }
    return render(request, "workshops/merge.html", context)


def consultation_open(request: HttpRequest, workshop: int) -> HttpResponse:
    """Ask the room what it thinks of one proposal or of several."""
    room = facilitated_or_404(request, workshop)
    rows = chosen(request, room)
    ticked = [row for row in rows if row.is_ticked]  # type: ignore[attr-defined]
    context = {
        "nav": "workshops",
        "workshop": room,
        "proposals": rows,
        "course": board.course_of(room),
        "one": ticked[0] if len(ticked) == 1 else None,
        "forms": forms(),
        "electors": room.participations.speaking().count(),
        "guests": room.participations.speaking().filter(person__is_guest=True).count(),
    }
    return render(request, "workshops/consultation.html", context)


def contribution_enter(request: HttpRequest, workshop: int) -> HttpResponse:
    """Write down what somebody without a phone says."""
    room = facilitated_or_404(request, workshop)
    entered = room.participations.filter(entered_by__isnull=False, person__is_guest=True)
    context = {
        "nav": "workshops",
        "workshop": room,
        "sectors": Sector.objects.order_by("position", "name"),
        "themes": room.themes.order_by("position"),
        "known": entered.with_names().order_by("pk"),
        "course": board.course_of(room),
    }
    return render(request, "workshops/enter.html", context)


def proposal_hide(request: HttpRequest, proposal: int) -> HttpResponse:
    """Hide a proposal, with the reason everybody will read."""
    shown = proposal_or_404(request, proposal)
    facilitated_or_404(request, shown.workshop_id)
    return render(
        request, "workshops/hide.html", {"nav": "workshops", "workshop": shown.workshop, "proposals": [shown]}
    )


def proposals_hide(request: HttpRequest, workshop: int) -> HttpResponse:
    """Hide the proposals ticked on the board, each with its reason."""
    room = facilitated_or_404(request, workshop)
    rows = [row for row in chosen(request, room) if row.is_ticked]  # type: ignore[attr-defined]
    return render(request, "workshops/hide.html", {"nav": "workshops", "workshop": room, "proposals": rows})


def poll_place(request: HttpRequest, poll: int) -> HttpResponse:
    """The room in which a poll was opened."""
    found = Poll.objects.filter(pk=poll, parent__startswith="workshop:").first()
    if found is None:
        raise Http404
    return workshop_room(request, workshop=int(found.parent.partition(":")[2]))
