"""Gestures around a ballot: the chair's, the voter's, and those of a network that breaks at the wrong moment."""

import re

from playwright.sync_api import expect

from assemblies.models import Assembly, Resolution
from decisions.models import Decision
from tests.browser.proxy import Proxy
from tests.journey.screens import PATIENCE, Screen, until
from votes.models import Ballot, Poll


def open_the_vote(laptop: Screen, assembly: Assembly) -> Poll:
    """The chair opens the session, the first point, and the vote on it."""
    laptop.go(assembly.get_absolute_url())
    for words in ("Ouvrir la séance", "Premier point", "Ouvrir le vote"):
        laptop.press(re.compile(words))
    until(lambda: Poll.objects.filter(parent=assembly.topic).exists())
    return Poll.objects.get(parent=assembly.topic)


def answer_the_call(phone: Screen) -> None:
    """The call to vote comes by itself, on whatever page one reads."""
    call = phone.page.locator("#appel")
    expect(call).to_be_visible(timeout=PATIENCE)
    call.get_by_role("link", name="Voter").click()


def choose(phone: Screen, choice: str) -> None:
    """From the ballot to its reading over: nothing is sent yet."""
    phone.page.locator(".choix label", has_text=choice).click()
    phone.press("Relire mon bulletin")
    phone.sees("Votre bulletin, avant l’envoi")


def answer_lost(phone: Screen, network: Proxy) -> None:
    """The ballot leaves and is kept; the network breaks before the answer is back."""
    network.stall("down")
    phone.press("Envoyer mon vote")
    until(lambda: Ballot.objects.count() == 1)
    network.cut()


def frame_lost(phone: Screen, network: Proxy) -> None:
    """The network breaks as the ballot leaves: it never arrives."""
    network.stall("up")
    phone.press("Envoyer mon vote")
    phone.page.wait_for_selector("form[aria-busy=true]")
    network.cut()
    assert not Ballot.objects.exists()


def has_receipt(phone: Screen, number: int) -> None:
    """The receipt shows by itself."""
    phone.arrives(re.compile(r"/votes/\d+/recu/\d+/$"))
    phone.sees("Votre vote est reçu")
    expect(phone.page.locator(".recu .lead strong")).to_have_text(f"n° {number}")


def declare(laptop: Screen, resolution: Resolution) -> Decision:
    """The chair closes the vote and declares: the resolution is adopted and enters the register."""
    laptop.press("Clore le vote")
    laptop.press("Proclamer le résultat")
    laptop.sees("Inscrite au registre :")
    resolution.refresh_from_db()
    assert resolution.state == Resolution.State.ADOPTED
    return Decision.objects.get(pk=resolution.decision_id)
