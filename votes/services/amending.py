"""Amending a sealed roll: one officer proposes with a reason, a second countersigns; the seal itself never changes."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from cooperation.models import Person
from cooperation.services import write_notices
from realtime.publish import publish, touch
from realtime.refused import Refused
from votes.entries import amendment_hash, instant, words_of
from votes.events import PollOpened, RollAmended
from votes.models import Elector, Poll, Result, RollAmendment
from votes.officers import is_officer, newcomers_of, officers_of
from votes.rules import check_may_amend, check_may_countersign, check_may_dismiss
from votes.services.chaining import chain_amendment, nameless
from votes.services.opening import RollLine, elector_of, sealed_line


def locked(poll: Poll) -> Poll:
    """The poll's row, held while its roll changes: whoever casts a ballot waits."""
    return Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)


def takes(poll: Poll, at: datetime) -> bool:
    """Whether the poll still takes ballots, and nothing is counted."""
    return poll.takes(at) and not Result.objects.filter(poll=poll).exists()


@transaction.atomic
def propose_addition(*, poll: Poll, membership: int, reason: str, by: Person, at: datetime) -> RollAmendment:
    """Ask that the line of a member who came after the opening be added; the other officers are told.

    Raises `Refused`: what `check_may_amend` says, `reason_missing`, `amendment_waits`.
    """
    row = locked(poll)
    line = newcomer(row, membership, at)
    check_may_amend(
        is_officer=is_officer(row.parent, by),
        state=row.state,
        takes=takes(row, at),
        is_addition=True,
        is_newcomer=line is not None,
        is_on_roll=row.electors.filter(membership=membership).exists(),
    )
    assert line is not None
    check_proposal(row, reason, membership=membership)
    return propose(
        row, by, at, kind="add", line=sealed_line(line, 0), reason=reason, membership_id=membership
    )


def newcomer(poll: Poll, membership: int, at: datetime) -> RollLine | None:
    """The line the poll's parent would add for this member, None when it would not."""
    return next((line for line in newcomers_of(poll, at) if line.membership_id == membership), None)


@transaction.atomic
def propose_strike(*, elector: Elector, reason: str, by: Person, at: datetime) -> RollAmendment:
    """Ask that a line that has not voted be struck; the other officers are told.

    Raises `Refused`: what `check_may_amend` says, `reason_missing`, `amendment_waits`.
    """
    row = locked(elector.poll)
    line = Elector.objects.get(pk=elector.pk)
    check_strike(row, line, by, at)
    check_proposal(row, reason, elector=line)
    return propose(row, by, at, kind="strike", line=nameless(line), reason=reason, elector=line)


def check_strike(poll: Poll, line: Elector, by: Person, at: datetime) -> None:
    """Refuse to strike what may not be struck."""
    check_may_amend(
        is_officer=is_officer(poll.parent, by),
        state=poll.state,
        takes=takes(poll, at),
        is_addition=False,
        is_on_roll=line.poll_id == poll.pk,
        is_struck=line.is_struck,
        has_voted=line.has_voted,
    )


def check_proposal(poll: Poll, reason: str, **about: Any) -> None:
    """An amendment says why, and waits alone for its line. Raises `reason_missing`, `amendment_waits`."""
    if not reason.strip():
        raise Refused("reason_missing")
    if RollAmendment.objects.waiting().filter(poll=poll, **about).exists():
        raise Refused("amendment_waits")


def propose(poll: Poll, by: Person, at: datetime, **said: Any) -> RollAmendment:
    """Keep a proposal and call the other officers to it."""
    made = RollAmendment.objects.create(poll=poll, proposed_by=by, proposed_at=at, **said)
    others = Person.objects.filter(pk__in=set(officers_of(poll.parent)) - {by.pk})
    url = reverse("votes:poll-roll", args=[poll.pk])
    publish(write_notices(people=others, sentence=call_words(made), url=url, at=at))
    return made


def call_words(amendment: RollAmendment) -> Callable[[], str]:
    """What the other officers read."""

    def said() -> str:
        words = {"label": amendment.label, "question": amendment.poll.question}
        if amendment.is_addition:
            return _("À contresigner : ajouter %(label)s à la liste électorale de « %(question)s ».") % words
        return _("À contresigner : rayer %(label)s de la liste électorale de « %(question)s ».") % words

    return said


