"""The wall, the minutes, the card of a room and every page of the ways of voting: whole, light, without inline style."""

from pathlib import Path

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cooperation.models import Person
from tests.votes.proofs import exported
from tests.votes.recounting import recounted
from tests.votes.ways import ONE, PLACES, asked, page, say, words
from votes.cards import cards_of
from votes.models import Poll, Result
from votes.picture import picture_of
from votes.services import close_poll, count_poll

Clients = dict[str, Client]
SAID = {
    "dots": ["1:3", "2:1"],
    "score": ["1:9", "2:4"],
    "majority_judgment": ["1:6", "2:2"],
    "gradients": ["2"],
    "consent": ["objection", "reason:Trop cher"],
}
VERDICTS = {
    "dots": "En tête : Le lieu",
    "score": "En tête : Le lieu",
    "majority_judgment": "En tête : Le lieu",
    "gradients": "Degrés d’accord",
    "consent": "Pas encore consentie",
}


def answered(method: str, *people: Person, **more: object) -> Poll:
    options = ONE if method in ("gradients", "consent") else PLACES
    poll = asked(method, people, options=options, **more)  # type: ignore[arg-type]
    for person in people:
        say(poll, person, *SAID[method])
    return poll


def counted(method: str, *people: Person, **more: object) -> tuple[Poll, Result]:
    poll = answered(method, *people, **more)
    close_poll(poll=poll, at=timezone.now())
    return poll, count_poll(poll=poll, at=timezone.now())


@pytest.mark.parametrize("method", SAID)
def test_the_wall_says_the_verdict_and_draws_it(method: str, alice: Person, bob: Person) -> None:
    poll, result = counted(method, alice, bob)
    html = render_to_string("votes/_projector_result.html", {"poll": poll, "result": result})
    assert VERDICTS[method] in words(html)
    assert "<svg" in html
    assert "style=" not in html


@pytest.mark.parametrize("method", SAID)
def test_the_minutes_hold_a_table(method: str, alice: Person) -> None:
    poll, result = counted(method, alice, binds=True)
    picture = picture_of(poll, result)
    html = render_to_string(picture.minutes, {"picture": picture, "caption": "Résolution 1"})
    assert '<caption class="vh">Résolution 1</caption>' in html
    assert "style=" not in html


@pytest.mark.parametrize("method", SAID)
def test_a_card_leads_to_the_ballot_then_says_what_came_out(
    method: str, alice: Person, room_clients: Clients
) -> None:
    poll = answered(method, alice)
    cards_of([poll], timezone.now())
    card = render_to_string("votes/_poll_card.html", {"poll": poll})
    assert "Donner mon avis" in card
    assert "csrfmiddlewaretoken" not in card
    close_poll(poll=poll, at=timezone.now())
    count_poll(poll=poll, at=timezone.now())
    cards_of([poll], timezone.now())
    assert VERDICTS[method] in words(render_to_string("votes/_poll_card.html", {"poll": poll}))


@pytest.mark.parametrize("method", ["gradients", "consent"])
@pytest.mark.parametrize("binds", [True, False])
def test_the_one_proposal_is_there_to_read_before_and_after(
    method: str, binds: bool, alice: Person, room_clients: Clients
) -> None:
    for path, poll in (
        ("", asked(method, [alice], options=ONE, binds=binds)),
        ("resultat/", counted(method, alice)[0]),
    ):
        assert '<a href="/ateliers/1/">Le lieu</a>' in page(room_clients["alice"], poll, path)


@pytest.mark.parametrize("method", SAID)
def test_a_result_takes_as_many_queries_for_one_ballot_as_for_two(
    method: str, alice: Person, bob: Person, room_clients: Clients
) -> None:
    def queries(poll: Poll) -> int:
        page(room_clients["alice"], poll, "resultat/")
        with CaptureQueriesContext(connection) as found:
            page(room_clients["alice"], poll, "resultat/")
        return len(found)

    assert queries(counted(method, alice)[0]) == queries(counted(method, alice, bob)[0])


@pytest.mark.parametrize("method", SAID)
def test_a_ballot_takes_as_many_queries_for_three_options_as_for_six(
    method: str, alice: Person, room_clients: Clients
) -> None:
    def queries(more: int) -> int:
        options = ONE if method in ("gradients", "consent") else PLACES * more
        poll = asked(method, [alice], options=options, binds=True)
        page(room_clients["alice"], poll)
        with CaptureQueriesContext(connection) as found:
            page(room_clients["alice"], poll)
        return len(found)

    assert queries(1) == queries(2)


@pytest.mark.parametrize("binds", [True, False])
@pytest.mark.parametrize("method", SAID)
def test_anyone_recounts_it_from_its_export(
    method: str, binds: bool, alice: Person, bob: Person, tmp_path: Path
) -> None:
    poll, _result = counted(method, alice, bob, binds=binds)
    done = recounted(tmp_path, exported(poll))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("method", SAID)
def test_charlie_sees_nothing_of_it(method: str, alice: Person, room_clients: Clients) -> None:
    poll, _result = counted(method, alice)
    for path in ("", "resultat/", "liste/"):
        assert room_clients["charlie"].get(f"/votes/{poll.pk}/{path}", follow=True).status_code == 404
