"""Dots: a number per option, at most so many, never more than one has; what is left may be kept."""

import re
from typing import Any

import pytest
from django.test import Client

from cooperation.models import Person
from realtime.refused import Refused
from tests.votes.ways import asked, by_rest, page, result, say, send, words
from votes.choices import labels_of
from votes.models import Ballot

Clients = dict[str, Client]
FEW = {"dots": 5, "cap": 3}


@pytest.mark.parametrize(
    ("given", "kept"), [({}, {"dots": 5, "cap": 5}), ({"dots": 8}, {"dots": 8, "cap": 8}), (FEW, FEW)]
)
def test_five_dots_anywhere_unless_said_otherwise(bob: Person, given: Any, kept: Any) -> None:
    assert asked("dots", [bob], setup=given).setup == kept


@pytest.mark.parametrize(
    "given", [{"dots": 0}, {"dots": 3, "cap": 4}, {"dots": "5"}, {"dots": True}, {"dots": 99}, {"votes": 3}]
)
def test_a_setting_that_allows_nothing_or_too_much_opens_nothing(bob: Person, given: Any) -> None:
    with pytest.raises(Refused, match="setup_unreadable"):
        asked("dots", [bob], setup=given)


def test_dots_are_placed_on_two_options_or_more(bob: Person) -> None:
    with pytest.raises(Refused, match="options_missing"):
        asked("dots", [bob], options=[("Le lieu", "")])


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ([], "choice_missing"),
        (["1:0", "2:0"], "choice_missing"),
        (["1:4"], "too_many_on_one"),
        (["1:3", "2:3"], "too_many_dots"),
        (["1:1", "1:2"], "choice_twice"),
        (["4:1"], "unknown_choice"),
        (["1"], "unknown_choice"),
        (["1:²"], "unknown_choice"),
        (["1:-1"], "unknown_choice"),
        (["blank", "1:1"], "blank_stands_alone"),
    ],
)
def test_what_a_ballot_may_not_say(bob: Person, choices: list[str], code: str) -> None:
    poll = asked("dots", [bob], binds=True, setup=FEW)
    with pytest.raises(Refused, match=code):
        say(poll, bob, *choices)


def test_an_option_without_a_dot_says_nothing(bob: Person) -> None:
    poll = asked("dots", [bob], setup=FEW)
    say(poll, bob, "2:0", "3:2", "1:3")
    assert Ballot.objects.get().choices == ["1:3", "3:2"]
    assert labels_of(poll, ["3:2", "1:1"])[0].label == "Le lieu\xa0: 1 gommette"


def test_the_ballot_has_a_number_per_option_and_says_what_is_left(bob: Person, room_clients: Clients) -> None:
    poll = asked("dots", [bob], setup=FEW)
    say(poll, bob, "1:3")
    html = page(room_clients["bob"], poll)
    assert re.findall(r'name="(choices-\d)" min="0" max="3" step="1" value="(\d)"', html) == [
        ("choices-1", "3"),
        ("choices-2", "0"),
        ("choices-3", "0"),
    ]
    assert "2 sur 5 gommettes à poser" in words(html)
    assert "&lt;b&gt;gouvernance" in html


def test_without_a_script_a_binding_ballot_is_read_again_then_sent(
    bob: Person, room_clients: Clients
) -> None:
    poll, client = asked("dots", [bob], binds=True, setup=FEW), room_clients["bob"]
    review = send(client, poll, "relire/", choices_1="3", choices_2="0", choices_3="2").content.decode()
    assert "Le lieu : 3 gommettes" in words(review)
    assert 'name="choices" value="3:2"' in review
    back = send(client, poll, "", choices=["1:3", "3:2"]).content.decode()
    assert 'name="choices-3" min="0" max="3" step="1" value="2"' in back
    send(client, poll, "voter/", choices=["1:3", "3:2"])
    assert Ballot.objects.get().choices == ["1:3", "3:2"]


def test_a_refused_ballot_keeps_its_dots(bob: Person, room_clients: Clients) -> None:
    poll = asked("dots", [bob], binds=True, setup=FEW)
    answer = send(room_clients["bob"], poll, "relire/", choices_1="3", choices_2="3")
    assert answer.status_code == 422
    assert "Vous avez posé 6 gommettes" in words(answer.content.decode())
    assert answer.content.decode().count('step="1" value="3"') == 2


def test_the_room_sees_the_dots_as_they_are_placed(
    bob: Person, charlie: Person, room_clients: Clients
) -> None:
    poll = asked("dots", [bob], [charlie], setup=FEW)
    say(poll, bob, "2:3", "1:1")
    say(poll, charlie, "2:2")
    html = words(page(room_clients["bob"], poll))
    assert "Les métiers 3 gommettes invités : 2" in html


def test_the_most_dots_come_first_guests_apart(
    alice: Person, bob: Person, charlie: Person, room_clients: Clients
) -> None:
    poll = asked("dots", [alice, bob], [charlie], setup=FEW)
    say(poll, alice, "2:3", "1:1")
    say(poll, bob, "2:1")
    say(poll, charlie, "1:3")
    html = result(room_clients["bob"], poll)
    assert "En tête : Les métiers 4 gommettes posées." in html
    assert "Les métiers 4 80 % 2 0 Le lieu 1 20 % 1 3" in html.replace("En tête Les", "Les")
    assert "Gommettes gardées : 5" in html


def test_a_program_places_dots_too(bob: Person, room_clients: Clients) -> None:
    poll = asked("dots", [bob], setup=FEW)
    assert by_rest(room_clients["bob"], poll, "1:2").status_code == 200
    assert by_rest(room_clients["bob"], poll, "1:9").json()["code"] == "too_many_on_one"
    assert by_rest(room_clients["charlie"], poll, "1:2").status_code == 404
    assert Ballot.objects.get().choices == ["1:2"]
