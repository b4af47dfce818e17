"""Preparing a meeting: when and where, its officers, the notice that convenes it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assemblies.events import AssemblyConvened
from assemblies.models import AgendaItem, Assembly, Officer, Resolution
from assemblies.quorum import rules_in_force
from assemblies.rights import is_on_board, may_prepare
from assemblies.rules import (
    CLOSED,
    check_body,
    check_may_convene,
    check_may_prepare,
    check_notice,
    check_same_agenda,
    check_still_prepared,
)
from assemblies.services.locking import locked
from cooperation.models import GoverningBody, LegalEntity, Membership, Person
from cooperation.services import write_notices
from realtime.publish import publish
from realtime.refused import Refused


def check_preparer(by: Person, assembly: Assembly, at: datetime) -> None:
    """Refuse an act of preparation to who may not prepare this assembly."""
    check_may_prepare(may_prepare=may_prepare(by, assembly, timezone.localdate(at)))


@transaction.atomic
def prepare_assembly(
    *,
    by: Person,
    entity: LegalEntity,
    body: GoverningBody,
    kind: str,
    title: str,
    starts_at: datetime,
    at: datetime,
    place: str = "",
    remote_link: str = "",
) -> Assembly:
    """Begin to prepare a general assembly of an entity; only who prepares it sees it until its notice leaves.

    Raises `Refused`: `not_on_board`, `body_elsewhere`, `date_is_past`.
    """
    today = timezone.localdate(at)
    check_may_prepare(may_prepare=is_on_board(by, entity, today))
    is_assembly = body.kind == GoverningBody.Kind.ASSEMBLY
    check_body(body_entity=body.entity_id, entity=entity.pk, is_assembly=is_assembly)
    if timezone.localdate(starts_at) < today:
        raise Refused("date_is_past")
    return Assembly.objects.create(
        entity=entity,
        body=body,
        kind=kind,
        title=title,
        starts_at=starts_at,
        place=place,
        remote_link=remote_link,
    )


@transaction.atomic
def change_assembly(
    *,
    by: Person,
    assembly: Assembly,
    title: str,
    starts_at: datetime,
    place: str,
    at: datetime,
    remote_link: str = "",
) -> Assembly:
    """Change the title, the hour and the place of a meeting until its notice leaves.

    Raises `Refused`: `not_on_board`, `notice_sent`, `date_is_past`.
    """
    assembly = locked(assembly)
    check_preparer(by, assembly, at)
    check_still_prepared(state=assembly.state)
    if timezone.localdate(starts_at) < timezone.localdate(at):
        raise Refused("date_is_past")
    assembly.title, assembly.starts_at = title, starts_at
    assembly.place, assembly.remote_link = place, remote_link
    assembly.save(update_fields=["title", "starts_at", "place", "remote_link"])
    return assembly


@transaction.atomic
def appoint_officer(*, by: Person, assembly: Assembly, person: Person, role: str, at: datetime) -> Officer:
    """Name an officer of the meeting, or change the office of one; the person is told.

    Raises `Refused`: `not_on_board`, `assembly_closed`, `guest_not_allowed`.
    """
    assembly = locked(assembly)
    check_preparer(by, assembly, at)
    if assembly.state == CLOSED:
        raise Refused("assembly_closed")
    if person.is_guest:
        raise Refused("guest_not_allowed")
    officer, _made = Officer.objects.update_or_create(
        assembly=assembly, person=person, defaults={"role": role}
    )

    def sentence() -> str:
        words = {"role": officer.get_role_display(), "title": assembly.title}
        return _("Vous tenez un rôle au bureau de l’assemblée « %(title)s » : %(role)s.") % words

    if person != by:
        publish(write_notices(people=[person], sentence=sentence, url=assembly.get_absolute_url(), at=at))
    return officer


@transaction.atomic
def dismiss_officer(*, by: Person, officer: Officer, at: datetime) -> None:
    """Take an office of the meeting back. Raises `Refused`: `not_on_board`, `assembly_closed`."""
    assembly = locked(officer.assembly)
    check_preparer(by, assembly, at)
    if assembly.state == CLOSED:
        raise Refused("assembly_closed")
    officer.delete()


@transaction.atomic
def convene_assembly(*, by: Person, assembly: Assembly, at: datetime) -> Assembly:
    """Send the notice: the agenda is set, every member is told, the day of sending is kept as proof.

    Raises `Refused`: `not_on_board`, `notice_sent`, `place_missing`, `agenda_empty`, `statutes_missing`,
    `date_is_past`, `notice_too_short`, `V10`.
    """
    assembly = locked(assembly)
    today = timezone.localdate(at)
    check_preparer(by, assembly, at)
    check_may_convene(
        state=assembly.state,
        items=assembly.agenda.count(),
        place=assembly.place,
        remote_link=assembly.remote_link,
    )
    rules = rules_in_force(assembly, today)
    check_notice(rules, call=assembly.call, sent_on=today, held_on=assembly.held_on)
    if assembly.first_call is not None:
        left = agenda_words(left_undecided(assembly.first_call))
        check_same_agenda(rules.profile, left=left, second=agenda_words(assembly.agenda.order_by("position")))
    assembly.state, assembly.notice_sent_on = Assembly.State.CONVENED, today
    assembly.save(update_fields=["state", "notice_sent_on"])
    members = Membership.objects.filter(entity=assembly.entity).people(today)
    told = write_notices(
        people=members, sentence=lambda: convening_words(assembly), url=notice_of(assembly), at=at
    )
    publish([(AssemblyConvened(assembly.pk), assembly.topic), *told])
    return assembly


def left_undecided(assembly: Assembly) -> QuerySet[AgendaItem]:
    """The points of a meeting that was held which were never reached, or whose resolution lacked its quorum."""
    lacking = [row.figures["kind"] for row in assembly.quorums.filter(resolution=None, is_met=False)]
    again = Q(resolution__state=Resolution.State.TABLED, resolution__kind__in=lacking)
    never_reached = Q(resolution__isnull=True, state=AgendaItem.State.PLANNED)
    return assembly.agenda.filter(again | never_reached).order_by("position")


def agenda_words(items: QuerySet[AgendaItem]) -> list[str]:
    """Each point as it binds: its title, its text, and the exact text of its resolution."""
    found = items.select_related("resolution")
    return ["\n".join([item.title, item.text, *resolution_words(item)]) for item in found]


def resolution_words(item: AgendaItem) -> list[str]:
    """The kind, the title and the text of a point's resolution, if it has one."""
    resolution = getattr(item, "resolution", None)
    return [] if resolution is None else [resolution.kind, resolution.title, resolution.text]


def notice_of(assembly: Assembly) -> str:
    """The page of the notice."""
    return reverse("assemblies:assembly-notice", args=[assembly.pk])


def convening_words(assembly: Assembly) -> str:
    """What a member reads when the notice leaves."""
    day = date_format(timezone.localtime(assembly.starts_at), _("l j F Y, G \\h i"))
    return _("Vous êtes convié·e à l’assemblée « %(title)s », %(day)s.") % {
        "title": assembly.title,
        "day": day,
    }
