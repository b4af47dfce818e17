"""A poll by instant-runoff, as its count takes it."""

from __future__ import annotations

from collections.abc import Sequence

from votes.counting.irv import count_irv
from votes.counting.polls.ranked import rankings_cast
from votes.counting.polls.voices import Counted, Question, Voice
from votes.counting.rankings import group_rankings


def count(asked: Question, voices: Sequence[Voice]) -> Counted:
    """Put the option with the fewest votes aside, round after round."""
    ballots, spoilt = rankings_cast(voices)
    result = count_irv(asked.labels, group_rankings(ballots), spoilt=spoilt)
    return result.as_json(), result.derivation
