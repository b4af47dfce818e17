"""The room of the script's tests: one page, made anew at each request from what the test says of it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages.server import PAGES, LiveServer

TOPIC = "workshop:7"
PATH = "/ateliers/7/"


def card(
    pk: int, title: str, *, extra: str = "", into: str = "liste", at: str = "end", author: int = 5
) -> str:
    """A proposal, as the page and as a fragment print it."""
    return (
        f'<li class="prop" id="proposal-{pk}" data-into="{into}" data-at="{at}" data-author="{author}">'
        f"<h3>{title}</h3>{extra}"
        f'<button type="button" class="soutien" data-mine="support:{pk}" aria-pressed="false">Soutenir</button></li>'
    )


def comment_form(pk: int, *, fields: bool = False) -> str:
    """A form inside a card; a fragment prints it without token and key."""
    own = '<input type="hidden" name="csrfmiddlewaretoken" value="printed-token"><input type="hidden" name="key" value="k">'
    return (
        f'<form method="post" action="/acts/comment.add" data-act="comment.add">{own if fields else ""}'
        f'<input type="hidden" name="proposal" value="{pk}">'
        f'<textarea name="text" id="avis-{pk}"></textarea><button>Répondre</button>'
        f'<p class="etat" data-status role="status"></p></form>'
    )


class Room:
    """One page under test, and what its server shows."""

    def __init__(self, server: LiveServer, page: Page) -> None:
        self.server, self.page = server, page
        self.cards: dict[int, str] = {}
        self.hold = ""
        self.roles = "role-participant"
        self.version = 1
        self.timer_seconds = 754.0
        self.clock_ahead = 0.0  # how far the server's clock is ahead of the browser's
        server.pages[PATH] = self.html
        server.pages["/votes/3/"] = (PAGES / "ballot.html").read_text
        server.pages["/votes/3/recu/57/"] = lambda: (
            "<!doctype html><title>Reçu</title><h1>Votre bulletin est reçu</h1>"
        )
        server.commands["proposal.submit"] = lambda data: {"message": "Votre proposition est là."}
        server.commands["comment.add"] = lambda data: {}

    def html(self) -> str:
        """The page of now; like a view, it reads the number before the content."""
        server_now = datetime.now(UTC) + timedelta(seconds=self.clock_ahead)
        return (
            (PAGES / "room.html")
            .read_text()
            .format(
                seq=self.server.topic(TOPIC).last,
                server_now=server_now.isoformat(),
                timer=(server_now + timedelta(seconds=self.timer_seconds)).isoformat(),
                cards="".join(self.cards.values()),
                hold=self.hold,
                unless_cards="hidden" if self.cards else "",
                roles=self.roles,
                key=uuid4(),
                version=self.version,
            )
        )

    def open(self, base: Callable[[str], str] | None = None, live: bool = True) -> None:
        """Open the page, through a proxy's `url` when one is given, and wait until it is live."""
        self.page.goto((base or self.server.url)(PATH))
        if live:
            self.expect_live()

    def hold_the_clock(self) -> None:
        """From now on the page's time passes only when the test says so."""
        now = datetime.now(UTC)
        self.page.clock.install(time=now)
        self.page.clock.pause_at(now + timedelta(minutes=1))

    def expect_live(self) -> None:
        """The mark says the page is up to date."""
        expect(self.page.locator("[data-freshness]")).to_have_attribute(
            "data-freshness", "a-jour", timeout=20_000
        )

    def tell(self, html: str) -> int:
        """A fact of the workshop."""
        return self.server.tell(TOPIC, html)

    def tell_ahead(self, html: str) -> int:
        """A fact of the workshop, dated by the server's own clock."""
        return self.server.tell(TOPIC, html, datetime.now(UTC) + timedelta(seconds=self.clock_ahead))

    def find(self, selector: str) -> Locator:
        """An element of the page."""
        return self.page.locator(selector)

    def evaluate(self, script: str, argument: Any = None) -> Any:
        """Run a script in the page."""
        return self.page.evaluate(script, argument)

    def titles(self) -> list[str]:
        """The titles of the proposals, in order."""
        return self.find("#liste h3").all_text_contents()


def until(condition: Callable[[], Any], seconds: float = 10) -> Any:
    """Poll until something is true (a strict policy forbids the browser's own waiting for functions)."""
    limit = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.02)
    return found
