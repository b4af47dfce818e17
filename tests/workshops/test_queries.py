"""Lists and rooms ask the database as often with 200 rows as with 10."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.workshops.conftest import browser_of, fill
from tests.workshops.scene import AT, Scene
from workshops.models import Comment, Participation, Proposal, ProposalVersion, Support, Workshop


def asked(browser: Client, address: str) -> int:
    """How many queries a page takes, once everything that is remembered is."""
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def grow(scene: Scene, count: int) -> None:
    """As many proposals as asked, written at once, with their remarks, supports and authors."""
    template = scene.room.proposals.get(number=1)
    first = 1 + scene.room.proposals.count()
    people = list(scene.room.participations.values_list("person_id", flat=True))
    rows = Proposal.objects.bulk_create(
        Proposal(
            workshop=scene.room,
            number=number,
            author_id=people[number % len(people)],
            theme=scene.theme if number % 2 else None,
            created_at=AT,
            placed_at=AT,
        )
        for number in range(first, first + count)
    )
    versions = ProposalVersion.objects.bulk_create(
        ProposalVersion(proposal=row, number=1, title=f"n{row.number}", author=template.author, created_at=AT)
        for row in rows
    )
    for row, version in zip(rows, versions, strict=True):
        row.version = version
    Proposal.objects.bulk_update(rows, ["version"])
    Support.objects.bulk_create(Support(version=each, person=scene.bob, at=AT) for each in versions)
    Comment.objects.bulk_create(
        Comment(proposal=scene.mine, version=each, author=scene.bob, kind="for", text="Oui.", created_at=AT)
        for each in versions
    )


def more_rooms(scene: Scene, count: int) -> None:
    """As many closed workshops as asked, each with people and a proposal."""
    first = Workshop.objects.count()
    rooms = Workshop.objects.bulk_create(
        Workshop(
            entity=scene.entity,
            series=scene.series,
            title=f"Atelier {number}",
            question="Quoi ?",
            starts_at=AT,
            join_code=f"Z{number:05d}",
            state=("closed", "open", "planned")[number % 3],
        )
        for number in range(first, first + count)
    )
    Participation.objects.bulk_create(
        Participation(workshop=room, person=scene.bob, joined_at=AT) for room in rooms
    )


PAGES = {
    "room": "/ateliers/{room}/?proposition={proposal}",
    "projector": "/ateliers/{room}/projecteur/",
    "proposal": "/ateliers/proposition/{proposal}/",
    "merge": "/ateliers/{room}/regrouper/",
    "proposals": "/api/proposals/?limit=500",
    "comments": "/api/comments/?limit=500",
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_what_shows_proposals_asks_no_more_when_they_are_many(scene: Scene, name: str) -> None:
    address = PAGES[name].format(room=scene.room.pk, proposal=scene.mine.pk)
    browser = browser_of(scene, "alice")
    grow(scene, 10)
    few = asked(browser, address)
    grow(scene, 190)
    assert asked(browser, address) == few
    assert few <= 40


@pytest.mark.parametrize("address", ["/ateliers/", "/api/workshops/?limit=500"])
def test_the_list_of_workshops_asks_no_more_when_they_are_many(scene: Scene, address: str) -> None:
    browser = browser_of(scene, "bob")
    more_rooms(scene, 10)
    few = asked(browser, address)
    more_rooms(scene, 190)
    assert asked(browser, address) == few


def test_a_room_full_of_people_asks_no_more(scene: Scene) -> None:
    browser, address = browser_of(scene, "alice"), f"/ateliers/{scene.room.pk}/"
    fill(scene, 2)
    few = asked(browser, address)
    fill(scene, 8)
    assert asked(browser, address) == few


def test_the_api_pages_and_filters(scene: Scene) -> None:
    browser = browser_of(scene, "bob")
    grow(scene, 60)
    answer = browser.get("/api/proposals/").json()
    assert (answer["count"], len(answer["results"])) == (62, 50)
    assert answer["next"]
    by_author = browser.get(f"/api/proposals/?author={scene.bob.pk}&workshop={scene.room.pk}").json()
    assert 0 < by_author["count"] < 62
    assert browser.get(f"/api/proposals/?theme={scene.theme.pk}").json()["count"] == 30
    assert browser.get("/api/proposals/?state=merged").json()["count"] == 0
    assert browser.get("/api/proposals/?alive=true").json()["count"] == 62
    assert browser.get(f"/api/comments/?proposal={scene.mine.pk}&kind=question").json()["count"] == 1
    assert browser.get("/api/workshops/?state=open&entity=ecossolies").json()["count"] == 1
    whole = browser.get(f"/api/workshops/{scene.room.pk}/").json()
    assert ([step["kind"] for step in whole["steps"]], len(whole["themes"])) == (
        ["collect", "discuss", "poll", "report_back"],
        1,
    )
    assert "join_code" not in whole
    assert browser.get(f"/api/proposals/{scene.mine.pk}/").json()["versions"][0]["number"] == 1
