"""Paper ballots and raised hands: one teller enters, another confirms, and one member has one ballot."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.models import Officer, Resolution
from assemblies.services import appoint_officer, close_vote, declare, open_vote
from cooperation.models import Person
from realtime.models import LoggedEvent
from realtime.refused import Refused
from tests.assemblies import scene
from tests.votes.ways import asked as ways_asked
from votes.live import tellers as topic
from votes.models import Ballot, Elector, Poll, TellerEntry
from votes.services import Parent, cast_ballot, confirm_entries, enter_ballot, set_aside_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(db: None) -> Person:
    """A second teller, who is no member."""
    return Person.objects.create_user("dora@example.org", given_name="Dora")


@pytest.fixture
def poll(association: Any, alice: Person, bob: Person, dora: Person) -> Poll:
    """A resolution at vote today; Alice chairs, Bob and Dora are its tellers."""
    assembly = scene.held_today(association, alice, ("ordinary",))
    for person in (bob, dora):
        appoint_officer(
            by=alice, assembly=assembly, person=person, role=Officer.Role.TELLER, at=timezone.now()
        )
    resolution = scene.bring_to(assembly.resolutions.get(), alice, timezone.now())
    return open_vote(by=alice, resolution=resolution, at=timezone.now())


def line_of(poll: Poll, person: Person) -> Elector:
    """The line of this person."""
    return Elector.objects.get(poll=poll, titular=person)


def entered(poll: Poll, person: Person, by: Person, *choices: str, channel: str = "paper") -> TellerEntry:
    """What a teller read for this person's line."""
    line = line_of(poll, person)
    return enter_ballot(
        poll=poll, elector=line, choices=choices or ["for"], channel=channel, by=by, at=timezone.now()
    )


def confirmed(entry: TellerEntry, by: Person) -> Ballot | Refused:
    """The second reading of one entry."""
    ((_entry, answer),) = confirm_entries(poll=entry.poll, entries=[entry.pk], by=by, at=timezone.now())
    return answer


def test_nothing_is_cast_before_a_second_teller_confirms(poll: Poll, alice: Person, bob: Person) -> None:
    entry = entered(poll, alice, bob)
    assert entry.is_waiting
    assert (Ballot.objects.count(), line_of(poll, alice).has_voted) == (0, False)


def test_a_confirmed_entry_is_the_ballot_of_its_line(
    poll: Poll, alice: Person, bob: Person, dora: Person
) -> None:
    entry = entered(poll, alice, bob, "against", channel="hand")
    ballot = confirmed(entry, dora)
    assert isinstance(ballot, Ballot)
    assert (ballot.elector, ballot.choices, ballot.channel) == (line_of(poll, alice), ["against"], "hand")
    assert (ballot.key, ballot.cast_by) == (entry.key, dora)
    entry.refresh_from_db()
    assert (entry.entered_by, entry.confirmed_by, entry.is_waiting) == (bob, dora, False)


def test_one_teller_does_not_confirm_alone(poll: Poll, alice: Person, bob: Person) -> None:
    entry = entered(poll, alice, bob)
    with pytest.raises(Refused) as refused:
        confirmed(entry, bob)
    assert refused.value.code == "second_teller_needed"
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("who", ["alice", "charlie"])
def test_who_is_no_teller_neither_enters_nor_confirms(
    poll: Poll, alice: Person, bob: Person, charlie: Person, who: str
) -> None:
    person = {"alice": alice, "charlie": charlie}[who]
    with pytest.raises(Refused, match="not_a_teller"):
        entered(poll, bob, person)
    with pytest.raises(Refused, match="not_a_teller"):
        confirmed(entered(poll, alice, bob), person)


def test_a_line_that_voted_online_is_refused_with_who_and_when(
    poll: Poll, alice: Person, bob: Person
) -> None:
    line = line_of(poll, alice)
    cast_ballot(
        elector=line,
        person=alice,
        choices=["for"],
        key=uuid4(),
        at=timezone.now(),
    )
    with pytest.raises(Refused) as refused:
        entered(poll, alice, bob, "against")
    assert refused.value.code == "line_voted"
    assert (refused.value.details["who"], refused.value.details["number"]) == ("Alice", 1)
    assert Ballot.objects.get().choices == ["for"]


