"""Ballots that rank the options of a poll: `2:1` gives the option in second place the first rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from votes.counting.polls.voices import BLANK, SPOILT, Voice, each_head


def ranks_of(choices: Sequence[str]) -> dict[str, int]:
    """The rank one ballot gives each option it names; blank gives none. Raises ValueError for a text of another form."""
    pairs = [choice.partition(":") for choice in choices if choice != BLANK]
    return {position: int(rank) for position, _colon, rank in pairs}


def levels_of(ranks: Mapping[str, int]) -> list[list[str]]:
    """The options ranked, the preferred first, those of equal rank together. Ranks skipped mean nothing."""
    found: dict[int, list[str]] = {}
    for position, rank in ranks.items():
        found.setdefault(rank, []).append(position)
    return [found[rank] for rank in sorted(found)]


def rankings_cast(voices: Sequence[Voice]) -> tuple[list[list[list[str]]], int]:
    """What each ballot ranks, head by head, and how many ballots are spoilt. A blank ballot ranks nothing."""
    cast = [choices for _college, choices in each_head(voices)]
    read = [levels_of(ranks_of(choices)) for choices in cast if SPOILT not in choices]
    return read, len(cast) - len(read)
