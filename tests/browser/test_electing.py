"""A phone elects: names ticked by thumb and by keyboard, what is left is said; with axe on the pages of an election."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cooperation.models import LegalEntity, Person
from tests.assemblies import scene
from tests.assemblies.test_elections import tabled
from tests.browser.test_ballot import Visit, address, visit
from tests.browser.test_judging import check
from tests.votes.conftest import cast, line_of, opened
from tests.votes.test_method_election import COLLEGES, DETAILS, NAMES
from votes.models import Ballot
from votes.services import close_poll

pytestmark = [pytest.mark.browser, pytest.mark.look, pytest.mark.django_db(transaction=True)]
__all__ = ["address", "visit"]


def test_a_phone_elects_by_thumb_and_by_keyboard(visit: Visit, alice: Person, bob: Person) -> None:
    poll = opened(
        [line_of(alice), line_of(bob)],
        method="election",
        question="Qui élire au conseil ?",
        options=NAMES,
        setup={"seats": 2, "limits": COLLEGES},
        details=DETAILS,
        at=timezone.now() - timedelta(minutes=5),
    )
    cast(poll, alice, "1", "3", at=timezone.now())
    page = visit(bob, f"/votes/{poll.pk}/")
    label = page.locator("label").filter(has_text="Aline")
    assert (label.bounding_box() or {"height": 0})["height"] >= 44
    label.click()
    left = page.locator("[data-left]")
    expect(left).to_have_text("1")
    page.get_by_label("Basile").press("Space")
    page.get_by_label("Chloé").press("Space")
    expect(left).to_have_text("1 de trop")
    check(page)
    page.get_by_label("Basile").press("Space")
    page.get_by_role("button", name="Relire mon bulletin").click()
    page.get_by_role("button", name="Envoyer mon vote").click()
    expect(page.get_by_role("heading", name="Votre vote est reçu")).to_be_visible()
    assert Ballot.objects.get(elector__titular=bob).choices == ["1", "3"]
    close_poll(poll=poll, at=timezone.now())
    page.goto(page.url.split("/votes/")[0] + f"/votes/{poll.pk}/resultat/")
    expect(page.get_by_role("heading", name="2 sièges à pourvoir")).to_be_visible()
    check(page)


def test_an_election_is_prepared_on_a_phone(
    visit: Visit, entity: LegalEntity, alice: Person, bob: Person
) -> None:
    scene.give_statutes(entity)
    scene.seat_on_board(alice, entity)
    now = timezone.now()
    assembly = scene.prepared(entity, alice, starts_at=now + timedelta(days=40), at=now)
    tabled(assembly, alice, bob, at=now)
    page = visit(alice, f"/assemblees/{assembly.pk}/preparer/scrutins/")
    check(page)
    page.get_by_label("Ce que l’on élit").fill("Élire au conseil")
    page.get_by_text("Règles particulières").click()
    page.get_by_label("Sièges par collège ou par secteur").fill("Culture : 1 à 2")
    check(page)
    page.get_by_label("Sièges à pourvoir").fill("2")
    page.get_by_role("button", name="Inscrire, puis nommer les candidatures").click()
    expect(page.get_by_text("Personne ne se présente encore")).to_be_visible()
    page.get_by_label("Qui se présente").select_option("Bob")
    page.get_by_label("Collège ou secteur").select_option("Culture")
    page.get_by_role("button", name="Inscrire cette candidature").click()
    expect(page.get_by_role("heading", name="1 candidature")).to_be_visible()
    check(page)
