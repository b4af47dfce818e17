"""The REST doors of cooperation: the same rights as the pages, the same acts, one error shape."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cooperation.models import (
    LegalEntity,
    Membership,
    Notification,
    Organisation,
    Person,
    Representation,
    Statutes,
)
from cooperation.services import notify
from tests.cooperation.conftest import LONG_AGO, typed

LISTS = ["/api/me/", "/api/members/", "/api/notifications/", "/api/statutes/"]


@pytest.mark.parametrize("url", LISTS)
def test_nobody_in_particular_is_asked_to_log_in(db: None, url: str) -> None:
    response = Client().get(url)
    assert (response.status_code, response.json()["code"]) == (401, "login_required")


def test_a_wrong_token_opens_nothing(db: None) -> None:
    response = Client().get("/api/me/", headers={"Authorization": "Bearer nothing"})
    assert (response.status_code, response.json()["code"]) == (401, "invalid_token")


def test_charlie_reads_himself_and_empty_lists(
    bob: Person,
    in_force: Statutes,
    room_clients: dict[str, Client],
) -> None:
    client = room_clients["charlie"]
    assert client.get("/api/me/").json()["hats"] == []
    assert {client.get(url).json()["count"] for url in LISTS[1:]} == {0}
    assert client.get(f"/api/members/{bob.memberships.get().pk}/").status_code == 404


def test_a_person_reads_their_hats(bob_for_copeau: Membership, room_clients: dict[str, Client]) -> None:
    hats = room_clients["bob"].get("/api/me/").json()["hats"]
    assert [(hat["name"], hat["entity"]) for hat in hats] == [
        ("Bob", "ecossolies"),
        ("Le Bon Copeau", "ecossolies"),
    ]


def test_a_member_reads_the_register_with_its_filters(
    bob_for_copeau: Membership, room_clients: dict[str, Client]
) -> None:
    answer = room_clients["bob"].get("/api/members/?q=copeau").json()
    assert [(row["name"], row["is_organisation"]) for row in answer["results"]] == [("Le Bon Copeau", True)]
    assert "email" not in answer["results"][0]
    one = room_clients["bob"].get(f"/api/members/{bob_for_copeau.pk}/").json()
    assert one["city"] == "Rezé"


def test_a_wrong_filter_has_the_one_error_shape(room_clients: dict[str, Client], bob: Person) -> None:
    response = room_clients["bob"].get("/api/members/?on=hier")
    assert (response.status_code, response.json()["code"]) == (422, "invalid")
    assert "on" in response.json()["errors"]


def test_statutes_are_read_as_exact_values(in_force: Statutes, room_clients: dict[str, Client]) -> None:
    version = room_clients["bob"].get("/api/statutes/").json()["results"][0]
    assert version["rules"]["ordinary"] == {"threshold": "1/2", "strict": True}
    assert version["rules"]["weights"][0]["share"] == "2/5"


def test_the_same_act_with_the_same_key_happens_once(bob: Person, room_clients: dict[str, Client]) -> None:
    notify(person=bob, sentence="Un.", url="/", at=timezone.now())
    post = {"content_type": "application/json", "headers": {"Idempotency-Key": str(uuid4())}}
    first = room_clients["bob"].post("/api/notifications/read/", {}, **post)
    notify(person=bob, sentence="Deux.", url="/", at=timezone.now())
    assert first.json() == room_clients["bob"].post("/api/notifications/read/", {}, **post).json()
    assert bob.notifications.unread().count() == 1


def test_nobody_reads_or_marks_the_notices_of_another(
    alice: Person, bob: Person, room_clients: dict[str, Client]
) -> None:
    notify(person=bob, sentence="Pour Bob.", url="/", at=timezone.now())
    body = {"notifications": [bob.notifications.get().pk]}
    answer = room_clients["alice"].post("/api/notifications/read/", body, content_type="application/json")
    assert answer.json()["read"] == 0
    assert room_clients["alice"].get("/api/notifications/").json()["count"] == 0


def test_statutes_are_adopted_by_a_program_under_the_same_law(
    in_force: Statutes,
    scic: LegalEntity,
    colleges: list[object],
    room_clients: dict[str, Client],
) -> None:
    def body(points: list[int]) -> dict[str, object]:
        form = typed(scic, colleges, points)  # type: ignore[arg-type]
        given = {name: value for name, value in form.items() if not name.startswith("points.")}
        pairs = zip(colleges, points, strict=True)
        return {**given, "points": {str(college.pk): number for college, number in pairs}}  # type: ignore[attr-defined]

    def adopt(who: str, points: list[int]) -> tuple[int, str]:
        response = room_clients[who].post(
            "/api/statutes/adopt/", body(points), content_type="application/json"
        )
        return response.status_code, response.json().get("code", "")

    assert adopt("alice", [70, 10, 10, 10]) == (409, "V02")
    assert adopt("bob", [30, 30, 30, 10]) == (409, "not_on_board")
    assert adopt("charlie", [30, 30, 30, 10]) == (404, "not_found")
    assert adopt("alice", [30, 30, 30, 10]) == (200, "")


# -- as rows grow


def grow(entity: LegalEntity, bob: Person, start: int, count: int) -> None:
    """As many more members, organisations with their voice, and notices for Bob."""
    for number in range(start, start + count):
        organisation = Organisation.objects.create(name=f"Structure {number}", kind="association")
        person = Person.objects.create_user(f"t{number}@example.org", given_name=f"T{number}")
        Representation.objects.create(
            organisation=organisation, person=person, role="titular", since=LONG_AGO
        )
        Membership.objects.create(
            entity=entity,
            organisation=organisation,
            register_number=number,
            applied_on=LONG_AGO,
            admitted_on=LONG_AGO,
        )
        Notification.objects.create(person=bob, sentence="…", url="/", at=timezone.now())
        Statutes.objects.create(entity=entity, version=number, in_force_from=LONG_AGO)


GROWING = [
    *LISTS,
    "/reseau/",
    "/reseau/membres/",
    "/reseau/membres.csv",
    "/reseau/instances/",
    "/moi/notifications/",
]
GROWING += [
    "/moi/",
    "/reseau/statuts/ecossolies/",
    "/moi/donnees.json",
    "/reseau/agenda/",
    "/reseau/membres/?q=struct",
]


def queries_of(client: Client, urls: list[str]) -> dict[str, int]:
    counts = {}
    for url in urls:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts[url] = len(queries)
    return counts


def test_pages_and_endpoints_keep_a_constant_number_of_queries(
    entity: LegalEntity, seated: Person, bob: Person, client_of: object
) -> None:
    alice = client_of(seated)  # type: ignore[operator]
    grow(entity, seated, 100, 10)
    queries_of(alice, GROWING)
    few = queries_of(alice, GROWING)
    grow(entity, seated, 200, 190)
    assert queries_of(alice, GROWING) == few
