"""A poll by majority judgment, as its count takes it."""

from __future__ import annotations

from collections.abc import Sequence

from votes.counting.majority_judgment import count_majority_judgment, group_majority_judgment
from votes.counting.polls.valued import values_cast
from votes.counting.polls.voices import Counted, Question, Voice


def count(asked: Question, voices: Sequence[Voice]) -> Counted:
    """Count the grades of each option. `setup` says the words of the `grades`, the worst first; ballots say their place."""
    ballots, spoilt = values_cast(voices)
    grades = tuple(asked.setup["grades"])
    result = count_majority_judgment(
        asked.labels, group_majority_judgment(ballots), grades=grades, spoilt=spoilt
    )
    return result.as_json(), result.derivation
