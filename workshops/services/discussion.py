"""Discussing: comments, taken back by their author, and support of a version."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cooperation.models import Person
from cooperation.services import write_notices
from realtime.publish import publish
from realtime.refused import Refused
from workshops import rules
from workshops.events import CommentAdded, CommentWithdrawn, SupportChanged
from workshops.models import Comment, Proposal, ProposalVersion, Support
from workshops.services.proposals import balance_moved, current
from workshops.services.room import enter, fresh


@transaction.atomic
def add_comment(
    *, author: Person, proposal: Proposal, kind: str, text: str, parent: Comment | None = None, at: datetime
) -> Comment:
    """Make a remark on the current version, or answer one; whom it answers is told.

    Raises `Refused`: role, state and step; `proposal_gone`, `text_missing`, `text_too_long`,
    `comment_elsewhere` (the parent is not under this proposal).
    """
    room = enter("comment.add", by=author, workshop_id=proposal.workshop_id)
    row = fresh(proposal)
    rules.check_is_readable(is_gone=row.is_gone)
    if parent is not None and parent.proposal_id != row.pk:
        raise Refused("comment_elsewhere")
    comment = Comment.objects.create(
        proposal=row,
        version=current(row),
        parent=parent,
        root_id=parent.root_id or parent.pk if parent else None,
        author=author,
        kind=kind,
        text=rules.checked_comment(text),
        created_at=at,
    )
    answered = parent.author if parent else row.author
    told = write_notices(
        people=[answered] if answered.pk != author.pk else [],
        sentence=lambda: answer_sentence(author, row, is_answer=parent is not None),
        url=f"{row.get_absolute_url()}#comment-{comment.pk}",
        at=at,
    )
    publish([(CommentAdded(comment.pk, row.pk), room.topic), balance_moved(room), *told])
    return comment


def answer_sentence(author: Person, proposal: Proposal, *, is_answer: bool) -> str:
    """What is said to whom a comment answers, in the active language."""
    values = {"name": author.name, "title": current(proposal).title}
    if is_answer:
        return _("%(name)s répond à votre avis sur « %(title)s ».") % values
    return _("%(name)s donne un avis sur votre proposition « %(title)s ».") % values


@transaction.atomic
def withdraw_comment(*, by: Person, comment: Comment, at: datetime) -> Comment:
    """Take one's own comment back: a tombstone stays where others answered.

    Raises `Refused`: role; `not_the_author`.
    """
    room = enter("comment.withdraw", by=by, workshop_id=comment.proposal.workshop_id)
    row = Comment.objects.get(pk=comment.pk)
    rules.check_is_author(by.pk == row.author_id)
    if row.withdrawn_at is not None:
        return row
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    publish([(CommentWithdrawn(row.pk, row.proposal_id), room.topic), balance_moved(room)])
    return row


@transaction.atomic
def support_version(*, person: Person, version: ProposalVersion, at: datetime) -> Support:
    """Stand behind the current version; twice is once.

    Raises `Refused`: role, state and step; `proposal_not_open`, `proposal_gone`, `version_outdated`.
    """
    topic = check_may_support(person, version)
    support, is_new = Support.objects.get_or_create(version=version, person=person, defaults={"at": at})
    if is_new:
        publish([(SupportChanged(version.proposal_id), topic)])
    return support


@transaction.atomic
def withdraw_support(*, person: Person, version: ProposalVersion, at: datetime) -> None:
    """Stand behind it no longer; twice is once. Raises `Refused` as `support_version`."""
    topic = check_may_support(person, version)
    gone, _kinds = Support.objects.filter(version=version, person=person).delete()
    if gone:
        publish([(SupportChanged(version.proposal_id), topic)])


def check_may_support(person: Person, version: ProposalVersion) -> str:
    """Lock the room and check that this version can be supported now; the topic of the room."""
    room = enter("version.support", by=person, workshop_id=version.proposal.workshop_id)
    proposal = fresh(version.proposal)
    rules.check_is_readable(is_gone=proposal.is_gone)
    rules.check_is_open(proposal.state)
    if proposal.version_id != version.pk:
        raise Refused("version_outdated")
    return room.topic
