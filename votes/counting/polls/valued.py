"""Ballots that give the options of a poll a value each: dots, a score, a grade."""

from __future__ import annotations

from collections.abc import Sequence

from votes.counting.polls.voices import BLANK, SPOILT, Voice, each_head


def values_said(choices: Sequence[str]) -> dict[str, int]:
    """What one ballot gives each option it names: `2:5` gives 5 to the option in second place. Blank gives nothing, as spoilt.

    Raises ValueError for a text of another form.
    """
    pairs = [choice.partition(":") for choice in choices if choice not in (BLANK, SPOILT)]
    return {position: int(value) for position, _colon, value in pairs}


def values_cast(voices: Sequence[Voice]) -> tuple[list[dict[str, int]], int]:
    """What each ballot gives, head by head, and how many ballots are spoilt."""
    cast = [choices for _college, choices in each_head(voices)]
    read = [values_said(choices) for choices in cast if SPOILT not in choices]
    return read, len(cast) - len(read)
