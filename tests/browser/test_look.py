"""What a browser sees of the look: axe finds nothing, nothing sticks out, nothing breaks the policy."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from config.gallery import BOARDS
from scripts.with_stack import free_port
from tests.axe import faults

pytestmark = pytest.mark.browser
PAGES = ["", *(f"{board}/" for board in BOARDS)]
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the gallery, served by the demo's own server; it reads no row."""
    database: Path = tmp_path_factory.mktemp("look") / "empty.sqlite3"
    address = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", "--skip-checks", address],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DEMO": "1", "DATABASE_URL": f"sqlite:///{database}", "REDIS_URL": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://{address}/composants/"
    try:
        wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    """Until the server answers; a minute is plenty."""
    for _ in range(300):
        try:
            urlopen(url).close()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


def test_axe_finds_nothing_among_the_components(browser: Browser, gallery: str) -> None:
    """The pages themselves are read as the demo shows them."""
    for size in (PHONE, WIDE):
        page = browser.new_page(viewport=size)
        page.goto(gallery)
        assert faults(page, in_the_dark=size == PHONE) == []
        page.close()


@pytest.mark.parametrize("path", [p for p in PAGES if "projecteur" not in p])
def test_text_twice_as_large_on_a_narrow_phone_never_scrolls_sideways(
    browser: Browser, gallery: str, path: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(gallery + path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("document.querySelectorAll('details').forEach((e) => e.open = true)")
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()
    assert over == 0


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)])
def test_the_projector_never_scrolls_and_stays_large(page: Page, gallery: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(gallery + "projecteur/")
    assert page.evaluate("document.documentElement.scrollHeight") <= size[1]
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('body *')]
            .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
            .filter((e) => !e.closest('.vh'))
            .map((e) => parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert smallest >= 31.9 * min(size[0] / 1920, size[1] / 1080)


def test_under_a_long_title_the_wall_still_shows_the_share_of_each_college(page: Page, gallery: str) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(gallery + "projecteur-resultat/")
    page.evaluate("document.querySelector('h1').textContent = 'Un titre de résolution bien long '.repeat(4)")
    shares = page.evaluate("document.querySelector('.mo-bas').getBoundingClientRect().bottom")
    assert shares <= page.evaluate("document.querySelector('.bas-p').getBoundingClientRect().top")


def test_the_shapes_of_the_sprite_are_drawn_under_the_policy(page: Page, gallery: str) -> None:
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security" in line.text else None)
    page.goto(gallery)
    page.wait_for_load_state("load")
    drawn = page.evaluate("document.querySelector('.fil .st use').getBBox().width")
    assert drawn > 0
    assert refused == []


def test_every_target_is_large_enough(browser: Browser, gallery: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(gallery + "participant/")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, .btn, input, select, textarea, nav a, header a, footer a')]
            .filter((e) => e.checkVisibility()).map((e) => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])
            .filter(([, box]) => Math.min(box.width, box.height) < 44).map(([html]) => html)"""
    )
    page.close()
    assert small == []


def test_a_ballot_costs_less_than_100_kilobytes_the_first_time(page: Page, gallery: str) -> None:
    cost: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: cost.append(event["encodedDataLength"]))
    page.goto(gallery + "bulletin/")
    page.wait_for_load_state("load")
    assert len(cost) > 10
    assert sum(cost) < 100_000, sum(cost)
