"""Reads and counts a request for an instant-runoff, and the ranked ballots that other requests share."""

from __future__ import annotations

from typing import Any

from votes.counting.irv import count_irv
from votes.counting.rankings import RankedBallots
from votes.counting.requests.reading import (
    Answer,
    Malformed,
    check_distinct,
    check_keys,
    read_count,
    read_list,
    read_object,
    read_text,
    shown,
)


def read_irv(request: dict[str, Any]) -> Answer:
    """`{"method": "irv", "candidates": ["A", "B"], "ballots": [{"count": 5, "ranking": [["A"], ["B"]]}]}`."""
    check_keys(request, "request", {"method", "ballots"}, {"candidates", "spoilt"})
    options, ballots = read_ranked(request)
    result = count_irv(options, ballots, spoilt=read_count(request.get("spoilt", 0), "spoilt"))
    return result.as_json(), result.derivation


def read_ranked(request: dict[str, Any]) -> tuple[dict[str, str], list[RankedBallots]]:
    """The candidates of a request, all those on its ballots when it gives none, and its ranked ballots."""
    ballots = [_ranked(item) for item in read_list(request["ballots"], "ballots", may_be_empty=True)]
    ranked = {name for group in ballots for level in group.ranking for name in level}
    if "candidates" not in request:
        if not ranked:
            raise Malformed("there are no candidates, neither given nor on a ballot")
        return {name: name for name in sorted(ranked)}, ballots
    options = read_candidates(request)
    unknown = sorted(ranked - options.keys())
    if unknown:
        raise Malformed(f"a ballot ranks {shown(unknown[0])}, which is no candidate")
    return options, ballots


def read_candidates(request: dict[str, Any]) -> dict[str, str]:
    """The candidates a request gives, each under its own name."""
    names = [read_text(name, "candidate") for name in read_list(request["candidates"], "candidates")]
    check_distinct(names, "candidates")
    return {name: name for name in names}


def _ranked(item: Any) -> RankedBallots:
    data = read_object(item, "a ballot")
    check_keys(data, "a ballot", {"ranking"}, {"count"})
    levels = [
        read_list(level, "a rank") for level in read_list(data["ranking"], "ranking", may_be_empty=True)
    ]
    names = [read_text(name, "ranking") for level in levels for name in level]
    check_distinct(names, "ranking")
    ranking = tuple(frozenset(level) for level in levels)
    return RankedBallots(ranking, read_count(data.get("count", 1), "count"))
