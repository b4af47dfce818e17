"""What the tests of proofs share: exports of counted polls, ballots any method takes, chains built by a cheat."""

import copy
import json
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from votes.entries import (
    RESULT,
    START,
    commitment,
    digest,
    fingerprint,
    lines_digest,
    next_head,
    sealed_names,
    signed_text,
)
from votes.export import export_of
from votes.keys import key_of
from votes.lists import closed_on
from votes.management.commands.verify import check_signatures
from votes.models import Poll
from votes.recounting import added_numbers
from votes.report import Rejected
from votes.secret_verification import verify_any
from votes.services import Cast, cast_ballots, close_poll, count_poll

Export = dict[str, Any]


def exported(poll: Poll) -> Export:
    """The export of a poll, closed and counted now, as it comes out of its file."""
    poll.refresh_from_db()
    at = (poll.closes_at or poll.opened_at) + timedelta(hours=1)
    close_poll(poll=poll, at=at)
    result = count_poll(poll=poll, at=at)
    return json.loads(json.dumps(export_of(Poll.objects.get(pk=poll.pk), result)))


def why(export: object, **known: str) -> str:
    """Why an export is refused; "" when it holds and is signed."""
    try:
        report = verify_any(export, check_signatures, **known)  # type: ignore[arg-type]
    except Rejected as rejected:
        return str(rejected) or "refused"
    assert report.not_checked is None, report.not_checked
    return ""


def vote(poll: Poll, ballots: Sequence[Sequence[str]], chance: random.Random, batch: int = 3) -> None:
    """One ballot per line, in the order of the roll, a few at a time."""
    lines = list(poll.electors.select_related("titular"))
    at = poll.opened_at + timedelta(minutes=1)
    casts = [
        Cast(line, line.titular, said, UUID(int=chance.getrandbits(128), version=4), at)
        for line, said in zip(lines, ballots, strict=False)
    ]
    for start in range(0, len(casts), batch):
        answers = cast_ballots(casts[start : start + batch])
        assert not [answer for answer in answers if isinstance(answer, Exception)]


def candidate(chance: random.Random, options: int) -> list[str]:
    """Something a ballot might say, whatever the method: most of it is refused."""
    positions = [str(place) for place in range(1, options + 1)]
    chosen = chance.sample(positions, chance.randint(1, options)) if options else []
    ranks = chance.sample(range(1, options + 1), len(chosen))
    words = ["for", "against", "abstain", "blank", "consent", "reservation", "objection", *"12345678"]
    return chance.choice(
        [
            [chance.choice(words)],
            chosen or ["blank"],
            [f"{place}:{chance.randint(0, 6)}" for place in chosen] or ["blank"],
            [f"{place}:{rank}" for place, rank in zip(chosen, ranks, strict=True)] or ["blank"],
        ]
    )


def rechained(export: Export, seed: str = "") -> Export:
    """The chain of an export built again over all it says now; signed again by another key when there is one.

    Without a key the signatures are those of before: what a cheat can do who has not the key.
    """
    made = copy.deepcopy(export)
    key = key_of(seed) if seed else None
    if key:
        made["key"] = {"public": key.public, "fingerprint": key.fingerprint}
    assert fingerprint(made["key"]["public"]) == made["key"]["fingerprint"]
    reseal(made)
    reclose(made)
    head = START
    for number, step in enumerate(made["steps"]):
        said = {"opening": opening_in(made), "ballots": step.get("entries")}.get(
            step["kind"], step.get("content")
        )
        step["number"], step["head"] = number, next_head(head, step["kind"], step["at"], said)
        head = step["head"]
        if key:
            step["signature"] = key.sign(signed_text(made["poll"]["id"], number, head))
    return made


def reseal(export: Export) -> None:
    """Let the commitments of the lines, and the seal over their names, be those of what the lines say now."""
    if export["amendments"]:
        return
    lines, moved = export["roll"]["lines"], {}
    for line in lines:
        if "salt" in line:
            before, line["commitment"] = line["commitment"], commitment(line, line["salt"])
            moved[before] = line["commitment"]
    for entry in (entry for step in export["steps"] for entry in step.get("entries", [])):
        entry["line"] = moved.get(entry["line"], entry["line"])
    if all("salt" in line for line in lines):
        export["roll"]["hash"] = digest([{name: line[name] for name in sealed_names(line)} for line in lines])


def opening_in(export: Export) -> dict[str, Any]:
    """What the first step of an export would hold."""
    added = added_numbers(export)
    sealed = [line for line in export["roll"]["lines"] if line["number"] not in added]
    roll = {"hash": export["roll"]["hash"], "lines": lines_digest(sealed)}
    said = {name: export[name] for name in ("poll", "rules", "options")}
    return {**said, "key": export["key"]["fingerprint"], "roll": roll}


def reclose(export: Export) -> None:
    """Let the last step, where there is one, say of the result and of the ballots what the export says of them."""
    last, result = export["steps"][-1], export["result"]
    if last["kind"] != RESULT:
        return
    last["at"], last["content"]["engine"] = result["counted_at"], result["engine"]
    last["content"] |= {name: digest(result[name]) for name in ("outcome", "derivation")}
    if "secret" in export:
        marks = [line["voted"] for line in export["roll"]["lines"]]
        last["content"] |= closed_on(export["secret"], marks)
        return
    entries = [entry for step in export["steps"] for entry in step.get("entries", [])]
    last["content"] |= {"entries": len(entries), "ballots": len({entry["ballot"] for entry in entries})}
