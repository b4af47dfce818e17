"""Contributing: submit a proposal, revise it, withdraw it, enter one for somebody without a phone."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cooperation.models import Person, Sector
from cooperation.services import guest_named, write_notices
from realtime.publish import publish, touch
from realtime.refused import Refused
from workshops import rules
from workshops.events import BalanceMoved, PersonJoined, ProposalRevised, ProposalSubmitted, ProposalWithdrawn
from workshops.models import Participation, Proposal, ProposalVersion, Theme, Workshop
from workshops.services.joining import seat
from workshops.services.room import enter, fresh


@transaction.atomic
def submit_proposal(
    *,
    author: Person,
    workshop: Workshop,
    title: str,
    text: str = "",
    theme: Theme | None = None,
    at: datetime,
) -> Proposal:
    """Put a proposal on the board, with the room's next number and a first version.

    Raises `Refused`: role, state and step; `title_missing`, `text_too_long`, `theme_elsewhere`.
    """
    room = enter("proposal.submit", by=author, workshop_id=workshop.pk)
    proposal = write_proposal(room, author, title, text, at, theme=theme)
    publish([(ProposalSubmitted(proposal.pk), room.topic), balance_moved(room)])
    touch(room.topic)
    return proposal


def write_proposal(
    room: Workshop,
    author: Person,
    title: str,
    text: str,
    at: datetime,
    theme: Theme | None = None,
    entered_by: Person | None = None,
) -> Proposal:
    """Write a proposal and its first version; the room's row is locked, so the number is its own."""
    if theme is not None and theme.workshop_id != room.pk:
        raise Refused("theme_elsewhere")
    words, body = rules.checked_title(title), rules.checked_text(text)
    last = room.proposals.aggregate(last=Max("number"))["last"] or 0
    proposal = Proposal.objects.create(
        workshop=room,
        number=last + 1,
        author=author,
        entered_by=entered_by,
        theme=theme,
        created_at=at,
        placed_at=at,
    )
    write_version(proposal, 1, words, body, author, at)
    return proposal


def write_version(
    proposal: Proposal, number: int, title: str, text: str, author: Person, at: datetime
) -> ProposalVersion:
    """Write a version and make it the current one."""
    version = ProposalVersion.objects.create(
        proposal=proposal, number=number, title=title, text=text, author=author, created_at=at
    )
    proposal.version = version
    proposal.save(update_fields=["version"])
    return version


def balance_moved(room: Workshop) -> tuple[BalanceMoved, str]:
    """The fact that who speaks changed, for the facilitators."""
    return BalanceMoved(room.pk), room.facilitation_topic


def current(proposal: Proposal) -> ProposalVersion:
    """The current version; every proposal is written with its first one."""
    if proposal.version is None:
        raise Refused("not_found")
    return proposal.version


@transaction.atomic
def revise_proposal(
    *, author: Person, proposal: Proposal, title: str, text: str, at: datetime
) -> ProposalVersion:
    """Write a new version; the earlier ones stay as they were, with their supports, and supporters are told.

    Raises `Refused`: role, state and step; `not_the_author`, `proposal_not_open`, `proposal_gone`,
    `title_missing`, `text_too_long`, `nothing_changed`.
    """
    room = enter("proposal.revise", by=author, workshop_id=proposal.workshop_id)
    row = fresh(proposal)
    rules.check_is_author(author.pk in (row.author_id, row.entered_by_id))
    rules.check_is_open(row.state)
    rules.check_is_readable(is_gone=row.is_gone)
    before = current(row)
    words, body = rules.checked_title(title), rules.checked_text(text)
    if (words, body) == (before.title, before.text):
        raise Refused("nothing_changed")
    version = write_version(row, before.number + 1, words, body, author, at)
    supporters = Person.objects.filter(supports__version=before).exclude(pk=author.pk)
    told = write_notices(
        people=supporters,
        sentence=lambda: (
            _("« %(title)s » a une nouvelle version : votre soutien portait sur la précédente.")
            % {"title": words}
        ),
        url=row.get_absolute_url(),
        at=at,
    )
    publish([(ProposalRevised(row.pk, version.number), room.topic), *told])
    return version


@transaction.atomic
def withdraw_proposal(*, by: Person, proposal: Proposal, reason: str = "", at: datetime) -> Proposal:
    """Take one's own proposal back: a tombstone stays, with the reason if one is given.

    Raises `Refused`: role; `not_the_author`, `proposal_not_open`, `text_too_long`.
    """
    room = enter("proposal.withdraw", by=by, workshop_id=proposal.workshop_id)
    row = fresh(proposal)
    rules.check_is_author(by.pk in (row.author_id, row.entered_by_id))
    rules.check_is_open(row.state)
    settle(row, Proposal.State.WITHDRAWN, at, rules.checked(reason, limit=rules.REASON_LIMIT, missing=None))
    publish([(ProposalWithdrawn(row.pk), room.topic), balance_moved(room)])
    touch(room.topic)
    return row


def settle(proposal: Proposal, state: str, at: datetime, reason: str = "") -> None:
    """Write the state of a proposal, since when and why."""
    proposal.state, proposal.state_at, proposal.state_reason = state, at, reason
    proposal.save(update_fields=["state", "state_at", "state_reason"])


@transaction.atomic
def enter_contribution(
    *,
    by: Person,
    workshop: Workshop,
    name: str,
    title: str,
    text: str = "",
    sector: Sector | None = None,
    theme: Theme | None = None,
    at: datetime,
) -> Proposal:
    """Enter a proposal for somebody without a phone: they are its author, the facilitator entered it.

    Somebody already entered in this room under the same name is the same person.
    Raises `Refused`: role, state and step; `name_missing`, `title_missing`, `text_too_long`, `theme_elsewhere`.
    """
    room = enter("contribution.enter", by=by, workshop_id=workshop.pk)
    speaker, is_new = somebody_named(room, rules.checked_name(name), by, sector, at)
    proposal = write_proposal(room, speaker.person, title, text, at, theme=theme, entered_by=by)
    joined = [(PersonJoined(speaker.pk), room.topic)] if is_new else []
    publish([*joined, (ProposalSubmitted(proposal.pk), room.topic), balance_moved(room)])
    touch(room.topic)
    return proposal


def somebody_named(
    room: Workshop, name: str, by: Person, sector: Sector | None, at: datetime
) -> tuple[Participation, bool]:
    """Who was entered under this name in this room, or a newly entered person; and whether they are new."""
    known = room.participations.filter(
        entered_by__isnull=False, person__is_guest=True, person__given_name__iexact=name
    ).select_related("person")
    found = known.first()
    if found is not None:
        return found, False
    guest = guest_named(name=name, at=at)
    seated = seat(room, guest, Participation.Role.PARTICIPANT, at, sector=sector, entered_by=by)
    return seated, True