def test_a_line_that_votes_online_between_the_two_readings_is_not_cast_twice(
    poll: Poll, alice: Person, bob: Person, dora: Person
) -> None:
    entry = entered(poll, alice, bob, "against")
    key = uuid4()
    cast_ballot(elector=line_of(poll, alice), person=alice, choices=["for"], key=key, at=timezone.now())
    with pytest.raises(Refused) as refused:
        confirmed(entry, dora)
    assert (refused.value.code, refused.value.details["who"]) == ("line_voted", "Alice")
    assert list(Ballot.objects.values_list("choices", flat=True)) == [["for"]]


def test_who_voted_on_paper_cannot_vote_online_too(
    poll: Poll, alice: Person, bob: Person, dora: Person
) -> None:
    confirmed(entered(poll, alice, bob), dora)
    key = uuid4()
    with pytest.raises(Refused, match="already_voted"):
        cast_ballot(elector=line_of(poll, alice), person=alice, choices=["for"], key=key, at=timezone.now())


def test_two_entries_of_one_line_do_not_wait_together(
    poll: Poll, alice: Person, bob: Person, dora: Person
) -> None:
    entered(poll, alice, bob)
    with pytest.raises(Refused, match="entry_waits"):
        entered(poll, alice, dora, "against")


def test_an_entry_set_aside_lets_its_line_be_entered_again(
    poll: Poll, alice: Person, bob: Person, dora: Person
) -> None:
    first = entered(poll, alice, bob)
    set_aside_entry(entry=first, reason="misread", by=dora, at=timezone.now())
    again = entered(poll, alice, dora, "against")
    assert isinstance(confirmed(again, bob), Ballot)
    with pytest.raises(Refused, match="entry_settled"):
        confirmed(first, dora)


def test_a_spoilt_ballot_is_entered_by_tellers_only_and_counted_apart(
    poll: Poll, alice: Person, bob: Person, dora: Person
) -> None:
    key = uuid4()
    with pytest.raises(Refused, match="unknown_choice"):
        cast_ballot(elector=line_of(poll, bob), person=bob, choices=["spoilt"], key=key, at=timezone.now())
    confirmed(entered(poll, alice, bob, "spoilt"), dora)
    confirmed(entered(poll, bob, dora, "for"), bob)
    resolution = Resolution.objects.get(poll=poll)
    close_vote(by=alice, resolution=resolution, at=timezone.now())
    outcome = declare(by=alice, resolution=resolution, at=timezone.now()).outcome
    assert outcome["votes"] == {"for": 1, "against": 0, "abstain": 0, "blank": 0, "spoilt": 1}
    assert (outcome["adopted"], outcome["channels"]) == (True, {"paper": 2})


def test_the_vote_is_not_closed_by_hand_over_an_entry_that_waits(
    poll: Poll, alice: Person, bob: Person, dora: Person
) -> None:
    entry = entered(poll, alice, bob)
    resolution = Resolution.objects.get(poll=poll)
    with pytest.raises(Refused, match="entries_wait"):
        close_vote(by=alice, resolution=resolution, at=timezone.now())
    confirmed(entry, dora)
    assert close_vote(by=alice, resolution=resolution, at=timezone.now()).state == "closed"


def test_a_batch_casts_what_it_can_and_says_what_it_could_not(
    poll: Poll, alice: Person, bob: Person, dora: Person
) -> None:
    mine, other = entered(poll, alice, dora), entered(poll, bob, bob)
    answers = confirm_entries(poll=poll, entries=[mine.pk, other.pk], by=dora, at=timezone.now())
    assert [isinstance(answer, Ballot) for _entry, answer in answers] == [False, True]
    assert [answer.code for _entry, answer in answers if isinstance(answer, Refused)] == [
        "second_teller_needed"
    ]


def client_of(person: Person) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(person)
    return client


def test_the_desk_takes_a_ballot_and_its_confirmation_without_a_script(
    poll: Poll, alice: Person, bob: Person, dora: Person
) -> None:
    bobs, doras, desk = client_of(bob), client_of(dora), f"/votes/{poll.pk}/saisie/"
    line = line_of(poll, alice)
    sent = {"elector": line.pk, "choices": "for", "channel": "hand"}
    assert bobs.post(f"{desk}noter/", sent)["Location"] == f"{desk}?canal=hand"
    entry = TellerEntry.objects.get()
    assert "À confirmer" in doras.get(desk).content.decode()
    answer = doras.post(f"{desk}confirmer/", {"entries": entry.pk})
    assert (answer.status_code, Ballot.objects.get().channel) == (303, "hand")
    shown = bobs.get(desk, {"q": "alice"}).content.decode()
    assert "main levée" in shown
    assert "Dora" in shown


