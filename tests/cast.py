"""The cast: Alice facilitates, Bob is a member, Charlie is a stranger."""

from datetime import date

import pytest
from django.test import Client

from cooperation.models import LegalEntity, Membership, Person


@pytest.fixture
def entity(db: None) -> LegalEntity:
    """The association everyone but Charlie belongs to."""
    return LegalEntity.objects.create(name="Les Écossolies", slug="ecossolies", legal_form="association_1901")


def member(entity: LegalEntity, given_name: str, number: int) -> Person:
    """A person admitted as a member."""
    person = Person.objects.create_user(f"{given_name.lower()}@example.org", given_name=given_name)
    Membership.objects.create(
        entity=entity,
        person=person,
        register_number=number,
        applied_on=date(2007, 1, 1),
        admitted_on=date(2007, 1, 15),
    )
    return person


@pytest.fixture
def alice(entity: LegalEntity) -> Person:
    """She facilitates, chairs, runs the desk."""
    return member(entity, "Alice", 1)


@pytest.fixture
def bob(entity: LegalEntity) -> Person:
    """He is a member."""
    return member(entity, "Bob", 2)


@pytest.fixture
def charlie(db: None) -> Person:
    """He has an account and belongs to nothing."""
    return Person.objects.create_user("charlie@example.org", given_name="Charlie")


@pytest.fixture
def room_clients(alice: Person, bob: Person, charlie: Person) -> dict[str, Client]:
    """A logged-in browser for each of the cast, and one for nobody."""
    clients = {"nobody": Client()}
    for name, person in {"alice": alice, "bob": bob, "charlie": charlie}.items():
        clients[name] = Client()
        clients[name].force_login(person)
    return clients
