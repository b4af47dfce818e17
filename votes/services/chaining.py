"""Writing the chain of a poll: what was sealed, each batch of named ballots, each amendment, the result. All signed.

A secret poll has no step of ballots: nothing is written while it is voted, and its result closes on its two lists.

Every function here is called with the poll's row locked, by the service whose act is written down.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from realtime.copying import write_rows
from votes.entries import (
    AMENDMENT,
    BALLOTS,
    OPENING,
    PROXY,
    RESULT,
    START,
    commitment,
    digest,
    fingerprint,
    instant,
    lines_digest,
    next_head,
    public_line,
    signed_text,
)
from votes.keys import current_key, key_for
from votes.lists import closed_on
from votes.models import Elector, Entry, Poll, Result, Step
from votes.published import published_lists

CHAIN = ["public_key", "head", "steps", "entries_written"]


def is_chained(poll: Poll) -> bool:
    """Whether this poll is written in a chain: any but a rehearsal, which leaves no trace."""
    return not poll.is_rehearsal


def sealed_fields(elector: Elector) -> dict[str, Any]:
    """A line as the seal takes it."""
    return {
        "number": elector.number,
        "label": elector.label,
        "membership": elector.membership_id,
        "titular": elector.titular_id,
        "substitute": elector.substitute_id,
        "college": elector.college,
        "weight": str(elector.weight),
        "is_guest": elector.is_guest,
        **({} if elector.holder_id is None else {PROXY: elector.holder_id}),
    }


def commit_line(elector: Elector) -> Elector:
    """Give a line its salt and the commitment that stands for it in the chain, before it is written."""
    elector.salt = secrets.token_hex(16)
    elector.commitment = commitment(sealed_fields(elector), elector.salt)
    return elector


def nameless(elector: Elector) -> dict[str, Any]:
    """A line without its names, as the chain and the export say it."""
    return public_line({**sealed_fields(elector), "commitment": elector.commitment})


def opening_of(poll: Poll) -> dict[str, Any]:
    """What was sealed when the poll opened, except the roll: the question, how it is held, the rules, the options."""
    return {
        "poll": {
            "id": poll.pk,
            "parent": poll.parent,
            "parent_title": poll.parent_title,
            "question": poll.question,
            "text": poll.text,
            "method": poll.method,
            "is_binding": poll.is_binding,
            "secrecy": str(poll.secrecy),
            "shows": str(poll.shows),
            "allows_blank": poll.allows_blank,
            "allows_change": poll.allows_change,
            "max_choices": poll.max_choices,
            "opened_at": instant(poll.opened_at) if poll.opened_at else None,
            "closes_at": instant(poll.closes_at) if poll.closes_at else None,
        },
        "rules": plain(poll.rules),
        "options": [
            {"value": str(option.position), "label": option.label, "details": plain(option.details)}
            for option in poll.options.all()
        ],
        "key": fingerprint(poll.public_key),
    }


def start_chain(poll: Poll, lines: Sequence[Elector], at: datetime) -> None:
    """Write the first step of a poll that just opened; a rehearsal has no chain."""
    if not is_chained(poll):
        return
    poll.public_key = current_key().public
    roll = {"hash": poll.roll_hash, "lines": lines_digest(map(nameless, lines))}
    Step.objects.create(**next_step(poll, OPENING, {**opening_of(poll), "roll": roll}, at))
    poll.save(update_fields=CHAIN)


def next_step(poll: Poll, kind: str, content: Any, at: datetime) -> dict[str, Any]:
    """The next step of a chain, signed; the poll's head moves with it. The caller writes both."""
    number = poll.steps
    head = next_head(poll.head or START, kind, instant(at), content)
    signature = key_for(poll.public_key).sign(signed_text(poll.pk, number, head))
    poll.head, poll.steps = head, number + 1
    kept = None if kind == BALLOTS else content
    return {
        "poll": poll,
        "number": number,
        "kind": kind,
        "at": at,
        "content": kept,
        "head": head,
        "signature": signature,
    }


def chain_entries(
    written: Mapping[int, Sequence[dict[str, Any]]], polls: Mapping[int, Poll], at: datetime
) -> dict[int, Step]:
    """Write a batch: one step per poll, its entries in order; the steps. Two statements; the caller writes the polls' heads."""
    asked = [pk for pk, entries in sorted(written.items()) if entries]
    if not asked:
        return {}
    steps = Step.objects.bulk_create(
        [Step(**next_step(polls[pk], BALLOTS, list(written[pk]), at)) for pk in asked]
    )
    write_rows(
        [
            Entry(poll_id=pk, step=step, seq=entry["seq"], ballot=entry["ballot"], content=entry)
            for pk, step in zip(asked, steps, strict=True)
            for entry in written[pk]
        ]
    )
    return dict(zip(asked, steps, strict=True))


def chain_amendment(poll: Poll, amendment: Mapping[str, Any], elector: Elector, at: datetime) -> None:
    """Write an amendment of the roll: `amendment` says its `number`, `kind` (`add`, `strike`) and `hash`."""
    if not poll.head:
        return
    said = {name: amendment[name] for name in ("number", "kind", "hash")}
    Step.objects.create(**next_step(poll, AMENDMENT, {**said, "line": nameless(elector)}, at))
    poll.save(update_fields=CHAIN)


def chain_result(poll: Poll, result: Result, at: datetime) -> None:
    """Write the last step: when the poll closed, how many ballots, and what was counted; of a secret poll, its lists.

    Its head is published before a result that waits for its declaration: a salt, told with the export, keeps anyone
    from trying the few results there are against it.
    """
    if not poll.head:
        return
    content = {
        "closed_at": instant(poll.closed_at) if poll.closed_at else None,
        "salt": secrets.token_hex(16),
        **closed_on_ballots(poll),
        "engine": result.engine,
        "outcome": digest(plain(result.outcome)),
        "derivation": digest(plain(result.derivation)),
    }
    Step.objects.create(**next_step(poll, RESULT, content, at))
    poll.save(update_fields=CHAIN)


def closed_on_ballots(poll: Poll) -> dict[str, Any]:
    """How many ballots and entries were counted; of a secret poll, what stands for its lists and for the marks of its roll."""
    if poll.secrecy == Poll.Secrecy.NAMED:
        return {"ballots": poll.ballots_cast, "entries": poll.entries_written}
    lines = Elector.objects.filter(poll=poll).order_by("number").values_list("has_voted_at", flat=True)
    return closed_on(published_lists(poll), [voted is not None for voted in lines])


def plain(value: Any) -> Any:
    """The value as the database gives it back: lists for tuples, texts for keys."""
    return json.loads(json.dumps(value))
