"""The pages of a secret vote without a script: the code before sending and on the receipt, the two lists, the warnings."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from tests.votes.conftest import crowd, line_of
from tests.votes.secret_scene import cast_all, count, opened_secret, send_secret
from tests.votes.test_ballot_pages import choose, field
from tests.votes.test_result_pages import text_of
from votes.models import Poll, SecretBallot
from votes.secrecy import read_code
from votes.services import close_poll

Clients = dict[str, Client]
SENT = ("key", "poll", "elector", "choices", "code")


@pytest.fixture
def secret(alice: Person, bob: Person) -> Poll:
    """An open secret resolution; Alice and Bob are on the roll."""
    return opened_secret([line_of(alice), line_of(bob)])


def review(client: Client, poll: Poll, said: str = "for") -> dict[str, str]:
    """Choose, read again; the fields of the form that would be sent."""
    html = client.post(f"/votes/{poll.pk}/relire/", choose(client, poll, said)).content.decode()
    return {name: field(html, name) for name in SENT}


def receipt_of(poll: Poll, person: Person) -> str:
    """The address of the receipt."""
    return f"/votes/{poll.pk}/recu-secret/{poll.electors.get(titular=person).pk}/"


def test_the_ballot_says_what_the_secret_covers_and_what_it_does_not(
    secret: Poll, room_clients: Clients
) -> None:
    page = text_of(room_clients["bob"], f"/votes/{secret.pk}/")
    assert "L’émargement dira que vous avez voté ; rien ne dira ce que vous avez voté" in page
    assert "une personne qui administre le serveur pourrait encore rompre ce secret" in page
    assert "2 votants. À moins de cinq, le secret ne tient pas" in page
    assert "Vote nominatif" not in page


def test_a_code_is_shown_before_sending_and_on_the_receipt_that_answers_the_form(
    secret: Poll, room_clients: Clients
) -> None:
    bob = room_clients["bob"]
    html = bob.post(f"/votes/{secret.pk}/relire/", choose(bob, secret, "for")).content.decode()
    sent = {name: field(html, name) for name in SENT}
    assert html.count(sent["code"]) == 2
    assert "c’est le serveur qui a fait ce code" in html
    answer = bob.post(f"/votes/{secret.pk}/voter/", sent)
    assert (answer.status_code, sent["code"] in answer.content.decode()) == (200, True)
    assert SecretBallot.objects.get().code == sent["code"] == read_code(sent["code"])


def test_sending_the_same_form_again_shows_the_same_receipt(secret: Poll, room_clients: Clients) -> None:
    sent = review(room_clients["bob"], secret)
    for _ in range(2):
        answer = room_clients["bob"].post(f"/votes/{secret.pk}/voter/", sent)
        assert "Votre vote est reçu" in answer.content.decode()
    assert SecretBallot.objects.count() == 1


def test_another_choice_read_again_goes_under_another_key_and_code(
    secret: Poll, room_clients: Clients
) -> None:
    bob = room_clients["bob"]
    first, second = review(bob, secret), review(bob, secret, "against")
    assert first["key"] != second["key"]
    assert first["code"] != second["code"]


def test_the_receipt_read_later_says_neither_the_choice_nor_the_code(
    secret: Poll, bob: Person, room_clients: Clients
) -> None:
    sent = review(room_clients["bob"], secret)
    room_clients["bob"].post(f"/votes/{secret.pk}/voter/", sent)
    html = room_clients["bob"].get(receipt_of(secret, bob)).content.decode()
    assert "Votre vote est reçu" in html
    assert sent["code"] not in html
    assert "le serveur ne sait pas lequel est le vôtre" in html
    assert not re.search(r"\bPour\b|\bContre\b|n°", text_of(room_clients["bob"], receipt_of(secret, bob)))


def test_who_has_voted_is_led_to_the_receipt_from_every_page(
    secret: Poll, bob: Person, room_clients: Clients
) -> None:
    fields = choose(room_clients["bob"], secret, "for")
    send_secret(secret, bob)
    assert receipt_of(secret, bob) in room_clients["bob"].get(f"/votes/{secret.pk}/").content.decode()
    again = room_clients["bob"].post(f"/votes/{secret.pk}/relire/", fields)
    assert again["Location"] == receipt_of(secret, bob)


def test_neither_session_nor_address_holds_the_choice_or_the_code(
    secret: Poll, room_clients: Clients
) -> None:
    sent = review(room_clients["bob"], secret, "against")
    answer = room_clients["bob"].post(f"/votes/{secret.pk}/voter/", sent)
    kept = (
        str([session.get_decoded() for session in Session.objects.all()])
        + str(answer.headers)
        + str(answer.cookies)
    )
    assert sent["code"] not in kept
    assert "against" not in kept


def test_the_two_lists_are_published_with_the_result(
    entity: LegalEntity, bob: Person, room_clients: Clients
) -> None:
    poll = opened_secret([*crowd(entity, 6), line_of(bob)])
    known = cast_all(poll, "ffffaas")
    assert room_clients["bob"].get(f"/votes/{poll.pk}/listes/")["Location"] == f"/votes/{poll.pk}/resultat/"
    close_poll(poll=poll, at=timezone.now())
    assert (
        f"/votes/{poll.pk}/listes/" in room_clients["bob"].get(f"/votes/{poll.pk}/resultat/").content.decode()
    )
    page = text_of(room_clients["bob"], f"/votes/{poll.pk}/listes/")
    assert "7 codes comptés" in page
    assert all(code in page for code, _said in known.values())
    box = page[page.index("7 bulletins comptés") :]
    assert [len(re.findall(rf"\b{said}\b", box)) for said in ("Pour", "Contre", "Je m’abstiens")] == [4, 2, 1]


def test_the_lists_wait_for_the_declaration(alice: Person, room_clients: Clients) -> None:
    poll = opened_secret([line_of(alice)], shows="declaration")
    send_secret(poll, alice)
    close_poll(poll=poll, at=timezone.now())
    assert room_clients["alice"].get(f"/votes/{poll.pk}/listes/").status_code == 302
    answer = room_clients["alice"].get(f"/api/polls/{poll.pk}/lists/")
    assert answer.json()["code"] == "result_not_yet"


def test_the_roll_says_who_voted_without_the_hour(secret: Poll, bob: Person, room_clients: Clients) -> None:
    send_secret(secret, bob)
    page = text_of(room_clients["alice"], f"/votes/{secret.pk}/liste/")
    assert page.count(" a voté ") == 2  # the heading and Bob's line
    assert "a voté à" not in page


def test_a_result_warns_of_the_colleges_in_which_fewer_than_five_voted(
    by_colleges: Callable[..., Poll], alice: Person, room_clients: Clients
) -> None:
    poll = by_colleges(6, 6, 3, secrecy="secret", at=timezone.now() - timedelta(minutes=5))
    cast_all(poll, "ffffaafaaffff")
    poll.electors.filter(number=15).update(titular=alice)
    count(poll)
    page = text_of(room_clients["alice"], f"/votes/{poll.pk}/resultat/")
    assert "Collège C : 1 votant. À moins de cinq" in page
    assert "Collège A : " not in page


def test_programs_read_that_a_ballot_was_received_and_the_lists(
    secret: Poll, bob: Person, room_clients: Clients
) -> None:
    headers, path = {"Idempotency-Key": str(uuid4())}, f"/api/polls/{secret.pk}"
    post: Any = room_clients["bob"].post
    body = {"choices": ["for"], "code": "k7qf 2m9x 4tbn"}
    answer = post(f"{path}/cast/", body, content_type="application/json", headers=headers).json()
    assert answer["received"] is True
    (line,) = room_clients["bob"].get(f"{path}/ballot/").json()
    assert (line["has_voted"], line["ballot"]) == (True, None)
    assert room_clients["bob"].get(f"{path}/lists/").json()["code"] == "poll_still_open"
    count(secret)
    lists = room_clients["bob"].get(f"{path}/lists/").json()
    assert lists == {"codes": ["K7QF-2M9X-4TBN"], "ballots": [{"college": "", "choices": ["for"]}]}


@pytest.mark.parametrize(("code", "refused"), [(None, "code_missing"), ("too short", "invalid")])
def test_a_program_without_a_good_code_is_refused(
    secret: Poll, room_clients: Clients, code: str | None, refused: str
) -> None:
    body = {"choices": ["for"], **({"code": code} if code else {})}
    answer = room_clients["bob"].post(
        f"/api/polls/{secret.pk}/cast/",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.json()["code"] == refused
    assert not SecretBallot.objects.exists()


@pytest.mark.parametrize("path", ["listes/", "recu-secret/{line}/", "relire/", "voter/"])
def test_a_stranger_finds_no_page_of_a_secret_poll(
    secret: Poll, bob: Person, room_clients: Clients, path: str
) -> None:
    send_secret(secret, bob)
    count(secret)
    page = f"/votes/{secret.pk}/{path.format(line=secret.electors.get(titular=bob).pk)}"
    assert room_clients["charlie"].get(page, follow=True).status_code == 404
    assert "/comptes/" in room_clients["nobody"].get(page, follow=True).redirect_chain[-1][0]
    assert room_clients["charlie"].get(f"/api/polls/{secret.pk}/lists/").status_code == 404


def test_nobody_reads_somebody_elses_receipt_and_a_named_poll_has_no_lists(
    secret: Poll, live_poll: Poll, bob: Person, room_clients: Clients
) -> None:
    send_secret(secret, bob)
    assert room_clients["alice"].get(receipt_of(secret, bob)).status_code == 404
    close_poll(poll=live_poll, at=timezone.now())
    assert room_clients["bob"].get(f"/votes/{live_poll.pk}/listes/").status_code == 404
    assert room_clients["bob"].get(f"/api/polls/{live_poll.pk}/lists/").status_code == 404


def test_the_privacy_page_is_open_to_everyone_and_names_the_limits(db: None) -> None:
    page = text_of(Client(), "/confidentialite/")
    for words in ("Les sauvegardes et le journal de la base", "moins de cinq votants", "Belenios"):
        assert words in page
