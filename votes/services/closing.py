"""Closing a poll once its writers have drained, counting it once, declaring its result."""

from datetime import datetime

from django.db import transaction

from cooperation.rules import IllegalRules
from realtime.publish import publish, touch
from realtime.refused import Refused
from votes.events import PollClosed, PollDeclared
from votes.models import Poll, Result
from votes.services.chaining import chain_result
from votes.services.secret import empty_box
from votes.services.told import told_of
from votes.tally import Tally, counted
from votes.wording import refused_by_law


def locked(poll: Poll) -> Poll:
    """The poll's row, once those who are writing ballots in it have finished."""
    return Poll.objects.select_for_update().get(pk=poll.pk)


def refresh(poll: Poll, row: Poll) -> Poll:
    """Give the caller's object what was just written."""
    poll.state, poll.closed_at, poll.declared_at = row.state, row.closed_at, row.declared_at
    poll.ballots_cast, poll.entries_written = row.ballots_cast, row.entries_written
    poll.head, poll.steps = row.head, row.steps
    return poll


@transaction.atomic
def close_poll(*, poll: Poll, at: datetime) -> Poll:
    """Close a poll: at its deadline when that has passed, else at this instant. Closing again changes nothing.

    A ballot received before that instant and still waiting for the row is in time, as long as nothing is counted.
    """
    row = locked(poll)
    if row.state == Poll.State.OPEN:
        row.closed_at = at if row.closes_at is None else min(at, row.closes_at)
        row.state = Poll.State.CLOSED
        row.save(update_fields=["state", "closed_at"])
        touch(row.topic)
        publish([(PollClosed(row.pk), topic) for topic in told_of(row)])
    return refresh(poll, row)


def count_poll(*, poll: Poll, at: datetime) -> Result:
    """Count a poll, once, under lock: the first reader or an officer does, everybody else reads.

    The box of a secret poll is emptied first, in a transaction of its own: what the law refuses to count leads to
    nobody either. Raises `Refused`: `poll_still_open` before its close, `V02` where the law refuses the weights that are left.
    """
    if poll.secrecy == Poll.Secrecy.SECRET:
        empty_box(poll=poll, at=at)
    return Result.objects.filter(poll=poll).first() or counted_once(poll, at)


@transaction.atomic
def counted_once(poll: Poll, at: datetime) -> Result:
    """The count, under the poll's row: what another reader counted meanwhile is kept."""
    row = locked(poll)
    if row.is_open(at):
        raise Refused("poll_still_open")
    if row.state == Poll.State.OPEN:
        close_poll(poll=row, at=at)
        row.refresh_from_db()
    known = Result.objects.filter(poll=row).first()
    if known is None:
        tally = lawfully_counted(row)
        known = Result.objects.create(
            poll=row, outcome=tally.outcome, derivation=tally.derivation, engine=tally.engine, counted_at=at
        )
        chain_result(row, known, at)
    refresh(poll, row)
    return known


def lawfully_counted(poll: Poll) -> Tally:
    """The count. Raises `Refused` with the validator's name when a silent college makes the weights illegal."""
    try:
        return counted(poll)
    except IllegalRules as illegal:
        raise refused_by_law(illegal.breaches) from illegal


def read_result(*, poll: Poll, at: datetime) -> Result:
    """The result for who reads it: counted by the first reader, once the poll's rule lets it be seen.

    Raises `Refused`: `poll_still_open`, `result_not_yet`.
    """
    result = count_poll(poll=poll, at=at)
    if not poll.shows_result(at):
        raise Refused("result_not_yet")
    return result


@transaction.atomic
def declare_result(*, poll: Poll, at: datetime) -> Result:
    """Declare the result of a closed poll, counting it if nobody has. Declaring again changes nothing.

    The caller has checked the right to declare. Raises `Refused("poll_still_open")` before the close.
    """
    row = locked(poll)
    result = count_poll(poll=row, at=at)
    if row.state != Poll.State.DECLARED:
        row.state, row.declared_at = Poll.State.DECLARED, at
        row.save(update_fields=["state", "declared_at"])
        touch(row.topic)
        publish([(PollDeclared(row.pk), topic) for topic in (row.parent, row.topic)])
    refresh(poll, row)
    return result
