"""The page of one proposal, also shown when an act on it, its versions or its comments was refused."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cooperation.models import GoverningBody
from realtime.publish import last_seq
from workshops import board
from workshops.ancestry import end_of
from workshops.models import Comment, Proposal, ProposalVersion
from workshops.views.reader import proposal_or_404, reader_of


def proposal_page(request: HttpRequest, proposal: int) -> HttpResponse:
    """Text, versions, discussion, support, lineage, fate, and the acts the reader may do."""
    shown = proposal_or_404(request, proposal)
    room = shown.workshop
    seq = last_seq(room.topic)
    shown = proposal_or_404(request, proposal)
    reader = reader_of(request, room)
    context = {
        "nav": "workshops",
        "seq": seq,
        "workshop": room,
        "proposal": shown,
        "reader": reader,
        "course": board.course_of(room),
        "versions": board.history_of(shown),
        "threads": board.threads_of(shown),
        "kinds": Comment.Kind.choices,
        "forwardings": board.forwardings_of(shown),
        "sources": board.sources_of(shown),
        "end": end_of(shown.version) if shown.version and shown.state == Proposal.State.MERGED else None,
        "themes": room.themes.order_by("position"),
        "bodies": GoverningBody.objects.select_related("entity") if reader.facilitates else [],
        "is_author": reader.person is not None and reader.person.pk in (shown.author_id, shown.entered_by_id),
        "back": "page",
        "at": timezone.now(),
    }
    return render(request, "workshops/proposal.html", context)


def comment_place(request: HttpRequest, comment: int) -> HttpResponse:
    """The page on which a comment stands."""
    found = Comment.objects.visible_to(request.user).filter(pk=comment).first()
    if found is None:
        raise Http404
    return proposal_page(request, proposal=found.proposal_id)


def version_place(request: HttpRequest, version: int) -> HttpResponse:
    """The page of the proposal a version belongs to."""
    visible = Proposal.objects.visible_to(request.user)
    found = ProposalVersion.objects.filter(pk=version, proposal__in=visible).first()
    if found is None:
        raise Http404
    return proposal_page(request, proposal=found.proposal_id)
