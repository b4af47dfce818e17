"""The ballot's pages without a script: choose, read again, send, receipt; and what is refused on the way."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from cooperation.models import Organisation, Person
from tests.votes.conftest import cast, line_of, opened
from votes.models import Ballot, Poll
from votes.services import close_poll

Clients = dict[str, Client]


def field(html: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]+)"', html)
    assert found, f"no field {name}"
    return found[1]


def choose(client: Client, poll: Poll, *choices: str) -> dict[str, object]:
    """Open the ballot and choose; the fields as the page's form sends them."""
    html = client.get(f"/votes/{poll.pk}/").content.decode()
    return {"key": field(html, "key"), "elector": field(html, "elector"), "choices": list(choices)}


def test_a_ballot_from_choice_to_receipt(live_poll: Poll, room_clients: Clients) -> None:
    bob = room_clients["bob"]
    fields = choose(bob, live_poll, "for")
    review = bob.post(f"/votes/{live_poll.pk}/relire/", fields)
    assert "Rien n’est encore parti" in review.content.decode()
    assert not Ballot.objects.exists()
    sent = {name: field(review.content.decode(), name) for name in ("key", "poll", "elector", "choices")}
    answer = bob.post(f"/votes/{live_poll.pk}/voter/", sent)
    ballot = Ballot.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/votes/{live_poll.pk}/recu/{ballot.pk}/")
    receipt = bob.get(answer["Location"]).content.decode()
    for words in ("Votre vote est reçu", "n°\u00a01", "Pour", ballot.code, live_poll.roll_hash[:4]):
        assert words in receipt
    assert str(ballot.key) == fields["key"]


def test_going_back_and_sending_again_shows_the_same_receipt(live_poll: Poll, room_clients: Clients) -> None:
    bob, fields = room_clients["bob"], choose(room_clients["bob"], live_poll, "for")
    first = bob.post(f"/votes/{live_poll.pk}/voter/", fields)
    second = bob.post(f"/votes/{live_poll.pk}/voter/", fields)
    assert first["Location"] == second["Location"]
    assert Ballot.objects.count() == 1


def test_changing_before_sending_keeps_choice_and_key(live_poll: Poll, room_clients: Clients) -> None:
    fields = choose(room_clients["bob"], live_poll, "against")
    html = room_clients["bob"].post(f"/votes/{live_poll.pk}/", fields).content.decode()
    assert re.search(r'value="against" checked', html)
    assert field(html, "key") == fields["key"]


def test_a_review_without_a_choice_says_so_and_stays(live_poll: Poll, room_clients: Clients) -> None:
    fields = choose(room_clients["bob"], live_poll)
    answer = room_clients["bob"].post(f"/votes/{live_poll.pk}/relire/", fields)
    assert answer.status_code == 422
    assert "choisissez une réponse" in answer.content.decode()


def test_a_refused_ballot_keeps_the_choice_on_the_screen(
    live_poll: Poll, room_clients: Clients, alice: Person
) -> None:
    fields = choose(room_clients["bob"], live_poll, "against")
    cast(live_poll, alice, "for", at=timezone.now(), key=fields["key"])
    answer = room_clients["bob"].post(f"/votes/{live_poll.pk}/voter/", fields)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'value="against" checked', html)
    assert field(html, "key") != fields["key"]


def test_who_has_voted_is_led_to_the_receipt(live_poll: Poll, room_clients: Clients, bob: Person) -> None:
    ballot = cast(live_poll, bob, "for", at=timezone.now())
    html = room_clients["bob"].get(f"/votes/{live_poll.pk}/").content.decode()
    assert f"/votes/{live_poll.pk}/recu/{ballot.pk}/" in html
    assert 'id="bulletin"' not in html


def test_a_poll_that_closed_while_one_was_choosing_says_what_became_of_the_choice(
    live_poll: Poll, room_clients: Clients
) -> None:
    fields = choose(room_clients["bob"], live_poll, "for")
    close_poll(poll=live_poll, at=timezone.now())
    for step in ("voter", "relire"):
        answer = room_clients["bob"].post(f"/votes/{live_poll.pk}/{step}/", fields)
        html = answer.content.decode()
        assert answer.status_code in (409, 422)
        assert "Votre bulletin n’est pas compté" in html
        assert "Pour" in html
        assert f"/votes/{live_poll.pk}/resultat/" in html
    assert not Ballot.objects.exists()


def test_a_closed_poll_leads_to_its_result(live_poll: Poll, room_clients: Clients) -> None:
    close_poll(poll=live_poll, at=timezone.now())
    answer = room_clients["bob"].get(f"/votes/{live_poll.pk}/")
    assert answer["Location"] == f"/votes/{live_poll.pk}/resultat/"


