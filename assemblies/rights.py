"""Who prepares, conducts and keeps the desk: the questions the services and pages of this floor ask of a person."""

from datetime import date

from assemblies.models import Assembly, Officer
from cooperation.models import LegalEntity, Mandate, Person


def is_on_board(person: Person | None, entity: LegalEntity | int, on: date) -> bool:
    """Whether the person sits in the board or the executive of this entity on this day."""
    if person is None or person.pk is None:
        return False
    return Mandate.objects.as_of(on).on_board(entity).filter(person=person).exists()


def may_prepare(person: Person | None, assembly: Assembly, on: date) -> bool:
    """Whether the person prepares this assembly: a seat in the board, or the chair or the pen of the meeting."""
    return Assembly.objects.prepared_by(person, on).filter(pk=assembly.pk).exists()


def role_of(person: Person | None, assembly: Assembly) -> str | None:
    """The person's office in this meeting, None without one."""
    if person is None or person.pk is None:
        return None
    return Officer.objects.filter(assembly=assembly, person=person).values_list("role", flat=True).first()
