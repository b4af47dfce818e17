"""Reads and counts a request for a poll by scores."""

from __future__ import annotations

from typing import Any

from votes.counting.requests.reading import (
    Answer,
    check_keys,
    read_choice,
    read_count,
    read_list,
    read_object,
)
from votes.counting.requests.valued import read_options, read_values, read_whole
from votes.counting.score import Missing, ScoreBallots, count_score


def read_score(request: dict[str, Any]) -> Answer:
    """A poll by scores; `missing` is `absent` (not in the mean) or `lowest`, and has to be declared.

    `{"method": "score", "options": ["A", "B"], "lowest": 0, "highest": 10, "missing": "absent", "ballots":
    [{"scores": {"A": 7}, "count": 4}]}`.
    """
    needed = {"method", "options", "lowest", "highest", "missing", "ballots"}
    check_keys(request, "request", needed, {"spoilt"})
    options = read_options(request["options"])
    ballots = [_ballots(item) for item in read_list(request["ballots"], "ballots", may_be_empty=True)]
    result = count_score(
        options,
        ballots,
        lowest=read_whole(request["lowest"], "lowest"),
        highest=read_whole(request["highest"], "highest"),
        missing=read_choice(Missing, request["missing"], "missing"),
        spoilt=read_count(request.get("spoilt", 0), "spoilt"),
    )
    return result.as_json(), result.derivation


def _ballots(item: Any) -> ScoreBallots:
    data = read_object(item, "a ballot")
    check_keys(data, "a ballot", {"scores"}, {"count"})
    scores = read_values(data["scores"], "scores", read_whole)
    return ScoreBallots(scores, read_count(data.get("count", 1), "count"))
