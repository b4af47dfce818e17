"""A poll by consent, as the count of consent takes it."""

from __future__ import annotations

from collections.abc import Sequence

from votes.counting.consent import Stance, Treatment, count_consent, group_consent
from votes.counting.polls.voices import SPOILT, Counted, Question, Voice, each_head

REASON = "reason:"
STANCES = frozenset(Stance)


def stance_of(choices: Sequence[str]) -> tuple[Stance | None, str]:
    """What one ballot answers, None for blank, and the reason it gives."""
    said = next((Stance(choice) for choice in choices if choice in STANCES), None)
    reason = next((choice.removeprefix(REASON) for choice in choices if choice.startswith(REASON)), "")
    return said, reason if said is not None else ""


def count(asked: Question, voices: Sequence[Voice]) -> Counted:
    """Count the answers to one proposal. Every objection is as it was raised: what became of it is noted beside."""
    cast = [choices for _college, choices in each_head(voices)]
    read = [(*stance_of(choices), Treatment.RAISED) for choices in cast if SPOILT not in choices]
    result = count_consent(asked.labels, group_consent(read), spoilt=len(cast) - len(read))
    return result.as_json(), result.derivation
