"""The written form of a named poll: its lines, its entries, the steps of its chain. Plain Python, shared by the recount.

Everything is JSON in one canonical form and SHA-256 in hexadecimal. A chain starts with what was sealed at the opening
(`opening`), grows by one step per batch of ballots (`ballots`) or per amendment of the roll (`amendment`), and ends with
what was counted (`result`). The head of a step takes in the head before it, so the last head holds them all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

OPENING, BALLOTS, AMENDMENT, RESULT = "opening", "ballots", "amendment", "result"
KINDS = (OPENING, BALLOTS, AMENDMENT, RESULT)
SEALED = ("number", "label", "membership", "titular", "substitute", "college", "weight", "is_guest")
PROXY = "holder"
PUBLIC = ("number", "college", "weight", "is_guest", "commitment")
ENTRY = ("seq", "ballot", "line", "choices", "channel", "key", "received_at", "replaces")
WORDS = ("reason", "proposed_by", "countersigned_by")
AMENDED = ("number", "kind", "line", "at", "words")
FORMER = ("number", "kind", "line", "at", *WORDS)
START = "0" * 64
SIGNED = "ecossolies poll chain 1"


def canonical(value: object) -> str:
    """A JSON value as one text, the same wherever it is written: keys sorted, no spaces, letters as they are.

    Raises ValueError or TypeError for what JSON cannot say.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(value: object) -> str:
    """SHA-256 of the canonical form in UTF-8, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def instant(at: datetime) -> str:
    """An instant as the chain writes it: UTC, to the microsecond, `2008-03-15T15:00:00.000000Z`."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def sealed_names(line: Mapping[str, object]) -> tuple[str, ...]:
    """The sealed fields of a line: those of every line, and `holder` where somebody holds its proxy.

    A line without a proxy says nothing of one, so that a roll sealed before there were any reads as it was written.
    """
    return (*SEALED, PROXY) if PROXY in line else SEALED


def commitment(line: Mapping[str, object], salt: str) -> str:
    """What stands for a line of the roll in the chain: its sealed fields with a salt nobody guesses.

    The names and the salt live in the roll. Once they are erased the commitment leads to nobody, and the chain holds.
    Raises KeyError when the line lacks a sealed field.
    """
    return digest({**{name: line[name] for name in sealed_names(line)}, "salt": salt})


def public_line(line: Mapping[str, object]) -> dict[str, object]:
    """A line without its names: number, college, weight, whether a guest, commitment. Raises KeyError."""
    return {name: line[name] for name in PUBLIC}


def lines_digest(lines: Iterable[Mapping[str, object]]) -> str:
    """The roll as the chain takes it at the opening: its lines by number, without names."""
    return digest(sorted(map(public_line, lines), key=lambda line: int(str(line["number"]))))


def key_digest(key: UUID | str) -> str:
    """What an entry says of its ballot's key, which stays with the device and the server."""
    return hashlib.sha256(str(key).encode()).hexdigest()


def entry(
    *,
    seq: int,
    ballot: int,
    line: str,
    choices: Sequence[str],
    channel: str,
    key: UUID | str,
    received_at: datetime,
    replaces: int | None = None,
) -> dict[str, Any]:
    """One act of voting, as the chain writes it. `line` is the commitment of the line of the roll it is for.

    `seq` is its place among the entries of the poll, from 1; `replaces` the place of the entry of the same ballot that it
    changes. The last entry of a ballot counts; those before stay.
    """
    return {
        "seq": seq,
        "ballot": ballot,
        "line": line,
        "choices": list(choices),
        "channel": str(channel),
        "key": key_digest(key),
        "received_at": instant(received_at),
        "replaces": replaces,
    }


def next_head(previous: str, kind: str, at: str, content: object) -> str:
    """The head after one step: SHA-256 of the head before it (32 bytes) and of the step's canonical form.

    The first step follows 64 zeros. Raises ValueError when `previous` is no hash.
    """
    body = canonical({"kind": kind, "at": at, "content": content})
    return hashlib.sha256(bytes.fromhex(previous) + body.encode()).hexdigest()


def words_of(amendment: Mapping[str, object], salt: str) -> str:
    """What stands for the words of an amendment: its reason and the keys of its two officers, with a salt nobody guesses.

    Raises KeyError when one of them is missing.
    """
    return digest({**{name: amendment[name] for name in WORDS}, "salt": salt})


def amendment_hash(previous: str, amendment: Mapping[str, object]) -> str:
    """The hash an amendment of the roll leaves: SHA-256 of the hash before it (32 bytes) and of its canonical form.

    It says `number`, `kind`, `at`, `line` without its names (`public_line`) and `words`, what stands for its reason and
    its officers (`words_of`): no name is hashed. Those written before that say the line with its names, and the words
    themselves. The first follows the seal of the roll, which never changes. Raises ValueError when it says more or less,
    or `previous` is no hash.
    """
    line = amendment.get("line")
    is_known = isinstance(line, Mapping) and (
        (set(amendment) == set(AMENDED) and set(line) == set(PUBLIC))
        or (set(amendment) == set(FORMER) and set(line) == set(sealed_names(line)))
    )
    if not is_known:
        raise ValueError("an amendment says " + ", ".join(AMENDED))
    return hashlib.sha256(bytes.fromhex(previous) + canonical(amendment).encode()).hexdigest()


def amendments_follow(seal: str, amendments: Iterable[Mapping[str, object]]) -> bool:
    """Whether these amendments, each with its `previous` and its `hash`, are the chain 1, 2, 3… that starts at the seal.

    The words are those committed to, unless they were erased, which takes their salt with them. Of one written before
    there were commitments only `number`, `kind` and the nameless `line` are left then: its hash is what the chain holds.
    """
    last = seal
    for number, amendment in enumerate(amendments, start=1):
        said = {name: value for name, value in amendment.items() if name not in ("previous", "hash")}
        if (said.get("number"), amendment.get("previous")) != (number, last):
            return False
        if "salt" in said:
            kept = {name: said.pop(name) for name in WORDS}
            if words_of(kept, str(said.pop("salt"))) != said.get("words"):
                return False
        if set(said) != {"number", "kind", "line"} and amendment_hash(last, said) != amendment.get("hash"):
            return False
        last = str(amendment["hash"])
    return True


def signed_text(poll: int, number: int, head: str) -> str:
    """What is signed of a step: the poll, the step's number, its head."""
    return f"{SIGNED}\npoll {poll}\nstep {number}\nhead {head}\n"


def in_groups(written: str) -> str:
    """A hash as people read it aloud and copy it: groups of four signs. Its spaces count nowhere."""
    return " ".join(written[start : start + 4] for start in range(0, len(written), 4))


def fingerprint(public_key: str) -> str:
    """The fingerprint of a public key given in hexadecimal: SHA-256 of its 32 bytes. Raises ValueError."""
    return hashlib.sha256(bytes.fromhex(public_key)).hexdigest()
