"""The meetings of the association: Alice sits on its board and chairs; Bob is a member; Charlie is nobody here."""

import pytest

from assemblies.models import Assembly, Resolution
from cooperation.models import LegalEntity, Membership, Person
from tests.assemblies import scene


@pytest.fixture
def association(entity: LegalEntity, alice: Person, bob: Person) -> LegalEntity:
    """The association with its founding rules; Alice sits on its board."""
    scene.give_statutes(entity)
    scene.seat_on_board(alice, entity)
    return entity


@pytest.fixture
def draft(association: LegalEntity, alice: Person) -> Assembly:
    """An assembly being prepared."""
    return scene.prepared(association, alice)


@pytest.fixture
def assembly(association: LegalEntity, alice: Person) -> Assembly:
    """An assembly in session: a discussion, then a resolution."""
    return scene.in_session(association, alice)


@pytest.fixture
def resolution(assembly: Assembly) -> Resolution:
    """The resolution of that assembly."""
    return assembly.resolutions.get()


@pytest.fixture
def bobs(association: LegalEntity, bob: Person) -> Membership:
    """Bob's membership."""
    return Membership.objects.get(entity=association, person=bob)
