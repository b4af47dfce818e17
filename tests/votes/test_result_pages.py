"""What a reader sees of a poll: turnout before, the result when its rule allows, the roll, the list."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from tests.votes.conftest import cast, crowd, line_of, opened
from tests.votes.test_casting import batch_of
from tests.votes.test_counting_once import vote
from votes.entries import in_groups
from votes.models import Poll, Result
from votes.services import RollLine, cast_ballot, cast_ballots, close_poll, declare_result

Clients = dict[str, Client]
Opens = Callable[..., Poll]


def text_of(client: Client, path: str) -> str:
    """A page as one line of plain words."""
    html = re.sub(r"<[^>]+>", " ", client.get(path).content.decode())
    return re.sub(r"\s+", " ", html.replace("\u202f", " ").replace("\xa0", " "))


def closed_by_colleges(by_colleges: Opens, alice: Person, **fields: object) -> Poll:
    """A resolution of three colleges, voted and closed; Alice holds the last line of college C."""
    poll = by_colleges(4, 3, 2, at=timezone.now() - timedelta(hours=1), **fields)
    poll.electors.filter(college="C").order_by("-number").update(titular=alice)
    for college, said in {"A": "fffa", "B": "faa"}.items():
        vote(poll, college, said, at=timezone.now())
    return close_poll(poll=poll, at=timezone.now())


def test_a_result_says_verdict_share_colleges_table_and_calculation(
    by_colleges: Opens, alice: Person, room_clients: Clients
) -> None:
    poll = closed_by_colleges(by_colleges, alice)
    page = text_of(room_clients["alice"], f"/votes/{poll.pk}/resultat/")
    # 3/4 × 2/5 + 1/3 × 3/10 = 2/5; college C said nothing
    for words in (
        "Rejetée 40 % des voix pesées disent pour. Il en fallait plus de 50 %.",
        "Trois collèges, un seul résultat",
        "A Associations et coopératives 3 1 0 0 75 % 2/5 30 %",
        "7 bulletins reçus pour 9 inscrits, soit 77,78 %.",
        "3/4 × 2/5 = 3/10",
        "la résolution est rejetée.",
        in_groups(poll.roll_hash),
    ):
        assert words in page


def test_a_result_waits_for_its_declaration(by_colleges: Opens, alice: Person, room_clients: Clients) -> None:
    poll = closed_by_colleges(by_colleges, alice, shows="declaration")
    page = text_of(room_clients["alice"], f"/votes/{poll.pk}/resultat/")
    assert "Le résultat sera public quand le bureau l’aura proclamé" in page
    assert "Bulletins reçus : 7 sur 9 inscrits" in page
    assert "40 %" not in page
    declare_result(poll=poll, at=timezone.now())
    assert "Rejetée 40 %" in text_of(room_clients["alice"], f"/votes/{poll.pk}/resultat/")


def test_before_its_close_a_binding_poll_shows_turnout_only(
    live_poll: Poll, alice: Person, room_clients: Clients
) -> None:
    cast(live_poll, alice, "for", at=timezone.now())
    page = text_of(room_clients["alice"], f"/votes/{live_poll.pk}/resultat/")
    assert "Bulletins reçus : 1 sur 2 inscrits" in page
    assert "100 %" not in page
    assert not Result.objects.exists()


def test_the_first_reader_after_the_deadline_counts(alice: Person, room_clients: Clients) -> None:
    at = timezone.now()
    poll = opened([line_of(alice)], at=at - timedelta(hours=1), closes_at=at - timedelta(minutes=1))
    cast(poll, alice, "for", at=at - timedelta(minutes=30))
    assert "Adoptée 100 %" in text_of(room_clients["alice"], f"/votes/{poll.pk}/resultat/")
    assert Result.objects.count() == 1


def test_the_reader_s_language_says_the_same_result(
    live_poll: Poll, alice: Person, room_clients: Clients
) -> None:
    close_poll(poll=live_poll, at=timezone.now())
    alice.language = "en"
    alice.save()
    assert room_clients["alice"].get(f"/votes/{live_poll.pk}/resultat/").status_code == 200


def test_guests_are_shown_apart(alice: Person, charlie: Person, room_clients: Clients) -> None:
    charlie.is_guest = True
    charlie.save()
    at = timezone.now() - timedelta(minutes=5)
    poll = opened([line_of(alice), line_of(charlie, is_guest=True)], is_binding=False, at=at)
    cast(poll, alice, "for", at=at)
    cast(poll, charlie, "against", at=at)
    close_poll(poll=poll, at=timezone.now())
    page = text_of(room_clients["alice"], f"/votes/{poll.pk}/resultat/")
    assert "Plutôt pour" in page
    assert "Personnes invitées, comptées à part : Contre 1." in page


def test_an_approval_shows_its_answers_from_the_most_approved(
    indicative: Poll, alice: Person, bob: Person, room_clients: Clients
) -> None:
    cast(indicative, alice, "2", at=timezone.now())
    cast(indicative, bob, "1", "2", at=timezone.now())
    close_poll(poll=indicative, at=timezone.now())
    page = text_of(room_clients["alice"], f"/votes/{indicative.pk}/resultat/")
    assert "En tête : Les métiers" in page
    assert page.index("Les métiers 2") < page.index("Le lieu 1")


def test_an_indicative_poll_shown_live_says_who_said_what_before_its_close(
    indicative: Poll, bob: Person, room_clients: Clients
) -> None:
    cast(indicative, bob, "1", at=timezone.now())
    assert "Le lieu Votre avis 1 membres" in text_of(room_clients["alice"], f"/votes/{indicative.pk}/")


def test_the_roll_names_each_line_its_college_and_who_voted(
    by_colleges: Opens, alice: Person, room_clients: Clients
) -> None:
    poll = closed_by_colleges(by_colleges, alice)
    page = text_of(room_clients["alice"], f"/votes/{poll.pk}/liste/")
    assert "9 lignes, scellées" in page
    assert page.count("a voté à") == 7
    assert page.count("n’a pas voté") == 2


def test_the_roll_is_for_electors_and_whoever_opened_the_poll(
    bob: Person, alice: Person, room_clients: Clients
) -> None:
    poll = opened([line_of(bob)], opened_by=alice, at=timezone.now())
    assert room_clients["alice"].get(f"/votes/{poll.pk}/liste/").status_code == 200
    assert room_clients["charlie"].get(f"/votes/{poll.pk}/liste/").status_code == 404


def test_the_roll_prints_whole(entity: LegalEntity, alice: Person, room_clients: Clients) -> None:
    poll = opened([line_of(alice), *crowd(entity, 130)], at=timezone.now())
    assert room_clients["alice"].get(f"/votes/{poll.pk}/liste/").content.count(b'scope="row"') == 100
    assert room_clients["alice"].get(f"/votes/{poll.pk}/liste/?tout").content.count(b'scope="row"') == 131


def test_the_list_shows_open_ones_first_and_only_mine(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    at = timezone.now() - timedelta(minutes=5)
    past = opened([line_of(bob)], question="Le passé", at=at)
    close_poll(poll=past, at=timezone.now())
    opened([line_of(bob)], question="L’indicatif", is_binding=False, at=at)
    opened([line_of(bob)], question="Sans urgence", at=at)
    opened([line_of(bob)], question="L’urgent", closes_at=timezone.now() + timedelta(hours=1), at=at)
    opened([line_of(alice)], question="Celui d’Alice", at=at)
    page = text_of(room_clients["bob"], "/votes/")
    page = page[page.index("Mes votes") :]
    found = [page.index(title) for title in ("L’urgent", "Sans urgence", "L’indicatif", "Le passé")]
    assert found == sorted(found)
    assert "Celui d’Alice" not in page


def test_a_list_without_votes_says_what_will_come(room_clients: Clients) -> None:
    assert "Aucun vote pour l’instant" in text_of(room_clients["charlie"], "/votes/")
    assert "/comptes/" in room_clients["nobody"].get("/votes/")["Location"]


def queries(client: Client, path: str) -> int:
    """How many queries a page takes."""
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


@pytest.mark.parametrize("page", ["", "resultat/", "liste/?tout"])
def test_ten_or_two_hundred_electors_take_as_many_queries(
    entity: LegalEntity, alice: Person, room_clients: Clients, page: str
) -> None:
    counts = []
    for size in (10, 200):
        poll = opened(
            [line_of(alice), *crowd(entity, size, start=1000 * size)],
            at=timezone.now() - timedelta(minutes=1),
        )
        cast_ballots([ballot for ballot in batch_of(poll, size, timezone.now()) if ballot.person != alice])
        if page:
            close_poll(poll=poll, at=timezone.now())
        counts.append(queries(room_clients["alice"], f"/votes/{poll.pk}/{page}"))
    assert counts[0] == counts[1]


def test_ten_or_two_hundred_options_take_as_many_queries(alice: Person, room_clients: Clients) -> None:
    counts = []
    for size in (10, 200):
        options = [(f"Option {place}", "") for place in range(size)]
        for is_binding in (True, False):
            poll = opened(
                [line_of(alice)], method="approval", options=options, is_binding=is_binding, at=timezone.now()
            )
            counts.append(queries(room_clients["alice"], f"/votes/{poll.pk}/"))
    assert counts[:2] == counts[2:]


def test_ten_or_two_hundred_polls_take_as_many_queries(alice: Person, room_clients: Clients) -> None:
    counts = []
    for size in (10, 190):
        for place in range(size):
            fields = {"is_binding": bool(place % 2), "at": timezone.now() - timedelta(minutes=5)}
            poll = opened([RollLine("Alice", titular_id=alice.pk)], question=f"Vote {place}", **fields)
            if place % 40:
                close_poll(poll=poll, at=timezone.now())
        counts.append(queries(room_clients["alice"], "/votes/"))
    assert counts[0] == counts[1]


def test_a_receipts_code_is_found_on_the_roll_once_the_vote_is_closed(
    live_poll: Poll, room_clients: Clients, bob: Person
) -> None:
    line = live_poll.electors.get(titular=bob)
    ballot = cast_ballot(elector=line, person=bob, choices=["for"], key=uuid4(), at=timezone.now())
    path = f"/votes/{live_poll.pk}/liste/"
    assert ballot.code not in room_clients["bob"].get(path).content.decode()
    close_poll(poll=live_poll, at=timezone.now())
    assert ballot.code in room_clients["bob"].get(path).content.decode()
