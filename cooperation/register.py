"""The register as a table for spreadsheets: French Excel's separator, and no cell that runs as a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cooperation.models import Membership, Representation

BOM = "\ufeff"
RUNS = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: object) -> str:
    """The cell as text; one that a spreadsheet would run as a formula gets an apostrophe first."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(RUNS) else text


def table(rows: Iterable[Sequence[object]]) -> str:
    """Rows as `;`-separated text with a byte-order mark, so that accents survive a double click."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return BOM + written.getvalue()


def headings() -> list[str]:
    """The first line of the export."""
    return [
        _("Numéro"),
        _("Structure"),
        _("Membre"),
        _("Nature"),
        _("Catégorie"),
        _("Collège"),
        _("Ville"),
        _("Secteurs"),
        _("Admission"),
        _("Titulaire"),
        _("Courriel du titulaire"),
        _("Suppléance"),
    ]


def lines(
    members: Iterable[Membership], speakers: dict[int, dict[str, Representation]]
) -> Iterable[list[object]]:
    """One line per member: who it is, where it votes, who speaks for it."""
    for member in members:
        named = speakers.get(member.organisation_id or 0, {})
        titular = named.get(Representation.Role.TITULAR)
        speaker = member.person or (titular.person if titular else None)
        substitute = named.get(Representation.Role.SUBSTITUTE)
        organisation = member.organisation
        yield [
            member.register_number,
            member.entity.name,
            member.name,
            organisation.get_kind_display() if organisation else _("personne"),
            member.get_category_display(),
            member.college or "",
            organisation.city if organisation else "",
            ", ".join(sector.name for sector in organisation.sectors.all()) if organisation else "",
            date_format(member.admitted_on, "Y-m-d") if member.admitted_on else "",
            speaker.name if speaker else "",
            speaker.email if speaker else "",
            substitute.person.name if substitute else "",
        ]


def speakers_on(members: Sequence[Membership], on: date) -> dict[int, dict[str, Representation]]:
    """Organisation → role → who holds it on this day, in one query."""
    held: dict[int, dict[str, Representation]] = {}
    organisations = [member.organisation_id for member in members if member.organisation_id]
    rows = Representation.objects.as_of(on).filter(organisation__in=organisations).select_related("person")
    for row in rows:
        held.setdefault(row.organisation_id, {})[row.role] = row
    return held
