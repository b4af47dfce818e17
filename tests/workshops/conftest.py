"""The scene, and a browser for each of the cast."""

from datetime import date

import pytest
from django.test import Client

from cooperation.models import (
    GoverningBody,
    LegalEntity,
    Mandate,
    Membership,
    Organisation,
    Person,
    Representation,
    Sector,
)
from tests.cast import member
from tests.workshops.scene import AT, Scene
from workshops import services
from workshops.models import Participation


def structure_of(entity: LegalEntity, person: Person) -> Organisation:
    """A member structure for which this person speaks, in a sector."""
    organisation = Organisation.objects.create(name="Vélo-Cale", kind="association")
    organisation.sectors.add(Sector.objects.create(name="Environnement", position=1))
    since = date(2007, 1, 15)
    Membership.objects.create(
        entity=entity,
        organisation=organisation,
        register_number=50,
        applied_on=date(2007, 1, 1),
        admitted_on=since,
    )
    Representation.objects.create(organisation=organisation, person=person, role="titular", since=since)
    return organisation


def build_scene() -> Scene:
    """A members' room in its discussion, with two proposals and one remark."""
    entity = LegalEntity.objects.create(
        name="Les Écossolies", slug="ecossolies", legal_form="association_1901"
    )
    alice, bob = member(entity, "Alice", 1), member(entity, "Bob", 2)
    odile, nina = member(entity, "Odile", 3), member(entity, "Nina", 4)
    charlie = Person.objects.create_user("charlie@example.org", given_name="Charlie")
    organisation = structure_of(entity, bob)
    body = GoverningBody.objects.create(entity=entity, kind="board", name="Conseil d’administration")
    Mandate.objects.create(body=body, person=alice, since=date(2020, 1, 1))
    series = services.add_series(by=alice, entity=entity, title="Quel centre permanent ?", at=AT)
    room = services.prepare_workshop(
        by=alice,
        entity=entity,
        title="Ce que l’on doit pouvoir faire",
        question="Que doit-on pouvoir faire dans le centre ?",
        starts_at=AT,
        at=AT,
        series=series,
        welcomes_guests=True,
    )
    room = services.open_workshop(by=alice, workshop=room, at=AT)
    services.join_workshop(person=bob, workshop=room, at=AT)
    seat = services.join_workshop(person=odile, workshop=room, at=AT)
    Participation.objects.filter(pk=seat.pk).update(role="observer")
    services.start_step(by=alice, step=room.steps.get(kind="discuss"), at=AT)
    theme = services.add_theme(by=alice, workshop=room, title="Le lieu", at=AT)
    mine = services.submit_proposal(
        author=alice, workshop=room, title="Un lieu partagé", text="Des ateliers.", at=AT
    )
    his = services.submit_proposal(author=bob, workshop=room, title="Une scie pour tous", at=AT)
    remark = services.add_comment(
        author=bob, proposal=mine, kind="question", text="Qui paie le loyer ?", at=AT
    )
    return Scene(
        entity=entity,
        board=body,
        alice=alice,
        bob=bob,
        odile=odile,
        nina=nina,
        charlie=charlie,
        sector=Sector.objects.get(),
        organisation=organisation,
        room=room,
        series=series,
        theme=theme,
        mine=mine,
        his=his,
        remark=remark,
    )


@pytest.fixture
def scene(db: None) -> Scene:
    """The scene, for one test."""
    return build_scene()


@pytest.fixture
def browsers(scene: Scene) -> dict[str, Client]:
    """A logged-in browser for everybody, and one for nobody."""
    return {"nobody": Client(), **{name: browser_of(scene, name) for name in CAST}}


CAST = ("alice", "bob", "odile", "nina", "charlie")


def browser_of(scene: Scene, name: str) -> Client:
    """A logged-in browser."""
    client = Client()
    client.force_login(getattr(scene, name))
    return client


def fill(scene: Scene, count: int) -> None:
    """Many proposals, each with a remark and a support, by many people."""
    first = 1000 + scene.room.proposals.count()
    for number in range(first, first + count):
        person = member(scene.entity, f"P{number}", number)
        services.join_workshop(person=person, workshop=scene.room, at=AT)
        proposal = scene.write(f"Proposition {number}", by=person)
        services.add_comment(author=scene.bob, proposal=proposal, kind="for", text="Oui.", at=AT)
        services.support_version(person=scene.bob, version=proposal.version, at=AT)  # type: ignore[arg-type]