def test_a_refusal_is_said_on_the_line_it_is_about(poll: Poll, alice: Person, bob: Person) -> None:
    entered(poll, alice, bob)
    sent = {"elector": line_of(poll, alice).pk, "choices": "for", "channel": "paper"}
    answer = client_of(bob).post(f"/votes/{poll.pk}/saisie/noter/", sent)
    assert answer.status_code == 422
    assert "attend déjà d’être confirmée" in answer.content.decode()


@pytest.mark.parametrize("who", ["alice", "charlie"])
def test_the_desk_is_for_tellers(poll: Poll, alice: Person, charlie: Person, who: str) -> None:
    client = client_of({"alice": alice, "charlie": charlie}[who])
    assert client.get(f"/votes/{poll.pk}/saisie/").status_code == 404


def test_the_hall_leads_tellers_to_the_desk(poll: Poll, bob: Person) -> None:
    html = client_of(bob).get(poll.parent_url).content.decode()
    assert f"/votes/{poll.pk}/saisie/" in html
    assert "role-teller" in html


def test_the_tellers_are_told_and_nobody_else(poll: Poll, alice: Person, bob: Person, dora: Person) -> None:
    entry = entered(poll, alice, bob)
    confirmed(entry, dora)
    told = LoggedEvent.objects.filter(topic__name=f"tellers:{poll.pk}").order_by("seq")
    assert [event.type for event in told] == ["entry.made", "entry.confirmed"]
    assert topic.may_follow_many(poll.pk, [alice.pk, bob.pk, dora.pk, None]) == {bob.pk, dora.pk}
    others = LoggedEvent.objects.exclude(topic__name=f"tellers:{poll.pk}")
    assert not others.filter(type__startswith="entry.").exists()


def test_an_entry_replayed_shows_what_the_desk_shows(
    poll: Poll, alice: Person, bob: Person, dora: Person
) -> None:
    entry = entered(poll, alice, bob)
    events = list(LoggedEvent.objects.filter(topic__name=f"tellers:{poll.pk}"))
    (html,) = topic.render(poll.pk, events, "fr")
    assert f'id="saisie-{entry.pk}"' in html
    confirmed(entry, dora)
    (html,) = topic.render(poll.pk, events, "fr")
    assert f'data-remove="saisie-{entry.pk}"' in html
    assert "a voté à" in html


def test_where_a_ballot_takes_a_form_the_desk_shows_it_for_one_line(
    poll: Poll, alice: Person, bob: Person, dora: Person
) -> None:
    place = Parent(poll.parent, poll.parent_title, poll.parent_url)
    grades = ways_asked("majority_judgment", [alice, bob], binds=True, parent=place)
    line, desk = line_of(grades, alice), f"/votes/{grades.pk}/saisie/"
    shown = client_of(bob).get(desk, {"ligne": line.pk, "canal": "paper"}).content.decode()
    assert 'name="choices-1"' in shown
    sent = {"elector": line.pk, "channel": "paper", "choices-1": "1:0", "choices-2": "2:3"}
    assert client_of(bob).post(f"{desk}noter/", sent).status_code == 303
    entry = TellerEntry.objects.get(poll=grades)
    ballot = confirmed(entry, dora)
    assert isinstance(ballot, Ballot)
    assert (ballot.choices, ballot.channel) == (["1:0", "2:3"], "paper")


def test_a_reading_set_aside_stays_in_sight_of_the_tellers_with_who_and_why(
    poll: Poll, alice: Person, bob: Person, dora: Person
) -> None:
    entry = entered(poll, alice, bob, "against", channel="hand")
    set_aside_entry(entry=entry, reason="misread", by=dora, at=timezone.now())
    client = Client()
    client.force_login(bob)
    page = client.get(f"/votes/{poll.pk}/saisie/").content.decode()
    told = topic.render(poll.pk, list(LoggedEvent.objects.filter(topic__name=f"tellers:{poll.pk}")), "fr")[-1]
    for html in (page, told):
        assert f'id="ecartee-{entry.pk}"' in html
        for words in ("Contre", "saisi par Bob", "écarté par Dora", "lu autrement"):
            assert words in html, words
