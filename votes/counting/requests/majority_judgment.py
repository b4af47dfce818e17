"""Reads and counts a request for a majority judgment."""

from __future__ import annotations

from typing import Any

from votes.counting.majority_judgment import DEFAULT_GRADES, count_grades
from votes.counting.requests.reading import (
    Answer,
    Malformed,
    check_keys,
    read_count,
    read_list,
    read_object,
    read_text,
    shown,
)


def read_majority_judgment(request: dict[str, Any]) -> Answer:
    """A majority judgment: for each option, how many ballots give it each grade, the worst grade first.

    `{"method": "majority_judgment", "options": {"A": [1, 0, 2], "B": [0, 0, 2]}, "grades": ["No", "Fair",
    "Good"], "voters": 3}`. `voters` completes the options that lack grades with the worst one; without it
    they must have as many. `grades` are the words of the grades: by default those in French when there are
    seven, their numbers from 0 otherwise.
    """
    optional = {"grades", "voters", "blank", "spoilt"}
    check_keys(request, "request", {"method", "options"}, optional)
    profiles = _profiles(request["options"])
    result = count_grades(
        {name: name for name in profiles},
        profiles,
        grades=_grades(request, max(len(profile) for profile in profiles.values())),
        voters=read_count(request["voters"], "voters") if "voters" in request else None,
        blank=read_count(request.get("blank", 0), "blank"),
        spoilt=read_count(request.get("spoilt", 0), "spoilt"),
    )
    return result.as_json(), result.derivation


def _profiles(value: Any) -> dict[str, list[int]]:
    options = read_object(value, "options")
    if not options:
        raise Malformed("options is empty")
    return {read_text(name, "option"): _counts(counts, shown(name)) for name, counts in options.items()}


def _counts(value: Any, name: str) -> list[int]:
    where = f"counts of {name}"
    return [read_count(count, where) for count in read_list(value, where)]


def _grades(request: dict[str, Any], count: int) -> list[str]:
    if "grades" in request:
        return [read_text(grade, "grades") for grade in read_list(request["grades"], "grades")]
    return list(DEFAULT_GRADES) if count == len(DEFAULT_GRADES) else [str(grade) for grade in range(count)]
