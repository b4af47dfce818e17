"""What calls a person: the bar of every page, the list of things to do, the vote's card on the thread."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cooperation.models import Person
from tests.votes.conftest import cast, line_of, opened
from votes.calls import choices_said, open_votes, render_calls
from votes.chain import hops_of_poll, todo
from votes.models import Poll
from votes.services import close_poll, declare_result


def test_open_binding_polls_call_the_most_urgent_first_in_one_query(
    bob: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at = timezone.now()
    later = opened([line_of(bob)], at=at - timedelta(hours=1))
    urgent = opened([line_of(bob)], at=at - timedelta(hours=1), closes_at=at + timedelta(minutes=5))
    with django_assert_num_queries(1):
        calls = open_votes(bob, at)
    assert [call.poll_pk for call in calls] == [urgent.pk, later.pk]
    assert calls[0].url == f"/votes/{urgent.pk}/"


def test_an_indicative_poll_calls_nobody_from_outside_its_page(indicative: Poll, bob: Person) -> None:
    assert open_votes(bob, timezone.now()) == []
    assert [item.label for item in todo(bob, timezone.now())] == ["Donner mon avis"]


def test_a_poll_calls_until_one_has_voted_or_it_closed(live_poll: Poll, alice: Person, bob: Person) -> None:
    cast(live_poll, bob, "for", at=timezone.now())
    assert open_votes(bob, timezone.now()) == todo(bob, timezone.now()) == []
    assert len(open_votes(alice, timezone.now())) == 1
    close_poll(poll=live_poll, at=timezone.now())
    assert open_votes(alice, timezone.now()) == []


def test_the_substitute_is_called_too(alice: Person, bob: Person) -> None:
    poll = opened([line_of(alice, substitute_id=bob.pk)], at=timezone.now())
    assert [call.poll_pk for call in open_votes(bob, timezone.now())] == [poll.pk]


def test_a_stranger_is_called_by_nothing(live_poll: Poll, charlie: Person) -> None:
    assert open_votes(charlie, timezone.now()) == todo(charlie, timezone.now()) == []


def test_the_call_is_rendered_as_the_bar_of_every_page(live_poll: Poll, bob: Person, charlie: Person) -> None:
    bars = render_calls([bob.pk, charlie.pk])
    assert 'id="appel"' in bars[bob.pk]
    assert live_poll.question in bars[bob.pk]
    assert "hidden" in bars[charlie.pk]


def test_what_waits_says_what_it_is_and_until_when(bob: Person) -> None:
    at = timezone.now()
    opened([line_of(bob)], at=at - timedelta(hours=1), closes_at=at + timedelta(minutes=5))
    (item,) = todo(bob, at)
    assert (item.kind, item.why, item.is_now) == ("vote", "Maintenant · vote qui engage", True)
    assert "ferme à" in item.detail


def test_what_a_person_said_is_known_by_poll_and_answer(
    indicative: Poll, live_poll: Poll, bob: Person, alice: Person
) -> None:
    cast(indicative, bob, "1", "2", at=timezone.now())
    cast(live_poll, bob, "for", at=timezone.now())
    assert choices_said(bob, [indicative, live_poll]) == [f"{indicative.pk}-1", f"{indicative.pk}-2"]
    assert choices_said(alice, [indicative]) == []


@pytest.mark.parametrize("shows", ["close", "declaration"])
def test_the_thread_says_the_verdict_once_it_may_be_shown(live_poll: Poll, alice: Person, shows: str) -> None:
    Poll.objects.update(shows=shows)
    live_poll.refresh_from_db()
    cast(live_poll, alice, "for", at=timezone.now())
    assert (hops_of_poll(live_poll).state, hops_of_poll(live_poll).text) == ("now", "")
    close_poll(poll=live_poll, at=timezone.now())
    declare_result(poll=live_poll, at=timezone.now())
    hop = hops_of_poll(live_poll)
    assert (hop.kind, hop.state, hop.is_binding) == ("vote", "done", True)
    assert hop.text.startswith("Adoptée. 100")