@transaction.atomic
def countersign(*, amendment: RollAmendment, by: Person, at: datetime) -> RollAmendment:
    """Sign as the second officer: the line is added or struck, and the amendment takes its place in the chain.

    The law is asked again: a line may have voted since. Raises `Refused`: what `check_may_countersign` and
    `check_may_amend` say.
    """
    poll = locked(amendment.poll)
    row = RollAmendment.objects.select_for_update().get(pk=amendment.pk)
    check_may_countersign(
        is_officer=is_officer(poll.parent, by),
        is_waiting=row.number is None and row.dismissed_at is None,
        proposed_by_self=row.proposed_by_id == by.pk,
    )
    elector = added(poll, row, by, at) if row.is_addition else struck(poll, row, by, at)
    sign(poll, row, elector, by, at)
    chain_amendment(poll, row.as_json(), elector, at)
    tell(poll, row, elector)
    return row


def added(poll: Poll, amendment: RollAmendment, by: Person, at: datetime) -> Elector:
    """The line of a member who came later, after the last one of the roll."""
    membership = amendment.membership_id
    line = newcomer(poll, membership, at) if membership is not None else None
    check_may_amend(
        is_officer=is_officer(poll.parent, by),
        state=poll.state,
        takes=takes(poll, at),
        is_addition=True,
        is_newcomer=line is not None,
        is_on_roll=poll.electors.filter(membership=membership).exists(),
    )
    assert line is not None
    last = poll.electors.aggregate(last=Max("number"))["last"] or 0
    elector = elector_of(poll, line, last + 1)
    elector.save()
    return elector


def struck(poll: Poll, amendment: RollAmendment, by: Person, at: datetime) -> Elector:
    """The line, marked as struck: it stays readable and counts no more."""
    assert amendment.elector is not None
    elector = Elector.objects.get(pk=amendment.elector.pk)
    check_strike(poll, elector, by, at)
    elector.is_struck = True
    elector.save(update_fields=["is_struck"])
    return elector


def sign(poll: Poll, amendment: RollAmendment, elector: Elector, by: Person, at: datetime) -> None:
    """Number, date and hash an amendment, after the one before it or after the seal. No name is in what is hashed."""
    before = RollAmendment.objects.filter(poll=poll).in_force().last()
    amendment.number = before.number + 1 if before is not None and before.number else 1
    amendment.previous_hash = before.hash if before is not None else poll.roll_hash
    amendment.elector, amendment.line = elector, nameless(elector)
    amendment.countersigned_by, amendment.countersigned_at = by, at
    amendment.salt = secrets.token_hex(16)
    words = {"reason": amendment.reason, "proposed_by": amendment.proposed_by_id, "countersigned_by": by.pk}
    amendment.signed = {
        "number": amendment.number,
        "kind": str(amendment.kind),
        "line": amendment.line,
        "at": instant(at),
        "words": words_of(words, amendment.salt),
    }
    amendment.hash = amendment_hash(amendment.previous_hash, amendment.signed)
    amendment.save()


def tell(poll: Poll, amendment: RollAmendment, elector: Elector) -> None:
    """Told to the poll and to its parent; who may now vote is called to."""
    facts: list[tuple[Any, str]] = [
        (RollAmended(poll.pk, amendment.pk), topic) for topic in (poll.parent, poll.topic)
    ]
    people: Sequence[int | None] = (elector.titular_id, elector.substitute_id, elector.holder_id)
    facts += [(PollOpened(poll.pk), f"person:{person}") for person in people if person is not None]
    publish(facts)
    touch(poll.topic)


@transaction.atomic
def dismiss_amendment(*, amendment: RollAmendment, by: Person, at: datetime) -> RollAmendment:
    """Let a proposal fall: nothing changes. Raises `Refused`: `not_an_officer`, `amendment_settled`."""
    poll = locked(amendment.poll)
    row = RollAmendment.objects.get(pk=amendment.pk)
    check_may_dismiss(
        is_officer=is_officer(poll.parent, by),
        is_waiting=row.number is None and row.dismissed_at is None,
    )
    row.dismissed_by, row.dismissed_at = by, at
    row.save(update_fields=["dismissed_by", "dismissed_at"])
    return row
