"""What proves a ballot and a poll to who reads a page: the head, its place, the key's fingerprint, the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from votes.choices import labels_of
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
