"""Writing the agenda: its points, the resolutions of the entity, those that workshops forwarded."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from assemblies.models import AgendaItem, Assembly, Resolution
from assemblies.rules import (
    check_agenda_open,
    check_kind,
    check_may_change_item,
    check_may_take_up,
    check_resolution_text,
)
from assemblies.services.locking import locked, locked_item
from assemblies.services.preparing import check_preparer
from cooperation.models import Person
from workshops.models import Forwarding, ProposalVersion
from workshops.services import mark_taken_up

OUT_OF_THE_WAY = 10_000


def check_may_write_agenda(by: Person, assembly: Assembly, at: datetime) -> None:
    """Refuse a change of the agenda to who may not prepare it, or once the notice left."""
    check_preparer(by, assembly, at)
    check_agenda_open(state=assembly.state, call=assembly.call)


def arrange(assembly: Assembly, items: Sequence[AgendaItem]) -> None:
    """Give items their places, from 1, and resolutions their numbers in the order of the agenda."""
    resolutions = {row.item_id: row for row in Resolution.objects.filter(assembly=assembly)}
    AgendaItem.objects.filter(assembly=assembly).update(position=F("position") + OUT_OF_THE_WAY)
    Resolution.objects.filter(assembly=assembly).update(number=F("number") + OUT_OF_THE_WAY)
    for position, item in enumerate(items, start=1):
        item.position = position
    numbered = [resolutions[item.pk] for item in items if item.pk in resolutions]
    for number, resolution in enumerate(numbered, start=1):
        resolution.number = number
    AgendaItem.objects.bulk_update(items, ["position"])
    Resolution.objects.bulk_update(numbered, ["number"])


@transaction.atomic
def add_item(
    *,
    by: Person,
    assembly: Assembly,
    title: str,
    at: datetime,
    text: str = "",
    minutes: int = 10,
    kind: str = "",
) -> AgendaItem:
    """Put a point at the end of the agenda; with a `kind` it is a resolution, and `text` what will be voted.

    Raises `Refused`: `not_on_board`, `agenda_closed`, `same_agenda`, `resolution_without_text`,
    `wrong_kind_of_assembly`.
    """
    assembly = locked(assembly)
    check_may_write_agenda(by, assembly, at)
    check_resolution_text(is_voted=bool(kind), text=text)
    item = last_item(assembly, title, "" if kind else text, minutes)
    if kind:
        check_kind(assembly=assembly.kind, resolution=kind)
        table(item, kind=kind, title=title, text=text)
    return item


def last_item(assembly: Assembly, title: str, text: str, minutes: int) -> AgendaItem:
    """A new point after the others."""
    position = assembly.agenda.count() + 1
    return AgendaItem.objects.create(
        assembly=assembly, position=position, title=title, text=text, minutes=minutes
    )


def table(
    item: AgendaItem,
    *,
    kind: str,
    title: str,
    text: str,
    version: ProposalVersion | None = None,
    forwarding: Forwarding | None = None,
) -> Resolution:
    """The resolution of a point, under the next number."""
    return Resolution.objects.create(
        assembly=item.assembly,
        item=item,
        number=item.assembly.resolutions.count() + 1,
        kind=kind,
        title=title,
        text=text,
        version=version,
        forwarding=forwarding,
    )


@transaction.atomic
def change_item(
    *, by: Person, item: AgendaItem, title: str, at: datetime, text: str = "", minutes: int = 10
) -> AgendaItem:
    """Rewrite a point of the agenda and its resolution; what a workshop wrote stays as it wrote it.

    Raises `Refused`: `not_on_board`, `agenda_closed`, `same_agenda`, `taken_up_stays`, `resolution_without_text`.
    """
    item = locked_item(item)
    check_may_write_agenda(by, item.assembly, at)
    resolution = Resolution.objects.filter(item=item).first()
    item.title, item.minutes = title, minutes
    if resolution is None:
        item.text = text
    else:
        check_may_change_item(is_taken_up=resolution.version_id is not None)
        check_resolution_text(is_voted=True, text=text)
        resolution.title, resolution.text = title, text
        resolution.save(update_fields=["title", "text"])
    item.save(update_fields=["title", "text", "minutes"])
    return item


@transaction.atomic
def move_item(*, by: Person, item: AgendaItem, up: bool, at: datetime) -> AgendaItem:
    """Exchange a point with the one before or after it; at the end of the list nothing moves.

    Raises `Refused`: `not_on_board`, `agenda_closed`, `same_agenda`.
    """
    item = locked_item(item)
    check_may_write_agenda(by, item.assembly, at)
    items = list(item.assembly.agenda.order_by("position"))
    here = items.index(item)
    there = here - 1 if up else here + 1
    if 0 <= there < len(items):
        items[here], items[there] = items[there], items[here]
        arrange(item.assembly, items)
    return item


@transaction.atomic
def remove_item(*, by: Person, item: AgendaItem, at: datetime) -> None:
    """Take a point off the agenda; not one that a workshop forwarded, whose authors were told.

    Raises `Refused`: `not_on_board`, `agenda_closed`, `same_agenda`, `taken_up_stays`.
    """
    item = locked_item(item)
    check_may_write_agenda(by, item.assembly, at)
    resolution = Resolution.objects.filter(item=item).first()
    if resolution is not None:
        check_may_change_item(is_taken_up=resolution.version_id is not None)
        resolution.delete()
    item.delete()
    arrange(item.assembly, list(item.assembly.agenda.order_by("position")))


@transaction.atomic
def take_up(
    *,
    by: Person,
    assembly: Assembly,
    forwarding: Forwarding,
    at: datetime,
    kind: str = Resolution.Kind.ORDINARY,
    minutes: int = 20,
) -> Resolution:
    """Put a forwarded version on the agenda, word for word, and tell its contributors.

    Raises `Refused`: `not_on_board`, `agenda_closed`, `same_agenda`, `wrong_kind_of_assembly`, `not_found`,
    `already_taken_up`.
    """
    assembly = locked(assembly)
    check_may_write_agenda(by, assembly, at)
    check_kind(assembly=assembly.kind, resolution=kind)
    forwarding = (
        Forwarding.objects.select_for_update(of=("self",))
        .select_related("version", "body")
        .get(pk=forwarding.pk)
    )
    check_may_take_up(
        forwarded_to=forwarding.body.entity_id,
        entity=assembly.entity_id,
        is_taken_up=forwarding.taken_up_at is not None,
    )
    version = forwarding.version
    item = last_item(assembly, version.title, "", minutes)
    text = version.text if version.text.strip() else version.title
    resolution = table(
        item, kind=kind, title=version.title, text=text, version=version, forwarding=forwarding
    )
    mark_taken_up(forwarding=forwarding, title=words_of(resolution), url=assembly.get_absolute_url(), at=at)
    return resolution


def words_of(resolution: Resolution) -> str:
    """How a resolution is named elsewhere."""
    words = {"number": resolution.number, "title": resolution.assembly.title}
    return _("Résolution %(number)s, %(title)s") % words
