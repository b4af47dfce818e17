"""A poll by Scottish STV, as its count takes it."""

from __future__ import annotations

from collections.abc import Sequence

from votes.counting.polls.ranked import rankings_cast
from votes.counting.polls.voices import Counted, Question, Voice
from votes.counting.scottish_stv import count_scottish_stv, group_scottish_stv


def count(asked: Question, voices: Sequence[Voice]) -> Counted:
    """Fill the `seats` of the setup, one unless it says more; ties no stage settles are drawn by the seed committed at the opening.

    Raises ValueError for a ballot that gives one rank to two candidates, or another seed than the committed one.
    """
    ballots, spoilt = rankings_cast(voices)
    if any(len(level) > 1 for levels in ballots for level in levels):
        raise ValueError("a ballot gives one rank to two candidates")
    rankings = [[position for (position,) in levels] for levels in ballots]
    result = count_scottish_stv(
        asked.labels,
        group_scottish_stv(rankings),
        seats=asked.setup.get("seats", 1),
        seed=asked.drawn_by,
        spoilt=spoilt,
    )
    return result.as_json(), result.derivation
