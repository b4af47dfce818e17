"""Who prepares, conducts and keeps the desk: the questions the services and pages of this floor ask of a person."""

from datetime import date

from django.db.models import Q, QuerySet

from assemblies.models import Assembly, Officer
from cooperation.models import LegalEntity, Mandate, Membership, Person, Representation


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


def readers_of(assembly: Assembly, on: date) -> QuerySet[Person]:
    """Everyone who may read this assembly on this day: the set that `Assembly.objects.visible_to` asks one by one."""
    board = Mandate.objects.as_of(on).on_board(assembly.entity_id).values("person_id")
    officers = assembly.officers.all()
    preparing = Q(pk__in=board) | Q(pk__in=officers.conducting().values("person_id"))
    if assembly.state == Assembly.State.PREPARED:
        return Person.objects.filter(preparing, is_active=True)
    since = Q(ended_on__isnull=True) | Q(ended_on__gt=assembly.held_on)
    members = Membership.objects.filter(since, entity=assembly.entity_id, admitted_on__isnull=False)
    speaking = Representation.objects.filter(
        Q(until__isnull=True) | Q(until__gte=assembly.held_on),
        organisation__in=members.values("organisation_id"),
    )
    belonging = Q(pk__in=members.values("person_id")) | Q(pk__in=speaking.values("person_id"))
    return Person.objects.filter(
        preparing | belonging | Q(pk__in=officers.values("person_id")), is_active=True
    )
