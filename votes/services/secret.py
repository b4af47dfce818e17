"""Secret polls: cast without a trace, empty the box at the count, publish the two lists."""

from collections.abc import Sequence
from datetime import datetime
from secrets import SystemRandom
from typing import Any, TypedDict, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.views.decorators.debug import sensitive_variables

from cooperation.models import Person
from realtime.publish import touch
from realtime.refused import Refused
from votes.methods import method_of
from votes.models import CountedBallot, CountedCode, Elector, EmptiedBox, Poll, SecretBallot
from votes.rules import check_may_vote
from votes.services.wiping import wipe_boxes

BATCH = 500
Row = TypeVar("Row")


class Lists(TypedDict):
    """What a counted secret poll publishes: two lists, each shuffled for itself, that no value joins."""

    codes: list[str]
    ballots: list[dict[str, Any]]


@sensitive_variables()
@transaction.atomic
def cast_secret(
    *, elector: Elector, person: Person, choices: Sequence[str], code: str, key: UUID, at: datetime
) -> Elector:
    """Mark the roll and drop the ballot, in one transaction; answers the marked line. Touches `poll:<pk>`.

    The key stays on the line: the same key is answered the same for ever, whatever it says, because nothing is kept
    to compare with. Raises `Refused`: `already_voted`, `code_taken`, and what `check_may_vote` and the method say.
    """
    # Whoever empties the box takes the poll's row and waits here; rows that point to it are still written.
    poll = Poll.objects.select_for_update(no_key=True).get(pk=elector.poll_id)
    line = Elector.objects.get(pk=elector.pk)
    may_act = line.may_act(person) and not line.is_struck
    if may_act and line.cast_key == key:
        return line
    is_emptied = EmptiedBox.objects.filter(poll=poll).exists()
    takes = poll.takes(at) and not is_emptied
    check_may_vote(state=poll.state, takes=takes, is_on_roll=True, may_act=may_act)
    if line.has_voted:
        raise Refused("already_voted")
    method_of(poll).check(poll, choices, poll.options.count())
    drop(poll, line, choices, code)
    mark(poll, line, key, at)
    return line


def drop(poll: Poll, line: Elector, choices: Sequence[str], code: str) -> None:
    """Put the ballot into the box, with its college where that counts, and nothing else of its line."""
    if SecretBallot.objects.filter(poll=poll, code=code).exists():
        raise Refused("code_taken")
    said = method_of(poll).canonical(choices)
    college = line.college if poll.has_colleges else ""
    SecretBallot.objects.bulk_create([SecretBallot(poll=poll, college=college, choices=said, code=code)])


def mark(poll: Poll, line: Elector, key: UUID, at: datetime) -> None:
    """Sign the roll for this line, and count one ballot more."""
    line.has_voted_at, line.cast_key = at, key
    line.save(update_fields=["has_voted_at", "cast_key"])
    Poll.objects.filter(pk=poll.pk).update(ballots_cast=F("ballots_cast") + 1)
    touch(poll.topic)


def empty_box(*, poll: Poll, at: datetime) -> None:
    """Turn the box of a poll that is over into two shuffled lists, once; whoever counts does, whoever reads resumes.

    The lists are written and the box emptied in one transaction, under the poll's row: a crash leaves all of it or
    nothing. What the files of the database still hold of the box is wiped after the commit, and by the next reader
    when that failed.
    """
    emptied = EmptiedBox.objects.filter(poll_id=poll.pk).first()
    if emptied is None:
        move_box(poll, at)
    elif not emptied.is_wiped and not connection.in_atomic_block:
        wipe_boxes()


@sensitive_variables()
@transaction.atomic
def move_box(poll: Poll, at: datetime) -> None:
    """From the open box to the two lists. Nothing while the poll is open, or when another reader was faster."""
    row = Poll.objects.select_for_update().get(pk=poll.pk)
    is_over = row.state != Poll.State.DRAFT and not row.is_open(at)
    if not is_over or EmptiedBox.objects.filter(poll=row).exists():
        return
    box = SecretBallot.objects.filter(poll=row)
    ballots = list(box.values_list("code", "college", "choices"))
    codes = [CountedCode(poll=row, code=code) for code, _college, _choices in ballots]
    said = [CountedBallot(poll=row, college=college, choices=choices) for _code, college, choices in ballots]
    CountedCode.objects.bulk_create(shuffled(codes), batch_size=BATCH)
    CountedBallot.objects.bulk_create(shuffled(said), batch_size=BATCH)
    box.delete()
    EmptiedBox.objects.create(poll=row)
    transaction.on_commit(wipe_boxes, robust=True)


def shuffled(rows: list[Row]) -> list[Row]:
    """The same rows in an order drawn from the system's entropy."""
    SystemRandom().shuffle(rows)
    return rows


def published_lists(poll: Poll) -> Lists:
    """The codes counted and the ballots, in the shuffled order in which they were written. Empty before the count."""
    codes = CountedCode.objects.filter(poll=poll).order_by("pk").values_list("code", flat=True)
    ballots = CountedBallot.objects.filter(poll=poll).order_by("pk").values("college", "choices")
    return {"codes": list(codes), "ballots": [dict(ballot) for ballot in ballots]}
