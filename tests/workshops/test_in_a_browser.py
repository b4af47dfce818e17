"""The pages of the workshops in a real browser: live between screens, reachable by everybody, and nothing sticks out."""

import pytest
from playwright.sync_api import Page, expect

from tests.axe import faults
from tests.journey.conftest import (  # noqa: F401
    base_url,
    browser_type_launch_args,
    screens,
    site,
)
from tests.journey.screens import HALL, LAPTOP, PHONE, Screens
from tests.workshops.conftest import build_scene
from tests.workshops.scene import Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def scene(site: str) -> Scene:  # noqa: F811
    """The scene, committed: the server sees it."""
    return build_scene()


def addresses(scene: Scene) -> list[tuple[str, str]]:
    """Every page, and who reads it."""
    room = f"/ateliers/{scene.room.pk}/"
    poll = scene.ask()
    assert poll.pk
    return [
        ("alice", f"{room}?proposition={scene.mine.pk}"),
        ("bob", room),
        ("nina", room),
        ("alice", f"/ateliers/proposition/{scene.mine.pk}/"),
        ("bob", "/ateliers/"),
        ("alice", "/ateliers/preparer/"),
        ("alice", f"{room}preparer/"),
        ("alice", f"{room}regrouper/?proposals={scene.mine.pk}"),
        ("alice", f"{room}sondage/"),
        ("alice", f"{room}saisir/"),
        ("alice", f"{room}masquer/?proposals={scene.mine.pk}"),
        ("nobody", "/rejoindre/"),
        ("nobody", f"/rejoindre/{scene.room.join_code}/"),
    ]


def faults_unfolded(page: Page) -> list[str]:
    """What axe finds with everything unfolded, and whether the page scrolls sideways."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    found = faults(page)
    sticks_out = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["it scrolls sideways"] if sticks_out else [])]


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.look
def test_axe_finds_nothing_on_any_page(scene: Scene, screens: Screens, size: dict[str, int]) -> None:  # noqa: F811
    opened = {
        who: screens.open(getattr(scene, who, None), size) for who in ("alice", "bob", "nina", "nobody")
    }
    for who, address in addresses(scene):
        page = opened[who].page
        page.goto(address)
        assert faults_unfolded(page) == [], address
        if size == PHONE:
            page.set_viewport_size(NARROW)
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address
            page.set_viewport_size(PHONE)


def test_the_projector_is_read_whole(scene: Scene, screens: Screens) -> None:  # noqa: F811
    page = screens.open(scene.alice, HALL).page
    page.goto(f"/ateliers/{scene.room.pk}/projecteur/")
    assert faults_unfolded(page) == []
    smallest = page.evaluate(
        """Math.min(...[...document.querySelectorAll('body *')]
        .filter((one) => one.getClientRects().length && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .filter((one) => !one.closest('.vh'))
        .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
    )
    assert smallest >= 32
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_a_support_a_step_and_a_focus_reach_every_screen(scene: Scene, screens: Screens) -> None:  # noqa: F811
    laptop, phone = screens.open(scene.alice, LAPTOP).page, screens.open(scene.bob, PHONE).page
    hall = screens.open(scene.alice, HALL).page
    for page, address in ((laptop, ""), (phone, f"?proposition={scene.mine.pk}"), (hall, "projecteur/")):
        page.goto(f"/ateliers/{scene.room.pk}/{address}")
        expect(page.locator(".fraicheur")).to_have_attribute("data-freshness", "a-jour")
    phone.locator(f"#proposal-{scene.mine.pk} .soutien").click()
    expect(phone.locator(f"#proposal-{scene.mine.pk} .soutien")).to_have_attribute("aria-pressed", "true")
    expect(laptop.locator(f"#supports-{scene.mine.pk}")).to_have_text("1")
    laptop.locator("#regie-gestes button", has_text="Étape suivante").click()
    expect(phone.locator("#etape-titre")).to_have_text("S’orienter")
    laptop.locator(f"#proposal-{scene.mine.pk} summary", has_text="Gestes").click()
    laptop.locator(f"#proposal-{scene.mine.pk} button", has_text="Projeter").click()
    expect(hall.locator("#p-scene h1")).to_have_text("Un lieu partagé")
    laptop.locator("#regie-gestes button", has_text="Projeter la liste").click()
    expect(hall.locator("#p-props")).to_be_visible()


def test_what_one_types_is_kept_while_the_room_moves(scene: Scene, screens: Screens) -> None:  # noqa: F811
    phone = screens.open(scene.bob, PHONE).page
    phone.goto(f"/ateliers/{scene.room.pk}/?proposition={scene.mine.pk}")
    expect(phone.locator(".fraicheur")).to_have_attribute("data-freshness", "a-jour")
    field = phone.locator(f"#text-{scene.mine.pk}-")
    field.type("Et qui paie")
    phone.keyboard.press("ArrowLeft")
    for number in range(10):
        scene.write(f"Idée {number}", by=scene.alice)
        scene.do("alice", "comment.add", proposal=scene.mine.pk, kind="for", text=f"Avis {number}")
    expect(phone.locator(f"#comments-{scene.mine.pk} .com")).to_have_count(11)
    scene.move_to("poll")
    expect(phone.locator("#etape-titre")).to_have_text("S’orienter")
    assert field.input_value() == "Et qui paie"
    assert field.evaluate("(one) => one.selectionStart === 10 && one === document.activeElement")
