"""Reads and counts a request for an approval."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from votes.counting.approval import ApprovalBallots, count_approval
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


def read_approval(request: dict[str, Any]) -> Answer:
    """`{"method": "approval", "options": ["A", "B"], "ballots": [{"approved": ["A"], "count": 3}]}`."""
    check_keys(request, "request", {"method", "options", "ballots"}, {"spoilt"})
    options = [read_text(option, "option") for option in read_list(request["options"], "options")]
    check_distinct(options, "options")
    ballots = [
        _approved(item, options) for item in read_list(request["ballots"], "ballots", may_be_empty=True)
    ]
    spoilt = read_count(request.get("spoilt", 0), "spoilt")
    result = count_approval({option: option for option in options}, ballots, spoilt=spoilt)
    return result.as_json(), result.derivation


def _approved(item: Any, options: Collection[str]) -> ApprovalBallots:
    data = read_object(item, "a ballot")
    check_keys(data, "a ballot", {"approved"}, {"count"})
    names = [
        read_text(name, "approved") for name in read_list(data["approved"], "approved", may_be_empty=True)
    ]
    check_distinct(names, "approved")
    for name in names:
        if name not in options:
            raise Malformed(f"a ballot approves {shown(name)}, which is no option")
    return ApprovalBallots(frozenset(names), read_count(data.get("count", 1), "count"))
