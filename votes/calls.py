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
    pk = getattr(person, "pk", None)
    return [] if pk is None else open_votes_of([pk], at)[pk]


def open_votes_of(people: Collection[int], at: datetime) -> dict[int, list[Call]]:
    """The same of many people, by their keys; one query."""
    calling = Poll.objects.open(at).filter(Q(is_binding=True) | Q(is_rehearsal=True))
    lines = Elector.objects.held_by_any(people).filter(poll__in=calling, has_voted_at__isnull=True)
    found: dict[int, dict[int, Call]] = {person: {} for person in people}
    for line in lines.select_related("poll").order_by(F("poll__closes_at").asc(nulls_last=True), "poll"):
        for person in found.keys() & line.people:
            found[person][line.poll_id] = call_of(line.poll)
    return {person: list(calls.values()) for person, calls in found.items()}


def call_of(poll: Poll) -> Call:
    """What a poll says to those it calls."""
    url = reverse("votes:poll-page", args=[poll.pk])
    return Call(poll.question, url, poll.closes_at, poll.pk, poll.is_rehearsal)


def render_calls(people: Collection[int]) -> dict[int, str]:
    """The bar as a live fragment of `person:<pk>`, for each: what calls them at this instant, or nothing.

    Whoever is called to the same is shown the same bar: it is rendered once.
    """
    calls = {pk: tuple(found) for pk, found in open_votes_of(people, timezone.now()).items()}
    bars = {found: render_to_string("votes/_call.html", {"open_votes": found}) for found in {*calls.values()}}
    return {pk: bars[found] for pk, found in calls.items()}


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
