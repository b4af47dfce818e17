"""Counts an export again, as the application did: plain values in, outcome and derivation out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from votes.counting.derivation import as_json
from votes.counting.polls import PollOption, Voice, amended_rules, count_poll, heads_by_college, received
from votes.entries import AMENDMENT

Recounted = tuple[dict[str, Any], list[dict[str, object]]]


def amended(export: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What an export says of the amendments of its roll, in order."""
    return [step["content"] for step in export["steps"] if step["kind"] == AMENDMENT]


def added_numbers(export: Mapping[str, Any]) -> set[int]:
    """The numbers of the lines added to the roll after its seal."""
    return {said["line"]["number"] for said in amended(export) if said["kind"] == "add"}


def arrivals(export: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The lines added after the opening, as (college, heads)."""
    return moved(export, "add")


def departures(export: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The lines struck after the opening, as (college, heads)."""
    return moved(export, "strike")


def moved(export: Mapping[str, Any], kind: str) -> list[tuple[str, int]]:
    """The lines that amendments of one kind are about, as (college, heads), guests aside."""
    lines = [said["line"] for said in amended(export) if said["kind"] == kind]
    return [(line["college"], int(line["weight"])) for line in lines if not line["is_guest"]]


def recount(
    export: Mapping[str, Any], lines: Mapping[str, dict[str, Any]], voices: Sequence[Voice]
) -> Recounted:
    """Count these ballots under the rules of the export. `lines` are those of the roll that stand.

    Raises ValueError, IllegalRules.
    """
    rules = amended_rules(export["rules"], arrivals(export), departures(export))
    heads = heads_by_college(
        rules,
        [(line["college"], int(line["weight"])) for line in lines.values() if not line["is_guest"]],
    )
    options = [PollOption(each["value"], each["label"], each["details"]) for each in export["options"]]
    members = [voice for voice in voices if not voice.is_guest]
    seed = export["result"]["outcome"].get("seed")
    drawn = {} if seed is None else {"seed": seed}
    outcome, derivation = count_poll(export["poll"]["method"], rules, options, heads, members, **drawn)
    counted = {**outcome, **received(voices, len(lines))}
    return json.loads(json.dumps(counted)), json.loads(json.dumps(as_json(derivation)))
