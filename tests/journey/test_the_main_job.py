"""A hall builds a proposal together, live; its assembly adopts it; the decision leads back to the first words."""

import re

import pytest
from playwright.sync_api import expect

from assemblies.models import Resolution
from decisions.models import Decision
from tests.browser.proxy import Proxy
from tests.journey.ballots import answer_lost, answer_the_call, choose, declare, has_receipt, open_the_vote
from tests.journey.scene import Scene, call_assembly
from tests.journey.screens import HALL, LAPTOP, PATIENCE, Screen, Screens, until
from votes.models import Ballot
from workshops.models import Forwarding, Proposal

pytestmark = pytest.mark.browser

FIRST_WORDS = "Il faudrait un atelier de bois ouvert le soir"
GUEST_WORDS = "Il faudrait prêter les outils le samedi"
TOGETHER = "Un atelier partagé, ouvert le soir et le samedi"


def delays(author: Screen, words: str, readers: list[Screen]) -> list[int]:
    """Milliseconds from the sending on one screen to the words coming into view on each other."""
    for reader in readers:
        reader.watch_for(words)
    author.note_sending()
    author.propose(words)
    sent = author.instant("sentAt")
    return [reader.instant("seenAt") - sent for reader in readers]


def best_of(author: Screen, sentences: list[str], readers: list[Screen]) -> list[int]:
    """The delays of the fastest sending, up to the first that is fast enough.

    The bound is the product's; a machine that runs other work at the same time may freeze every process for longer
    than that, so a slow sending is measured again before it counts.
    """
    measured: list[list[int]] = []
    for sentence in sentences:
        measured.append(delays(author, sentence, readers))
        if max(measured[-1]) < 1000:
            break
    print(f"from one phone to the other screens, in ms: {measured}")  # noqa: T201  (shown when it fails)
    return min(measured, key=max)


def test_a_proposal_typed_on_one_phone_is_on_every_other_screen_in_under_a_second(
    scene: Scene, screens: Screens
) -> None:
    projector = screens.open(scene.alice, HALL).go(f"{scene.room.get_absolute_url()}projecteur/")
    projector.is_live()
    other, author = screens.open(scene.nina).enter(scene.room), screens.open(scene.bob).enter(scene.room)
    sentences = [FIRST_WORDS, "Il faudrait un four à pain", "Il faudrait un vélo cargo"]
    assert max(best_of(author, sentences, [other, projector])) < 1000


def write_together(laptop: Screen, phone: Screen, guest: Screen) -> Proposal:
    """Two phones say what should be done; the laptop opens the discussion and makes one proposal of both."""
    phone.propose(FIRST_WORDS)
    guest.propose(GUEST_WORDS)
    until(lambda: Proposal.objects.count() == 2)
    laptop.press(re.compile("Étape suivante"))
    phone.sees("Discuter")
    for proposal in Proposal.objects.all():
        laptop.card(proposal).get_by_role("checkbox").check()
    laptop.press("Regrouper")
    laptop.fill("La proposition réunie, en une phrase", TOGETHER)
    laptop.press("Réunir")
    laptop.arrives(re.compile(r"/ateliers/proposition/\d+/$"))
    return Proposal.objects.latest("pk")


def support(phone: Screen, proposal: Proposal) -> None:
    """The merged proposal is on the phone by itself; one tap supports it."""
    phone.card(proposal).get_by_role("button", name=re.compile("Soutenir")).click()
    until(lambda: proposal.version.supports.exists())  # type: ignore[union-attr]


def forward(laptop: Screen, scene: Scene, proposal: Proposal) -> Forwarding:
    """The laptop, on the page the merging led to, hands the proposal to the assembly."""
    laptop.arrives(re.compile(f"{proposal.get_absolute_url()}$"))
    laptop.page.get_by_label("À quelle instance").select_option(str(scene.assembly_body.pk))
    laptop.fill("Pourquoi, en une phrase", "Pour décider")
    laptop.press("Transmettre")
    laptop.sees(re.compile(r"Transmise\s: Assemblée générale"))
    return Forwarding.objects.get()


def walk_back(phone: Screen, decision: Decision) -> None:
    """From the receipt to the decision, to its thread, and to the page of the words typed on this very phone."""
    phone.follow(re.compile("Retour"))
    phone.follow(re.compile(f"décision {decision.reference}"))
    phone.page.locator(f"main a[href='/fil/decision/{decision.pk}/']").first.click()
    phone.arrives(re.compile(rf"/fil/decision/{decision.pk}/$"))
    phone.sees(TOGETHER)
    phone.sees(GUEST_WORDS)
    phone.follow(FIRST_WORDS)
    expect(phone.page.locator("h1")).to_have_text(FIRST_WORDS, timeout=PATIENCE)
    phone.sees("Bob")


def test_from_the_words_on_two_phones_to_a_decision_and_back(
    scene: Scene, screens: Screens, network: Proxy
) -> None:
    laptop = screens.open(scene.alice, LAPTOP).enter(scene.room)
    phone, guest = screens.open(scene.bob).enter(scene.room), screens.open()
    guest.come_in(scene.room.join_code, "Marius")
    guest.is_live()
    merged = write_together(laptop, phone, guest)
    support(guest, merged)
    assembly = call_assembly(scene, forward(laptop, scene, merged))
    other = screens.open(scene.nina, through=network).go("/")
    poll = open_the_vote(laptop, assembly)
    for voter in (other, phone):
        answer_the_call(voter)
        choose(voter, "Pour")
    other.is_live()
    answer_lost(other, network)
    network.resume()
    has_receipt(other, 1)
    phone.press("Envoyer mon vote")
    has_receipt(phone, 2)
    assert list(poll.ballots.order_by("number").values_list("cast_by", "number")) == [
        (scene.nina.pk, 1),
        (scene.bob.pk, 2),
    ]
    decision = declare(laptop, Resolution.objects.get(poll=poll))
    assert Ballot.objects.count() == 2
    walk_back(phone, decision)
