"""The law of a poll: who may open, vote, close and declare, what a ballot may say, how a roll is sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from realtime.refused import Refused

FOR, AGAINST, ABSTAIN, BLANK = "for", "against", "abstain", "blank"
SEALED = frozenset(
    {"number", "label", "membership", "titular", "substitute", "college", "weight", "is_guest"}
)


class Asked(Protocol):
    """What a poll asks of a ballot; `Poll` has these fields."""

    @property
    def method(self) -> str:
        """`resolution` or `approval`."""

    @property
    def allows_blank(self) -> bool:
        """Whether a blank ballot may be cast."""

    @property
    def max_choices(self) -> int | None:
        """How many options one ballot may approve, None for any number."""


def check_may_open(
    *,
    is_officer: bool,
    secrecy: str,
    method: str,
    options: int,
    electors: int,
    guests: int,
    is_binding: bool,
    shows: str,
    at: datetime,
    closes_at: datetime | None,
) -> None:
    """Refuse to open a poll that nobody could vote in, or that would promise what it cannot hold.

    `electors` counts the lines of the roll, guests among them. Raises `Refused`: `not_poll_officer`,
    `secret_not_available`, `empty_roll`, `guest_cannot_bind`, `options_missing`, `closes_before_opening`,
    `binding_result_not_live` (before its close a binding poll shows turnout only).
    """
    if not is_officer:
        raise Refused("not_poll_officer")
    if secrecy != "named":
        raise Refused("secret_not_available")
    if not electors:
        raise Refused("empty_roll")
    if is_binding and guests:
        raise Refused("guest_cannot_bind")
    if is_binding and shows == "live":
        raise Refused("binding_result_not_live")
    if method == "approval" and not options:
        raise Refused("options_missing")
    if closes_at is not None and closes_at <= at:
        raise Refused("closes_before_opening")


def check_may_vote(
    *,
    state: str,
    takes: bool,
    is_on_roll: bool,
    may_act: bool,
    earlier: int | None = None,
    allows_change: bool = False,
) -> None:
    """Refuse a ballot that is out of time, from someone else, or one too many: one ballot per mandate (V13).

    `takes` says whether the ballot was received in time, `is_on_roll` whether the person holds any line of
    the roll, `may_act` whether this one, `earlier` the number of the ballot already received for it. Raises
    `Refused`: `poll_not_open`, `poll_closed`, `not_on_roll`, `not_an_elector`, `already_voted`.
    """
    if state == "draft":
        raise Refused("poll_not_open")
    if not takes:
        raise Refused("poll_closed")
    if not is_on_roll:
        raise Refused("not_on_roll")
    if not may_act:
        raise Refused("not_an_elector")
    if earlier is not None and not allows_change:
        raise Refused("already_voted", number=earlier)


def check_may_close(*, state: str, is_officer: bool, is_past_deadline: bool = False) -> None:
    """Refuse to close a poll that is not open, or on the word of someone without charge of it.

    Past its deadline anyone may close: the deadline already did. Raises `Refused`: `poll_not_open`,
    `poll_closed`, `not_poll_officer`.
    """
    if state == "draft":
        raise Refused("poll_not_open")
    if state != "open":
        raise Refused("poll_closed")
    if not is_officer and not is_past_deadline:
        raise Refused("not_poll_officer")


def check_may_declare(*, state: str, is_officer: bool, takes: bool) -> None:
    """Refuse to declare a result before the close, or without charge of the poll.

    Raises `Refused`: `not_poll_officer`, `poll_not_open`, `poll_still_open`.
    """
    if not is_officer:
        raise Refused("not_poll_officer")
    if state == "draft":
        raise Refused("poll_not_open")
    if takes:
        raise Refused("poll_still_open")


def choices_allowed(asked: Asked, options: int) -> tuple[str, ...]:
    """The values a ballot may carry; the options of an approval are named by their position, from 1."""
    blank = (BLANK,) if asked.allows_blank else ()
    if asked.method == "resolution":
        return (FOR, AGAINST, ABSTAIN, *blank)
    return (*(str(position) for position in range(1, options + 1)), *blank)


def check_choices(asked: Asked, choices: Sequence[str], options: int) -> None:
    """Refuse a ballot that says nothing, too much, twice the same, or something the poll does not ask.

    A resolution takes one of for, against, abstain (and blank); an approval takes distinct options, at most
    `max_choices`, or blank alone. `options` is how many the poll has. Raises `Refused`: `choice_missing`,
    `unknown_choice`, `choice_twice`, `one_choice_only`, `blank_stands_alone`, `too_many_choices`.
    """
    if not choices:
        raise Refused("choice_missing")
    allowed = choices_allowed(asked, options)
    if any(choice not in allowed for choice in choices):
        raise Refused("unknown_choice")
    if len(set(choices)) < len(choices):
        raise Refused("choice_twice")
    if len(choices) == 1:
        return
    if asked.method == "resolution":
        raise Refused("one_choice_only")
    if BLANK in choices:
        raise Refused("blank_stands_alone")
    if asked.max_choices is not None and len(choices) > asked.max_choices:
        raise Refused("too_many_choices", most=asked.max_choices)


def canonical_choices(choices: Collection[str]) -> list[str]:
    """The choices in one order: two ballots that say the same are equal."""
    return sorted(set(choices), key=lambda choice: (len(choice), choice))


def canonical_roll(lines: Iterable[Mapping[str, object]]) -> str:
    """A roll as one text, the same wherever it is written: JSON, by number, keys sorted, no spaces.

    Each line says `number`, `label`, `membership`, `titular`, `substitute`, `college`, `weight` ("1"),
    `is_guest`. Raises ValueError when a line says more or less, or the numbers are not 1, 2, 3…
    """
    ordered = [dict(line) for line in lines]
    if any(line.keys() != SEALED or type(line["number"]) is not int for line in ordered):
        raise ValueError("a line of a roll says " + ", ".join(sorted(SEALED)))
    ordered.sort(key=lambda line: int(str(line["number"])))
    if [line["number"] for line in ordered] != list(range(1, len(ordered) + 1)):
        raise ValueError("the lines of a roll are numbered 1, 2, 3…")
    return json.dumps(ordered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def roll_hash(lines: Iterable[Mapping[str, object]]) -> str:
    """The seal of a roll: SHA-256 of its canonical form in UTF-8, in hexadecimal."""
    return hashlib.sha256(canonical_roll(lines).encode()).hexdigest()
