"""Reads and counts a request for a resolution, by heads or by colleges."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from cooperation.rules import (
    Base,
    Denominator,
    EmptyCollege,
    Majority,
    Pooling,
    Profile,
    SilentCollege,
    Tie,
    Weight,
)
from votes.counting.requests.reading import (
    Answer,
    Malformed,
    check_keys,
    read_choice,
    read_count,
    read_flag,
    read_list,
    read_object,
    read_share,
    read_text,
    shown,
)
from votes.counting.resolution import CollegeBallots, ResolutionRules, count_resolution


class Chair(StrEnum):
    """What the chair of a board voted."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


def read_resolution(request: dict[str, Any]) -> Answer:
    """`{"method": "resolution", "rules": {…}, "colleges": [{"name", "weight", "for", "against"}]}`."""
    check_keys(request, "request", {"method", "rules", "colleges"}, {"profile", "board", "chair"})
    pooling = read_choice(Pooling, read_object(request["rules"], "rules").get("pooling"), "pooling")
    lines = read_list(request["colleges"], "colleges")
    weights = tuple(read_weight(line, pooling is not Pooling.NONE) for line in lines)
    profile = read_choice(Profile, request["profile"], "profile") if "profile" in request else None
    used = () if pooling is Pooling.NONE else tuple(w for w in weights if w is not None)
    if profile is None and used and sum((w.share for w in used), Fraction(0)) != 1:
        raise Malformed("the weights of the colleges do not make exactly 1")
    rules = _rules(request["rules"], pooling, used, profile)
    rules = replace(rules, is_board=read_flag(request.get("board", False), "board"))
    chair = read_choice(Chair, request["chair"], "chair") if "chair" in request else None
    result = count_resolution(rules, [_ballots(line) for line in lines], chair=chair)
    return result.as_json(), result.derivation


def _rules(
    data: dict[str, Any], pooling: Pooling, weights: tuple[Weight, ...], profile: Profile | None
) -> ResolutionRules:
    asked = {"pooling", "base", "threshold", "strict", "denominator"}
    of_colleges = {"tie", "empty_college"}
    if pooling is Pooling.NONE:
        check_keys(data, "rules", asked, of_colleges | {"silent_college", "casting_vote"})
    else:
        check_keys(data, "rules", asked | of_colleges, {"silent_college", "casting_vote"})
    return ResolutionRules(
        pooling=pooling,
        base=read_choice(Base, data["base"], "base"),
        majority=Majority(read_share(data["threshold"], "threshold"), read_flag(data["strict"], "strict")),
        denominator=read_choice(Denominator, data["denominator"], "denominator"),
        tie=read_choice(Tie, data.get("tie", "void"), "tie"),
        empty_college=read_choice(EmptyCollege, data.get("empty_college", "lost"), "empty_college"),
        silent_college=read_choice(SilentCollege, data.get("silent_college", "void"), "silent_college"),
        weights=weights,
        profile=profile,
        casting_vote=read_flag(data.get("casting_vote", False), "casting_vote"),
    )


def read_weight(line: Any, needed: bool) -> Weight | None:
    """The weight of a college, None when it says none and none is needed. Raises Malformed."""
    data = read_object(line, "a college")
    name = read_text(data.get("name"), "name of a college")
    if "weight" not in data:
        if needed:
            raise Malformed(f"college {shown(name)} has no weight")
        return None
    share = read_share(data["weight"], f"weight of {shown(name)}")
    if share == 0:
        raise Malformed(f"weight of {shown(name)}: a college weighs more than zero")
    return Weight(name, share)


def _ballots(line: dict[str, Any]) -> CollegeBallots:
    name = shown(line["name"])
    where = f"college {name}"
    counted = {"for", "against"}
    optional = {"weight", "members", "present", "abstain", "blank", "spoilt"}
    if line.get("members") == 0:
        check_keys(line, where, {"name", "members"}, counted | optional)
    else:
        check_keys(line, where, {"name"} | counted, optional)
    counts = {
        key: read_count(line[key], f"{key} of {name}")
        for key in (counted | optional - {"weight"}) & line.keys()
    }
    return CollegeBallots(
        line["name"],
        in_favour=counts.pop("for", 0),
        against=counts.pop("against", 0),
        **counts,
    )
