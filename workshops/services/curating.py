"""What the facilitator does with what was said: themes, merges, hiding with a reason, the projector."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cooperation.models import Person
from cooperation.services import write_notices
from realtime.facts import Fact
from realtime.publish import publish, touch
from realtime.refused import Refused
from votes.models import Poll
from workshops import rules
from workshops.chain import contributors_of
from workshops.events import (
    CommentHidden,
    CommentShown,
    ProjectorFocused,
    ProposalHidden,
    ProposalShown,
    ProposalsMerged,
    ProposalThemed,
    ThemeAdded,
)
from workshops.models import Comment, Lineage, Proposal, Theme, Workshop
from workshops.services.proposals import balance_moved, current, settle, write_proposal
from workshops.services.room import enter, fresh


@transaction.atomic
def add_theme(*, by: Person, workshop: Workshop, title: str, at: datetime) -> Theme:
    """Add a theme to the board, the last one. Raises `Refused`: role, `name_missing`, `text_too_long`."""
    room = enter("theme.add", by=by, workshop_id=workshop.pk)
    last = room.themes.aggregate(last=Max("position"))["last"] or 0
    theme = Theme.objects.create(workshop=room, title=rules.checked_name(title), position=last + 1)
    publish([(ThemeAdded(theme.pk), room.topic)])
    return theme


@transaction.atomic
def theme_proposal(*, by: Person, proposal: Proposal, theme: Theme | None, at: datetime) -> Proposal:
    """Put a proposal under a theme, or under none. Raises `Refused`: role and state, `theme_elsewhere`."""
    room = enter("proposal.theme", by=by, workshop_id=proposal.workshop_id)
    if theme is not None and theme.workshop_id != room.pk:
        raise Refused("theme_elsewhere")
    row = fresh(proposal)
    before = row.theme_id or 0
    if before == (theme.pk if theme else 0):
        return row
    row.theme, row.placed_at = theme, at
    row.save(update_fields=["theme", "placed_at"])
    publish([(ProposalThemed(row.pk, row.theme_id or 0, before), room.topic)])
    return row


@transaction.atomic
def merge_proposals(
    *, by: Person, proposals: Sequence[Proposal], title: str, text: str, at: datetime
) -> Proposal:
    """Make one proposal of several: its first version descends from the current version of each.

    The facilitator is its author; the sources become `merged` and stay readable with their supports, which are
    not carried over: who contributed to them or supported them is told and invited to support the new text.
    Raises `Refused`: role, state and step; `merge_needs_two`, `proposals_elsewhere`, `proposal_not_open`,
    `proposal_gone`, `title_missing`, `text_too_long`.
    """
    if not proposals:
        raise Refused("merge_needs_two")
    room = enter("proposals.merge", by=by, workshop_id=proposals[0].workshop_id)
    sources = sources_in(room, proposals)
    rules.check_may_merge([source.state for source in sources])
    for source in sources:
        rules.check_is_readable(is_gone=source.is_gone)
    themes = {source.theme for source in sources}
    merged = write_proposal(room, by, title, text, at, theme=themes.pop() if len(themes) == 1 else None)
    told = tell_merge(sources, merged, by, at)
    child = current(merged)
    Lineage.objects.bulk_create(
        Lineage(child=child, parent=current(source), kind=Lineage.Kind.MERGED_FROM, at=at)
        for source in sources
    )
    for source in sources:
        settle(source, Proposal.State.MERGED, at)
    fact = ProposalsMerged(merged.pk, tuple(source.pk for source in sources))
    publish([(fact, room.topic), balance_moved(room), *told])
    touch(room.topic)
    return merged


def sources_in(room: Workshop, proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals as they are now, in their order on the board; all must be of this room."""
    asked = {proposal.pk for proposal in proposals}
    rows = room.proposals.filter(pk__in=asked).select_related("version", "author", "theme")
    sources = list(rows.order_by("number"))
    if len(sources) != len(asked):
        raise Refused("proposals_elsewhere")
    return sources


def tell_merge(
    sources: Sequence[Proposal], merged: Proposal, by: Person, at: datetime
) -> list[tuple[Fact, str]]:
    """Tell who contributed to a source or supported it that it lives on in a new text."""
    people = set(Person.objects.filter(supports__version__in=[source.version_id for source in sources]))
    for source in sources:
        people |= contributors_of(current(source))
    return write_notices(
        people=people - {by},
        sentence=lambda: (
            _(
                "Une proposition que vous portiez est réunie à d’autres dans « %(title)s ». "
                "Les soutiens ne suivent pas d’eux-mêmes : relisez-la et soutenez-la si elle vous convient."
            )
            % {"title": current(merged).title[:100]}
        ),
        url=merged.get_absolute_url(),
        at=at,
    )


