"""Ranking in a real browser: on a phone by touch, by keyboard, without a script; what a change says and leaves alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cooperation.models import Person
from tests.axe import faults
from tests.browser import test_ballot
from tests.browser.test_ballot import Visit
from tests.votes.conftest import line_of, opened
from tests.votes.test_method_schulze import voted
from votes.models import Ballot, Poll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

address, visit = test_ballot.address, test_ballot.visit
PEOPLE = [f"Personne {number}" for number in range(1, 31)]


@pytest.fixture
def thirty(alice: Person, bob: Person) -> Poll:
    """An election of two among thirty, open."""
    return opened(
        [line_of(alice), line_of(bob)],
        at=timezone.now() - timedelta(minutes=5),
        method="scottish_stv",
        options=[(name, "") for name in PEOPLE],
        setup={"seats": 2},
    )


@pytest.fixture
def three(alice: Person, bob: Person) -> Poll:
    """A changeable ranking of three places."""
    return opened(
        [line_of(alice), line_of(bob)],
        at=timezone.now() - timedelta(minutes=5),
        method="schulze",
        is_binding=False,
        allows_change=True,
        options=[(name, "") for name in ("Solilab", "Fabrique", "Hangar")],
    )


def shows_order(page: Page, *names: str) -> None:
    """The order below the options is this one, from the first."""
    expect(page.locator(".ordre-rang .mot")).to_have_text(list(names))


def tap(page: Page, *names: str) -> None:
    """Tap options one after the other."""
    for name in names:
        page.locator(".rang-bouton").filter(has=page.get_by_text(name, exact=True)).tap()


def test_thirty_are_ranked_by_touch_on_a_phone(visit: Visit, thirty: Poll, bob: Person) -> None:
    page = visit(bob, f"/votes/{thirty.pk}/", has_touch=True)
    tap(page, "Personne 30", "Personne 2", "Personne 7", "Personne 9")
    expect(page.locator(".rangs-compte")).to_contain_text("4 sur 30")
    tap(page, "Personne 7")
    shows_order(page, "Personne 30", "Personne 2", "Personne 9")
    page.get_by_role("button", name="Monter\u00a0: Personne 9").tap()
    shows_order(page, "Personne 30", "Personne 9", "Personne 2")
    expect(page.locator("[data-part=order] [role=status]")).to_have_text("Personne 9\u00a0: 2e choix.")
    page.get_by_role("button", name="Relire mon bulletin").tap()
    expect(page.locator(".ordre-dit li").nth(1)).to_have_text("2e choix\u00a0: Personne 9")
    page.get_by_role("button", name="Changer").tap()
    shows_order(page, "Personne 30", "Personne 9", "Personne 2")
    page.get_by_role("button", name="Relire mon bulletin").tap()
    page.get_by_role("button", name="Envoyer mon vote").tap()
    expect(page.get_by_role("heading", name="Votre vote est reçu")).to_be_visible()
    assert Ballot.objects.get().choices == ["30:1", "9:2", "2:3"]


def test_the_keyboard_ranks_and_keeps_its_place(visit: Visit, three: Poll, bob: Person) -> None:
    page = visit(bob, f"/votes/{three.pk}/")
    for name in ("Hangar", "Solilab"):
        page.locator(".rang-bouton", has_text=name).focus()
        page.keyboard.press("Space")
        expect(page.locator(":focus")).to_contain_text(name)
    up = page.get_by_role("button", name="Monter\u00a0: Solilab")
    up.focus()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")
    shows_order(page, "Solilab", "Hangar")
    page.get_by_role("button", name="Envoyer mon avis").press("Enter")
    expect(page.locator("form > * [data-status]")).to_contain_text("Votre avis est noté")
    assert Ballot.objects.get().choices == ["1:1", "3:2"]
    shows_order(page, "Solilab", "Hangar")


def test_lists_give_equal_ranks_and_a_rank_given_twice_is_said(
    visit: Visit,
    three: Poll,
    thirty: Poll,
    bob: Person,
) -> None:
    page = visit(bob, f"/votes/{three.pk}/")
    page.get_by_role("button", name="Donner les rangs dans des listes").click()
    for name in ("Hangar", "Fabrique"):
        page.get_by_label(name, exact=True).select_option("1")
    assert page.locator(".ordre-rang .signe").all_inner_texts() == ["1", "1"]
    expect(page.locator("[data-problem]")).to_be_hidden()
    page = visit(bob, f"/votes/{thirty.pk}/")
    page.get_by_role("button", name="Donner les rangs dans des listes").click()
    for name in ("Personne 1", "Personne 2"):
        page.get_by_label(name, exact=True).select_option("3")
    expect(page.get_by_text("Le rang 3 est donné deux fois.")).to_be_visible()


def test_without_a_script_lists_of_ranks_do(visit: Visit, thirty: Poll, bob: Person) -> None:
    page = visit(bob, f"/votes/{thirty.pk}/", java_script_enabled=False)
    page.get_by_label("Personne 4", exact=True).select_option("1")
    page.get_by_label("Personne 5", exact=True).select_option("1")
    page.get_by_role("button", name="Relire mon bulletin").click()
    expect(page.get_by_role("alert")).to_contain_text("Le rang 1 est donné deux fois")
    expect(page.get_by_label("Personne 4", exact=True)).to_have_value("1")
    page.get_by_label("Personne 5", exact=True).select_option("2")
    page.get_by_role("button", name="Relire mon bulletin").click()
    page.get_by_role("button", name="Envoyer mon vote").click()
    expect(page.get_by_role("heading", name="Votre vote est reçu")).to_be_visible()
    assert Ballot.objects.get().choices == ["4:1", "5:2"]


@pytest.mark.look
def test_axe_finds_nothing_on_a_ranking(visit: Visit, thirty: Poll, bob: Person) -> None:
    page = visit(bob, f"/votes/{thirty.pk}/", has_touch=True)
    tap(page, "Personne 3", "Personne 1")
    for step in ("ranked", "lists"):
        assert faults(page) == [], step
        page.get_by_role("button", name="Donner les rangs dans des listes").click()
    sizes = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map((one) => one.encodedBodySize)"
    )
    assert 0 < sum(sizes) < 100_000
    small = page.evaluate(
        "[...document.querySelectorAll('.classement button, .classement select')]"
        ".filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44).length"
    )
    assert small == 0


@pytest.mark.look
@pytest.mark.parametrize("method", ["schulze", "irv", "scottish_stv"])
def test_a_result_fits_a_phone_and_axe_finds_nothing(
    visit: Visit, alice: Person, bob: Person, method: str
) -> None:
    poll = opened(
        [line_of(alice), line_of(bob)],
        method=method,
        options=[(f"Proposition numéro {number} au titre long", "") for number in range(1, 9)],
        setup={"seats": 2} if method == "scottish_stv" else {},
    )
    voted(poll, ("1:1", "2:2", "3:3"), ("3:1", "1:2"))
    page = visit(bob, f"/votes/{poll.pk}/resultat/")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert faults(page) == []
    region = page.get_by_role("region", name="Le tableau des")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(one) => one.scrollLeft > 0", arg=region.element_handle())
