"""A secret vote in a real browser: the device makes the code, shows it, and finds it in the published list."""

import pytest
from playwright.sync_api import Page, expect

from cooperation.models import LegalEntity, Person
from tests.axe import faults
from tests.browser import test_ballot
from tests.browser.test_ballot import Visit, choose_and_review
from tests.votes.conftest import crowd, line_of
from tests.votes.secret_scene import cast_all, count, opened_secret
from votes.models import Poll, SecretBallot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

address, visit = test_ballot.address, test_ballot.visit


@pytest.fixture
def secret(entity: LegalEntity, bob: Person) -> Poll:
    """An open secret resolution: six others have voted, Bob has not."""
    poll = opened_secret([*crowd(entity, 6), line_of(bob, label="SCOP Le Bon Copeau")])
    cast_all(poll, "ffffaa")
    return poll


def code_on(page: Page) -> str:
    """The code a page shows."""
    return page.locator("[data-code]").first.inner_text()


def test_the_device_makes_the_code_shows_it_and_finds_it_in_the_list(
    visit: Visit,
    secret: Poll,
    bob: Person,
) -> None:
    page = visit(bob, f"/votes/{secret.pk}/")
    expect(page.get_by_text("pourrait encore rompre ce secret")).to_be_visible()
    choose_and_review(page, "Contre")
    expect(page.get_by_text("Votre appareil vient de faire ce code")).to_be_visible()
    code = code_on(page)
    page.get_by_role("button", name="Envoyer mon vote").click()
    expect(page.get_by_role("heading", name="Votre vote est reçu")).to_be_visible()
    expect(page.locator(".code-suivi")).to_have_text(code)
    assert code not in page.url
    assert SecretBallot.objects.get(code=code).choices == ["against"]
    count(secret)
    page.goto(page.url.partition("recu-secret")[0] + "listes/")
    expect(page.get_by_text("Votre code est dans la liste")).to_be_visible()
    expect(page.locator(".code-mien")).to_have_text(code)


def test_a_new_reading_makes_another_code_and_a_second_ballot_is_refused(
    visit: Visit,
    secret: Poll,
    bob: Person,
) -> None:
    page, other = (visit(bob, f"/votes/{secret.pk}/") for _ in range(2))
    for each in (page, other):
        choose_and_review(each)
    assert code_on(page) != code_on(other)
    for each, said in ((page, "Votre vote est reçu"), (other, "Un bulletin a déjà été reçu")):
        each.get_by_role("button", name="Envoyer mon vote").click()
        expect(each.get_by_text(said)).to_be_visible()
    assert SecretBallot.objects.count() == 7


def test_without_a_script_the_server_makes_the_code_and_says_so(
    visit: Visit,
    secret: Poll,
    bob: Person,
) -> None:
    page = visit(bob, f"/votes/{secret.pk}/", java_script_enabled=False)
    choose_and_review(page, "Pour")
    expect(page.get_by_text("c’est le serveur qui a fait ce code")).to_be_visible()
    code = code_on(page)
    page.get_by_role("button", name="Envoyer mon vote").click()
    expect(page.get_by_role("heading", name="Votre vote est reçu")).to_be_visible()
    assert code_on(page) == code
    assert SecretBallot.objects.filter(code=code).exists()


@pytest.mark.look
def test_axe_finds_nothing_on_the_pages_of_a_secret_vote(visit: Visit, secret: Poll, bob: Person) -> None:
    page = visit(bob, f"/votes/{secret.pk}/")
    found = faults(page)
    choose_and_review(page)
    found += faults(page)
    page.get_by_role("button", name="Envoyer mon vote").click()
    expect(page.get_by_role("heading", name="Votre vote est reçu")).to_be_visible()
    found += faults(page)
    count(secret)
    root = page.url.partition("votes/")[0]
    for path in (f"votes/{secret.pk}/resultat/", f"votes/{secret.pk}/listes/", "confidentialite/"):
        page.goto(root + path)
        found += faults(page)
    assert not found
