"""The room without a mouse: what one reaches is in sight, under no bar, and shows that one is on it; and under a finger."""

import pytest
from playwright.sync_api import Page, expect

from tests.journey.conftest import (  # noqa: F401
    base_url,
    browser_type_launch_args,
    screens,
    site,
)
from tests.journey.screens import LAPTOP, PHONE, Screens
from tests.workshops.conftest import build_scene, fill
from tests.workshops.scene import Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What has the focus: its words, whether it is under something else, whether a ring says so (its label's, for a box drawn by CSS).
FOCUS = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const shown = [one, ...(one.labels || [])];
  const ringed = [...shown, ...shown.flatMap((part) => [...part.querySelectorAll('*')])];
  const box = one.getBoundingClientRect();
  const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    words: (one.textContent || one.id || one.name).trim().replace(/\\s+/g, ' ').slice(0, 60),
    hidden: !over || !shown.some((part) => part.contains(over) || over.contains(part)),
    bare: !ringed.some((part) => getComputedStyle(part).outlineStyle !== 'none'),
  };
}"""
# Links that stand alone under a finger, and less than 44 px high where they answer to it.
SMALL = """() => [...document.querySelectorAll('main :is(h2, h3, h4) > a, main .liste > li > a')]
  .filter((one) => one.checkVisibility())
  .map((one) => {
    one.scrollIntoView({ block: 'center' });
    const box = one.getBoundingClientRect();
    const rows = [...Array(Math.ceil(box.height) + 60).keys()].map((row) => box.top - 30 + row);
    return [one.textContent.trim(), rows.filter((y) => document.elementFromPoint(box.left + 20, y) === one).length];
  }).filter(([, height]) => height < 44)"""


@pytest.fixture
def scene(site: str) -> Scene:  # noqa: F811
    """The scene, committed, with something to scroll through and a closed poll that leads to what it asked about."""
    scene = build_scene()
    fill(scene, 12)
    scene.do("alice", "consultation.close", poll=scene.ask().pk)
    return scene


def walk(page: Page) -> list[str]:
    """Tab through the whole page: what one cannot see, or cannot see that one is on."""
    wrong = []
    for _ in range(400):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        if found is None:
            return wrong
        wrong += [f"{fault}: {found['words']}" for fault in ("hidden", "bare") if found[fault]]
    return [*wrong, "the walk does not end"]


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("who", ["alice", "bob"])
def test_what_one_reaches_by_the_keyboard_is_in_sight(
    scene: Scene,
    screens: Screens,  # noqa: F811
    size: dict[str, int],
    who: str,
) -> None:
    page = screens.open(getattr(scene, who), size).page
    page.goto(f"/ateliers/{scene.room.pk}/?proposition={scene.mine.pk}")
    expect(page.locator(".fraicheur")).to_have_attribute("data-freshness", "a-jour")
    assert walk(page) == []


def test_a_title_that_is_a_link_is_as_high_as_a_finger(scene: Scene, screens: Screens) -> None:  # noqa: F811
    page = screens.open(scene.bob, PHONE).page
    for address in ("/ateliers/", f"/ateliers/{scene.room.pk}/", "/"):
        page.goto(address)
        assert page.evaluate(SMALL) == [], address


def test_a_step_and_a_poll_are_said_aloud_to_the_room(scene: Scene, screens: Screens) -> None:  # noqa: F811
    page = screens.open(scene.bob, PHONE).page
    page.goto(f"/ateliers/{scene.room.pk}/")
    expect(page.locator(".fraicheur")).to_have_attribute("data-freshness", "a-jour")
    said = page.locator("#live-status")
    expect(said).to_have_text("")
    scene.move_to("collect")
    expect(said).to_contain_text("Récolter.")
    scene.ask()
    expect(said).to_contain_text("Sondage indicatif : Lesquelles ?")
