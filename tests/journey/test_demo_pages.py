"""The demo's pages, as the right persons see them: axe finds nothing, light or dark, on a phone or a laptop."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from assemblies.models import Assembly
from decisions.models import Action, Decision, Indicator, Plan
from tests.axe import faults
from tests.journey.demo import account, load
from tests.journey.screens import LAPTOP, PHONE, Screen, Screens
from votes.models import Elector, Poll
from workshops.models import Proposal, Workshop

pytestmark = [pytest.mark.browser, pytest.mark.look, pytest.mark.long]

NARROW = {"width": 320, "height": 700}


@dataclass(frozen=True)
class Places:
    """The addresses of the main pages, by who reads them."""

    nobody: list[str]
    yannick: list[str]
    nadege: list[str]
    awa: list[str]
    voting: str  # a ballot Yannick has not cast yet


def places() -> Places:
    """Where things stand in a demo just loaded."""
    room, hall = Workshop.objects.get(state="open"), Assembly.objects.get(state="open")
    poll = Poll.objects.get(parent=hall.topic, state="open")
    counted = Poll.objects.filter(parent=hall.topic, state="declared").first()
    decision = Decision.objects.latest("decided_on", "pk")
    merged = Proposal.objects.filter(state="forwarded").latest("pk")
    assert counted is not None
    return Places(
        nobody=[
            "/",
            "/comptes/login/",
            "/rejoindre/",
            f"/rejoindre/{room.join_code}/",
            "/accessibilite/",
            "/confidentialite/",
        ],
        yannick=[
            "/",
            "/ateliers/",
            room.get_absolute_url(),
            room.proposals.latest("pk").get_absolute_url(),
            merged.get_absolute_url(),
            hall.get_absolute_url(),
            f"{hall.get_absolute_url()}convocation/",
            f"{hall.get_absolute_url()}pouvoirs/",
            counted.get_absolute_url() + "resultat/",
            counted.get_absolute_url() + "liste/",
            "/votes/",
            "/moi/",
            "/moi/notifications/",
            "/moi/effacer/",
            "/plus/",
        ],
        nadege=[
            room.get_absolute_url(),
            f"{room.get_absolute_url()}preparer/",
            f"{room.get_absolute_url()}projecteur/",
            f"/ateliers/{room.pk}/regrouper/",
            f"/ateliers/{room.pk}/sondage/",
            "/ateliers/preparer/",
            "/conseil/",
            "/decisions/",
            f"/decisions/{decision.pk}/",
            f"/fil/decision/{decision.pk}/",
            "/fil/",
            f"/fil/proposition/{merged.pk}/",
            "/actions/",
            f"/actions/{Action.objects.filter(state='running').first().pk}/",  # type: ignore[union-attr]
            f"/conseil/plans/{Plan.objects.latest('pk').pk}/",
            f"/conseil/indicateurs/{Indicator.objects.earliest('pk').pk}/",
            "/reseau/",
            "/reseau/membres/",
            "/reseau/agenda/",
            "/reseau/instances/",
            "/reseau/statuts/ecossolies/",
            "/reseau/statuts/halle-aux-outils/",
        ],
        awa=[
            "/assemblees/",
            hall.get_absolute_url(),
            f"{hall.get_absolute_url()}accueil/",
            f"{hall.get_absolute_url()}accueil/pouvoirs/",
            f"{hall.get_absolute_url()}projecteur/",
            f"{hall.get_absolute_url()}pv/",
            f"{hall.get_absolute_url()}preparer/",
            "/assemblees/nouvelle/",
            "/reseau/statuts/halle-aux-outils/nouvelle/",
            "/reseau/statuts/halle-aux-outils/essai/",
            "/reseau/statuts/halle-aux-outils/chiffres/?capital=30000&public=20000&surplus=100000",
        ],
        voting=poll.get_absolute_url(),
    )


class Inspector:
    """Reads one page in every look, and keeps what is wrong with it."""

    def __init__(self, screens: Screens) -> None:
        self.screens = screens
        self.wrong: list[str] = []

    def read(self, given_name: str, addresses: list[str], size: dict[str, int]) -> None:
        """Every address as this account (nobody: logged out)."""
        screen = self.screens.open(None if given_name == "nobody" else account(given_name), size)
        for address in addresses:
            answer = screen.page.goto(address)
            if answer is None or answer.status != 200:
                self.wrong.append(f"{given_name} {address}: {answer and answer.status}")
            self.look(screen, f"{given_name} {address} {size['width']}")

    def look(self, screen: Screen, name: str) -> None:
        """What axe finds, in dark too on a phone (contrast is the same on a laptop); whether it fits a small one."""
        size = screen.page.viewport_size
        self.wrong += [f"{name} {fault}" for fault in faults(screen.page, in_the_dark=size == PHONE)]
        if size == PHONE:
            screen.page.set_viewport_size(NARROW)
            if "projecteur" not in name and self.overflows(screen):
                self.wrong.append(f"{name}: scrolls sideways at 320 px")
            screen.page.set_viewport_size(PHONE)

    def overflows(self, screen: Screen) -> bool:
        """Whether the page is wider than the screen."""
        root = "document.documentElement"
        return bool(screen.page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"))

    def vote(self, address: str) -> None:
        """Ballot, reading over and receipt, as Yannick."""
        for size, line in ((PHONE, 0), (LAPTOP, 1)):
            screen = self.screens.open(account("yannick"), size)
            screen.go(address)
            self.look(screen, f"ballot {size['width']}")
            screen.page.locator(".choix label").first.click()
            screen.press("Relire mon bulletin")
            screen.sees("Votre bulletin, avant l’envoi")
            self.look(screen, f"review {size['width']}")
            screen.press("Envoyer mon vote")
            screen.sees("Votre vote est reçu")
            self.look(screen, f"receipt {size['width']}, line {line}")


@pytest.fixture
def loaded(site: str, shelf: Path) -> Places:
    """The demo, committed, for one test."""
    load(shelf)
    return places()


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_axe_finds_nothing_on_the_main_pages_and_none_scrolls_sideways(
    loaded: Places, screens: Screens, size: dict[str, int]
) -> None:
    inspector = Inspector(screens)
    for given_name in ("nobody", "yannick", "nadege", "awa"):
        inspector.read(given_name, getattr(loaded, given_name), size)
    if size == LAPTOP:
        vote_on_both(inspector, loaded)
    assert not inspector.wrong, "\n\n".join(inspector.wrong)


def vote_on_both(inspector: Inspector, loaded: Places) -> None:
    """The way of a ballot, for each of Yannick's two lines."""
    mine = Elector.objects.held_by(account("yannick")).filter(poll__state="open", poll__is_binding=True)
    assert mine.count() == 2
    inspector.vote(loaded.voting)
