"""The network's pages: who may read what, the register at a date, its filters and its export."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from cooperation.filters import folded
from cooperation.models import LegalEntity, Membership, NetworkEvent, Organisation, Person, Sector
from cooperation.register import neutral
from cooperation.services import end_membership
from tests.cooperation.conftest import LONG_AGO

FOR_MEMBERS = ["/reseau/membres/", "/reseau/membres/1/", "/reseau/instances/", "/reseau/membres.csv"]
FOR_ALL = ["/reseau/", "/reseau/agenda/"]


@pytest.mark.parametrize("url", FOR_MEMBERS)
def test_charlie_finds_nothing_of_the_register(url: str, room_clients: dict[str, Client]) -> None:
    assert room_clients["charlie"].get(url).status_code == 404
    assert room_clients["nobody"].get(url)["Location"] == f"/comptes/login/?next={url}"


@pytest.mark.parametrize("url", FOR_ALL)
def test_everybody_reads_who_the_network_is_and_its_agenda(url: str, room_clients: dict[str, Client]) -> None:
    assert {client.get(url).status_code for client in room_clients.values()} == {200}


def test_strangers_read_the_sectors_without_the_names_of_people(
    alice: Person, copeau: Organisation, room_clients: dict[str, Client]
) -> None:
    alice.family_name = "Diarrassouba"
    alice.save()
    Sector.objects.create(name="Diversité culturelle", lead=alice, employer=copeau)
    pages = {who: client.get("/reseau/").content.decode() for who, client in room_clients.items()}
    assert "Diarrassouba" in pages["bob"]
    assert all("Diversité culturelle" in page for page in pages.values())
    assert "Diarrassouba" not in pages["charlie"] + pages["nobody"]


def test_the_agenda_says_what_comes_and_what_was(db: None) -> None:
    NetworkEvent.objects.create(
        kind="event", title="Semaine de l’ESS", starts_on=date(2002, 11, 1), precision="month"
    )
    NetworkEvent.objects.create(kind="study_day", title="Coopérer demain", starts_on=date(2999, 1, 1))
    page = Client().get("/reseau/agenda/").content.decode()
    assert "novembre 2002" in page
    assert page.index("Coopérer demain") < page.index("Semaine de l’ESS")


# -- the register


@pytest.fixture
def register(entity: LegalEntity, alice: Person, bob: Person, copeau: Organisation) -> list[Membership]:
    """Alice, Bob and two organisations."""
    ecole = Organisation.objects.create(name="École du Marché Commun", kind="association", city="Nantes")
    made = [
        Membership.objects.create(
            entity=entity,
            organisation=organisation,
            register_number=number,
            applied_on=LONG_AGO,
            admitted_on=LONG_AGO,
        )
        for number, organisation in ((10, copeau), (11, ecole))
    ]
    return [*Membership.objects.filter(person__isnull=False), *made]


def names(client: Client, query: str = "") -> list[str]:
    return [member.name for member in client.get(f"/reseau/membres/{query}").context["page"].object_list]


def test_the_register_of_today(register: list[Membership], room_clients: dict[str, Client]) -> None:
    assert names(room_clients["bob"]) == ["Alice", "Bob", "Le Bon Copeau", "École du Marché Commun"]


def test_the_register_at_a_date(register: list[Membership], room_clients: dict[str, Client]) -> None:
    end_membership(membership=register[0], on=date(2020, 1, 1), at=timezone.now())
    assert "Alice" not in names(room_clients["bob"], "?on=2020-01-01")
    assert "Alice" in names(room_clients["bob"], "?on=2019-12-31")
    assert names(room_clients["bob"], "?on=2006-01-01") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=ecole", ["École du Marché Commun"]),
        ("?q=ECOLE+marche", ["École du Marché Commun"]),
        ("?q=nantes", ["École du Marché Commun"]),
        ("?q=rien+de+tel", []),
        ("?category=member", ["Alice", "Bob", "Le Bon Copeau", "École du Marché Commun"]),
        ("?category=employee", []),
        ("?entity=ecossolies&q=bob", ["Bob"]),
    ],
)
def test_the_register_is_narrowed(
    query: str, found: list[str], register: list[Membership], room_clients: dict[str, Client]
) -> None:
    assert names(room_clients["alice"], query) == found


def test_the_register_is_narrowed_by_sector_and_college(
    register: list[Membership], colleges: list[object], room_clients: dict[str, Client]
) -> None:
    sector = Sector.objects.create(name="Diversité culturelle")
    register[2].organisation.sectors.add(sector)  # type: ignore[union-attr]
    assert names(room_clients["bob"], f"?sector={sector.pk}") == ["Le Bon Copeau"]
    assert names(room_clients["bob"], f"?college={colleges[0].pk}") == []  # type: ignore[attr-defined]


def test_a_wrong_date_is_said_and_the_page_stays(
    register: list[Membership], room_clients: dict[str, Client]
) -> None:
    response = room_clients["bob"].get("/reseau/membres/?on=hier")
    assert response.status_code == 200
    assert "champ--erreur" in response.content.decode()


def test_what_is_searched_is_shown_as_text(
    register: list[Membership], room_clients: dict[str, Client]
) -> None:
    page = room_clients["bob"].get("/reseau/membres/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_folding_forgets_accents_and_capitals() -> None:
    assert folded("École ŒUVRE Ça") == "ecole œuvre ca"


def test_a_members_page_says_who_speaks_and_since_when(
    bob_for_copeau: Membership, room_clients: dict[str, Client]
) -> None:
    page = room_clients["alice"].get(f"/reseau/membres/{bob_for_copeau.pk}/").content.decode()
    assert "<strong>Bob</strong>, titulaire" in page
    assert "depuis le 1 janvier 2007" in page
    assert "bob@example.org" not in page


def test_the_governing_bodies_say_who_sits(seated: Person, room_clients: dict[str, Client]) -> None:
    page = room_clients["bob"].get("/reseau/instances/").content.decode()
    assert "1 sièges pourvus sur 35" in page
    assert "Alice" in page


# -- the export


def test_only_the_board_takes_the_register_away(
    seated: Person, register: list[Membership], room_clients: dict[str, Client]
) -> None:
    assert room_clients["alice"].get("/reseau/membres.csv").status_code == 200
    assert room_clients["bob"].get("/reseau/membres.csv").status_code == 404
    assert "membres.csv" not in room_clients["bob"].get("/reseau/membres/").content.decode()


def test_the_export_opens_in_a_french_spreadsheet(
    seated: Person, bob_for_copeau: Membership, room_clients: dict[str, Client]
) -> None:
    text = room_clients["alice"].get("/reseau/membres.csv").content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(StringIO(text[1:]), delimiter=";"))
    assert rows[0][:3] == ["Numéro", "Structure", "Membre"]
    line = next(row for row in rows if row[2] == "Le Bon Copeau")
    assert line[9:11] == ["Bob", "bob@example.org"]


def test_the_export_of_a_board_holds_its_own_entity_only(
    seated: Person, scic: LegalEntity, copeau: Organisation, room_clients: dict[str, Client]
) -> None:
    Membership.objects.create(
        entity=scic, organisation=copeau, register_number=1, applied_on=LONG_AGO, admitted_on=LONG_AGO
    )
    assert "Lieux communs" not in room_clients["alice"].get("/reseau/membres.csv").content.decode()


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_would_run_as_a_formula_is_neutralised(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


def test_a_plain_cell_stays_as_it_is() -> None:
    assert [neutral(cell) for cell in ("Nantes", 12, None)] == ["Nantes", "12", ""]
