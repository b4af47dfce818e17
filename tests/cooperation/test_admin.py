"""The admin reads, for the staff only, and writes nothing."""

import pytest
from django.contrib import admin
from django.test import Client

from cooperation.models import Person
from cooperation.services import issue_token

FLOORS = {"cooperation", "decisions"}
MODELS = [model for model in admin.site._registry if model._meta.app_label in FLOORS]


@pytest.fixture
def staff(bob: Person) -> Client:
    """Bob, who may read the admin."""
    bob.is_staff = True
    bob.save()
    client = Client()
    client.force_login(bob)
    return client


def address(model: object, page: str = "") -> str:
    meta = model._meta  # type: ignore[attr-defined]
    return f"/admin/{meta.app_label}/{meta.model_name}/{page}"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_staff_reads_every_table_and_adds_to_none(model: object, staff: Client) -> None:
    assert staff.get(address(model)).status_code == 200
    assert staff.get(address(model, "add/")).status_code == 403


def test_the_staff_changes_and_deletes_nothing(staff: Client, alice: Person) -> None:
    url = f"/admin/cooperation/person/{alice.pk}/"
    assert staff.get(f"{url}change/").status_code == 200
    assert staff.post(f"{url}change/", {"given_name": "X"}).status_code == 403
    assert staff.post(f"{url}delete/", {"post": "yes"}).status_code == 403
    assert Person.objects.get(pk=alice.pk).given_name == "Alice"


def test_the_admin_shows_no_password_and_no_digest(staff: Client, alice: Person) -> None:
    from_page = staff.get(f"/admin/cooperation/person/{alice.pk}/change/").content.decode()
    assert alice.password not in from_page
    token, _ = issue_token(person=alice, label="x", at=alice.joined_at)
    assert token.digest not in staff.get(f"/admin/cooperation/apitoken/{token.pk}/change/").content.decode()


def test_the_admin_is_not_there_for_others(room_clients: dict[str, Client]) -> None:
    for who in ("alice", "charlie"):
        assert room_clients[who].get("/admin/", follow=True).status_code == 404
    chain = room_clients["nobody"].get("/admin/", follow=True).redirect_chain
    assert chain[-1][0] == "/comptes/login/?next=/admin/"
