"""The export of a poll whose result may be read: one JSON value that anyone can check and recount without us."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from typing import Any

from votes.entries import AMENDMENT, BALLOTS, OPENING, PUBLIC, instant
from votes.models import Elector, Entry, Poll, Result, RollAmendment
from votes.published import published_lists
from votes.report import CHAINED, FORMAT, SECRET, UNCHAINED, VERSION
from votes.services.chaining import nameless, opening_of, plain, sealed_fields
from votes.standalone import build


@cache
def recount_script() -> str:
    """The stand-alone recount handed out with every export; built once, from the very sources that count here."""
    return build()


def has_chain(poll: Poll) -> bool:
    """Whether the poll was written in a chain from its opening to its result."""
    return bool(poll.head)


def has_export(poll: Poll) -> bool:
    """Whether the poll can be checked without us: by its chain, or by the lists of a secret one older than chains."""
    return has_chain(poll) or (poll.secrecy == Poll.Secrecy.SECRET and not poll.is_rehearsal)


def export_of(poll: Poll, result: Result) -> dict[str, Any]:
    """The export of a counted poll, names of the roll included: for those who may read the roll. At most seven queries."""
    is_secret = poll.secrecy == Poll.Secrecy.SECRET
    opening, amendments = opening_of(poll), RollAmendment.objects.filter(poll=poll).in_force()
    export = {
        "format": SECRET if is_secret else FORMAT,
        "version": version_of(poll),
        "poll": opening["poll"],
        "rules": opening["rules"],
        "options": opening["options"],
        "roll": {"hash": poll.roll_hash, "lines": lines_of(poll)},
        "amendments": [amendment.as_json() for amendment in amendments],
        "steps": steps_of(poll) if has_chain(poll) else [amendment_step(each) for each in amendments],
        "result": result_of(result),
    }
    if has_chain(poll):
        export["key"] = {"public": poll.public_key, "fingerprint": poll.key_fingerprint}
    if is_secret:
        export["secret"] = published_lists(poll)
    return export


def version_of(poll: Poll) -> int:
    """The version of its export: secret polls opened before they had a chain keep the first one."""
    if poll.secrecy == Poll.Secrecy.NAMED:
        return VERSION
    return CHAINED if has_chain(poll) else UNCHAINED


def amendment_step(amendment: RollAmendment) -> dict[str, Any]:
    """An amendment as a chain would have written it."""
    assert amendment.elector is not None
    signed = amendment.as_json()
    said = {name: signed[name] for name in ("number", "kind", "hash")}
    return {"kind": AMENDMENT, "content": {**said, "line": nameless(amendment.elector)}}


def result_of(result: Result) -> dict[str, Any]:
    """What was counted."""
    return {
        "outcome": plain(result.outcome),
        "derivation": plain(result.derivation),
        "engine": result.engine,
        "counted_at": instant(result.counted_at),
    }


def lines_of(poll: Poll) -> list[dict[str, Any]]:
    """The lines of the roll; of a secret poll, whether each voted: its ballot cannot say so."""
    lines = poll.electors.all()
    if poll.secrecy == Poll.Secrecy.NAMED:
        return [line_of(line) for line in lines]
    return [{**line_of(line), "voted": line.has_voted} for line in lines]


def line_of(elector: Elector) -> dict[str, Any]:
    """A line of the roll with the salt that opens its commitment; once erased, what stays of it."""
    sealed = {**sealed_fields(elector), "commitment": elector.commitment}
    if elector.salt:
        return {**sealed, "salt": elector.salt}
    return {name: sealed[name] for name in PUBLIC}


def steps_of(poll: Poll) -> list[dict[str, Any]]:
    """The chain. The opening holds what the export says elsewhere; a batch holds its entries. Two queries."""
    entries: defaultdict[int, list[Any]] = defaultdict(list)
    for step_pk, content in Entry.objects.filter(poll=poll).order_by("seq").values_list("step", "content"):
        entries[step_pk].append(content)
    found = []
    for step in poll.chain.all():
        said = {"number": step.number, "kind": step.kind, "at": instant(step.at)}
        if step.kind == BALLOTS:
            said["entries"] = entries[step.pk]
        elif step.kind != OPENING:
            said["content"] = step.content
        found.append({**said, "head": step.head, "signature": step.signature})
    return found


def export_text(poll: Poll, result: Result) -> str:
    """The export as the file people keep: letters as they are."""
    return json.dumps(export_of(poll, result), ensure_ascii=False, indent=1) + "\n"
