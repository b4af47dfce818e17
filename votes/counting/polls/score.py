"""A poll by scores, as the count of scores takes it."""

from __future__ import annotations

from collections.abc import Sequence

from votes.counting.polls.valued import values_cast
from votes.counting.polls.voices import Counted, Question, Voice
from votes.counting.score import Missing, count_score, group_score


def count(asked: Question, voices: Sequence[Voice]) -> Counted:
    """Count the scores of each option. `setup` says `lowest`, `highest`, and what a `missing` score stands for."""
    ballots, spoilt = values_cast(voices)
    result = count_score(
        asked.labels,
        group_score(ballots),
        lowest=asked.setup["lowest"],
        highest=asked.setup["highest"],
        missing=Missing(asked.setup["missing"]),
        spoilt=spoilt,
    )
    return result.as_json(), result.derivation
