"""Indicative polls of a room: opened among its people on chosen proposals, closed by the facilitator."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from cooperation.models import Person
from realtime.publish import touch
from realtime.refused import Refused
from votes.models import Poll
from votes.services import Parent, RollLine, close_poll, count_poll, declare_result, open_poll
from workshops import rules
from workshops.models import PolledVersion, Proposal, Workshop
from workshops.services.curating import sources_in
from workshops.services.proposals import current
from workshops.services.room import enter


@transaction.atomic
def open_indicative_poll(
    *,
    by: Person,
    workshop: Workshop,
    question: str,
    method: str,
    proposals: Sequence[Proposal],
    at: datetime,
    minutes: int | None = None,
    setup: Mapping[str, Any] | None = None,
) -> Poll:
    """Ask the room what it thinks of one proposal, or of several, in the form named by `method`, set by `setup`.

    The roll is everybody in the room who is not an observer; guests are marked and counted apart. It binds nobody,
    shows live, and a choice can be changed until the close.
    Raises `Refused`: role, state and step; `poll_needs_one`, `poll_needs_two`, `proposals_elsewhere`,
    `proposal_gone`, `question_missing`, `text_too_long`, `minutes_out_of_range`, `setup_unreadable`.
    """
    room = enter("consultation.open", by=by, workshop_id=workshop.pk)
    asked = sources_in(room, proposals)
    rules.check_may_ask(method, len(asked))
    for proposal in asked:
        rules.check_is_readable(is_gone=proposal.is_gone)
    has_options = method != Poll.Method.RESOLUTION
    words = rules.checked(question, limit=rules.QUESTION_LIMIT, missing="question_missing")
    poll = open_poll(
        parent=Parent(room.topic, room.title, room.get_absolute_url()),
        question=words,
        method=method,
        is_binding=False,
        roll=roll_of(room),
        rules={},
        opened_by=by,
        at=at,
        text=current(asked[0]).text if method in rules.ABOUT_ONE else "",
        options=[(current(each).title, each.get_absolute_url()) for each in asked if has_options],
        shows=Poll.Shows.LIVE,
        closes_at=at + timedelta(minutes=rules.checked_minutes(minutes)) if minutes else None,
        allows_change=True,
        setup=setup or {},
    )
    PolledVersion.objects.bulk_create(
        PolledVersion(poll=poll, version=current(each), position=place) for place, each in enumerate(asked, 1)
    )
    return poll


def roll_of(room: Workshop) -> list[RollLine]:
    """One line per person in the room whose voice counts, guests marked."""
    present = room.participations.speaking().with_names()
    return [
        RollLine(
            label=each.person.name
            if not each.organisation
            else f"{each.person.name}, {each.organisation.name}",
            membership_id=None,
            titular_id=each.person_id,
            substitute_id=None,
            college="",
            is_guest=each.person.is_guest,
        )
        for each in present
    ]


@transaction.atomic
def close_indicative_poll(*, by: Person, poll: Poll, at: datetime) -> Poll:
    """Close a poll of the room and show its result.

    Raises `Refused`: role and state; `not_found` for a poll that is not of a workshop.
    """
    noun, _colon, pk = poll.parent.partition(":")
    if noun != "workshop" or poll.is_binding:
        raise Refused("not_found")
    room = enter("consultation.close", by=by, workshop_id=int(pk))
    closed = close_poll(poll=poll, at=at)
    count_poll(poll=closed, at=at)
    declare_result(poll=closed, at=at)
    touch(room.topic)
    return closed
