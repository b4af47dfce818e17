"""Reads and counts a request for a poll by dots."""

from __future__ import annotations

from typing import Any

from votes.counting.dots import DotsBallots, count_dots
from votes.counting.requests.reading import Answer, check_keys, read_count, read_list, read_object
from votes.counting.requests.valued import read_options, read_values


def read_dots(request: dict[str, Any]) -> Answer:
    """A poll by dots; without `cap` one option may receive them all.

    `{"method": "dots", "options": ["A", "B"], "dots": 5, "cap": 3, "ballots": [{"dots": {"A": 3, "B": 1},
    "count": 4}]}`.
    """
    check_keys(request, "request", {"method", "options", "dots", "ballots"}, {"cap", "spoilt"})
    options = read_options(request["options"])
    ballots = [_ballots(item) for item in read_list(request["ballots"], "ballots", may_be_empty=True)]
    result = count_dots(
        options,
        ballots,
        dots=read_count(request["dots"], "dots"),
        cap=read_count(request["cap"], "cap") if "cap" in request else None,
        spoilt=read_count(request.get("spoilt", 0), "spoilt"),
    )
    return result.as_json(), result.derivation


def _ballots(item: Any) -> DotsBallots:
    data = read_object(item, "a ballot")
    check_keys(data, "a ballot", {"dots"}, {"count"})
    dots = read_values(data["dots"], "dots", read_count)
    return DotsBallots(dots, read_count(data.get("count", 1), "count"))