def test_a_person_with_several_hats_says_for_whom(bob: Person, room_clients: Clients) -> None:
    poll = opened(
        [line_of(bob), line_of(bob, label="SCOP Le Bon Copeau", membership_id=None)],
        at=timezone.now() - timedelta(minutes=1),
    )
    scop = poll.electors.get(label="SCOP Le Bon Copeau")
    html = room_clients["bob"].get(f"/votes/{poll.pk}/?ligne={scop.pk}").content.decode()
    assert "Je vote en tant que" in html
    assert field(html, "elector") == str(scop.pk)
    fields = {"key": uuid4(), "choices": ["for"]}
    assert room_clients["bob"].post(f"/votes/{poll.pk}/voter/", fields).status_code == 422
    room_clients["bob"].post(f"/votes/{poll.pk}/voter/", {**fields, "elector": scop.pk})
    assert Ballot.objects.get().elector == scop
    after = room_clients["bob"].get(f"/votes/{poll.pk}/recu/{Ballot.objects.get().pk}/").content.decode()
    assert "Voter pour Bob" in after


def test_a_representative_votes_for_the_organisation(
    live_poll: Poll, bob: Person, room_clients: Clients
) -> None:
    organisation = Organisation.objects.create(name="Le Bon Copeau", kind="cooperative")
    membership = bob.memberships.get()
    membership.person, membership.organisation = None, organisation
    membership.save()
    html = room_clients["bob"].get(f"/votes/{live_poll.pk}/").content.decode()
    assert "Vous votez pour" in html


def test_an_indicative_answer_is_one_gesture_noted_in_place(indicative: Poll, room_clients: Clients) -> None:
    bob = room_clients["bob"]
    answer = bob.post(f"/votes/{indicative.pk}/voter/", {"key": uuid4(), "toggle": "2"})
    assert answer["Location"] == f"/votes/{indicative.pk}/"
    html = bob.get(answer["Location"]).content.decode()
    assert re.search(rf'data-mine="avis:{indicative.pk}-2" aria-pressed="true"', html)
    assert "n’engage personne" in html
    bob.post(f"/votes/{indicative.pk}/voter/", {"key": uuid4(), "toggle": "1"})
    bob.post(f"/votes/{indicative.pk}/voter/", {"key": uuid4(), "toggle": "2"})
    assert Ballot.objects.get().choices == ["1"]


def test_taking_the_last_answer_away_is_a_blank(indicative: Poll, room_clients: Clients) -> None:
    for _ in range(2):
        room_clients["bob"].post(f"/votes/{indicative.pk}/voter/", {"key": uuid4(), "toggle": "2"})
    assert Ballot.objects.get().choices == ["blank"]


@pytest.mark.parametrize("path", ["", "relire/", "voter/", "resultat/", "liste/", "recu/{ballot}/"])
def test_a_stranger_finds_no_page_of_a_poll(
    live_poll: Poll, bob: Person, room_clients: Clients, path: str
) -> None:
    ballot = cast(live_poll, bob, "for", at=timezone.now())
    page = f"/votes/{live_poll.pk}/{path.format(ballot=ballot.pk)}"
    assert room_clients["charlie"].get(page, follow=True).status_code == 404
    assert "/comptes/" in room_clients["nobody"].get(page, follow=True).redirect_chain[-1][0]


def test_nobody_reads_somebody_elses_receipt(live_poll: Poll, bob: Person, room_clients: Clients) -> None:
    ballot = cast(live_poll, bob, "for", at=timezone.now())
    assert room_clients["alice"].get(f"/votes/{live_poll.pk}/recu/{ballot.pk}/").status_code == 404


def test_a_stranger_casts_nothing(live_poll: Poll, room_clients: Clients, alice: Person) -> None:
    elector = live_poll.electors.get(titular=alice)
    fields = {"key": uuid4(), "elector": elector.pk, "choices": ["for"]}
    assert room_clients["charlie"].post(f"/votes/{live_poll.pk}/voter/", fields).status_code == 404
    assert room_clients["bob"].post(f"/votes/{live_poll.pk}/voter/", fields).status_code == 422
    assert not Ballot.objects.exists()


def test_a_ballot_without_a_form_token_is_refused(live_poll: Poll, bob: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob)
    for step in ("voter", "relire"):
        answer = client.post(f"/votes/{live_poll.pk}/{step}/", {"key": uuid4(), "choices": ["for"]})
        assert answer.status_code == 403
    assert not Ballot.objects.exists()


def test_a_ballot_needs_its_key(live_poll: Poll, room_clients: Clients) -> None:
    answer = room_clients["bob"].post(f"/votes/{live_poll.pk}/voter/", {"choices": ["for"]})
    assert answer.status_code == 422
    assert not Ballot.objects.exists()


def test_what_people_wrote_is_shown_as_text(alice: Person, room_clients: Clients) -> None:
    script = "<script>alert(1)</script>"
    poll = opened([line_of(alice, label=script)], question=script, text=script, at=timezone.now())
    for page in ("", "resultat/", "liste/"):
        html = room_clients["alice"].get(f"/votes/{poll.pk}/{page}").content.decode()
        assert script not in html
        assert "&lt;script&gt;" in html
