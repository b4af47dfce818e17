"""Two tellers in two real browsers: one enters on a phone, the other reads it live on a laptop and confirms."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from assemblies.models import Officer
from assemblies.services import appoint_officer, open_vote
from cooperation.models import LegalEntity, Person
from tests.assemblies import scene
from tests.axe import faults
from votes.models import Ballot, Poll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Page]
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture
def poll(entity: LegalEntity, alice: Person, bob: Person) -> Poll:
    """A resolution at vote; Alice chairs, Bob and Dora count; twelve members besides."""
    scene.give_statutes(entity)
    scene.seat_on_board(alice, entity)
    scene.persons(entity, 12)
    dora = Person.objects.create_user("dora@example.org", given_name="Dora")
    assembly = scene.held_today(entity, alice, ("ordinary",))
    for person in (bob, dora):
        appoint_officer(
            by=alice, assembly=assembly, person=person, role=Officer.Role.TELLER, at=timezone.now()
        )
    resolution = scene.bring_to(assembly.resolutions.get(), alice, timezone.now())
    return open_vote(by=alice, resolution=resolution, at=timezone.now())


@pytest.fixture
def visit(browser: Browser, room_server: str) -> Iterator[Visit]:
    """Opens a page for a person, in a browser of its own; what its script throws fails the test."""
    contexts, errors = [], []

    def open_for(person: Person, path: str, size: Any, **options: Any) -> Page:
        client = Client()
        client.force_login(person)
        context = browser.new_context(viewport=size, **options)
        contexts.append(context)
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": room_server}
        context.add_cookies([session])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{room_server}{path}")
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert not errors


def test_what_one_teller_enters_the_other_reads_live_and_confirms(
    visit: Visit, poll: Poll, alice: Person, bob: Person
) -> None:
    dora, desk = Person.objects.get(given_name="Dora"), f"/votes/{poll.pk}/saisie/"
    laptop = visit(dora, desk, LAPTOP)
    phone = visit(bob, f"{desk}?canal=hand&q=alice", PHONE)
    phone.get_by_role("button", name="Pour : Alice").click()
    waiting = laptop.locator("#saisies").get_by_role("listitem").filter(has_text="Alice")
    expect(waiting).to_contain_text("main levée, saisi par Bob")
    expect(phone.locator("#saisies")).to_contain_text("Une autre personne confirme.")
    expect(phone.locator("#saisies").get_by_role("button", name="Confirmer")).to_be_hidden()
    waiting.get_by_role("button", name="Confirmer").click()
    expect(phone.locator("#lignes")).to_contain_text("a voté à")
    expect(laptop.locator("#saisies")).to_contain_text("Rien n’attend.")
    assert Ballot.objects.get().choices == ["for"]


@pytest.mark.look
def test_the_desk_is_for_everyone(visit: Visit, poll: Poll, bob: Person) -> None:
    for size in (PHONE, LAPTOP):
        page = visit(bob, f"/votes/{poll.pk}/saisie/", size)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
