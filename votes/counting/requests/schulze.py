"""Reads and counts a request for a Schulze poll, from its ballots or from the table of its duels."""

from __future__ import annotations

from typing import Any

from votes.counting.requests.irv import read_candidates, read_ranked
from votes.counting.requests.reading import Answer, check_keys, read_count, read_list
from votes.counting.schulze import count_duels, count_schulze


def read_schulze(request: dict[str, Any]) -> Answer:
    """`{"method": "schulze", "candidates": ["A", "B"], "pairwise": [[0, 3], [2, 0]]}`, or `ballots`."""
    if "pairwise" in request:
        check_keys(request, "request", {"method", "candidates", "pairwise"}, set())
        rows = [read_list(row, "a row of pairwise") for row in read_list(request["pairwise"], "pairwise")]
        pairwise = [[read_count(count, "a count of pairwise") for count in row] for row in rows]
        result = count_duels(read_candidates(request), pairwise)
    else:
        check_keys(request, "request", {"method", "ballots"}, {"candidates", "spoilt"})
        options, ballots = read_ranked(request)
        result = count_schulze(options, ballots, spoilt=read_count(request.get("spoilt", 0), "spoilt"))
    return result.as_json(), result.derivation
