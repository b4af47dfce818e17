"""Assemblies for programs: reading, the same acts with the same keys, strangers kept out; queries stay constant."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.models import Assembly, Attendance
from assemblies.services import check_in
from cooperation.models import LegalEntity, Membership, Person
from tests.assemblies import scene
from tests.assemblies.facts import Meeting

pytestmark = pytest.mark.django_db
Clients = dict[str, Client]


@pytest.fixture
def today(association: LegalEntity, alice: Person) -> Assembly:
    """An assembly open now."""
    return scene.held_today(association, alice)


def post(client: Client, path: str, key: str = "", **data: Any) -> Any:
    """A JSON act."""
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/api/{path}", data, content_type="application/json", headers=headers)


def test_members_read_assemblies_and_strangers_read_none(room_clients: Clients, today: Assembly) -> None:
    assert room_clients["bob"].get("/api/assemblies/").json()["results"][0]["id"] == today.pk
    assert room_clients["charlie"].get("/api/assemblies/").json()["count"] == 0
    assert room_clients["nobody"].get("/api/assemblies/").status_code == 401


def test_one_assembly_comes_with_its_agenda_and_the_figures_of_now(
    room_clients: Clients, today: Assembly, alice: Person, bobs: Membership
) -> None:
    check_in(by=alice, assembly=today, membership=bobs, at=timezone.now())
    answer = room_clients["bob"].get(f"/api/assemblies/{today.pk}/").json()
    assert [item["title"] for item in answer["agenda"]] == ["Point 1", "Point 2"]
    assert (answer["now"]["present"], answer["now"]["members"]) == (1, 2)
    assert answer["agenda"][1]["resolution"] == today.resolutions.get().pk
    assert room_clients["charlie"].get(f"/api/assemblies/{today.pk}/").status_code == 404


def test_resolutions_are_read_with_their_fate(
    room_clients: Clients, today: Assembly, alice: Person, bobs: Membership
) -> None:
    Meeting(today, alice, bobs).decide(1, "for")
    (row,) = room_clients["bob"].get(f"/api/resolutions/?assembly={today.pk}&state=adopted").json()["results"]
    assert (row["state"], row["decision"], row["quorum_met"]) == (
        "adopted",
        f"{timezone.localdate().year}-01",
        True,
    )
    one = f"/api/resolutions/{row['id']}/"
    assert room_clients["bob"].get(one).json() == row
    assert room_clients["charlie"].get(one).status_code == 404
    assert room_clients["charlie"].get("/api/resolutions/").json()["count"] == 0


def test_the_same_key_writes_one_arrival(room_clients: Clients, today: Assembly, bobs: Membership) -> None:
    path, key = f"assemblies/{today.pk}/check-in/", str(uuid4())
    first = post(room_clients["alice"], path, key, membership=bobs.pk)
    again = post(room_clients["alice"], path, key, membership=bobs.pk)
    assert (first.status_code, first.json()) == (200, again.json())
    assert Attendance.objects.count() == 1
    reused = post(
        room_clients["alice"], path, key, membership=Membership.objects.exclude(pk=bobs.pk).first().pk
    )
    assert reused.json()["code"] == "key_reused"


def test_a_vote_is_held_over_the_api(
    room_clients: Clients, today: Assembly, alice: Person, bobs: Membership
) -> None:
    resolution, client = today.resolutions.get(), room_clients["alice"]
    assert post(client, f"resolutions/{resolution.pk}/open/").json()["code"] == "item_not_current"
    assert post(client, f"items/{resolution.item_id}/start/").status_code == 200
    poll = post(client, f"resolutions/{resolution.pk}/open/", minutes=5).json()["poll"]
    assert post(room_clients["bob"], f"polls/{poll}/cast/", str(uuid4()), choices=["for"]).status_code == 200
    assert post(client, f"resolutions/{resolution.pk}/close/").status_code == 200
    assert post(client, f"resolutions/{resolution.pk}/declare/").json()["adopted"] is True
    assert post(client, f"assemblies/{today.pk}/close/").status_code == 200


def test_an_assembly_is_prepared_over_the_api(
    room_clients: Clients, association: LegalEntity, bob: Person
) -> None:
    scene.assembly_body(association)
    client, starts = room_clients["alice"], "2099-01-10T14:00:00+01:00"
    made = post(
        client, "assemblies/prepare/", entity=association.pk, kind="mixed", title="AG", starts_at=starts
    ).json()
    one = f"assemblies/{made['assembly']}"
    item = post(client, f"{one}/items/", title="Quitus", text="Oui.", kind="ordinary").json()["item"]
    assert post(client, f"items/{item}/change/", title="Quitus donné", text="Oui.").status_code == 200
    assert post(client, f"items/{item}/move/", direction="down").status_code == 200
    officer = post(client, f"{one}/officers/", person=bob.pk, role="chair").json()["officer"]
    assert post(client, f"officers/{officer}/dismiss/").status_code == 200
    assert post(client, f"{one}/convene/").json()["code"] == "place_missing"
    assert post(client, f"{one}/change/", title="AG", starts_at=starts, place="Le Solilab").status_code == 200
    assert post(client, f"{one}/convene/").status_code == 200
    assert post(client, f"items/{item}/remove/").json()["code"] == "agenda_closed"
    assert post(client, f"{one}/open/").json()["code"] == "not_an_officer"


OPEN_ACTS = [
    "assemblies/{a}/open/",
    "assemblies/{a}/close/",
    "assemblies/{a}/convene/",
    "items/{i}/start/",
    "items/{i}/remove/",
    "resolutions/{r}/open/",
    "resolutions/{r}/close/",
    "resolutions/{r}/declare/",
    "officers/{o}/dismiss/",
]


@pytest.mark.parametrize("act", OPEN_ACTS)
def test_an_act_is_refused_to_members_and_hidden_from_strangers(
    room_clients: Clients, today: Assembly, act: str
) -> None:
    resolution = today.resolutions.get()
    path = act.format(a=today.pk, i=resolution.item_id, r=resolution.pk, o=today.officers.get().pk)
    assert post(room_clients["bob"], path).json()["code"] in ("not_an_officer", "not_on_board")
    assert post(room_clients["charlie"], path).status_code == 404
    assert post(room_clients["nobody"], path).status_code == 401


def test_a_stranger_enters_nobody_and_begins_nothing(
    room_clients: Clients, today: Assembly, association: LegalEntity, bobs: Membership
) -> None:
    for act in ("check-in", "check-out"):
        assert (
            post(room_clients["charlie"], f"assemblies/{today.pk}/{act}/", membership=bobs.pk).status_code
            == 404
        )
    begin = {"entity": association.pk, "kind": "ordinary", "title": "AG", "starts_at": "2099-01-10T14:00:00Z"}
    for who in ("bob", "charlie"):
        assert post(room_clients[who], "assemblies/prepare/", **begin).status_code == 404
    assert not Attendance.objects.exists()


def test_a_member_of_another_entity_is_not_found_at_the_desk(room_clients: Clients, today: Assembly) -> None:
    _entity, members = scene.scic({"A": 3, "B": 3, "C": 3, "D": 3})
    elsewhere = post(room_clients["alice"], f"assemblies/{today.pk}/check-in/", membership=members["A"][0].pk)
    assert elsewhere.status_code == 404


def queries_of(client: Client, path: str) -> int:
    """How many queries a page makes, the second time it is asked for."""
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def grow(association: LegalEntity, alice: Person, count: int) -> Assembly:
    """That many members there, points voted or to come, and assemblies held."""
    members = scene.persons(association, count, first=1000 * count)
    assembly = scene.held_today(association, alice, ["ordinary"] * count)
    now = timezone.now()
    Attendance.objects.bulk_create(
        Attendance(
            assembly=assembly, membership=member, person=member.person, movement="arrived", at=now, by=alice
        )
        for member in members
    )
    Meeting(assembly, alice, members[0]).decide(1, "for")
    Assembly.objects.bulk_create(
        Assembly(
            entity=association,
            body=assembly.body,
            kind="ordinary",
            title=f"Tenue {number}",
            starts_at=now,
            notice_sent_on=now.date(),
            opened_at=now,
            closed_at=now,
            state="closed",
        )
        for number in range(count)
    )
    return assembly


PAGES = [
    "/assemblees/",
    "/assemblees/{}/",
    "/assemblees/{}/accueil/",
    "/assemblees/{}/projecteur/",
    "/assemblees/{}/convocation/",
    "/assemblees/{}/preparer/",
    "/api/assemblies/",
    "/api/assemblies/{}/",
    "/api/resolutions/",
]


def test_queries_do_not_grow_with_the_rows(
    room_clients: Clients, association: LegalEntity, alice: Person
) -> None:
    few = grow(association, alice, 10)
    before = {path: queries_of(room_clients["alice"], path.format(few.pk)) for path in PAGES}
    many = grow(association, alice, 200)
    after = {path: queries_of(room_clients["alice"], path.format(many.pk)) for path in PAGES}
    assert after == before


def test_the_minutes_of_a_large_assembly_make_as_many_queries(
    room_clients: Clients, association: LegalEntity, alice: Person
) -> None:
    few = grow(association, alice, 10)
    before = queries_of(room_clients["alice"], f"/assemblees/{few.pk}/pv/")
    many = grow(association, alice, 200)
    assert queries_of(room_clients["alice"], f"/assemblees/{many.pk}/pv/") == before
