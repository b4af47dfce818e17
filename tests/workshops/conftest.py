"""The scene, and a browser for each of the cast."""

import itertools
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
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


@pytest.fixture(autouse=True)
def no_attempts_left_over() -> None:
    """Wrong codes are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def board(entity: LegalEntity, alice: Person) -> GoverningBody:
    """The board, on which Alice sits."""
    body = GoverningBody.objects.create(entity=entity, kind="board", name="Conseil d’administration")
    Mandate.objects.create(body=body, person=alice, since=date(2020, 1, 1))
    return body


@pytest.fixture
def organisation(entity: LegalEntity, bob: Person) -> Organisation:
    """The structure Bob speaks for, in its sector."""
    sector = Sector.objects.create(name="Environnement", position=1)
    found = Organisation.objects.create(name="Vélo-Cale", kind="association")
    found.sectors.add(sector)
    Membership.objects.create(
        entity=entity,
        organisation=found,
        register_number=50,
        applied_on=date(2007, 1, 1),
        admitted_on=date(2007, 1, 15),
    )
    Representation.objects.create(organisation=found, person=bob, role="titular", since=date(2007, 1, 15))
    return found


@pytest.fixture
def scene(
    entity: LegalEntity,
    board: GoverningBody,
    alice: Person,
    bob: Person,
    charlie: Person,
    organisation: Organisation,
) -> Scene:
    """A members' room in its discussion, with two proposals and one remark."""
    odile, nina = member(entity, "Odile", 3), member(entity, "Nina", 4)
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
        board=board,
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
def browsers(scene: Scene) -> dict[str, Client]:
    """A logged-in browser for everybody, and one for nobody."""
    found = {"nobody": Client()}
    for name in ("alice", "bob", "odile", "nina", "charlie"):
        found[name] = Client()
        found[name].force_login(getattr(scene, name))
    return found


def fill(scene: Scene, count: int) -> None:
    """Many proposals, each with a remark and a support, by many people of many structures."""
    numbers = itertools.count(1000)
    for _place in range(count):
        number = next(numbers) + scene.room.proposals.count()
        person = member(scene.entity, f"P{number}", number)
        services.join_workshop(person=person, workshop=scene.room, at=AT)
        proposal = scene.write(f"Proposition {number}", by=person)
        services.add_comment(author=scene.bob, proposal=proposal, kind="for", text="Oui.", at=AT)
        version: Any = proposal.version
        services.support_version(person=scene.bob, version=version, at=AT)
