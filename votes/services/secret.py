"""Secret polls: cast without a trace, empty the box at the count, publish the two lists."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import SystemRandom
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.views.decorators.debug import sensitive_variables

from cooperation.models import Person
from realtime.publish import touch
from realtime.refused import Refused
from votes.keys import key_for
from votes.methods import method_of
from votes.models import CountedBallot, CountedCode, Elector, EmptiedBox, Poll, SecretBallot
from votes.rules import check_may_vote
from votes.services.casting import options_of
from votes.services.wiping import wipe_boxes

BATCH = 500
Row = TypeVar("Row")


@dataclass(frozen=True)
class SecretCast:
    """A secret ballot on its way: whose line, cast by whom, saying what, under which code and key, received when."""

    elector: Elector
    person: Person
    choices: Sequence[str]
    code: str
    key: UUID
    at: datetime


@dataclass
class SecretBox:
    """What is known, under the lock, of the polls a batch is cast in; it grows as the batch is judged."""

    polls: Mapping[int, Poll]
    lines: Mapping[int, Elector]
    emptied: set[int]
    codes: set[tuple[int, str]]
    options: Counter[int]
    dropped: list[SecretBallot] = field(default_factory=list)
    marked: dict[int, Elector] = field(default_factory=dict)


@sensitive_variables()
@transaction.atomic(savepoint=False)
def cast_secrets(batch: Sequence[SecretCast]) -> list[Elector | Refused]:
    """Cast secret ballots as a set; each answer is the marked line, or why it was refused, in the order asked.

    The roll is signed and the ballots dropped in one transaction, in another order than they came. The key stays on
    the line: the same key is answered the same for ever, whatever it says, because nothing is kept to compare with.
    """
    box = open_secret_box(batch)
    answers: list[Elector | Refused] = []
    for cast in batch:
        try:
            answers.append(drop(cast, box))
        except Refused as refused:
            answers.append(refused)
    SecretBallot.objects.bulk_create(shuffled(box.dropped))
    Elector.objects.bulk_update(box.marked.values(), ["has_voted_at", "cast_key"], batch_size=BATCH)
    for pk, count in sorted(Counter(line.poll_id for line in box.marked.values()).items()):
        Poll.objects.filter(pk=pk).update(ballots_cast=F("ballots_cast") + count)
        touch(box.polls[pk].topic)
    return answers


@sensitive_variables()
def cast_secret(
    *, elector: Elector, person: Person, choices: Sequence[str], code: str, key: UUID, at: datetime
) -> Elector:
    """Cast one secret ballot, a batch of one; answers the marked line. Touches `poll:<pk>`.

    Raises `Refused`: `already_voted`, `code_taken`, and what `check_may_vote` and the method say.
    """
    (answer,) = cast_secrets([SecretCast(elector, person, choices, code, key, at)])
    if isinstance(answer, Refused):
        raise answer
    return answer


@sensitive_variables()
def open_secret_box(batch: Sequence[SecretCast]) -> SecretBox:
    """Lock the polls of a batch and read what its ballots must be judged against. Raises `Refused("signing_key_missing")`."""
    pks = {cast.elector.poll_id for cast in batch}
    # Whoever empties a box takes the poll's row and waits here; rows that point to it are still written.
    locked = Poll.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    polls = {poll.pk: poll for poll in locked}
    for poll in polls.values():
        if poll.head:
            key_for(poll.public_key)  # nobody votes where this server could not sign the result
    lines = Elector.objects.in_bulk([cast.elector.pk for cast in batch])
    emptied = set(EmptiedBox.objects.filter(poll_id__in=pks).values_list("poll_id", flat=True))
    asked = {cast.code for cast in batch}
    codes = set(SecretBallot.objects.filter(poll_id__in=pks, code__in=asked).values_list("poll_id", "code"))
    return SecretBox(polls, lines, emptied, codes, options_of(polls.values()))


@sensitive_variables()
def drop(cast: SecretCast, box: SecretBox) -> Elector:
    """Judge a ballot, sign the roll for its line, and put it into the box with its college where that counts.

    Nothing else of its line goes with it. Raises `Refused`.
    """
    poll, line = box.polls[cast.elector.poll_id], box.lines[cast.elector.pk]
    may_act = line.may_act(cast.person) and not line.is_struck
    if may_act and line.cast_key == cast.key:
        return line
    takes = poll.takes(cast.at) and poll.pk not in box.emptied
    check_may_vote(state=poll.state, takes=takes, is_on_roll=True, may_act=may_act)
    if line.has_voted:
        raise Refused("already_voted")
    method_of(poll).check(poll, cast.choices, box.options[poll.pk])
    if (poll.pk, cast.code) in box.codes:
        raise Refused("code_taken")
    box.codes.add((poll.pk, cast.code))
    said = method_of(poll).canonical(cast.choices)
    college = line.college if poll.has_colleges else ""
    box.dropped.append(SecretBallot(poll=poll, college=college, choices=said, code=cast.code))
    line.has_voted_at, line.cast_key = cast.at, cast.key
    box.marked[line.pk] = line
    return line


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
