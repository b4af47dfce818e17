"""A poll by dots, as the count of dots takes it."""

from __future__ import annotations

from collections.abc import Sequence

from votes.counting.dots import count_dots, group_dots
from votes.counting.polls.valued import values_cast
from votes.counting.polls.voices import Counted, Question, Voice


def count(asked: Question, voices: Sequence[Voice]) -> Counted:
    """Count the dots of each option. `setup` says `dots`, how many each person has, and `cap`, how many on one option."""
    ballots, spoilt = values_cast(voices)
    dots, cap = asked.setup["dots"], asked.setup["cap"]
    result = count_dots(asked.labels, group_dots(ballots), dots=dots, cap=cap, spoilt=spoilt)
    return result.as_json(), result.derivation
