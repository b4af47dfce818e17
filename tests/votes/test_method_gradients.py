"""Gradients of agreement: eight levels on one proposal, a profile, never a verdict."""

import pytest
from django.test import Client

from cooperation.models import Person
from realtime.refused import Refused
from tests.votes.ways import ONE, asked, by_rest, checked, page, result, say, send, words
from votes.models import Ballot

Clients = dict[str, Client]


def test_they_are_about_one_proposal(bob: Person) -> None:
    with pytest.raises(Refused, match="one_proposal_only"):
        asked("gradients", [bob])
    with pytest.raises(Refused, match="setup_unreadable"):
        asked("gradients", [bob], options=ONE, setup={"levels": 5})


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ([], "choice_missing"),
        (["9"], "unknown_choice"),
        (["0"], "unknown_choice"),
        (["1", "2"], "one_choice_only"),
    ],
)
def test_what_a_ballot_may_not_say(bob: Person, choices: list[str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        say(asked("gradients", [bob], options=ONE), bob, *choices)


def test_the_eight_levels_are_said_in_words(bob: Person, room_clients: Clients) -> None:
    html = words(page(room_clients["bob"], asked("gradients", [bob], options=ONE)))
    assert "1 Soutien sans réserve" in html
    assert "8 Blocage" in html
    assert "Vote blanc" not in html


def test_a_refusal_keeps_the_level_and_a_change_replaces_it(bob: Person, room_clients: Clients) -> None:
    poll, client = asked("gradients", [bob], options=ONE), room_clients["bob"]
    send(client, poll, "voter/", choices="3")
    assert checked(page(client, poll)) == {"3"}
    answer = send(client, poll, "voter/", choices=["5", "6"])
    assert answer.status_code == 422
    assert checked(answer.content.decode()) == {"5", "6"}
    assert Ballot.objects.get().choices == ["3"]


def test_a_binding_one_is_read_again(bob: Person, room_clients: Clients) -> None:
    poll = asked("gradients", [bob], options=ONE, binds=True)
    review = send(room_clients["bob"], poll, "relire/", choices="7").content.decode()
    assert "Désaccord sérieux" in words(review)
    assert 'name="choices" value="7"' in review


def test_the_room_sees_the_levels_as_they_come(bob: Person, charlie: Person, room_clients: Clients) -> None:
    poll = asked("gradients", [bob], [charlie], options=ONE)
    say(poll, bob, "2")
    say(poll, charlie, "8")
    html = words(page(room_clients["bob"], poll))
    assert "Accord, avec un point mineur à revoir 1 membres" in html
    assert "Blocage 0 membres invités : 1" in html


def test_the_profile_has_three_sides_and_no_verdict(
    alice: Person, bob: Person, charlie: Person, room_clients: Clients
) -> None:
    poll = asked("gradients", [alice, bob], [charlie], options=ONE)
    for person, level in ((alice, "1"), (bob, "7"), (charlie, "8")):
        say(poll, person, level)
    html = result(room_clients["bob"], poll)
    assert "Degrés d’accord 50 % soutiennent, avec ou sans réserve." in html
    assert "Soutien 1 Entre les deux 0 Opposition 1" in html
    assert "8 Blocage 0 0 % 1" in html
    assert "Ces degrés ne décident rien" in html


def test_even_a_binding_one_has_neither_tick_nor_cross(bob: Person, room_clients: Clients) -> None:
    poll = asked("gradients", [bob], options=ONE, binds=True)
    say(poll, bob, "8")
    result(room_clients["bob"], poll)
    html = page(room_clients["bob"], poll, "resultat/")
    head = html[html.index('class="verdict') :]
    assert "<svg" not in head[: head.index("</p>")]


def test_a_program_answers_too(bob: Person, room_clients: Clients) -> None:
    poll = asked("gradients", [bob], options=ONE)
    assert by_rest(room_clients["bob"], poll, "4").status_code == 200
    assert by_rest(room_clients["bob"], poll, "12").json()["code"] == "unknown_choice"
    assert by_rest(room_clients["charlie"], poll, "4").status_code == 404
