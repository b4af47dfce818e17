"""A forwarded version becomes a resolution: word for word, once, and its contributors are told."""

import pytest

from assemblies.models import Assembly
from assemblies.preparation import inbox_of
from assemblies.services import change_item, convene_assembly, remove_item, take_up
from cooperation.models import LegalEntity, Person
from realtime.refused import Refused
from tests.assemblies import scene
from tests.assemblies.scene import CONVENED_AT, PREPARED_AT
from workshops.models import Forwarding

pytestmark = pytest.mark.django_db


@pytest.fixture
def forwarding(association: LegalEntity, alice: Person, bob: Person, charlie: Person) -> Forwarding:
    """Bob's proposal, commented by Charlie, forwarded by Alice."""
    scene.organisation(association, "Le Bon Copeau", 40, charlie)
    return scene.forwarded(association, alice, bob, charlie)


def test_the_exact_version_is_tabled(draft: Assembly, alice: Person, forwarding: Forwarding) -> None:
    resolution = take_up(by=alice, assembly=draft, forwarding=forwarding, at=PREPARED_AT)
    assert (resolution.title, resolution.text) == ("Un lieu mutualisé", "Ouvrir un atelier partagé.")
    assert (resolution.version, resolution.forwarding) == (forwarding.version, forwarding)
    assert resolution.item.title == resolution.title


def test_it_leaves_the_inbox(draft: Assembly, alice: Person, forwarding: Forwarding) -> None:
    assert list(inbox_of(draft)) == [forwarding]
    take_up(by=alice, assembly=draft, forwarding=forwarding, at=PREPARED_AT)
    assert not inbox_of(draft).exists()
    forwarding.refresh_from_db()
    assert forwarding.taken_up_title == "Résolution 1, Assemblée générale"


def test_who_wrote_and_who_commented_are_told(
    draft: Assembly, alice: Person, bob: Person, charlie: Person, forwarding: Forwarding
) -> None:
    take_up(by=alice, assembly=draft, forwarding=forwarding, at=PREPARED_AT)
    for person in (bob, charlie):
        assert "Un lieu mutualisé" in person.notifications.first().sentence
        assert "Résolution 1" in person.notifications.first().sentence


def test_it_is_taken_up_once(draft: Assembly, alice: Person, forwarding: Forwarding) -> None:
    take_up(by=alice, assembly=draft, forwarding=forwarding, at=PREPARED_AT)
    with pytest.raises(Refused, match="already_taken_up"):
        take_up(by=alice, assembly=draft, forwarding=forwarding, at=PREPARED_AT)


def test_the_words_of_the_workshop_stay(draft: Assembly, alice: Person, forwarding: Forwarding) -> None:
    item = take_up(by=alice, assembly=draft, forwarding=forwarding, at=PREPARED_AT).item
    with pytest.raises(Refused, match="taken_up_stays"):
        change_item(by=alice, item=item, title="Autre", text="Autre chose.", at=PREPARED_AT)
    with pytest.raises(Refused, match="taken_up_stays"):
        remove_item(by=alice, item=item, at=PREPARED_AT)


def test_once_convened_nothing_is_taken_up(draft: Assembly, alice: Person, forwarding: Forwarding) -> None:
    scene.with_agenda(draft, alice)
    convene_assembly(by=alice, assembly=draft, at=CONVENED_AT)
    with pytest.raises(Refused, match="agenda_closed"):
        take_up(by=alice, assembly=draft, forwarding=forwarding, at=CONVENED_AT)


def test_what_was_forwarded_to_another_entity_is_not_there(alice: Person, forwarding: Forwarding) -> None:
    entity, _members = scene.scic({"A": 3, "B": 3, "C": 3, "D": 3})
    scene.seat_on_board(alice, entity)
    elsewhere = scene.prepared(entity, alice)
    with pytest.raises(Refused, match="not_found"):
        take_up(by=alice, assembly=elsewhere, forwarding=forwarding, at=PREPARED_AT)


def test_a_member_takes_nothing_up(draft: Assembly, bob: Person, forwarding: Forwarding) -> None:
    with pytest.raises(Refused, match="not_on_board"):
        take_up(by=bob, assembly=draft, forwarding=forwarding, at=PREPARED_AT)


def test_a_version_without_text_is_its_title(draft: Assembly, alice: Person, forwarding: Forwarding) -> None:
    type(forwarding.version).objects.filter(pk=forwarding.version_id).update(text="")
    assert (
        take_up(by=alice, assembly=draft, forwarding=forwarding, at=PREPARED_AT).text == "Un lieu mutualisé"
    )
