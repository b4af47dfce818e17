"""A poll of approvals, as the count of approvals takes it."""

from __future__ import annotations

from collections.abc import Sequence

from votes.counting.approval import count_approval, group_approvals
from votes.counting.polls.voices import BLANK, SPOILT, Counted, Question, Voice, each_head


def count(asked: Question, voices: Sequence[Voice]) -> Counted:
    """Count the approvals of each option; a blank ballot approves none."""
    cast = [said for _college, said in each_head(voices)]
    said = [[choice for choice in choices if choice != BLANK] for choices in cast if SPOILT not in choices]
    result = count_approval(asked.labels, group_approvals(said), spoilt=len(cast) - len(said))
    return result.as_json(), result.derivation
