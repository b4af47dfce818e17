"""Who may read and who may keep: the questions the services and pages of this floor ask of a person."""

from datetime import date

from cooperation.models import Mandate, Reader, Representation
from decisions.models import Action


def is_on_board(person: Reader, entity: int, on: date) -> bool:
    """Whether the person sits in the board or the executive of this entity on this day."""
    if person is None or person.pk is None:
        return False
    return Mandate.objects.as_of(on).on_board(entity).filter(person=person).exists()


def is_pilot(person: Reader, action: Action, on: date) -> bool:
    """Whether the action is this person's, or the person speaks for the organisation that pilots it."""
    if person is None or person.pk is None:
        return False
    if action.pilot_id == person.pk:
        return True
    if action.pilot_organisation_id is None:
        return False
    spoken = Representation.objects.as_of(on).filter(organisation_id=action.pilot_organisation_id)
    return spoken.filter(person=person).exists()
