"""The law of the form where the application knows the facts: the register, the board, and figures one types."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cooperation.models import GoverningBody, LegalEntity, Mandate, Membership, Organisation, Person, Statutes
from cooperation.services import admit_member, appoint
from cooperation.standing import standing_of
from realtime.refused import Refused, sentence_of

TODAY = date(2026, 11, 1)
URL = "/reseau/statuts/lieux-communs/"


def members(entity: LegalEntity, *categories: str) -> None:
    """That many members, one of each of these categories."""
    for number, category in enumerate(categories, start=1):
        party = Organisation.objects.create(name=f"Structure {number}", kind="cooperative")
        Membership.objects.create(
            entity=entity,
            organisation=party,
            category=category,
            register_number=number,
            applied_on=TODAY,
            admitted_on=TODAY,
        )


def person(number: int) -> Person:
    return Person.objects.create_user(f"p{number}@example.org", given_name=f"P{number}")


def test_a_register_of_two_categories_lacks_a_third(scic: LegalEntity) -> None:
    members(scic, "beneficiary", "employee")
    standing = standing_of(scic, TODAY)
    assert standing is not None
    assert [(lack.code, "trois catégories" in lack.sentence) for lack in standing.lacks] == [("V05", True)]


def test_a_complete_register_lacks_nothing(scic: LegalEntity) -> None:
    members(scic, "beneficiary", "producer", "partner")
    standing = standing_of(scic, TODAY)
    assert standing is not None
    assert (standing.members, standing.categories, standing.lacks) == (3, 3, [])


def test_the_law_asks_no_register_of_an_association(entity: LegalEntity) -> None:
    assert standing_of(entity, TODAY) is None


def test_a_board_of_an_sa_too_small_or_in_office_too_long_is_told(scic: LegalEntity) -> None:
    scic.legal_form = "scic_sa"
    scic.save()
    members(scic, "beneficiary", "employee", "partner")
    board = GoverningBody.objects.create(entity=scic, kind="board", name="Conseil")
    Mandate.objects.create(body=board, person=person(1), since=date(2020, 1, 1), until=date(2027, 1, 1))
    standing = standing_of(scic, TODAY)
    assert standing is not None
    assert [lack.article for lack in standing.lacks] == [
        "Code de commerce, art. L225-17",
        "loi n° 47-1775 du 10 septembre 1947, art. 6",
    ]


def test_the_101st_member_of_a_sarl_is_refused(scic: LegalEntity) -> None:
    scic.legal_form = "scic_sarl"
    scic.save()
    members(scic, *["beneficiary"] * 100)
    with pytest.raises(Refused, match="V07") as refused:
        admit_member(entity=scic, admitted_on=TODAY, at=timezone.now(), person=person(1))
    assert "L223-3" in sentence_of(refused.value)
    assert Membership.objects.filter(entity=scic).count() == 100


def test_a_term_of_seven_years_is_refused_in_a_cooperative_and_not_in_an_association(
    scic: LegalEntity, entity: LegalEntity
) -> None:
    until = TODAY + timedelta(days=7 * 365)
    boards = [
        GoverningBody.objects.create(entity=owner, kind="board", name="Conseil") for owner in (scic, entity)
    ]
    with pytest.raises(Refused, match="V07"):
        appoint(body=boards[0], person=person(1), since=TODAY, until=until, at=timezone.now())
    assert appoint(body=boards[1], person=person(2), since=TODAY, until=until, at=timezone.now()).pk


def test_the_19th_director_of_an_sa_is_refused(scic: LegalEntity) -> None:
    scic.legal_form = "scic_sa"
    scic.save()
    board = GoverningBody.objects.create(entity=scic, kind="board", name="Conseil")
    for number in range(18):
        appoint(body=board, person=person(number), since=TODAY, at=timezone.now())
    with pytest.raises(Refused, match="V07"):
        appoint(body=board, person=person(18), since=TODAY, at=timezone.now())


def test_members_read_what_the_register_lacks(in_force: Statutes, room_clients: dict[str, Client]) -> None:
    page = room_clients["bob"].get(URL).content.decode()
    assert "Devant le droit, aujourd’hui" in page
    assert "Règle V05" in page


FIGURES = {
    "capital": "30000",
    "public": "20000",
    "surplus": "100000",
    "highest_capital": "200000",
    "public_aid": "10000",
    "reserves": "50000",
    "interest": "40000",
    "last_revision": "2020-06-30",
    "planned_revision": "2026-06-30",
    "result_before": "-5",
    "result_last": "-5",
    "result_now": "-5",
}


def test_figures_are_answered_with_their_articles_and_kept_nowhere(
    in_force: Statutes, room_clients: dict[str, Client]
) -> None:
    page = room_clients["bob"].get(f"{URL}chiffres/", FIGURES).content.decode()
    for code in ("V06", "V14", "V15"):
        assert f"Règle {code}" in page
    assert "Au moins 57\u00a0500\u00a0€ aux réserves (15\u00a0000\u00a0€" in page
    assert "au plus 32\u00a0500\u00a0€" in page
    assert "due le 30/06/2025 au plus tard" in page
    assert page.count("Règle V15") == 2
    assert page.count("Règle V14") == 2


def test_a_part_larger_than_the_capital_is_refused_beside_its_field(
    in_force: Statutes, room_clients: dict[str, Client]
) -> None:
    page = room_clients["bob"].get(f"{URL}chiffres/", {"capital": "10", "public": "11"}).content.decode()
    assert 'id="id_public-erreur"' in page
    assert "Règle" not in page


def test_charlie_asks_no_figures_and_an_association_has_none(
    in_force: Statutes, room_clients: dict[str, Client]
) -> None:
    assert room_clients["charlie"].get(f"{URL}chiffres/").status_code == 404
    assert room_clients["bob"].get("/reseau/statuts/ecossolies/chiffres/").status_code == 404
