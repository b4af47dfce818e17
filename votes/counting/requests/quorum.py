"""Reads and answers a request for a quorum."""

from __future__ import annotations

from typing import Any

from cooperation.rules import EmptyCollege, Presence, QuorumRule, quorum_met
from votes.counting import ENGINE
from votes.counting.requests.reading import (
    Answer,
    check_keys,
    read_choice,
    read_count,
    read_flag,
    read_list,
    read_object,
    read_share,
    shown,
)
from votes.counting.requests.resolution import read_weight


def read_quorum(request: dict[str, Any]) -> Answer:
    """`{"method": "quorum", "rule": {"share", "weighted"}, "colleges": [{"name", "members", "present"}]}`."""
    check_keys(request, "request", {"method", "rule", "colleges"}, set())
    data = read_object(request["rule"], "rule")
    check_keys(data, "rule", {"share", "weighted"}, {"per_college", "empty_college"})
    rule = QuorumRule(
        read_share(data["share"], "share"),
        is_weighted=read_flag(data["weighted"], "weighted"),
        per_college=read_flag(data.get("per_college", False), "per_college"),
        empty_college=read_choice(EmptyCollege, data.get("empty_college", "lost"), "empty_college"),
    )
    lines = read_list(request["colleges"], "colleges")
    verdict = quorum_met(rule, [_presence(line, rule.is_weighted) for line in lines])
    return {"method": "quorum", **verdict.as_json(), "engine": ENGINE}, verdict.derivation


def _presence(line: Any, is_weighted: bool) -> Presence:
    weight = read_weight(line, is_weighted)
    name = shown(line["name"])
    check_keys(line, f"college {name}", {"name", "members", "present"}, {"weight"})
    return Presence(
        line["name"],
        members=read_count(line["members"], f"members of {name}"),
        present=read_count(line["present"], f"present of {name}"),
        weight=weight.share if weight else None,
    )
