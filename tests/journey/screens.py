"""The screens of a hall, and the gestures people make on them, in their own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from cooperation.models import Person
from tests.browser.proxy import Proxy
from workshops.models import Proposal, Workshop

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
HALL = {"width": 1920, "height": 1080}
PATIENCE = (
    30_000  # milliseconds: the machine of the tests may be busy; nothing waits this long when it is not
)

# Says when a text came into view: in the page itself, on the clock all screens of the machine share.
WATCH = """(text) => {
  window.seenAt = null;
  const news = () => document.querySelector('.nouveautes:not([hidden])');
  const look = () => {
    if (window.seenAt === null && (document.body.innerText.includes(text) || news())) window.seenAt = Date.now();
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}"""
NOTE_SENDING = (
    "() => addEventListener('submit', () => { window.sentAt = Date.now(); }, { capture: true, once: true })"
)


def until(happened: Callable[[], Any], seconds: float = 30) -> None:
    """Poll until it has happened."""
    deadline = monotonic() + seconds
    while not happened():
        assert monotonic() < deadline, "it did not happen in time"
        sleep(0.02)


class Screens:
    """Lights screens, each in a browser profile of its own."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser, self.site = browser, site
        self.errors: list[str] = []
        self.contexts: list[BrowserContext] = []

    def open(
        self,
        person: Person | None = None,
        size: dict[str, int] = PHONE,
        *,
        through: Proxy | None = None,
        has_script: bool = True,
    ) -> Screen:
        """A screen; `person` is logged in on it, `through` is the network it has."""
        site = f"http://{through.host}" if through else self.site
        context = self.browser.new_context(
            base_url=site,
            viewport=size,  # type: ignore[arg-type]
            has_touch=size == PHONE,
            java_script_enabled=has_script,
            locale="fr-FR",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        context.set_default_navigation_timeout(PATIENCE)
        self.contexts.append(context)
        if person is not None:
            context.add_cookies([{"name": "sessionid", "value": session_of(person), "url": site}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda line: self.errors.append(line.text) if "Content Security" in line.text else None,
        )
        return Screen(page)

    def close(self) -> None:
        """Put every screen out."""
        for context in self.contexts:
            context.close()


def session_of(person: Person) -> str:
    """The session of somebody who logged in."""
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


class Screen:
    """One screen, and what a person does on it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, address: str) -> Screen:
        """Type an address; after an act that leads somewhere, let the screen arrive there first."""
        self.page.goto(address)
        return self

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button by the words on it."""
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow a link by its words."""
        self.page.get_by_role("link", name=name).first.click()

    def fill(self, label: str, text: str) -> None:
        """Write into a field, found by its label."""
        self.page.get_by_label(label).first.fill(text)

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Wait until these words are on the screen."""
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible(timeout=PATIENCE)

    def arrives(self, address: str | re.Pattern[str]) -> None:
        """Wait until the screen shows this address."""
        expect(self.page).to_have_url(address, timeout=PATIENCE)

    def is_live(self) -> None:
        """Wait until the page says that it is up to date by itself."""
        self.page.wait_for_selector("[data-freshness=a-jour]", state="attached")

    def is_cut_off(self) -> None:
        """Wait until the page says that it is not."""
        self.page.wait_for_selector(
            "[data-freshness=reconnexion], [data-freshness=hors-ligne]", state="attached"
        )

    # -- in a workshop

    def enter(self, room: Workshop) -> Screen:
        """Go into the room, and wait until it is live."""
        self.go(room.get_absolute_url())
        self.is_live()
        return self

    def come_in(self, code: str, name: str) -> None:
        """Come in by the code on the wall, with a first name only."""
        self.go("/rejoindre/")
        self.fill("Code de l’atelier", code)
        self.press("Continuer")
        self.fill("Votre nom, tel que la salle le verra", name)
        self.press("Entrer dans l’atelier")
        self.arrives(re.compile(r"/ateliers/\d+/$"))

    def propose(self, words: str) -> None:
        """Send a proposal in one sentence."""
        self.fill("Votre proposition, en une phrase", words)
        self.page.locator("#composer").get_by_role("button", name="Envoyer").click()

    def card(self, proposal: Proposal) -> Locator:
        """The card of a proposal on the board, brought in by a tap on « 1 nouvelle proposition » where it is held."""
        card = self.page.locator(f"#proposal-{proposal.pk}")
        news = self.page.locator(".nouveautes:not([hidden]) button")
        expect(card.or_(news).first).to_be_visible(timeout=PATIENCE)
        if not card.is_visible():
            news.first.click()
        return card

    def titles(self) -> list[str]:
        """What the board shows, from top to bottom."""
        return self.page.locator("#themes li.prop h4").all_inner_texts()

    def comments(self) -> list[str]:
        """The words of the discussion, from top to bottom."""
        return self.page.locator("#discussion .com p.pre").all_inner_texts()

    # -- time

    def watch_for(self, text: str) -> None:
        """From now on, note when this text comes into view."""
        self.page.evaluate(WATCH, text)

    def note_sending(self) -> None:
        """Note the instant of the next sending."""
        self.page.evaluate(NOTE_SENDING)

    def instant(self, name: str) -> int:
        """A noted instant, once it is there, in milliseconds."""
        return int(self.page.wait_for_function(f"() => window.{name}", polling=50).json_value())
