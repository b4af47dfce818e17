"""Majority judgment: a grade in words per option; the merit profiles, their median, real ties."""

import re
from typing import Any

import pytest
from django.test import Client

from cooperation.models import Person
from realtime.refused import Refused
from tests.votes.ways import asked, by_rest, checked, page, result, say, send, words
from votes.counting.majority_judgment import DEFAULT_GRADES
from votes.methods.drawing import Slice, parts_of
from votes.models import Ballot, Poll

Clients = dict[str, Client]
THREE = {"grades": ["Non", "Peut-être", "<i>Oui</i>"]}


def asked_here(*people: Person, **more: Any) -> Poll:
    return asked("majority_judgment", people, **more)


def test_seven_grades_unless_others_are_declared(bob: Person) -> None:
    assert asked_here(bob).setup == {"grades": list(DEFAULT_GRADES)}
    assert asked_here(bob, setup={"grades": [" Non ", "Oui"]}).setup == {"grades": ["Non", "Oui"]}


@pytest.mark.parametrize(
    "given",
    [
        {"grades": ["Bien"]},
        {"grades": ["Bien", "Bien"]},
        {"grades": ["", "Bien"]},
        {"grades": "ab"},
        {"dots": 1},
    ],
)
def test_grades_that_say_nothing_open_nothing(bob: Person, given: Any) -> None:
    with pytest.raises(Refused, match="setup_unreadable"):
        asked_here(bob, setup=given)


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ([], "choice_missing"),
        (["1:7"], "unknown_choice"),
        (["1:Bien"], "unknown_choice"),
        (["1:3", "1:4"], "choice_twice"),
        (["blank", "1:3"], "blank_stands_alone"),
    ],
)
def test_what_a_ballot_may_not_say(bob: Person, choices: list[str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        say(asked_here(bob, binds=True), bob, *choices)


def test_each_option_has_its_row_of_grades_the_best_first(bob: Person, room_clients: Clients) -> None:
    html = page(room_clients["bob"], asked_here(bob, binds=True))
    assert html.count('<fieldset class="juger"') == 3
    assert re.findall(r'name="choices-2" value="([^"]+)"', html) == [
        f"2:{place}" for place in range(6, -1, -1)
    ]
    assert "Une option laissée sans mention reçoit la plus basse : « À rejeter »." in words(html)


def test_without_a_script_a_binding_ballot_is_read_again_then_sent(
    bob: Person, room_clients: Clients
) -> None:
    poll, client = asked_here(bob, binds=True), room_clients["bob"]
    review = send(client, poll, "relire/", choices_1="1:6", choices_3="3:0").content.decode()
    assert "Le lieu : Excellent" in words(review)
    assert "Sans mention, donc « À rejeter » : Les métiers" in words(review)
    back = send(client, poll, "", choices=["1:6", "3:0"]).content.decode()
    assert checked(back) == {"1:6", "3:0"}
    receipt = client.get(send(client, poll, "voter/", choices=["1:6", "3:0"])["Location"]).content.decode()
    assert "Le lieu : Excellent" in words(receipt)
    assert Ballot.objects.get().choices == ["1:6", "3:0"]


def test_a_changeable_opinion_stays_chosen(bob: Person, room_clients: Clients) -> None:
    poll, client = asked_here(bob), room_clients["bob"]
    send(client, poll, "voter/", choices_1="1:2", choices_2="2:5")
    html = page(client, poll)
    assert checked(html) == {"1:2", "2:5"}
    assert "Votre avis est noté." in html
    send(client, poll, "voter/", choices_1="1:6")
    assert Ballot.objects.get().choices == ["1:6"]


def test_words_of_the_facilitator_are_text(bob: Person, room_clients: Clients) -> None:
    poll = asked_here(bob, setup=THREE)
    say(poll, bob, "1:2")
    assert "<i>Oui" not in page(room_clients["bob"], poll)
    assert "&lt;i&gt;Oui&lt;/i&gt; est sa mention majoritaire" in result(room_clients["bob"], poll)


def test_the_profiles_come_from_the_best_with_their_majority_grade(
    alice: Person, bob: Person, charlie: Person, room_clients: Clients
) -> None:
    poll = asked("majority_judgment", [alice, bob], [charlie])
    say(poll, alice, "1:6", "2:4")
    say(poll, bob, "1:3", "2:4")
    say(poll, charlie, "3:6")
    html = result(room_clients["bob"], poll)
    assert "En tête : Les métiers Bien est sa mention majoritaire." in html
    assert "1 Les métiers Bien" in html
    assert "2 Le lieu Assez bien" in html
    assert "Sans mention, comptées « À rejeter » : La &lt;b&gt;gouvernance&lt;/b&gt; (2)." in html
    assert html.count("Invités, à part") == 1


def test_the_picture_is_told_in_words_and_in_a_table(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = asked_here(alice, bob)
    say(poll, alice, "1:6")
    say(poll, bob, "1:3")
    result(room_clients["bob"], poll)
    html = page(room_clients["bob"], poll, "resultat/")
    assert 'role="img" aria-label="Excellent 50\xa0%, Assez bien 50\xa0%"' in html
    assert "style=" not in html


def test_the_same_grades_are_a_tie(alice: Person, bob: Person, room_clients: Clients) -> None:
    poll = asked_here(alice, bob)
    say(poll, alice, "1:5", "2:4")
    say(poll, bob, "1:4", "2:5")
    html = result(room_clients["bob"], poll)
    assert "À égalité en tête : Le lieu, Les métiers" in html
    assert "1 Le lieu Bien" in html
    assert "1 Les métiers Bien" in html


def test_nobody_judged_nothing_comes_first(bob: Person, room_clients: Clients) -> None:
    assert "Aucune mention donnée" in result(room_clients["bob"], asked_here(bob))


def test_a_program_judges_too(bob: Person, room_clients: Clients) -> None:
    poll = asked_here(bob)
    assert by_rest(room_clients["bob"], poll, "2:6").status_code == 200
    assert by_rest(room_clients["bob"], poll, "2:7").json()["code"] == "unknown_choice"
    assert by_rest(room_clients["charlie"], poll, "2:6").status_code == 404


@pytest.mark.parametrize(
    ("counts", "places"),
    [
        ([40, 20, 40], ["20.00", "45.00", "80.00"]),
        ([43, 12, 45], ["21.50", "46.50", "77.50"]),
        ([45, 10, 45], ["22.50", None, "77.50"]),
        ([10, 80, 10], ["5.00", "30.00", "95.00"]),
        ([50, 20, 30], ["25.00", "60.00", "85.00"]),
    ],
)
def test_the_line_of_the_middle_crosses_no_figure(counts: list[int], places: list[str | None]) -> None:
    parts = parts_of([Slice("", count, "1") for count in counts], 100, half=True)
    assert [part.middle if part.text else None for part in parts] == places