@transaction.atomic
def hide_proposal(*, by: Person, proposal: Proposal, reason: str, at: datetime) -> Proposal:
    """Hide a proposal with a reason: everybody reads the reason, the author is told.

    Raises `Refused`: role and state; `reason_missing`, `text_too_long`.
    """
    room = enter("text.hide", by=by, workshop_id=proposal.workshop_id)
    row = fresh(proposal)
    hide(row, by, reason, at)
    told = tell_hidden(row.author, row.hidden_reason, row, by, at)
    publish([(ProposalHidden(row.pk), room.topic), balance_moved(room), *told])
    touch(room.topic)
    return row


@transaction.atomic
def hide_comment(*, by: Person, comment: Comment, reason: str, at: datetime) -> Comment:
    """Hide a comment with a reason: everybody reads the reason, the author is told. Raises as `hide_proposal`."""
    room = enter("text.hide", by=by, workshop_id=comment.proposal.workshop_id)
    row = Comment.objects.select_related("author", "proposal").get(pk=comment.pk)
    hide(row, by, reason, at)
    told = tell_hidden(row.author, row.hidden_reason, row.proposal, by, at)
    publish([(CommentHidden(row.pk, row.proposal_id), room.topic), balance_moved(room), *told])
    return row


def hide(row: Proposal | Comment, by: Person, reason: str, at: datetime) -> None:
    """Write that a text is hidden, by whom and why."""
    row.hidden_reason = rules.checked_reason(reason)
    row.hidden_at, row.hidden_by = at, by
    row.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])


def tell_hidden(
    author: Person, reason: str, proposal: Proposal, by: Person, at: datetime
) -> list[tuple[Fact, str]]:
    """Tell the author of a hidden text why it is."""
    return write_notices(
        people=[author] if author.pk != by.pk else [],
        sentence=lambda: (
            _("L’animation a masqué l’un de vos textes. Motif : %(reason)s") % {"reason": reason}
        ),
        url=proposal.get_absolute_url(),
        at=at,
    )


@transaction.atomic
def show_proposal(*, by: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Let a hidden proposal be read again. Raises `Refused`: role and state."""
    room = enter("text.hide", by=by, workshop_id=proposal.workshop_id)
    row = fresh(proposal)
    if row.hidden_at is not None:
        show(row)
        publish([(ProposalShown(row.pk), room.topic), balance_moved(room)])
        touch(room.topic)
    return row


@transaction.atomic
def show_comment(*, by: Person, comment: Comment, at: datetime) -> Comment:
    """Let a hidden comment be read again. Raises `Refused`: role and state."""
    room = enter("text.hide", by=by, workshop_id=comment.proposal.workshop_id)
    row = Comment.objects.get(pk=comment.pk)
    if row.hidden_at is not None:
        show(row)
        publish([(CommentShown(row.pk, row.proposal_id), room.topic), balance_moved(room)])
    return row


def show(row: Proposal | Comment) -> None:
    """Write that a text is hidden no longer."""
    row.hidden_at, row.hidden_by, row.hidden_reason = None, None, ""
    row.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])


@transaction.atomic
def focus_projector(
    *, by: Person, workshop: Workshop, focus: Proposal | Poll | None, at: datetime
) -> Workshop:
    """Show a proposal or a poll of this room on the projector; None shows the latest contributions.

    Raises `Refused`: role, `focus_elsewhere`.
    """
    room = enter("projector.focus", by=by, workshop_id=workshop.pk)
    room.projector_focus = focus_in(room, focus)
    room.save(update_fields=["projector_focus"])
    focused = ProjectorFocused(room.projector_focus)
    publish([(focused, room.topic), (focused, room.facilitation_topic)])
    touch(room.topic)
    return room


def focus_in(room: Workshop, focus: Proposal | Poll | None) -> str:
    """The name of what the projector shows, which must belong to this room."""
    if focus is None:
        return ""
    is_here = focus.workshop_id == room.pk if isinstance(focus, Proposal) else focus.parent == room.topic
    if not is_here:
        raise Refused("focus_elsewhere")
    return f"proposal:{focus.pk}" if isinstance(focus, Proposal) else f"poll:{focus.pk}"
