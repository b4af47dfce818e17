"""Plays an assembly of the demo through the services: notice, desk, votes, declarations."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from assemblies.models import AgendaItem, Assembly, Resolution
from assemblies.services import (
    add_item,
    appoint_officer,
    check_in,
    close_vote,
    convene_assembly,
    declare,
    move_to_item,
    open_assembly,
    open_vote,
    prepare_assembly,
    take_up,
)
from cooperation.models import GoverningBody, Membership, Person
from votes.models import Elector, Poll
from votes.services import Cast, cast_ballots
from workshops.models import Forwarding

Say = Callable[[int], str | list[str]]
Table = Callable[[Assembly, datetime], object]
DEMO_KEYS = uuid.UUID("6c3f1a52-0000-4000-8000-2002e2009e55")


def call(
    *,
    by: Person,
    body: GoverningBody,
    title: str,
    place: str,
    starts_at: datetime,
    reports: Sequence[str],
    forwardings: Sequence[Forwarding],
    officers: Sequence[tuple[Person, str]],
    table: Table | None = None,
) -> Assembly:
    """A month before: the agenda is written, what workshops forwarded is taken up, the notice leaves."""
    at = starts_at - timedelta(days=30)
    assembly = prepare_assembly(
        by=by,
        entity=body.entity,
        body=body,
        kind="ordinary",
        title=title,
        place=place,
        starts_at=starts_at,
        at=at,
    )
    for report in reports:
        add_item(by=by, assembly=assembly, title=report, at=at)
    for forwarding in forwardings:
        take_up(by=by, assembly=assembly, forwarding=forwarding, at=at + timedelta(hours=1))
    if table is not None:
        table(assembly, at + timedelta(hours=2))
    for person, role in officers:
        appoint_officer(by=by, assembly=assembly, person=person, role=role, at=at)
    convene_assembly(by=by, assembly=assembly, at=at + timedelta(days=5))
    assembly.refresh_from_db()
    return assembly


def welcome(assembly: Assembly, by: Person, share: tuple[int, int], at: datetime) -> None:
    """The desk checks people in: so many members of each so many, the first of the register among them."""
    come, of = share
    members = (
        Membership.objects.filter(entity=assembly.entity)
        .as_of(timezone.localdate(at))
        .order_by("register_number")
    )
    for member in members:
        if member.register_number % of < come:
            check_in(by=by, assembly=assembly, membership=member, at=at)


def opened(assembly: Assembly, by: Person, at: datetime) -> list[AgendaItem]:
    """The session opens; its agenda, in order."""
    open_assembly(by=by, assembly=assembly, at=at)
    return list(assembly.agenda.order_by("position"))


def ballots(
    poll: Poll, said: Say, at: datetime, *, share: tuple[int, int] = (1, 1), leave_out: Sequence[Person] = ()
) -> list[Cast]:
    """One ballot for each line of the roll that votes, cast by its titular; the same ones at every load."""
    vote, of = share
    left = {person.pk for person in leave_out}
    lines = Elector.objects.filter(poll=poll, titular__isnull=False).select_related("titular", "poll")
    return [
        Cast(
            elector=line,
            person=line.titular,  # type: ignore[arg-type]
            choices=listed(said(line.number)),
            key=uuid.uuid5(DEMO_KEYS, f"{poll.pk}-{line.number}"),
            at=at + timedelta(seconds=line.number),
        )
        for line in lines
        if line.number % of < vote and line.titular_id not in left
    ]


def listed(said: str | list[str]) -> list[str]:
    """What a ballot says, as a list."""
    return [said] if isinstance(said, str) else said


def decide(
    resolution: Resolution, by: Person, said: Say, at: datetime, *, share: tuple[int, int] = (1, 1)
) -> Resolution:
    """Bring the hall to a resolution, vote on it, close and declare."""
    move_to_item(by=by, item=resolution.item, at=at)
    poll = open_vote(by=by, resolution=resolution, at=at + timedelta(minutes=12))
    refused = [
        answer
        for answer in cast_ballots(ballots(poll, said, at + timedelta(minutes=13), share=share))
        if isinstance(answer, Exception)
    ]
    if refused:
        raise RuntimeError(f"the demo's ballots were refused: {refused[0]}")
    close_vote(by=by, resolution=resolution, at=at + timedelta(minutes=20))
    declare(by=by, resolution=resolution, at=at + timedelta(minutes=22))
    resolution.refresh_from_db()
    return resolution


def mostly(pattern: str) -> Say:
    """Choices that follow a pattern: f for, a against, s abstain, b blank."""
    words = {"f": "for", "a": "against", "s": "abstain", "b": "blank"}
    return lambda number: words[pattern[(number * 7 + number // 5) % len(pattern)]]
