"""How a proposal leaves the room: forwarded to a governing body, kept for later, set aside with a reason."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cooperation.models import GoverningBody, Person
from cooperation.services import write_notices
from realtime.facts import Fact
from realtime.publish import publish
from realtime.refused import Refused
from workshops import rules
from workshops.chain import contributors_of
from workshops.events import (
    ProposalForwarded,
    ProposalKept,
    ProposalReopened,
    ProposalSetAside,
    ProposalTakenUp,
)
from workshops.models import Forwarding, Proposal, Workshop
from workshops.services.proposals import current, settle
from workshops.services.room import enter, fresh, lock


@transaction.atomic
def forward_proposal(
    *, by: Person, proposal: Proposal, body: GoverningBody, why: str = "", at: datetime
) -> Forwarding:
    """Hand the current version to a governing body; contributors are told.

    Raises `Refused`: role and state; `proposal_gone`, `proposal_not_open`, `already_forwarded`, `text_too_long`.
    """
    room, row = settling(by, proposal)
    rules.check_may_forward(row.state)
    version = current(row)
    if Forwarding.objects.filter(version=version, body=body).exists():
        raise Refused("already_forwarded")
    reason = rules.checked(why, limit=rules.REASON_LIMIT, missing=None)
    forwarding = Forwarding.objects.create(version=version, body=body, why=reason, by=by, at=at)
    settle(row, Proposal.State.FORWARDED, at)
    values = {"title": version.title[:150], "body": body.name}
    told = tell_contributors(
        row,
        by,
        at,
        lambda: _("« %(title)s », à laquelle vous avez contribué, est transmise : %(body)s.") % values,
    )
    publish([(ProposalForwarded(row.pk, forwarding.pk), room.topic), *told])
    return forwarding


def settling(by: Person, proposal: Proposal) -> tuple[Workshop, Proposal]:
    """The room, locked, and a proposal whose fate this person may write."""
    room = enter("proposal.settle", by=by, workshop_id=proposal.workshop_id)
    row = fresh(proposal)
    rules.check_is_readable(is_gone=row.is_gone)
    return room, row


def tell_contributors(
    proposal: Proposal, by: Person | None, at: datetime, sentence: Callable[[], str]
) -> list[tuple[Fact, str]]:
    """Tell everybody who wrote, was merged into, or commented the current version, in their language."""
    people = contributors_of(current(proposal)) - ({by} if by else set())
    return write_notices(people=people, sentence=sentence, url=proposal.get_absolute_url(), at=at)


@transaction.atomic
def mark_taken_up(*, forwarding: Forwarding, title: str, url: str, at: datetime) -> Forwarding:
    """Write that the body took the version up, under which title and where; contributors are told.

    Called by the floor above, which has checked who may. Raises `Refused("already_taken_up")`.
    """
    room = lock(forwarding.version.proposal.workshop_id)
    row = Forwarding.objects.select_related("version__proposal", "body").get(pk=forwarding.pk)
    if row.taken_up_at is not None:
        raise Refused("already_taken_up")
    row.taken_up_at, row.taken_up_title, row.taken_up_url = at, title, url
    row.save(update_fields=["taken_up_at", "taken_up_title", "taken_up_url"])
    proposal = fresh(row.version.proposal)
    values = {"title": row.version.title[:120], "body": row.body.name, "under": title[:80]}
    told = tell_contributors(
        proposal,
        None,
        at,
        lambda: (
            _("« %(title)s », à laquelle vous avez contribué, est inscrite : %(body)s, « %(under)s ».")
            % values
        ),
    )
    publish([(ProposalTakenUp(proposal.pk, row.pk), room.topic), *told])
    return row


@transaction.atomic
def set_aside_proposal(*, by: Person, proposal: Proposal, reason: str, at: datetime) -> Proposal:
    """Set a proposal aside, with the reason everybody reads; contributors are told.

    Raises `Refused`: role and state; `reason_missing`, `text_too_long`, `proposal_gone`, `proposal_not_open`.
    """
    room, row = settling(by, proposal)
    rules.check_may_settle(row.state, Proposal.State.SET_ASIDE)
    settle(row, Proposal.State.SET_ASIDE, at, rules.checked_reason(reason))
    values = {"title": current(row).title[:100], "reason": row.state_reason[:150]}
    told = tell_contributors(
        row,
        by,
        at,
        lambda: _("« %(title)s », à laquelle vous avez contribué, est écartée. Motif : %(reason)s") % values,
    )
    publish([(ProposalSetAside(row.pk), room.topic), *told])
    return row


@transaction.atomic
def keep_proposal(*, by: Person, proposal: Proposal, why: str = "", at: datetime) -> Proposal:
    """Keep a proposal for later; contributors are told.

    Raises `Refused`: role and state; `proposal_gone`, `proposal_not_open`, `text_too_long`.
    """
    room, row = settling(by, proposal)
    rules.check_may_settle(row.state, Proposal.State.KEPT)
    settle(row, Proposal.State.KEPT, at, rules.checked(why, limit=rules.REASON_LIMIT, missing=None))
    values = {"title": current(row).title[:200]}
    told = tell_contributors(
        row,
        by,
        at,
        lambda: _("« %(title)s », à laquelle vous avez contribué, est gardée pour plus tard.") % values,
    )
    publish([(ProposalKept(row.pk), room.topic), *told])
    return row


@transaction.atomic
def reopen_proposal(*, by: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Work again on a proposal kept or set aside; contributors are told.

    Raises `Refused`: role and state; `proposal_gone`, `proposal_not_settled`.
    """
    room, row = settling(by, proposal)
    rules.check_may_settle(row.state, Proposal.State.OPEN)
    settle(row, Proposal.State.OPEN, at)
    values = {"title": current(row).title[:200]}
    told = tell_contributors(
        row,
        by,
        at,
        lambda: _("« %(title)s », à laquelle vous avez contribué, est de nouveau ouverte.") % values,
    )
    publish([(ProposalReopened(row.pk), room.topic), *told])
    return row
