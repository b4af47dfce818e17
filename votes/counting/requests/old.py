"""Count requests: a file's JSON read strictly, counted, and answered as plain values."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from cooperation.rules import (
    Base,
    Denominator,
    EmptyCollege,
    IllegalRules,
    Majority,
    Pooling,
    Presence,
    Profile,
    QuorumRule,
    SilentCollege,
    Tie,
    Weight,
    quorum_met,
    read_fraction,
)
from votes.counting import ENGINE
from votes.counting.approval import ApprovalBallots, count_approval
from votes.counting.derivation import Sentence, identity, say
from votes.counting.resolution import CollegeBallots, ResolutionRules, count_resolution

MOST = 10**12
E = TypeVar("E", bound=StrEnum)


class Malformed(ValueError):
    """A count request that cannot be read; its text is one line that says where and why."""


class NotCounted(ValueError):
    """A request this version does not count; its text is one line."""


def answer(text: str, *, method: str = "", translate: Callable[[str], str] = identity) -> dict[str, object]:
    """Read, count and answer a count request (`docs/law.md` shows the shapes), the derivation said in words.

    `method`, when given, must be the request's own. A weighting the law refuses answers `{"refused": "V02",
    …}`. Raises Malformed for a request that cannot be read, NotCounted for a method this version does not
    count.
    """
    request = _parse(text)
    if not isinstance(request, dict):
        raise Malformed("the request is not a JSON object")
    name = _text(request.get("method"), "method")
    if method and method != name:
        raise Malformed(f"the request says method {_shown(name)}, not {_shown(method)}")
    if name not in _METHODS:
        raise NotCounted(f"this version does not count the method {_shown(name)}")
    try:
        outcome, derivation = _METHODS[name](request)
    except IllegalRules as illegal:
        return _refusal(illegal, translate)
    except Malformed:
        raise
    except ValueError as error:
        raise Malformed(_line(str(error))) from error
    return {**outcome, "derivation": [say(sentence, translate) for sentence in derivation]}


def _refusal(illegal: IllegalRules, translate: Callable[[str], str]) -> dict[str, object]:
    first = illegal.breaches[0]
    reasons = [say(breach.sentence, translate) for breach in illegal.breaches]
    return {"refused": first.code, "article": first.article, "derivation": reasons, "engine": ENGINE}


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
    except RecursionError as error:
        raise Malformed("the request is nested too deeply") from error
    except Malformed:
        raise
    except ValueError as error:
        raise Malformed(f"not JSON: {_line(str(error))}") from error


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _value in pairs]
    if len(set(keys)) < len(keys):
        raise Malformed("a key is written twice in one object")
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise Malformed(f"{name} is not a count")


# -- methods


def _resolution(request: dict[str, Any]) -> tuple[dict[str, object], tuple[Sentence, ...]]:
    _keys(request, "request", {"method", "rules", "colleges"}, {"profile"})
    pooling = _choice(Pooling, _object(request["rules"], "rules").get("pooling"), "pooling")
    lines = _list(request["colleges"], "colleges")
    weights = tuple(_weight(line, pooling is not Pooling.NONE) for line in lines)
    profile = _choice(Profile, request["profile"], "profile") if "profile" in request else None
    used = () if pooling is Pooling.NONE else tuple(w for w in weights if w is not None)
    if profile is None and used and sum((w.share for w in used), Fraction(0)) != 1:
        raise Malformed("the weights of the colleges do not make exactly 1")
    rules = _rules(request["rules"], pooling, used, profile)
    result = count_resolution(rules, [_ballots(line) for line in lines])
    return result.as_json(), result.derivation


def _rules(
    data: dict[str, Any], pooling: Pooling, weights: tuple[Weight, ...], profile: Profile | None
) -> ResolutionRules:
    asked = {"pooling", "base", "threshold", "strict", "denominator"}
    of_colleges = {"tie", "empty_college"}
    if pooling is Pooling.NONE:
        _keys(data, "rules", asked, of_colleges | {"silent_college"})
    else:
        _keys(data, "rules", asked | of_colleges, {"silent_college"})
    return ResolutionRules(
        pooling=pooling,
        base=_choice(Base, data["base"], "base"),
        majority=Majority(_fraction(data["threshold"], "threshold"), _flag(data["strict"], "strict")),
        denominator=_choice(Denominator, data["denominator"], "denominator"),
        tie=_choice(Tie, data.get("tie", "void"), "tie"),
        empty_college=_choice(EmptyCollege, data.get("empty_college", "lost"), "empty_college"),
        silent_college=_choice(SilentCollege, data.get("silent_college", "void"), "silent_college"),
        weights=weights,
        profile=profile,
    )


def _weight(line: Any, needed: bool) -> Weight | None:
    data = _object(line, "a college")
    name = _text(data.get("name"), "name of a college")
    if "weight" not in data:
        if needed:
            raise Malformed(f"college {_shown(name)} has no weight")
        return None
    share = _fraction(data["weight"], f"weight of {_shown(name)}")
    if share == 0:
        raise Malformed(f"weight of {_shown(name)}: a college weighs more than zero")
    return Weight(name, share)


def _ballots(line: dict[str, Any]) -> CollegeBallots:
    name = _shown(line["name"])
    where = f"college {name}"
    counted = {"for", "against"}
    optional = {"weight", "members", "present", "abstain", "blank", "spoilt"}
    if line.get("members") == 0:
        _keys(line, where, {"name", "members"}, counted | optional)
    else:
        _keys(line, where, {"name"} | counted, optional)
    counts = {
        key: _count(line[key], f"{key} of {name}") for key in (counted | optional - {"weight"}) & line.keys()
    }
    return CollegeBallots(
        line["name"],
        in_favour=counts.pop("for", 0),
        against=counts.pop("against", 0),
        **counts,
    )


def _quorum(request: dict[str, Any]) -> tuple[dict[str, object], tuple[Sentence, ...]]:
    _keys(request, "request", {"method", "rule", "colleges"}, set())
    data = _object(request["rule"], "rule")
    _keys(data, "rule", {"share", "weighted"}, {"per_college", "empty_college"})
    rule = QuorumRule(
        _fraction(data["share"], "share"),
        is_weighted=_flag(data["weighted"], "weighted"),
        per_college=_flag(data.get("per_college", False), "per_college"),
        empty_college=_choice(EmptyCollege, data.get("empty_college", "lost"), "empty_college"),
    )
    lines = _list(request["colleges"], "colleges")
    verdict = quorum_met(rule, [_presence(line, rule.is_weighted) for line in lines])
    return {"method": "quorum", **verdict.as_json(), "engine": ENGINE}, verdict.derivation


def _presence(line: Any, is_weighted: bool) -> Presence:
    weight = _weight(line, is_weighted)
    name = _shown(line["name"])
    _keys(line, f"college {name}", {"name", "members", "present"}, {"weight"})
    return Presence(
        line["name"],
        members=_count(line["members"], f"members of {name}"),
        present=_count(line["present"], f"present of {name}"),
        weight=weight.share if weight else None,
    )


def _approval(request: dict[str, Any]) -> tuple[dict[str, object], tuple[Sentence, ...]]:
    _keys(request, "request", {"method", "options", "ballots"}, {"spoilt"})
    options = [_text(option, "option") for option in _list(request["options"], "options")]
    _distinct(options, "options")
    ballots = [_approved(item, options) for item in _list(request["ballots"], "ballots", may_be_empty=True)]
    spoilt = _count(request.get("spoilt", 0), "spoilt")
    result = count_approval({option: option for option in options}, ballots, spoilt=spoilt)
    return result.as_json(), result.derivation


def _approved(item: Any, options: Collection[str]) -> ApprovalBallots:
    data = _object(item, "a ballot")
    _keys(data, "a ballot", {"approved"}, {"count"})
    names = [_text(name, "approved") for name in _list(data["approved"], "approved", may_be_empty=True)]
    _distinct(names, "approved")
    for name in names:
        if name not in options:
            raise Malformed(f"a ballot approves {_shown(name)}, which is no option")
    return ApprovalBallots(frozenset(names), _count(data.get("count", 1), "count"))


_METHODS = {"resolution": _resolution, "quorum": _quorum, "approval": _approval}


# -- reading


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Malformed(f"{where} is not an object")
    return value


def _list(value: Any, where: str, *, may_be_empty: bool = False) -> list[Any]:
    if not isinstance(value, list):
        raise Malformed(f"{where} is not a list")
    if not value and not may_be_empty:
        raise Malformed(f"{where} is empty")
    return value


def _keys(data: dict[str, Any], where: str, needed: Collection[str], optional: Collection[str]) -> None:
    missing, unknown = sorted(set(needed) - data.keys()), sorted(data.keys() - set(needed) - set(optional))
    if missing:
        raise Malformed(f"{where}: {', '.join(missing)} missing")
    if unknown:
        raise Malformed(f"{where}: unknown key {_shown(unknown[0])}")


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Malformed(f"{where} is not a text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Malformed(f"{where} is not a text") from error
    return value


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise Malformed(f"{where} is neither true nor false")
    return value


def _count(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise Malformed(f"{where} is not a whole count from 0 to {MOST}")
    return value


def _fraction(value: Any, where: str) -> Fraction:
    try:
        return read_fraction(value)
    except ValueError as error:
        raise Malformed(f"{where}: {error}") from error


def _choice(kind: type[E], value: Any, where: str) -> E:
    if not isinstance(value, str) or value not in list(kind):
        raise Malformed(f"{where} is not one of {', '.join(kind)}")
    return kind(value)


def _distinct(names: list[str], where: str) -> None:
    if len(set(names)) < len(names):
        raise Malformed(f"{where}: a name is given twice")


def _shown(value: object) -> str:
    """Any text on one line of plain characters."""
    return json.dumps(value)


def _line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
