"""A poll by gradients of agreement, as their count takes it."""

from __future__ import annotations

from collections.abc import Sequence

from votes.counting.gradients import count_gradients, group_gradients
from votes.counting.polls.voices import BLANK, SPOILT, Counted, Question, Voice, each_head


def count(asked: Question, voices: Sequence[Voice]) -> Counted:
    """Count the ballots of each level, `1` to `8`; a blank ballot is at none."""
    cast = [choices for _college, choices in each_head(voices)]
    levels = [None if BLANK in choices else int(choices[0]) for choices in cast if SPOILT not in choices]
    spoilt = len(cast) - len(levels)
    result = count_gradients(asked.labels, group_gradients(levels), spoilt=spoilt)
    return result.as_json(), result.derivation
