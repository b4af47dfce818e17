"""The same journey with JavaScript off: pages and forms, refreshed by hand, up to a counted ballot."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from assemblies.models import Resolution
from cooperation.models import LegalEntity, Person
from tests.axe import faults_without_script
from tests.journey.ballots import choose, declare, has_receipt
from tests.journey.scene import Scene, build, call_assembly
from tests.journey.screens import LAPTOP, Screen, Screens, until
from votes.models import Ballot, Poll
from workshops.models import Comment, Forwarding, Proposal

pytestmark = [pytest.mark.browser, pytest.mark.long]

FIRST_WORDS = "Il faudrait un atelier de bois ouvert le soir"
GUEST_WORDS = "Il faudrait prêter les outils le samedi"
TOGETHER = "Un atelier partagé, ouvert le soir et le samedi"


@pytest.fixture
def hall(site: str, entity: LegalEntity, alice: Person, bob: Person, nina: Person, charlie: Person) -> Scene:
    """The scene of an association whose members vote in the hall only: who is not there is not on the roll."""
    return build(entity, alice, bob, nina, charlie, allows_remote_voting=False)


def log_in(screen: Screen, person: Person) -> None:
    """An address, then the code it received."""
    screen.go("/comptes/login/")
    screen.fill("Votre adresse électronique", person.email or "")
    screen.press("Recevoir mon code")
    until(lambda: mail.outbox)
    found = re.search(r"\b(\d{6})\b", str(mail.outbox[-1].body))
    assert found is not None
    screen.page.locator("input[name=code]").fill(found[1])
    screen.press("Me connecter")
    screen.arrives(re.compile(r":\d+/$"))


def say_and_support(phone: Screen, proposal: Proposal) -> None:
    """On the proposal's page: a remark, and a support."""
    phone.go(proposal.get_absolute_url())
    phone.page.get_by_label("Nature").first.select_option("question")
    phone.fill("Votre avis", "Qui tient la clé ?")
    phone.page.locator("#discussion form").last.get_by_role("button", name="Envoyer").click()
    phone.sees("Qui tient la clé ?")
    phone.press(re.compile("Soutenir"))
    expect(phone.page.locator("button.soutien").first).to_have_attribute("aria-pressed", "true")
    phone.sees("C’est reçu.")
    assert faults_without_script(phone.page) == []


def merge(laptop: Screen, scene: Scene) -> Proposal:
    """Two boxes ticked on the board, one sentence for both."""
    laptop.go(scene.room.get_absolute_url())
    for proposal in Proposal.objects.all():
        laptop.page.locator(f"#proposal-{proposal.pk}").get_by_role("checkbox").check()
    laptop.press("Regrouper")
    laptop.fill("La proposition réunie, en une phrase", TOGETHER)
    laptop.press("Réunir")
    laptop.sees(TOGETHER)
    return Proposal.objects.latest("pk")


def forward(laptop: Screen, scene: Scene, proposal: Proposal) -> Forwarding:
    """The room hands the proposal to the assembly."""
    laptop.go(proposal.get_absolute_url())
    laptop.page.get_by_label("À quelle instance").select_option(str(scene.assembly_body.pk))
    laptop.press("Transmettre")
    laptop.sees(re.compile(r"Transmise\s: Assemblée générale"))
    return Forwarding.objects.get()


def test_from_a_first_name_to_a_counted_ballot_without_a_line_of_script(
    hall: Scene, screens: Screens
) -> None:
    laptop = screens.open(hall.alice, LAPTOP, has_script=False)
    phone, guest = screens.open(has_script=False), screens.open(has_script=False)
    log_in(phone, hall.bob)
    phone.go(hall.room.get_absolute_url()).propose(FIRST_WORDS)
    phone.sees(FIRST_WORDS)
    guest.come_in(hall.room.join_code, "Marius")
    guest.propose(GUEST_WORDS)
    guest.sees(GUEST_WORDS)
    laptop.go(hall.room.get_absolute_url()).press(re.compile("Étape suivante"))
    laptop.sees("Discuter")
    merged = merge(laptop, hall)
    say_and_support(phone, merged)
    assert Comment.objects.get().text == "Qui tient la clé ?"
    assembly = call_assembly(hall, forward(laptop, hall, merged))

    laptop.go(assembly.get_absolute_url()).press("Ouvrir la séance")
    laptop.follow("Accueil")
    laptop.fill("Qui arrive ?", "Bob")
    laptop.press("Chercher")
    laptop.press(re.compile("Arrivée"))
    expect(laptop.page.get_by_role("button", name=re.compile("Départ"))).to_be_visible()
    laptop.go(assembly.get_absolute_url()).press(re.compile("Premier point"))
    laptop.press("Ouvrir le vote")
    laptop.sees("Ouvert maintenant")

    phone.go("/")
    phone.page.locator("#appel").get_by_role("link", name="Voter").click()
    choose(phone, "Pour")
    phone.press("Envoyer mon vote")
    has_receipt(phone, 1)
    poll = Poll.objects.get(parent=assembly.topic)
    assert list(poll.electors.values_list("titular", flat=True)) == [hall.bob.pk]

    decision = declare(laptop, Resolution.objects.get(poll=poll))
    assert Ballot.objects.count() == 1
    phone.go(f"{poll.get_absolute_url()}resultat/")
    phone.sees(re.compile("Adoptée"))
    phone.go(f"/fil/decision/{decision.pk}/").follow(FIRST_WORDS)
    expect(phone.page.locator("h1")).to_have_text(FIRST_WORDS)
