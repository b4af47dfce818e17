"""A phone walks a majority judgment, a thumb and a keyboard place dots: in a real browser, with axe on every page."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cooperation.models import Person
from tests.axe import faults
from tests.browser.test_ballot import Visit, address, visit
from tests.votes.conftest import cast, line_of, opened
from votes.models import Ballot, Poll
from votes.services import close_poll

pytestmark = [pytest.mark.browser, pytest.mark.look, pytest.mark.django_db(transaction=True)]
__all__ = ["address", "visit"]
PLACES = [("Le lieu", ""), ("Les métiers", ""), ("La gouvernance", "")]


def asked(people: list[Person], method: str, **more: Any) -> Poll:
    """A poll on three options."""
    given = {"options": PLACES, "is_binding": True, "question": "Par quoi commencer ?", **more}
    at = timezone.now() - timedelta(minutes=5)
    return opened([line_of(person) for person in people], method=method, at=at, **given)


def check(page: Page) -> None:
    """Nothing for axe to say, nothing wider than the phone, nothing too small for a thumb."""
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def grade(page: Page, option: str, words: str) -> None:
    """One tap."""
    label = page.get_by_role("group", name=option).locator("label").filter(has_text=words)
    assert (label.bounding_box() or {"height": 0})["height"] >= 44
    label.click()


def test_a_phone_walks_a_majority_judgment(visit: Visit, alice: Person, bob: Person) -> None:
    poll = asked([alice, bob], "majority_judgment")
    cast(poll, alice, "1:6", "2:2", at=timezone.now())
    page = visit(bob, f"/votes/{poll.pk}/")
    grade(page, "Le lieu", "Très bien")
    grade(page, "La gouvernance", "Passable")
    check(page)
    page.get_by_role("button", name="Relire mon bulletin").click()
    expect(page.get_by_text("Le lieu : Très bien")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Changer").click()
    expect(page.get_by_role("group", name="Le lieu").get_by_label("Très bien")).to_be_checked()
    page.get_by_role("button", name="Relire mon bulletin").click()
    page.get_by_role("button", name="Envoyer mon vote").click()
    expect(page.get_by_role("heading", name="Votre vote est reçu")).to_be_visible()
    assert Ballot.objects.get(elector__titular=bob).choices == ["1:5", "3:2"]
    close_poll(poll=poll, at=timezone.now())
    page.goto(page.url.split("/votes/")[0] + f"/votes/{poll.pk}/resultat/")
    expect(page.get_by_role("img", name="Excellent 50 %, Très bien 50 %")).to_be_visible()
    check(page)


def test_dots_are_placed_by_thumb_and_by_keyboard_and_what_is_left_is_said(
    visit: Visit, alice: Person, bob: Person
) -> None:
    setting = {"is_binding": False, "shows": "live", "allows_change": True, "setup": {"dots": 3, "cap": 2}}
    poll = asked([alice, bob], "dots", **setting)
    page = visit(bob, f"/votes/{poll.pk}/")
    more = page.get_by_role("button", name="Poser une gommette : Le lieu")
    more.click()
    more.click()
    expect(more).to_have_attribute("aria-disabled", "true")
    page.get_by_label("Les métiers", exact=True).press("ArrowUp")
    expect(page.locator("[data-left]")).to_have_text("0")
    check(page)
    page.get_by_role("button", name="Envoyer mon avis").click()
    expect(page.locator("[data-status]")).to_contain_text("Votre avis est noté")
    assert Ballot.objects.get().choices == ["1:2", "2:1"]
    expect(page.locator(".avis-compte b").first).to_have_text("2")
