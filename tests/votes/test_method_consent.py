"""Consent: an objection gives its reason; each is listed with what became of it, beside a count that never changes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cooperation.models import Person
from realtime.models import LoggedEvent
from realtime.publish import last_seq
from realtime.refused import Refused
from realtime.topics import find_topic
from tests.votes.ways import ONE, asked, by_rest, checked, page, result, say, send, words
from votes.cards import cards_of
from votes.models import Ballot, ObjectionNote, Poll, Result
from votes.services import close_poll, count_poll
from votes.services.objections import treat_objection

Clients = dict[str, Client]
SCRIPT = "<script>alert(1)</script>"
COST = "reason:Trop cher"


def asked_here(*people: Person, **more: object) -> Poll:
    return asked("consent", people, options=ONE, **more)  # type: ignore[arg-type]


def treat(poll: Poll, by: Person, reason: str = "Trop cher", **more: object) -> ObjectionNote:
    given = {"treatment": "integrated", "note": "", "leads": True, "at": timezone.now()}
    return treat_objection(poll=poll, reason=reason, by=by, **{**given, **more})  # type: ignore[arg-type]


def test_it_is_about_one_proposal(bob: Person) -> None:
    with pytest.raises(Refused, match="one_proposal_only"):
        asked("consent", [bob])


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ([], "choice_missing"),
        ([COST], "choice_missing"),
        (["veto"], "unknown_choice"),
        (["objection"], "objection_needs_reason"),
        (["objection", "reason: \u200b \n"], "objection_needs_reason"),
        (["objection", "reason:" + "a" * 301], "text_too_long"),
        (["consent", "objection", COST], "one_choice_only"),
        (["objection", COST, "reason:Trop tôt"], "one_choice_only"),
    ],
)
def test_what_a_ballot_may_not_say(bob: Person, choices: list[str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        say(asked_here(bob), bob, *choices)


@pytest.mark.parametrize(
    ("choices", "kept"),
    [
        (["consent", COST], ["consent"]),
        (["reservation"], ["reservation"]),
        (["reason:  Trop\n cher\u202e ", "objection"], ["objection", COST]),
    ],
)
def test_a_reason_is_one_line_and_goes_with_an_objection_or_a_reservation(
    bob: Person, choices: list[str], kept: list[str]
) -> None:
    say(asked_here(bob), bob, *choices)
    assert Ballot.objects.get().choices == kept


def test_without_a_script_the_reason_is_read_again_then_sent(bob: Person, room_clients: Clients) -> None:
    poll, client = asked_here(bob, binds=True), room_clients["bob"]
    review = send(client, poll, "relire/", choices="objection", choices_reason=SCRIPT).content.decode()
    assert "J’objecte" in review
    assert SCRIPT not in review
    assert 'name="choices" value="reason:&lt;script&gt;' in review
    back = send(client, poll, "", choices=["objection", f"reason:{SCRIPT}"]).content.decode()
    assert checked(back) == {"objection"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in back
    send(client, poll, "voter/", choices=["objection", f"reason:{SCRIPT}"])
    assert Ballot.objects.get().choices == ["objection", f"reason:{SCRIPT}"]


def test_a_refused_objection_keeps_what_was_written(bob: Person, room_clients: Clients) -> None:
    poll = asked_here(bob)
    answer = send(room_clients["bob"], poll, "voter/", choices="objection", choices_reason="b" * 400)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Votre texte compte 400 signes" in words(html)
    assert "b" * 400 in html


def test_the_room_hears_the_objections_as_they_come(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = asked_here(alice, bob)
    say(poll, alice, "objection", COST)
    for path in ("", "resultat/"):
        html = words(page(room_clients["bob"], poll, path))
        assert "« Trop cher » à traiter 1 personne objecte." in html


def test_a_binding_one_says_nothing_of_its_objections_before_its_close(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = asked_here(alice, bob, binds=True)
    say(poll, alice, "objection", COST)
    assert "Trop cher" not in page(room_clients["bob"], poll, "resultat/")
    with pytest.raises(Refused, match="objection_unknown"):
        treat(poll, bob)


def test_it_is_consented_when_nobody_objects(alice: Person, bob: Person, room_clients: Clients) -> None:
    poll = asked_here(alice, bob)
    say(poll, alice, "consent")
    say(poll, bob, "reservation", COST)
    html = result(room_clients["bob"], poll)
    assert "Consentie" in html
    assert "Les réserves « Trop cher »" in html


def test_what_guests_say_is_told_apart(alice: Person, charlie: Person, room_clients: Clients) -> None:
    poll = asked("consent", [alice], [charlie], options=ONE)
    say(poll, alice, "consent")
    say(poll, charlie, "objection", COST)
    html = result(room_clients["alice"], poll)
    assert "Consentie" in html
    assert "Ce que disent les personnes invitées « Trop cher »" in html


def test_a_note_changes_the_picture_never_the_count(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = asked_here(alice, bob)
    say(poll, alice, "consent")
    say(poll, bob, "objection", COST)
    assert "Pas encore consentie 1 objection demeure." in result(room_clients["bob"], poll)
    counted = Result.objects.get().outcome
    treat(poll, alice, note="Un  plafond est posé.")
    html = words(page(room_clients["bob"], poll, "resultat/"))
    assert "Consentie" in html
    assert "« Trop cher » intégrée 1 personne objecte." in html
    assert "intégrée à la proposition, « Un plafond est posé. »" in html
    assert Result.objects.get().outcome == counted
    assert counted["standing"] == 1


def test_the_latest_note_decides_and_the_others_stay(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = asked_here(alice, bob)
    say(poll, bob, "objection", COST)
    treat(poll, alice, at=timezone.now() - timedelta(minutes=1))
    treat(poll, alice, treatment="maintained")
    html = result(room_clients["bob"], poll)
    assert "« Trop cher » maintenue" in html
    assert html.index(": maintenue") < html.index(": intégrée à la proposition")
    assert "Pas encore consentie" in html


def test_only_objections_are_treated(alice: Person, bob: Person) -> None:
    poll, dots = asked_here(alice, bob), asked("dots", [alice])
    say(poll, bob, "reservation", COST)
    with pytest.raises(Refused, match="objection_unknown"):
        treat(poll, alice)
    with pytest.raises(Refused, match="not_a_consent"):
        treat(dots, alice)
    with pytest.raises(Refused, match="not_leading"):
        treat(poll, alice, leads=False)
    say(poll, bob, "objection", COST)
    with pytest.raises(Refused, match="text_too_long"):
        treat(poll, alice, note="c" * 301)


def test_a_member_who_does_not_lead_and_a_stranger_note_nothing(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = asked_here(alice, bob)
    say(poll, bob, "objection", COST)
    sent = {"key": uuid4(), "reason": "Trop cher", "treatment": "withdrawn"}
    answers = {
        name: room_clients[name].post(f"/votes/{poll.pk}/objections/", sent) for name in ("bob", "charlie")
    }
    assert answers["charlie"].status_code == 404
    assert answers["bob"].status_code == 422
    assert "Cet acte revient à qui anime" in words(answers["bob"].content.decode())
    assert not ObjectionNote.objects.exists()


def test_what_became_of_an_objection_is_told_and_shown_anew(alice: Person, bob: Person) -> None:
    poll = asked_here(alice, bob)
    say(poll, bob, "objection", f"reason:{SCRIPT}")
    close_poll(poll=poll, at=timezone.now())
    count_poll(poll=poll, at=timezone.now())
    before = last_seq(poll.topic)
    treat(poll, alice, reason=SCRIPT, treatment="withdrawn")
    assert (last_seq(poll.topic), last_seq(poll.parent)) == (before + 1, before + 1)
    found = find_topic(poll.topic)
    assert found
    told = LoggedEvent.objects.filter(topic__name=poll.topic).order_by("seq")
    (html,) = found[0].render(poll.pk, [told.last()], "fr")  # type: ignore[list-item]
    assert "retirée" in html
    assert SCRIPT not in html


def test_many_polls_take_as_many_queries_as_one(alice: Person) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            cards_of(Poll.objects.all(), timezone.now(), alice)
        return len(found)

    def one_more() -> int:
        poll = asked_here(alice)
        say(poll, alice, "objection", COST)
        close_poll(poll=poll, at=timezone.now())
        count_poll(poll=poll, at=timezone.now())
        return queries()

    assert one_more() == one_more()


def test_a_program_consents_too(bob: Person, room_clients: Clients) -> None:
    poll = asked_here(bob)
    assert by_rest(room_clients["bob"], poll, "objection", COST).status_code == 200
    assert by_rest(room_clients["bob"], poll, "objection").json()["code"] == "objection_needs_reason"
    assert by_rest(room_clients["charlie"], poll, "consent").status_code == 404
