"""A ballot in a real browser: sent, received, cut off, resumed; without a script; closed while one chooses."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from cooperation.models import Person
from tests.axe import faults
from tests.browser.proxy import Proxy
from tests.votes.conftest import cast, line_of, opened
from votes.models import Ballot, Poll
from votes.services import close_poll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def address(room_server: str) -> str:
    """Where the server answers."""
    return room_server


@pytest.fixture
def binding(alice: Person, bob: Person) -> Poll:
    """An open binding resolution; Alice and Bob are on the roll."""
    return opened([line_of(alice), line_of(bob)], at=timezone.now() - timedelta(minutes=5))


@pytest.fixture
def themes(alice: Person, bob: Person) -> Poll:
    """An indicative poll, shown live and changeable."""
    return opened(
        [line_of(alice), line_of(bob)],
        at=timezone.now() - timedelta(minutes=5),
        method="approval",
        is_binding=False,
        options=[("Le lieu", ""), ("Les métiers", "")],
        shows="live",
        allows_change=True,
    )


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens a page for a person, in a browser of its own; what its script throws fails the test."""
    contexts, errors = [], []

    def open_for(person: Person, path: str, through: str = address, **options: object) -> Page:
        client = Client()
        client.force_login(person)
        context = browser.new_context(viewport=PHONE, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": through}]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(through + path)
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert not errors


def choose_and_review(page: Page, label: str = "Pour") -> None:
    """From the ballot to its reading."""
    page.get_by_role("radio", name=label).check()
    page.get_by_role("button", name="Relire mon bulletin").click()
    expect(page.get_by_text("Rien n’est encore parti")).to_be_visible()


def test_a_ballot_is_sent_said_to_be_received_and_leads_to_its_receipt(
    visit: Visit, binding: Poll, bob: Person
) -> None:
    page = visit(bob, f"/votes/{binding.pk}/")
    choose_and_review(page)
    page.get_by_role("button", name="Envoyer mon vote").click()
    expect(page.locator("[data-status]")).to_contain_text("Reçu à")
    expect(page.get_by_role("heading", name="Votre vote est reçu")).to_be_visible()
    ballot = Ballot.objects.get()
    expect(page.locator(".code-suivi")).to_have_text(ballot.code)
    assert ballot.choices == ["for"]


def test_once_received_no_other_tab_calls_to_vote(visit: Visit, binding: Poll, bob: Person) -> None:
    page = visit(bob, f"/votes/{binding.pk}/")
    other = page.context.new_page()
    other.goto(page.url.replace(f"/votes/{binding.pk}/", "/plus/"))
    expect(other.locator("#appel")).to_be_visible()
    choose_and_review(page)
    page.get_by_role("button", name="Envoyer mon vote").click()
    expect(page.get_by_role("heading", name="Votre vote est reçu")).to_be_visible()
    expect(other.locator("#appel")).to_be_hidden(timeout=15_000)


def test_the_same_without_a_script(visit: Visit, binding: Poll, bob: Person) -> None:
    page = visit(bob, f"/votes/{binding.pk}/", java_script_enabled=False)
    choose_and_review(page, "Contre")
    page.get_by_role("button", name="Changer").click()
    expect(page.locator("input[value=against]")).to_be_checked()
    page.get_by_role("button", name="Relire mon bulletin").click()
    page.get_by_role("button", name="Envoyer mon vote").click()
    expect(page.get_by_role("heading", name="Votre vote est reçu")).to_be_visible()
    assert Ballot.objects.get().choices == ["against"]


def test_a_ballot_sent_while_the_network_is_cut_counts_once_when_it_is_back(
    visit: Visit,
    address: str,
    binding: Poll,
    bob: Person,
) -> None:
    with Proxy(int(address.rpartition(":")[2])) as proxy:
        page = visit(bob, f"/votes/{binding.pk}/", proxy.url("").rstrip("/"))
        choose_and_review(page)
        proxy.cut()
        page.get_by_role("button", name="Envoyer mon vote").click()
        expect(page.locator("[data-status]")).to_contain_text("Pas encore reçu", timeout=15_000)
        assert not Ballot.objects.exists()
        proxy.resume()
        expect(page.get_by_role("heading", name="Votre vote est reçu")).to_be_visible(timeout=30_000)
    assert Ballot.objects.count() == 1


def test_a_poll_that_closes_while_one_chooses_says_so_and_keeps_the_choice(
    visit: Visit, binding: Poll, bob: Person
) -> None:
    page = visit(bob, f"/votes/{binding.pk}/")
    page.get_by_role("radio", name="Pour").check()
    expect(page.get_by_text("À jour")).to_be_visible()
    close_poll(poll=binding, at=timezone.now())
    expect(page.get_by_text("Ce vote est clos.")).to_be_visible(timeout=10_000)
    expect(page.locator("input[value=for]")).to_be_checked()
    page.get_by_role("link", name="Voir le résultat").last.click()
    expect(page.get_by_role("heading", name="La règle et la liste")).to_be_visible()


def test_an_indicative_answer_is_one_gesture_and_the_others_see_the_number_move(
    visit: Visit,
    themes: Poll,
    alice: Person,
    bob: Person,
) -> None:
    mine, theirs = (visit(person, f"/votes/{themes.pk}/") for person in (bob, alice))
    answer = mine.get_by_role("button", name="Les métiers")
    answer.click()
    expect(answer).to_have_attribute("aria-pressed", "true")
    other = theirs.get_by_role("button", name="Les métiers")
    expect(other.locator(".avis-compte b")).to_have_text("1")
    expect(other).to_have_attribute("aria-pressed", "false")
    answer.click()
    expect(answer).to_have_attribute("aria-pressed", "false")
    expect(other.locator(".avis-compte b")).to_have_text("0")


def test_the_ballot_weighs_less_than_a_hundred_kilobytes_on_a_cold_cache(
    visit: Visit, binding: Poll, bob: Person
) -> None:
    page = visit(bob, f"/votes/{binding.pk}/")
    page.wait_for_load_state("networkidle")
    sizes = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map((one) => one.encodedBodySize)"
    )
    assert 0 < sum(sizes) < 100_000, sizes


@pytest.mark.parametrize(
    "state", ["open", "review", "receipt", "indicative", "closed", "roll", "list", "several"]
)
def test_axe_finds_nothing_on_the_pages_of_a_vote(
    visit: Visit, alice: Person, bob: Person, state: str
) -> None:
    poll = opened(
        [line_of(alice), line_of(bob), line_of(bob, label="Une autre", membership_id=None)]
        if state == "several"
        else [line_of(alice), line_of(bob)],
        at=timezone.now() - timedelta(minutes=5),
        is_binding=state != "indicative",
        shows="live" if state == "indicative" else "close",
        allows_change=state == "indicative",
    )
    ballot = cast(poll, bob, "for", at=timezone.now()) if state in ("receipt", "closed", "roll") else None
    if state == "closed":
        close_poll(poll=poll, at=timezone.now())
    path = {"closed": "resultat/", "roll": "liste/", "receipt": f"recu/{ballot.pk if ballot else 0}/"}.get(
        state, ""
    )
    page = visit(bob, "/votes/" if state == "list" else f"/votes/{poll.pk}/{path}")
    if state == "review":
        choose_and_review(page)
    assert faults(page) == []
