"""Erasing a person: in the workshops they took part in, nothing says any more for which organisation they spoke."""

from cooperation.models import Person
from workshops.models import Participation


def forget_hats(*, person: Person) -> None:
    """Leave of this person's participations what the balance of a room needs: role and sector, no organisation."""
    Participation.objects.filter(person=person).update(organisation=None)
