"""What proves a ballot and a poll to who reads a page: the head, its place, the key's fingerprint, the history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from votes.choices import labels_of
from votes.entries import fingerprint
from votes.methods import Choice
from votes.models import Ballot, Entry, Poll, Step


@dataclass(frozen=True)
class Written:
    """One entry of a ballot in the chain: its place, what it said and when, the head at which it was recorded."""

    seq: int
    said: Sequence[Choice]
    at: datetime
    step: Step


def written_of(ballot: Ballot, poll: Poll) -> list[Written]:
    """The entries of a ballot, the last first: it counts, those before it stay. Empty where the poll has no chain."""
    entries = Entry.objects.filter(poll=poll, ballot=ballot.number).select_related("step").order_by("-seq")
    return [
        Written(
            seq=entry.seq,
            said=labels_of(poll, entry.content["choices"]),
            at=datetime.fromisoformat(entry.content["received_at"]),
            step=entry.step,
        )
        for entry in entries
    ]


def places_of(ballots: Iterable[Ballot]) -> dict[int, dict[str, Any]]:
    """Where the chain holds each of these ballots, by ballot: what a program keeps as a receipt.

    `entry` and `step` are its place, `head` that of the step, `key` the fingerprint. A ballot without a chain has none.
    Those just written know their step; the others are asked for in one query.
    """
    chained = [ballot for ballot in ballots if ballot.entry]
    places = {
        ballot.pk: place(ballot.entry, ballot.step.number, ballot.step.head, ballot.poll.public_key)
        for ballot in chained
        if ballot.step is not None
    }
    return places | places_asked({(one.poll_id, one.entry): one.pk for one in chained if one.step is None})


def place(entry: int, step: int, head: str, public_key: str) -> dict[str, Any]:
    """A place in a chain, as a receipt says it."""
    return {"entry": entry, "step": step, "head": head, "key": fingerprint(public_key)}


def places_asked(wanted: Mapping[tuple[int, int], int]) -> dict[int, dict[str, Any]]:
    """The places of entries (poll and number), in one query, by what they are wanted for."""
    by_poll: defaultdict[int, list[int]] = defaultdict(list)
    for poll, seq in wanted:
        by_poll[poll].append(seq)
    if not wanted:
        return {}
    which = reduce(or_, (Q(poll=poll, seq__in=seqs) for poll, seqs in sorted(by_poll.items())))
    rows = Entry.objects.filter(which).order_by()
    said = rows.values_list("poll", "seq", "step__number", "step__head", "poll__public_key")
    return {wanted[poll, seq]: place(seq, step, head, key) for poll, seq, step, head, key in said}
