"""A poll for or against, as the count of resolutions takes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cooperation.rules import Base
from votes.counting.polls.voices import Counted, Question, Voice, each_head
from votes.counting.resolution import count_resolution, group_ballots
from votes.counting.resolution_rules import ResolutionRules


def count(asked: Question, voices: Sequence[Voice]) -> Counted:
    """Count for, against, abstention and blank, by heads or by colleges."""
    rules = ResolutionRules.from_json(asked.rules)
    cast = [(college, said[0]) for college, said in each_head(voices)]
    present = asked.rules.get("present") if rules.base is Base.PRESENT else None
    if present is not None:
        # Whoever voted was there, also if the door was late in saying so.
        arrived = Counter(college for college, _said in cast)
        present = {college: max(arrived[college], present.get(college, 0)) for college in asked.heads}
    chair = next((voice.choices[0] for voice in voices if voice.is_chair), None)
    result = count_resolution(rules, group_ballots(asked.heads, cast, present), chair=chair)
    return result.as_json(), result.derivation
