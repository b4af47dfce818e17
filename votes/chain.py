"""What the votes hand to the pages that read every floor: what waits for a person, and the vote's card on the thread."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cooperation.chain import Hop, Todo
from votes.models import Poll, Result
from votes.picture import picture_of
from votes.wording import hour


def todo(person: Any, at: datetime) -> list[Todo]:
    """The open polls that wait for a ballot of this person; those that bind call first. One query."""
    waiting = Poll.objects.waiting_for(person, at)
    ordered = waiting.order_by("-is_binding", F("closes_at").asc(nulls_last=True), "pk")
    return [to_cast(poll) for poll in ordered]


def to_cast(poll: Poll) -> Todo:
    """One open poll, as something to do."""
    detail = poll.parent_title
    if poll.closes_at is not None:
        detail = _("%(parent)s · ferme à %(hour)s") % {
            "parent": poll.parent_title,
            "hour": hour(poll.closes_at),
        }
    return Todo(
        kind="vote",
        title=poll.question,
        url=reverse("votes:poll-page", args=[poll.pk]),
        why=_("Maintenant · vote qui engage") if poll.is_binding else _("Ouvert · sondage indicatif"),
        detail=detail,
        label=_("Voter") if poll.is_binding else _("Donner mon avis"),
        due_at=poll.closes_at,
        is_now=poll.is_binding,
    )


def hops_of_poll(poll: Poll) -> Hop:
    """The vote as one card of a thread: the verdict once it may be shown, the turnout before."""
    at = timezone.now()
    result = Result.objects.filter(poll=poll).first() if poll.shows_result(at) else None
    text = ""
    if result is not None:
        picture = picture_of(poll, result)
        text = f"{picture.verdict}. {picture.total_text} {picture.total_words}".strip()
    received = ngettext("%(count)s bulletin", "%(count)s bulletins", poll.ballots_cast) % {
        "count": poll.ballots_cast
    }
    when = poll.declared_at or poll.closed_at or poll.opened_at
    return Hop(
        kind="vote",
        title=poll.question,
        url=reverse("votes:poll-result", args=[poll.pk]),
        meta=f"{poll.parent_title} · {received}",
        text=text,
        on=timezone.localdate(when) if when else None,
        state="now" if poll.is_open(at) else "done",
        is_binding=poll.is_binding,
    )
