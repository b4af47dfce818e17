"""What calls a person to vote now: the bar every page shows, and what the person already said."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cooperation.models import Person
from votes.models import Ballot, Elector, Poll


@dataclass(frozen=True)
class Call:
    """A binding poll that waits for this person."""

    title: str
    url: str
    closes_at: datetime | None
    poll_pk: int
    is_rehearsal: bool = False


def open_votes(person: Any, at: datetime) -> list[Call]:
    """The open binding polls in which a line of this person has not voted, the most urgent first. One query.

    A rehearsal calls as well, and says that it is one. An indicative poll never calls from outside its own page.
    """
    waiting = Poll.objects.waiting_for(person, at).filter(Q(is_binding=True) | Q(is_rehearsal=True))
    rows = waiting.order_by(F("closes_at").asc(nulls_last=True), "pk").values_list(
        "pk", "question", "closes_at", "is_rehearsal"
    )
    return [
        Call(title, reverse("votes:poll-page", args=[pk]), closes_at, pk, is_rehearsal)
        for pk, title, closes_at, is_rehearsal in rows
    ]


def render_call(person_pk: int) -> str:
    """The bar as a live fragment of `person:<pk>`: what calls this person at this instant, or nothing."""
    person = Person.objects.filter(pk=person_pk).first()
    return render_to_string("votes/_call.html", {"open_votes": open_votes(person, timezone.now())})


def choices_said_by(people: Collection[int], parents: Collection[str]) -> dict[tuple[int, str], list[str]]:
    """The same for several persons, by person and parent of the polls; one query, none for nobody."""
    if not people:
        return {}
    theirs = Elector.objects.held_by_any(people).filter(poll__parent__in=parents, poll__allows_change=True)
    said: dict[tuple[int, str], list[str]] = defaultdict(list)
    for ballot in Ballot.objects.filter(elector__in=theirs).select_related("elector", "poll"):
        for person in set(people).intersection(ballot.elector.people):
            said[person, ballot.poll.parent] += [f"{ballot.poll_id}-{choice}" for choice in ballot.choices]
    return said


def choices_said(person: Any, polls: Iterable[Poll]) -> list[str]:
    """What this person said in these changeable polls, `<poll>-<choice>`: the page's map of « mine », kind `avis`."""
    if getattr(person, "pk", None) is None:
        return []
    mine = Elector.objects.held_by(person).filter(poll__in=list(polls), poll__allows_change=True)
    rows = Ballot.objects.filter(elector__in=mine).values_list("poll_id", "choices")
    return [f"{poll}-{choice}" for poll, choices in rows for choice in choices]


def looked_at(person: Any, polls: Iterable[Poll]) -> list[int]:
    """Those of these polls whose roll this person is not on: to look at only; the page's map of « mine », kind `regard`."""
    asked = [poll.pk for poll in polls]
    if not asked or getattr(person, "pk", None) is None:
        return asked
    held = set(Elector.objects.held_by(person).filter(poll__in=asked).values_list("poll_id", flat=True))
    return [pk for pk in asked if pk not in held]
