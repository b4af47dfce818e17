"""Count requests: a file's JSON read strictly, counted, and answered as plain values."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from cooperation.rules import IllegalRules
from votes.counting import ENGINE
from votes.counting.derivation import identity, say
from votes.counting.requests.apportionment import read_apportionment
from votes.counting.requests.approval import read_approval
from votes.counting.requests.consent import read_consent
from votes.counting.requests.dots import read_dots
from votes.counting.requests.election import read_election
from votes.counting.requests.gradients import read_gradients
from votes.counting.requests.irv import read_irv
from votes.counting.requests.majority_judgment import read_majority_judgment
from votes.counting.requests.quorum import read_quorum
from votes.counting.requests.reading import (
    Answer,
    Malformed,
    NotCounted,
    one_line,
    read_text,
    shown,
)
from votes.counting.requests.resolution import read_resolution
from votes.counting.requests.schulze import read_schulze
from votes.counting.requests.score import read_score
from votes.counting.requests.scottish_stv import read_scottish_stv

__all__ = ["METHODS", "Malformed", "NotCounted", "answer"]

METHODS: dict[str, Callable[[dict[str, Any]], Answer]] = {
    "apportionment": read_apportionment,
    "approval": read_approval,
    "consent": read_consent,
    "dots": read_dots,
    "election": read_election,
    "gradients": read_gradients,
    "irv": read_irv,
    "majority_judgment": read_majority_judgment,
    "quorum": read_quorum,
    "resolution": read_resolution,
    "schulze": read_schulze,
    "score": read_score,
    "scottish_stv": read_scottish_stv,
}


def answer(text: str, *, method: str = "", translate: Callable[[str], str] = identity) -> dict[str, object]:
    """Read, count and answer a count request (`docs/law.md` shows the shapes), the derivation said in words.

    `method`, when given, must be the request's own. A weighting the law refuses answers `{"refused": "V02",
    …}`. Raises Malformed for a request that cannot be read, NotCounted for a method this version does not
    count.
    """
    request = _parse(text)
    if not isinstance(request, dict):
        raise Malformed("the request is not a JSON object")
    name = read_text(request.get("method"), "method")
    if method and method != name:
        raise Malformed(f"the request says method {shown(name)}, not {shown(method)}")
    if name not in METHODS:
        raise NotCounted(f"this version does not count the method {shown(name)}")
    try:
        outcome, derivation = METHODS[name](request)
    except IllegalRules as illegal:
        return _refusal(illegal, translate)
    except Malformed:
        raise
    except ValueError as error:
        raise Malformed(one_line(str(error))) from error
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
        raise Malformed(f"not JSON: {one_line(str(error))}") from error


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _value in pairs]
    if len(set(keys)) < len(keys):
        raise Malformed("a key is written twice in one object")
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise Malformed(f"{name} is not a count")
