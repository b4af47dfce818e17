"""Reads and counts a request for an apportionment of seats."""

from __future__ import annotations

from typing import Any

from votes.counting.apportionment import Apportionment, count_apportionment
from votes.counting.requests.reading import (
    Answer,
    check_distinct,
    check_keys,
    read_choice,
    read_count,
    read_list,
    read_object,
    read_text,
    shown,
)


def read_apportionment(request: dict[str, Any]) -> Answer:
    """`{"method": "apportionment", "rule": "sainte_lague", "seats": 7, "groups": [{"name": "A", "number": 40}]}`.

    `rule`: `largest_remainder`, `sainte_lague` or `dhondt`. A group may have a `least` and a `most`.
    """
    check_keys(request, "request", {"method", "rule", "seats", "groups"}, set())
    groups = [read_object(item, "a group") for item in read_list(request["groups"], "groups")]
    for group in groups:
        check_keys(group, "a group", {"name", "number"}, {"least", "most"})
    names = [read_text(group["name"], "name of a group") for group in groups]
    check_distinct(names, "groups")
    result = count_apportionment(
        {name: name for name in names},
        _bounds(groups, "number"),
        seats=read_count(request["seats"], "seats"),
        rule=read_choice(Apportionment, request["rule"], "rule"),
        least=_bounds(groups, "least"),
        most=_bounds(groups, "most"),
    )
    return result.as_json(), result.derivation


def _bounds(groups: list[dict[str, Any]], key: str) -> dict[str, int]:
    """One count of each group that gives it."""
    return {
        group["name"]: read_count(group[key], f"{key} of {shown(group['name'])}")
        for group in groups
        if key in group
    }
