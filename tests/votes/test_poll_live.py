"""The topic of a poll: told, replayed, withheld; turnout live; a ballot over the socket."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from cooperation.models import Person
from realtime.models import LoggedEvent
from realtime.publish import last_seq
from tests.realtime.phone import Phone
from tests.votes.conftest import cast, line_of, opened
from votes.entries import in_groups
from votes.live import poll as topic
from votes.live import render_poll
from votes.models import Ballot, Poll
from votes.services import Parent, close_poll, declare_result

Connect = Callable[[Person | None], Phone]


@pytest.fixture
def phone(transactional_db: None, room_server: str) -> Iterator[Connect]:
    """Opens a socket for a person; all are closed at the end."""
    phones: list[Phone] = []

    def connect(person: Person | None) -> Phone:
        cookie = ""
        if person is not None:
            client = Client()
            client.force_login(person)
            cookie = f"sessionid={client.cookies['sessionid'].value}"
        phones.append(Phone(room_server, cookie))
        return phones[-1]

    yield connect
    for one in phones:
        one.close()


def happen(kind: str, poll: Poll) -> None:
    """Let the poll close, or its result be declared; it has opened already."""
    if kind != "poll.opened":
        close_poll(poll=poll, at=timezone.now())
    if kind == "poll.declared":
        declare_result(poll=poll, at=timezone.now())


def is_event(kind: str) -> Callable[[dict[str, Any]], bool]:
    """A frame that tells this fact."""
    return lambda frame: any(event["type"] == kind for event in frame.get("events", []))


@pytest.mark.parametrize("kind", ["poll.closed", "poll.declared"])
def test_an_elector_is_told(phone: Connect, live_poll: Poll, bob: Person, kind: str) -> None:
    follower = phone(bob)
    follower.send(follow=live_poll.topic, after=None, **{"as": "html"})
    follower.receive()
    happen(kind, live_poll)
    frame = follower.until(is_event(kind))
    assert frame["events"][-1]["data"] == {"poll": live_poll.pk}
    assert f'id="poll-{live_poll.pk}-etat"' in "".join(event["html"] for event in frame["events"])


def test_an_elector_is_told_on_their_own_page_that_a_vote_opened(phone: Connect, bob: Person) -> None:
    follower = phone(bob)
    follower.send(follow=bob.actor, after=None, **{"as": "html"})
    follower.receive()
    poll = opened([line_of(bob)], at=timezone.now())
    bar = follower.until(is_event("poll.opened"))["events"][-1]["html"]
    assert 'id="appel"' in bar
    assert f"/votes/{poll.pk}/" in bar
    close_poll(poll=poll, at=timezone.now())
    assert "hidden" in follower.until(is_event("poll.closed"))["events"][-1]["html"]


@pytest.mark.parametrize("kind", ["poll.opened", "poll.closed", "poll.declared"])
def test_a_fact_is_replayed(phone: Connect, live_poll: Poll, bob: Person, kind: str) -> None:
    happen(kind, live_poll)
    follower = phone(bob)
    follower.send(follow=live_poll.topic, after=0, **{"as": "json"})
    assert follower.until(is_event(kind))["events"][0]["type"] == "poll.opened"


@pytest.mark.parametrize("kind", ["poll.opened", "poll.closed", "poll.declared"])
def test_a_fact_is_withheld_from_strangers(
    phone: Connect, live_poll: Poll, charlie: Person, kind: str
) -> None:
    happen(kind, live_poll)
    for person in (charlie, None):
        stranger = phone(person)
        stranger.send(follow=live_poll.topic, after=0, **{"as": "html"})
        answer = stranger.receive()
        assert answer["topic"] == live_poll.topic
        assert "refused" in answer
        assert stranger.hears_nothing()


def test_a_ballot_over_the_socket_is_acknowledged_and_turnout_follows(
    phone: Connect, live_poll: Poll, alice: Person, bob: Person
) -> None:
    watcher, voter, key = phone(alice), phone(bob), str(uuid4())
    watcher.send(follow=live_poll.topic, after=None, **{"as": "html"})
    assert watcher.until(lambda frame: "now" in frame)["now"]["cast"] == 0
    voter.do("ballot.cast", key, poll=live_poll.pk, choices=["for"])
    done = voter.answer(key)["data"]
    assert (done["number"], done["url"]) == (1, f"/votes/{live_poll.pk}/recu/{Ballot.objects.get().pk}/")
    assert watcher.until(lambda frame: frame.get("now", {}).get("cast") == 1)["now"]["tally"] == {}
    voter.do("ballot.cast", key, poll=live_poll.pk, choices=["for"])
    assert voter.answer(key)["data"] == done
    watcher.do("ballot.cast", key, poll=live_poll.pk, choices=["for"])
    assert watcher.answer(key)["code"] == "key_reused"
    assert Ballot.objects.count() == 1


def test_what_the_form_sends_and_what_the_socket_sends_are_one_act(
    phone: Connect, live_poll: Poll, bob: Person
) -> None:
    voter, key = phone(bob), str(uuid4())
    elector = live_poll.electors.get(titular=bob)
    fields = {"poll": str(live_poll.pk), "elector": str(elector.pk), "choices": "for"}
    voter.do("ballot.cast", key, **fields)
    done = voter.answer(key)["data"]
    browser = Client()
    browser.force_login(bob)
    answer = browser.post(
        f"/votes/{live_poll.pk}/voter/", {**fields, "key": key}, headers={"accept": "application/json"}
    )
    assert answer.json() == {"done": key, "data": done}


def test_a_stranger_casts_nothing_over_the_socket(phone: Connect, live_poll: Poll, charlie: Person) -> None:
    stranger = phone(charlie)
    assert (
        stranger.answer(stranger.do("ballot.cast", poll=live_poll.pk, choices=["for"]))["code"] == "not_found"
    )
    nobody = phone(None)
    assert (
        nobody.answer(nobody.do("ballot.cast", poll=live_poll.pk, choices=["for"]))["code"]
        == "login_required"
    )
    assert not Ballot.objects.exists()


def test_those_who_may_follow_the_parent_may_follow_the_poll(
    alice: Person, bob: Person, charlie: Person
) -> None:
    poll = opened([line_of(bob)], parent=Parent(alice.actor, "Chez Alice", "/"))
    people = [alice.pk, bob.pk, charlie.pk, None]
    assert topic.may_follow_many(poll.pk, people) == {alice.pk, bob.pk}
    assert topic.may_follow_many(poll.pk + 1, people) == set()


def test_turnout_of_a_binding_poll_says_nothing_of_the_answers(live_poll: Poll, bob: Person) -> None:
    cast(live_poll, bob, "for", at=timezone.now())
    assert topic.now(live_poll.pk) == {
        "cast": 1,
        "electors": 2,
        "share": "50.00%",
        "head": live_poll.chain.last().head,
        "head_read": in_groups(live_poll.chain.last().head),
        "entries": 1,
        "open": True,
        "closes_at": None,
        "tally": {},
    }


def test_an_indicative_poll_shown_live_tells_its_answers_guests_apart(alice: Person, charlie: Person) -> None:
    charlie.is_guest = True
    charlie.save()
    roll = [line_of(alice), line_of(charlie, is_guest=True)]
    poll = opened(
        roll, is_binding=False, shows="live", at=timezone.now(), closes_at=timezone.now() + timedelta(hours=1)
    )
    cast(poll, alice, "for", at=poll.opened_at)
    cast(poll, charlie, "for", at=poll.opened_at)
    now = topic.now(poll.pk)
    assert now is not None
    assert now["tally"]["for"] == {"count": 1, "guests": 1, "share": "100.00%"}
    assert now["closes_at"] == poll.closes_at.isoformat()


def test_a_poll_that_is_gone_has_neither_value_nor_fragment(live_poll: Poll) -> None:
    events = list(LoggedEvent.objects.filter(topic__name=live_poll.topic))
    pk = live_poll.pk
    live_poll.delete()
    assert topic.now(pk) is None
    assert topic.render(pk, events, "fr") == [""]


def test_a_fragment_holds_no_token_no_key_and_no_reader(indicative: Poll, bob: Person) -> None:
    cast(indicative, bob, "1", at=timezone.now())
    html = render_poll(indicative)
    assert "csrfmiddlewaretoken" not in html
    assert 'name="key"' not in html
    assert 'aria-pressed="true"' not in html


def squeezed(html: str) -> str:
    """A page without the blanks between its words, nor what differs between two readings."""
    return re.sub(r"\s+", "", html)


@pytest.mark.parametrize("kind", ["poll.closed", "poll.declared"])
def test_old_snapshot_and_events_make_the_new_snapshot(live_poll: Poll, alice: Person, kind: str) -> None:
    browser = Client()
    browser.force_login(alice)
    path = f"/votes/{live_poll.pk}/resultat/"
    cast(live_poll, alice, "for", at=timezone.now())
    seq = last_seq(live_poll.topic)
    old = browser.get(path).content.decode()
    assert f'data-seq="{seq}"' in old
    happen(kind, live_poll)
    new = browser.get(path).content.decode()
    events = list(LoggedEvent.objects.filter(topic__name=live_poll.topic, seq__gt=seq))
    told = "".join(topic.render(live_poll.pk, events, "fr"))
    region = re.search(rf'<div id="poll-{live_poll.pk}-resultat">.*', told, re.DOTALL)
    assert region is not None
    assert squeezed(region[0]) in squeezed(new)
    assert squeezed(region[0]) not in squeezed(old)


def test_a_number_no_database_takes_is_refused_by_name(phone: Connect, live_poll: Poll, bob: Person) -> None:
    voter = phone(bob)
    for data in ({"poll": 2**63}, {"poll": live_poll.pk, "elector": 2**63}):
        key = voter.do("ballot.cast", choices=["for"], **data)
        assert voter.answer(key)["code"] == "invalid"
