"""Reads and counts a request for gradients of agreement."""

from __future__ import annotations

from typing import Any

from votes.counting.gradients import GradientsBallots, count_gradients
from votes.counting.requests.reading import Answer, check_keys, read_count, read_list, read_object
from votes.counting.requests.valued import read_proposal


def read_gradients(request: dict[str, Any]) -> Answer:
    """Gradients of agreement on one proposal: levels 1 (full support) to 8 (veto), null for a blank ballot.

    `{"method": "gradients", "options": ["A"], "ballots": [{"level": 1, "count": 4}, {"level": null}]}`.
    """
    check_keys(request, "request", {"method", "options", "ballots"}, {"spoilt"})
    options = read_proposal(request["options"])
    ballots = [_ballots(item) for item in read_list(request["ballots"], "ballots", may_be_empty=True)]
    spoilt = read_count(request.get("spoilt", 0), "spoilt")
    result = count_gradients(options, ballots, spoilt=spoilt)
    return result.as_json(), result.derivation


def _ballots(item: Any) -> GradientsBallots:
    data = read_object(item, "a ballot")
    check_keys(data, "a ballot", {"level"}, {"count"})
    level = None if data["level"] is None else read_count(data["level"], "level")
    return GradientsBallots(level, read_count(data.get("count", 1), "count"))
