"""Writing and trying the next statutes in a real browser, without a script: refused, corrected, tried."""

import pytest
from playwright.sync_api import expect

from cooperation.models import Person, StatutesDraft
from tests.assemblies.trial_scene import held_votes
from tests.axe import faults
from tests.browser import test_ballot
from tests.browser.test_ballot import Visit

pytestmark = [pytest.mark.browser, pytest.mark.look, pytest.mark.django_db(transaction=True)]

address, visit = test_ballot.address, test_ballot.visit


def test_the_board_is_refused_beside_the_field_corrects_and_tries_its_draft(
    visit: Visit, alice: Person
) -> None:
    entity = held_votes(alice)
    page = visit(alice, f"/reseau/statuts/{entity.slug}/nouvelle/")
    found = faults(page)
    page.get_by_label("Décision ordinaire", exact=True).fill("1/3")
    page.get_by_label("Ce que l’on compte").select_option("present")
    page.get_by_role("button", name="Garder le brouillon").click()
    expect(page.locator("#r-ordinary-erreur")).to_contain_text("23-16.670")
    expect(page.get_by_label("Ce que l’on compte")).to_have_value("present")
    found += faults(page)
    page.get_by_label("Décision ordinaire", exact=True).fill("1/2")
    page.get_by_label("Décision ordinaire\u00a0: il faut dépasser").check()
    page.get_by_role("button", name="Garder le brouillon").click()
    expect(page.get_by_text("3 votes auraient donné un autre résultat")).to_be_visible()
    found += faults(page)
    page.get_by_role("link", name="Point 1").click()
    expect(page.get_by_text("les mêmes bulletins auraient donné un autre résultat")).to_be_visible()
    found += faults(page)
    page.goto(page.url.partition("essai/")[0] + "chiffres/?capital=10&public=9&surplus=100")
    found += faults(page)
    assert not found
    assert StatutesDraft.objects.count() == 1
