"""The autopilot: on every page of who may vote, the bar comes the moment a poll opens and goes when it closes."""

from django.test import Client
from django.utils import timezone

from config.topics import TOPICS
from cooperation.models import Person
from realtime.models import LoggedEvent
from tests.dom import apply, parse
from tests.votes.conftest import line_of, opened
from votes.services import close_poll

person_topic = TOPICS["person"]


def events_of(person: Person, after: int = 0) -> list[LoggedEvent]:
    return list(LoggedEvent.objects.filter(topic__name=person.actor, seq__gt=after).order_by("seq"))


def test_the_bar_comes_when_a_poll_opens_and_goes_when_it_closes(bob: Person) -> None:
    client = Client()
    client.force_login(bob)
    page = parse(client.get("/reseau/").content.decode())
    assert f'data-topic="{bob.actor}"' in client.get("/reseau/").content.decode()
    assert "hidden" in page.by_id("appel").attrs  # type: ignore[union-attr]
    poll = opened([line_of(bob)], at=timezone.now())
    for fragment in person_topic.render(bob.pk, events_of(bob), "fr"):
        apply(page, fragment)
    now = parse(client.get("/reseau/").content.decode())
    assert page.by_id("appel").shape() == now.by_id("appel").shape()  # type: ignore[union-attr]
    assert "Adoptez-vous le plan" in page.by_id("appel").shape()  # type: ignore[union-attr]
    last = events_of(bob)[-1].seq
    close_poll(poll=poll, at=timezone.now())
    for fragment in person_topic.render(bob.pk, events_of(bob, last), "fr"):
        apply(page, fragment)
    assert "hidden" in page.by_id("appel").attrs  # type: ignore[union-attr]


def test_a_call_is_withheld_from_who_may_not_vote(bob: Person, charlie: Person) -> None:
    opened([line_of(bob)], at=timezone.now())
    assert events_of(charlie) == []
    assert person_topic.may_follow_many(bob.pk, [charlie.pk, None]) == set()
