"""Reads and counts a request for an election to several seats."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Any

from votes.counting.draw import draw_order
from votes.counting.election import ElectionBallots, count_election
from votes.counting.election_rules import Candidate, ElectionRules, Limit, Parity, TieRule, Unfilled
from votes.counting.requests.reading import (
    Answer,
    Malformed,
    check_distinct,
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

MOST_SEATS = 1_000


def read_election(request: dict[str, Any]) -> Answer:
    """`{"method": "election", "seats": 2, "candidates": [{"name": "P"}], "ballots": [{"named": ["P"], "count": 3}]}`.

    A candidate may have `groups` (names), `born_on` ("1960-05-01") and `withdrew`. May be given: `marks` (names
    a ballot may hold), `limits` ([{"group", "kind", "least", "most"}]), `parity` ({"groups", "most": 18 or
    "1/2", "binding"}), `unfilled` ("vacant" or "open"), `needs_majority`, `ties` (of "age", "second_round",
    "draw"), `seed` of the draw, `staying` (the groups of each member who stays), `spoilt`.
    """
    optional = {
        "marks",
        "limits",
        "parity",
        "unfilled",
        "needs_majority",
        "ties",
        "seed",
        "staying",
        "spoilt",
    }
    check_keys(request, "request", {"method", "seats", "candidates", "ballots"}, optional)
    candidates = _candidates(request["candidates"])
    ballots = read_list(request["ballots"], "ballots", may_be_empty=True)
    seed = read_text(request["seed"], "seed") if "seed" in request else None
    result = count_election(
        {name: name for name in candidates},
        [_ballot(item, candidates) for item in ballots],
        rules=_rules(request),
        candidates=candidates,
        order=None if seed is None else partial(draw_order, seed, 1),
        spoilt=read_count(request.get("spoilt", 0), "spoilt"),
    )
    return result.as_json(), result.derivation


def _rules(request: dict[str, Any]) -> ElectionRules:
    ties = read_list(request.get("ties", []), "ties", may_be_empty=True)
    limits = read_list(request.get("limits", []), "limits", may_be_empty=True)
    staying = read_list(request.get("staying", []), "staying", may_be_empty=True)
    return ElectionRules(
        _seats(request["seats"], "seats"),
        marks=read_count(request["marks"], "marks") if "marks" in request else None,
        limits=tuple(_limit(item) for item in limits),
        parity=_parity(request["parity"]) if "parity" in request else None,
        unfilled=read_choice(Unfilled, request.get("unfilled", "vacant"), "unfilled"),
        needs_majority=read_flag(request.get("needs_majority", False), "needs_majority"),
        ties=tuple(read_choice(TieRule, item, "ties") for item in ties),
        staying=tuple(frozenset(_names(item, "staying")) for item in staying),
    )


def _candidates(value: Any) -> dict[str, Candidate]:
    lines = [read_object(item, "a candidate") for item in read_list(value, "candidates")]
    names = [read_text(line.get("name"), "name of a candidate") for line in lines]
    check_distinct(names, "candidates")
    return {name: _candidate(line) for name, line in zip(names, lines, strict=True)}


def _candidate(line: dict[str, Any]) -> Candidate:
    where = f"candidate {shown(line['name'])}"
    check_keys(line, where, {"name"}, {"groups", "born_on", "withdrew"})
    return Candidate(
        frozenset(_names(line.get("groups", []), f"groups of {where}")),
        _day(line["born_on"], f"born_on of {where}") if "born_on" in line else None,
        read_flag(line.get("withdrew", False), f"withdrew of {where}"),
    )


def _ballot(item: Any, candidates: Collection[str]) -> ElectionBallots:
    data = read_object(item, "a ballot")
    check_keys(data, "a ballot", {"named"}, {"count"})
    names = _names(data["named"], "named")
    for name in names:
        if name not in candidates:
            raise Malformed(f"a ballot names {shown(name)}, who is no candidate")
    return ElectionBallots(frozenset(names), read_count(data.get("count", 1), "count"))


def _limit(item: Any) -> Limit:
    data = read_object(item, "a limit")
    check_keys(data, "a limit", {"group"}, {"kind", "least", "most"})
    return Limit(
        read_text(data["group"], "group of a limit"),
        _seats(data.get("least", 0), "least"),
        _seats(data["most"], "most") if "most" in data else None,
        kind=read_text(data["kind"], "kind of a limit") if "kind" in data else "",
    )


def _parity(item: Any) -> Parity:
    data = read_object(item, "parity")
    check_keys(data, "parity", {"groups", "most"}, {"binding"})
    most = data["most"]
    return Parity(
        tuple(_names(data["groups"], "groups of the parity")),
        read_share(most, "most of the parity")
        if isinstance(most, str)
        else _seats(most, "most of the parity"),
        read_flag(data.get("binding", False), "binding"),
    )


def _names(value: Any, where: str) -> list[str]:
    names = [read_text(name, where) for name in read_list(value, where, may_be_empty=True)]
    check_distinct(names, where)
    return names


def _seats(value: Any, where: str) -> int:
    count = read_count(value, where)
    if count > MOST_SEATS:
        raise Malformed(f"{where} is above {MOST_SEATS} seats")
    return count


def _day(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(read_text(value, where))
    except ValueError as error:
        raise Malformed(f"{where} is not a day like 1960-05-01") from error
