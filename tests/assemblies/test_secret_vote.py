"""The bureau chooses the secret when a vote opens; the page warns of those too few for it; the minutes hold the result."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.models import Assembly, Resolution
from assemblies.services import close_vote, declare
from cooperation.models import LegalEntity, Person
from tests.assemblies import scene
from tests.assemblies.test_assembly_pages import text_of
from tests.votes.secret_scene import send_secret
from votes.entries import in_groups
from votes.models import Poll

pytestmark = pytest.mark.django_db
Clients = dict[str, Client]


@pytest.fixture
def resolution(association: LegalEntity, alice: Person) -> Resolution:
    """A resolution being discussed now."""
    assembly = scene.held_today(association, alice)
    return scene.bring_to(assembly.resolutions.get(), alice, timezone.now())


def opened_by(client: Client, resolution: Resolution, **fields: str) -> Poll:
    """Open the vote by the form of the officers' bar."""
    path = f"/assemblees/{resolution.assembly_id}/resolutions/{resolution.pk}/ouvrir/"
    answer = client.post(path, {"key": uuid4(), **fields})
    assert answer.status_code == 303, answer.content.decode()
    return Poll.objects.get(parent=resolution.assembly.topic)


def test_the_page_offers_the_secret_to_the_bureau_and_warns_of_too_few(
    resolution: Resolution, room_clients: Clients
) -> None:
    page = text_of(room_clients["alice"], f"/assemblees/{resolution.assembly_id}/")
    assert 'name="secrecy" value="secret"' in page
    assert "Si ce vote est secret : 2 votants. À moins de cinq, le secret ne tient pas" in page.replace(
        "</p>", " "
    )


@pytest.mark.parametrize(("fields", "secrecy"), [({}, "named"), ({"secrecy": "secret"}, "secret")])
def test_a_vote_is_named_unless_the_bureau_chooses_the_secret(
    resolution: Resolution, room_clients: Clients, fields: dict[str, str], secrecy: str
) -> None:
    assert opened_by(room_clients["alice"], resolution, **fields).secrecy == secrecy


def test_a_secret_resolution_is_voted_declared_and_stands_in_the_minutes(
    resolution: Resolution, alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = opened_by(room_clients["alice"], resolution, secrecy="secret")
    for person in (alice, bob):
        send_secret(poll, person)
    close_vote(by=alice, resolution=resolution, at=timezone.now())
    assert declare(by=alice, resolution=resolution, at=timezone.now()).outcome["adopted"] is True
    minutes = text_of(room_clients["bob"], f"/assemblees/{resolution.assembly_id}/pv/")
    assert "Adoptée" in minutes
    assert "Vote secret" in minutes
    poll.refresh_from_db()
    assert poll.steps == 2
    for words in ("Chaîne du vote", in_groups(poll.head), in_groups(poll.key_fingerprint)):
        assert words in minutes
    hall = Assembly.objects.get(pk=resolution.assembly_id)
    assert f"/votes/{poll.pk}/listes/" in text_of(room_clients["bob"], hall.get_absolute_url())
