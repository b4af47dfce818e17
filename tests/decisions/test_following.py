"""From one browser's act to another's page, over a real socket."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from cooperation.models import Person
from cooperation.services import notify
from decisions.models import Action, Plan
from realtime.publish import last_seq
from tests.realtime.conftest import cookie_of
from tests.realtime.phone import Phone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phones(room_server: str) -> Iterator[object]:
    """Opens sockets for people; all are closed at the end."""
    opened: list[Phone] = []

    def open_for(person: Person) -> Phone:
        opened.append(Phone(room_server, cookie_of(person)))
        return opened[-1]

    yield open_for
    for one in opened:
        one.close()


def test_a_note_by_the_socket_reaches_the_boards_page_and_not_charlie(
    action: Action, plan: Plan, seated: Person, bob: Person, charlie: Person, phones: object
) -> None:
    name = f"board:{plan.entity_id}"
    alice, pilot, stranger = (phones(one) for one in (seated, bob, charlie))  # type: ignore[operator]
    alice.joined(name, last_seq(name))
    assert stranger.joined(name)["refused"] == "not_in_network"
    key = pilot.do("action.note", action=action.pk, text="Le lieu est trouvé.", progress=40)
    assert "done" in pilot.answer(key)
    told = alice.until(lambda frame: "events" in frame)["events"][0]
    assert told["type"] == "action.progressed"
    assert "Le lieu est trouvé." in told["html"]
    assert stranger.hears_nothing()


def test_an_act_refused_on_the_socket_has_its_name(action: Action, charlie: Person, phones: object) -> None:
    stranger = phones(charlie)  # type: ignore[operator]
    key = stranger.do("action.note", action=action.pk, text="Non.", progress=1)
    assert stranger.answer(key)["code"] == "not_found"


def test_a_notice_reaches_its_person_and_the_badge_is_fresh(
    bob: Person, alice: Person, phones: object
) -> None:
    mine, other = phones(bob), phones(alice)  # type: ignore[operator]
    mine.joined(bob.actor, 0)
    assert other.joined(bob.actor)["refused"] == "not_you"
    notify(person=bob, sentence="Votre proposition avance.", url="/", at=timezone.now())
    told, badge = {}, {}
    while not (told and badge == {"unread": 1}):
        frame = mine.receive()
        told = (frame.get("events") or [told])[-1]
        badge = frame.get("now", badge)
    assert "Votre proposition avance." in told["html"]
    browser = Client()
    browser.force_login(bob)
    browser.post("/moi/notifications/lues/")
    mine.until(lambda frame: frame.get("now") == {"unread": 0})
