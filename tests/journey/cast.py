"""The cast as a module's standing `world` knows them, fetched afresh for each test."""

import pytest

from cooperation.models import Person
from tests.journey.world import World


@pytest.fixture
def alice(world: World, db: None) -> Person:
    """She of this world."""
    return Person.objects.get(pk=world.alice.pk)


@pytest.fixture
def bob(world: World, db: None) -> Person:
    """He of this world."""
    return Person.objects.get(pk=world.bob.pk)


@pytest.fixture
def charlie(world: World, db: None) -> Person:
    """The stranger of this world."""
    return Person.objects.get(email="charlie@example.org")
