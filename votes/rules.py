"""The law of a poll: who may open, vote, close and declare, what a ballot may say, how a roll is sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from realtime.refused import Refused

SEALED = frozenset(
    {"number", "label", "membership", "titular", "substitute", "college", "weight", "is_guest"}
)


def check_may_open(
    *,
    is_officer: bool,
    options: int,
    options_needed: int,
    electors: int,
    guests: int,
    is_binding: bool,
    shows: str,
    at: datetime,
    closes_at: datetime | None,
) -> None:
    """Refuse to open a poll that nobody could vote in, or that would promise what it cannot hold.

    `electors` counts the lines of the roll, guests among them. Raises `Refused`: `not_poll_officer`,
    `empty_roll`, `guest_cannot_bind`, `options_missing`, `closes_before_opening`,
    `binding_result_not_live` (before its close a binding poll shows turnout only).
    """
    if not is_officer:
        raise Refused("not_poll_officer")
    if not electors:
        raise Refused("empty_roll")
    if is_binding and guests:
        raise Refused("guest_cannot_bind")
    if is_binding and shows == "live":
        raise Refused("binding_result_not_live")
    if options < options_needed:
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


def check_may_erase(*, is_rehearsal: bool, state: str) -> None:
    """Only a rehearsal is ever erased, once closed. Raises `Refused`: `not_a_rehearsal`, `poll_still_open`."""
    if not is_rehearsal:
        raise Refused("not_a_rehearsal")
    if state in ("draft", "open"):
        raise Refused("poll_still_open")


def check_may_be_erased(*, open_rolls: Sequence[str]) -> None:
    """Nobody is erased from the roll of an open poll: a line without a name could neither vote nor be amended.

    `open_rolls` are the questions of those polls. Raises `Refused("on_an_open_roll")` with the first. Source: RGPD,
    art. 17 (3) (b) and (e).
    """
    if open_rolls:
        raise Refused("on_an_open_roll", question=open_rolls[0])


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


def check_is_teller(*, is_teller: bool) -> None:
    """Only the tellers of the meeting enter ballots and confirm them (R225-101). Raises `Refused("not_a_teller")`."""
    if not is_teller:
        raise Refused("not_a_teller")


def check_may_enter(
    *,
    is_teller: bool,
    secrecy: str,
    state: str,
    takes: bool,
    is_struck: bool,
    is_waiting: bool,
    earlier: Mapping[str, object] | None,
) -> None:
    """Refuse a paper ballot or a raised hand that a teller may not enter: one ballot per mandate (V13).

    `earlier` says the `number`, `who` and `when` of the ballot already received for this line, `is_waiting` whether
    another entry of it waits for a second teller. Raises `Refused`: `not_a_teller`, `secret_not_by_line` (an entry
    names its line), `poll_not_open`, `poll_closed`, `line_struck`, `line_voted`, `entry_waits`.
    """
    check_is_teller(is_teller=is_teller)
    if secrecy != "named":
        raise Refused("secret_not_by_line")
    if state == "draft":
        raise Refused("poll_not_open")
    if not takes:
        raise Refused("poll_closed")
    check_line_is_free(is_struck=is_struck, earlier=earlier)
    if is_waiting:
        raise Refused("entry_waits")


def check_line_is_free(*, is_struck: bool, earlier: Mapping[str, object] | None) -> None:
    """Refuse a second ballot of a line, naming who cast the first and when. Raises: `line_struck`, `line_voted`."""
    if is_struck:
        raise Refused("line_struck")
    if earlier is not None:
        raise Refused("line_voted", **earlier)


def check_may_confirm(
    *,
    is_teller: bool,
    is_waiting: bool,
    entered_by_self: bool,
    state: str,
    takes: bool,
    is_struck: bool,
    earlier: Mapping[str, object] | None,
) -> None:
    """Refuse to cast what a teller entered unless a different teller confirms it, in time, on a line still free.

    Raises `Refused`: `not_a_teller`, `entry_settled`, `second_teller_needed`, `poll_not_open`, `poll_closed`,
    `line_struck`, `line_voted`. Source: two tellers, R225-101.
    """
    check_is_teller(is_teller=is_teller)
    if not is_waiting:
        raise Refused("entry_settled")
    if entered_by_self:
        raise Refused("second_teller_needed")
    if state == "draft":
        raise Refused("poll_not_open")
    if not takes:
        raise Refused("poll_closed")
    check_line_is_free(is_struck=is_struck, earlier=earlier)


def check_may_set_aside(*, is_officer: bool, is_waiting: bool) -> None:
    """An officer of the meeting sets aside an entry nobody confirmed. Raises `not_an_officer`, `entry_settled`."""
    if not is_officer:
        raise Refused("not_an_officer")
    if not is_waiting:
        raise Refused("entry_settled")


def check_nothing_waits(*, waiting: int) -> None:
    """No poll closes by hand over ballots entered and not confirmed. Raises `Refused("entries_wait")` with their count."""
    if waiting:
        raise Refused("entries_wait", count=waiting)


def check_may_treat(*, leads: bool, is_consent: bool, is_known: bool) -> None:
    """Only whoever runs the meeting notes what became of an objection, and only of one that was made.

    Raises `Refused`: `not_leading`, `not_a_consent`, `objection_unknown`.
    """
    if not leads:
        raise Refused("not_leading")
    if not is_consent:
        raise Refused("not_a_consent")
    if not is_known:
        raise Refused("objection_unknown")


def canonical_roll(lines: Iterable[Mapping[str, object]]) -> str:
    """A roll as one text, the same wherever it is written: JSON, by number, keys sorted, no spaces.

    Each line says `number`, `label`, `membership`, `titular`, `substitute`, `college`, `weight` ("1"),
    `is_guest`, and `holder` where somebody holds its proxy. Raises ValueError when a line says more or less, or the numbers are not 1, 2, 3…
    """
    ordered = [dict(line) for line in lines]
    if any(line.keys() - {"holder"} != SEALED or type(line["number"]) is not int for line in ordered):
        raise ValueError("a line of a roll says " + ", ".join(sorted(SEALED)))
    ordered.sort(key=lambda line: int(str(line["number"])))
    if [line["number"] for line in ordered] != list(range(1, len(ordered) + 1)):
        raise ValueError("the lines of a roll are numbered 1, 2, 3…")
    return json.dumps(ordered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def check_may_amend(
    *,
    is_officer: bool,
    state: str,
    takes: bool,
    is_addition: bool,
    is_newcomer: bool = False,
    is_on_roll: bool = False,
    is_struck: bool = False,
    has_voted: bool = False,
) -> None:
    """Refuse an amendment of a sealed roll that the law does not allow: the roll is what it was at the opening.

    A line is added for a member who was in good standing at the opening and came later (`is_newcomer`), once; a line
    is struck while it has not voted. Raises `Refused`: `not_an_officer`, `poll_not_open`, `poll_closed`,
    `elector_twice`, `not_a_newcomer`, `not_on_this_roll`, `line_struck`, `line_has_voted`.
    """
    if not is_officer:
        raise Refused("not_an_officer")
    if state == "draft":
        raise Refused("poll_not_open")
    if not takes:
        raise Refused("poll_closed")
    if is_addition:
        _check_addition(is_newcomer=is_newcomer, is_on_roll=is_on_roll)
    else:
        _check_strike(is_on_roll=is_on_roll, is_struck=is_struck, has_voted=has_voted)


def _check_addition(*, is_newcomer: bool, is_on_roll: bool) -> None:
    if is_on_roll:
        raise Refused("elector_twice")
    if not is_newcomer:
        raise Refused("not_a_newcomer")


def _check_strike(*, is_on_roll: bool, is_struck: bool, has_voted: bool) -> None:
    if not is_on_roll:
        raise Refused("not_on_this_roll")
    if is_struck:
        raise Refused("line_struck")
    if has_voted:
        raise Refused("line_has_voted")


def check_may_countersign(*, is_officer: bool, is_waiting: bool, proposed_by_self: bool) -> None:
    """An amendment takes a second officer. Raises `not_an_officer`, `amendment_settled`, `second_officer_needed`."""
    if not is_officer:
        raise Refused("not_an_officer")
    if not is_waiting:
        raise Refused("amendment_settled")
    if proposed_by_self:
        raise Refused("second_officer_needed")


def check_may_dismiss(*, is_officer: bool, is_waiting: bool) -> None:
    """An officer dismisses an amendment nobody countersigned. Raises `not_an_officer`, `amendment_settled`."""
    if not is_officer:
        raise Refused("not_an_officer")
    if not is_waiting:
        raise Refused("amendment_settled")


def roll_hash(lines: Iterable[Mapping[str, object]]) -> str:
    """The seal of a roll: SHA-256 of its canonical form in UTF-8, in hexadecimal."""
    return hashlib.sha256(canonical_roll(lines).encode()).hexdigest()
