"""A poll by Schulze, as its count takes it."""

from __future__ import annotations

from collections.abc import Sequence

from votes.counting.polls.ranked import rankings_cast
from votes.counting.polls.voices import Counted, Question, Voice
from votes.counting.rankings import group_rankings
from votes.counting.schulze import count_schulze


def count(asked: Question, voices: Sequence[Voice]) -> Counted:
    """Compare the options two by two."""
    ballots, spoilt = rankings_cast(voices)
    result = count_schulze(asked.labels, group_rankings(ballots), spoilt=spoilt)
    return result.as_json(), result.derivation
