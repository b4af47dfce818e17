"""Who belongs to the network on a day: the people who may read its register, decisions and plan."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from cooperation.models.bodies import Mandate
from cooperation.models.members import Membership
from cooperation.models.persons import Person

Reader = Person | AnonymousUser | None  # who reads: somebody, or nobody in particular


def people_of_network(on: date) -> QuerySet[Person]:
    """Members of an entity, those who speak for a member, and those who sit in a governing body."""
    in_office = Mandate.objects.as_of(on).values("person_id")
    hats = Membership.objects.people(on).values("pk")
    return Person.objects.filter(Q(pk__in=hats) | Q(pk__in=in_office), is_active=True)


def belongs_to_network(person: Reader, on: date) -> bool:
    """Whether this person is one of them; nobody and guests are not."""
    return (
        person is not None and person.pk is not None and people_of_network(on).filter(pk=person.pk).exists()
    )
