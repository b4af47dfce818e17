"""What rooms of the demo think: a majority judgment that is over, dots being placed right now."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from config.demo.halls import DEMO_KEYS
from cooperation.models import Person
from votes.models import Elector, Poll
from votes.services import Cast, cast_ballots
from workshops.models import Proposal, Workshop
from workshops.services import (
    close_indicative_poll,
    open_indicative_poll,
    start_next_step,
    start_previous_step,
)

Says = Callable[[int], list[str]]
# What the first options are worth to the room, from 0 to 6, and how far people stray from it.
WORTH, STRAY = (5, 3, 4, 2), (0, 1, -1, 0, 2, -2, 1, 0, -1)
PLACED = ("1:2 2:1 4:2", "1:3 3:2", "2:2 3:3", "1:1 2:1 3:1 4:1 5:1", "3:3 5:2", "1:3 2:2", "4:2 1:1")


def say(poll: Poll, says: Says, at: datetime, *, share: tuple[int, int] = (1, 1)) -> None:
    """So many of each so many people of the room answer; the same ones at every load."""
    vote, of = share
    lines = Elector.objects.filter(poll=poll, titular__isnull=False).select_related("titular", "poll")
    batch = [
        Cast(
            elector=line,
            person=line.titular,  # type: ignore[arg-type]
            choices=says(line.number),
            key=uuid.uuid5(DEMO_KEYS, f"{poll.pk}-{line.number}"),
            at=at + timedelta(seconds=line.number),
        )
        for line in lines
        if line.number % of < vote
    ]
    refused = [answer for answer in cast_ballots(batch) if isinstance(answer, Exception)]
    if refused:
        raise RuntimeError(f"the demo's opinions were refused: {refused[0]}")


def graded(options: int) -> Says:
    """A grade for each option, close to what it is worth."""
    return lambda number: [
        f"{option}:{min(6, max(0, WORTH[option - 1] + STRAY[(number * option + number) % len(STRAY)]))}"
        for option in range(1, options + 1)
    ]


def judge(workshop: Workshop, by: Person, proposals: Sequence[Proposal], question: str, at: datetime) -> Poll:
    """The room gives each proposal a grade, then sees the merit profiles."""
    poll = open_indicative_poll(
        by=by, workshop=workshop, question=question, method="majority_judgment", proposals=proposals, at=at
    )
    say(poll, graded(len(proposals)), at + timedelta(minutes=1))
    return close_indicative_poll(by=by, poll=poll, at=at + timedelta(minutes=6))


def place_dots(
    workshop: Workshop, by: Person, proposals: Sequence[Proposal], question: str, at: datetime
) -> Poll:
    """The room begins to place its dots, and goes back to the discussion meanwhile; the facilitator has not yet."""
    start_next_step(by=by, workshop=workshop, at=at)
    poll = open_indicative_poll(
        by=by,
        workshop=workshop,
        question=question,
        method="dots",
        proposals=proposals,
        setup={"dots": 5, "cap": 3},
        at=at,
    )
    say(poll, lambda number: PLACED[number % len(PLACED)].split(), at, share=(2, 3))
    start_previous_step(by=by, workshop=workshop, at=at + timedelta(minutes=1))
    return poll
