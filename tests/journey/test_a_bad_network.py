"""What a hall's network does: it breaks while people read, write and vote; nothing is lost, nothing is doubled."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Error as BrokenPage
from playwright.sync_api import expect

from tests.browser.proxy import Proxy
from tests.journey.ballots import answer_lost, choose, frame_lost, has_receipt
from tests.journey.scene import Scene, vote_open
from tests.journey.screens import PATIENCE, Screen, Screens, until
from votes.models import Ballot
from workshops import services
from workshops.models import Comment, Proposal, ProposalVersion

pytestmark = pytest.mark.browser


def discussed(scene: Scene) -> Proposal:
    """A proposal under discussion, with a first remark."""
    proposal = scene.write("Un lieu mutualisé", by=scene.nina)
    scene.next_step()
    scene.say(proposal, "Oui, le soir aussi.")
    return proposal


def reading(screen: Screen, scene: Scene, proposal: Proposal) -> Screen:
    """This proposal's discussion, open in the room."""
    screen.go(f"{scene.room.get_absolute_url()}?proposition={proposal.pk}#discussion")
    screen.is_live()
    return screen


def twenty_updates(scene: Scene, proposal: Proposal) -> None:
    """The room lives on: remarks, proposals, supports, a new version of the very text, more time."""
    at = timezone.now()
    for number in range(1, 6):
        written = scene.write(f"Proposition {number}", by=scene.nina)
        scene.say(proposal, f"Remarque {number}.", by=scene.nina)
        version = ProposalVersion.objects.get(proposal=written)
        services.support_version(person=scene.alice, version=version, at=at)
    for number in range(1, 5):
        services.revise_proposal(
            author=scene.nina, proposal=proposal, title=f"Un lieu, {number}", text="", at=at
        )
    scene.say(proposal, "C’est la vingtième.", by=scene.nina)


def field_state(screen: Screen, proposal: Proposal) -> list[object]:
    """What the remark's field holds, what is selected in it, and whether it has the keyboard."""
    found: list[object] = screen.page.eval_on_selector(
        f"#text-{proposal.pk}-",
        "f => [f.value, f.selectionStart, f.selectionEnd, f === document.activeElement]",
    )
    return found


def begin_to_type(screen: Screen, proposal: Proposal, text: str, start: int, end: int) -> None:
    """Type a remark, then go back into the middle of it."""
    field = screen.page.locator(f"#text-{proposal.pk}-")
    field.click()
    field.press_sequentially(text)
    field.evaluate("(f, [start, end]) => f.setSelectionRange(start, end)", [start, end])


def test_twenty_updates_arrive_while_words_are_selected_in_mid_text(scene: Scene, screens: Screens) -> None:
    proposal = discussed(scene)
    phone = reading(screens.open(scene.bob), scene, proposal)
    begin_to_type(phone, proposal, "Qui paie le loyer ensuite ?", 9, 17)
    twenty_updates(scene, proposal)
    phone.sees("C’est la vingtième.")
    assert field_state(phone, proposal) == ["Qui paie le loyer ensuite ?", 9, 17, True]
    phone.page.keyboard.type("la charge")
    assert field_state(phone, proposal) == ["Qui paie la charge ensuite ?", 18, 18, True]


def test_twenty_updates_arrive_while_a_composition_is_under_way(scene: Scene, screens: Screens) -> None:
    proposal = discussed(scene)
    phone = reading(screens.open(scene.bob), scene, proposal)
    begin_to_type(phone, proposal, "Le march du samedi", 8, 8)
    keyboard = phone.page.context.new_cdp_session(phone.page)
    keyboard.send("Input.imeSetComposition", {"text": "´", "selectionStart": 1, "selectionEnd": 1})
    assert field_state(phone, proposal) == ["Le march´ du samedi", 9, 9, True]
    twenty_updates(scene, proposal)
    phone.sees("C’est la vingtième.")
    assert field_state(phone, proposal) == ["Le march´ du samedi", 9, 9, True]
    keyboard.send("Input.insertText", {"text": "é"})
    assert field_state(phone, proposal) == ["Le marché du samedi", 9, 9, True]
    phone.page.locator(f"form[data-act='comment.add']:has(#text-{proposal.pk}-) >> text=Envoyer").click()
    expect(phone.page.locator(f"#text-{proposal.pk}-")).to_have_value("", timeout=PATIENCE)
    assert Comment.objects.filter(author=scene.bob).get().text == "Le marché du samedi"


def test_a_phone_that_was_cut_off_shows_what_it_missed_once_and_in_order(
    scene: Scene, screens: Screens, network: Proxy
) -> None:
    proposal = discussed(scene)
    phone = reading(screens.open(scene.bob, through=network), scene, proposal)
    network.cut()
    phone.is_cut_off()
    for words in ("Un.", "Deux.", "Trois."):
        scene.say(proposal, words)
    assert phone.comments() == ["Oui, le soir aussi."]
    network.resume()
    phone.sees("Trois.")
    phone.is_live()
    scene.say(proposal, "Quatre.")
    phone.sees("Quatre.")
    assert phone.comments() == ["Oui, le soir aussi.", "Un.", "Deux.", "Trois.", "Quatre."]


@pytest.mark.parametrize("breaks", [answer_lost, frame_lost])
def test_a_ballot_sent_at_the_moment_of_the_cut_is_counted_exactly_once(
    scene: Scene, screens: Screens, network: Proxy, breaks: Callable[[Screen, Proxy], None]
) -> None:
    poll = vote_open(scene)
    phone = screens.open(scene.bob, through=network).go(poll.get_absolute_url())
    choose(phone, "Contre")
    phone.is_live()
    breaks(phone, network)
    phone.is_cut_off()
    network.resume()
    has_receipt(phone, 1)
    assert [ballot.choices for ballot in Ballot.objects.all()] == [["against"]]


def opens(screen: Screen, address: str) -> bool:
    """Whether the network lets this page come."""
    try:
        screen.go(address)
    except BrokenPage:
        return False
    return True


def test_a_ballot_on_its_way_when_the_page_was_left_goes_from_the_next_page(
    scene: Scene, screens: Screens, network: Proxy
) -> None:
    poll = vote_open(scene)
    phone = screens.open(scene.bob, through=network).go(poll.get_absolute_url())
    choose(phone, "Pour")
    phone.is_live()
    frame_lost(phone, network)
    assert not opens(phone, "/")
    network.resume()
    until(lambda: opens(phone, "/"))
    until(lambda: Ballot.objects.exists())
    phone.go(poll.get_absolute_url())
    phone.sees("Revoir le reçu")
    assert Ballot.objects.count() == 1
