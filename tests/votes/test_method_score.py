"""Score: a scale of whole figures; the best mean first, a missing score absent or the lowest, as declared."""

from typing import Any

import pytest
from django.test import Client

from cooperation.models import Person
from realtime.refused import Refused
from tests.votes.ways import asked, by_rest, checked, page, result, say, send, words
from votes.models import Ballot

Clients = dict[str, Client]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, {"lowest": 0, "highest": 10, "missing": "absent"}),
        ({"lowest": 1, "highest": 5, "missing": "lowest"}, {"lowest": 1, "highest": 5, "missing": "lowest"}),
        ({"lowest": -2, "highest": 2}, {"lowest": -2, "highest": 2, "missing": "absent"}),
    ],
)
def test_from_0_to_10_unless_said_otherwise(bob: Person, given: Any, kept: Any) -> None:
    assert asked("score", [bob], setup=given).setup == kept


@pytest.mark.parametrize(
    "given",
    [{"lowest": 5, "highest": 5}, {"highest": 30}, {"missing": "zero"}, {"highest": 4.5}, {"grades": []}],
)
def test_a_scale_that_is_none_opens_nothing(bob: Person, given: Any) -> None:
    with pytest.raises(Refused, match="setup_unreadable"):
        asked("score", [bob], setup=given)


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ([], "choice_missing"),
        (["1:11"], "unknown_choice"),
        (["1:05"], "unknown_choice"),
        (["1:5", "1:6"], "choice_twice"),
        (["9:5"], "unknown_choice"),
        (["blank"], "unknown_choice"),
    ],
)
def test_what_a_ballot_may_not_say(bob: Person, choices: list[str], code: str) -> None:
    poll = asked("score", [bob], allows_blank=False)
    with pytest.raises(Refused, match=code):
        say(poll, bob, *choices)


def test_without_a_script_a_binding_ballot_is_read_again_then_sent(
    bob: Person, room_clients: Clients
) -> None:
    poll, client = asked("score", [bob], binds=True), room_clients["bob"]
    review = send(client, poll, "relire/", choices_1="1:10", choices_2="", choices_3="3:0").content.decode()
    assert "Le lieu : 10" in words(review)
    back = send(client, poll, "", choices=["1:10", "3:0"]).content.decode()
    assert checked(back) == {"1:10", "3:0"}
    send(client, poll, "voter/", choices=["1:10", "3:0"])
    assert Ballot.objects.get().choices == ["1:10", "3:0"]


def test_a_blank_ballot_stands_alone(bob: Person, room_clients: Clients) -> None:
    poll, client = asked("score", [bob], binds=True), room_clients["bob"]
    answer = send(client, poll, "relire/", choices_1="1:4", choices="blank")
    assert answer.status_code == 422
    assert checked(answer.content.decode()) >= {"1:4", "blank"}
    send(client, poll, "voter/", choices="blank")
    assert Ballot.objects.get().choices == ["blank"]


def test_a_mean_is_not_shown_before_the_close(alice: Person, bob: Person, room_clients: Clients) -> None:
    poll = asked("score", [alice, bob])
    say(poll, alice, "1:9")
    html = page(room_clients["bob"], poll)
    assert "Ce que dit la salle" not in html
    assert "avis-compte" not in html


def test_the_best_mean_comes_first_guests_apart(
    alice: Person, bob: Person, charlie: Person, room_clients: Clients
) -> None:
    poll = asked("score", [alice, bob], [charlie])
    say(poll, alice, "1:9", "2:4")
    say(poll, bob, "2:5")
    say(poll, charlie, "3:10")
    html = result(room_clients["bob"], poll)
    assert "En tête : Le lieu 9,00 de moyenne, entre 0 et 10." in html
    assert "Les métiers 4,50 2 0 –" in html
    assert "La <b>gouvernance</b> – 0 2 10,00" in html.replace("&lt;", "<").replace("&gt;", ">")


def test_a_missing_score_can_be_the_lowest(alice: Person, bob: Person, room_clients: Clients) -> None:
    poll = asked("score", [alice, bob], setup={"lowest": 1, "highest": 5, "missing": "lowest"})
    say(poll, alice, "1:5")
    say(poll, bob, "2:5")
    html = result(room_clients["bob"], poll)
    assert "À égalité en tête : Le lieu, Les métiers 3,00" in html
    assert "Une option sans note reçoit la plus basse." in html


def test_a_mean_under_zero_is_said(bob: Person, room_clients: Clients) -> None:
    poll = asked("score", [bob], setup={"lowest": -2, "highest": 2})
    say(poll, bob, "1:-2", "2:-1")
    assert "Le lieu -2,00" in result(room_clients["bob"], poll)


def test_a_program_scores_too(bob: Person, room_clients: Clients) -> None:
    poll = asked("score", [bob])
    assert by_rest(room_clients["bob"], poll, "2:7").status_code == 200
    assert by_rest(room_clients["bob"], poll, "2:70").json()["code"] == "unknown_choice"
    assert by_rest(room_clients["charlie"], poll, "2:7").status_code == 404
