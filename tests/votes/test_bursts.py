"""Ballots that come in a burst are written as a set, and each voter hears what they would have heard alone."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cooperation.models import LegalEntity, Person
from realtime.bursts import Asked, perform_each
from realtime.commands import Caller
from realtime.doors import perform
from realtime.frames import Do
from realtime.models import Act
from realtime.refused import Refused
from realtime.visitors import Visitor
from tests.realtime.conftest import cookie_of
from tests.realtime.phone import Phone
from tests.votes.conftest import crowd, line_of, opened
from tests.votes.secret_scene import opened_secret
from votes.api import BALLOT_CAST
from votes.models import Ballot, Elector, Poll, SecretBallot, Step
from votes.secrecy import new_code
from votes.services import close_poll, count_poll


def ballot(poll: Poll, person: Person, *choices: str, **fields: Any) -> Asked:
    """A ballot on its way; received now unless said."""
    key: UUID = fields.pop("key", None) or uuid4()
    at: datetime = fields.pop("at", None) or timezone.now()
    said = {"choices": list(choices)} if choices else {}
    hat = fields.pop("hat", None)
    data = {"poll": str(poll.pk), **said, **fields}
    return Asked(Visitor(person.pk, "fr", "session"), Do("ballot.cast", key, str(key), hat, data), at)


def cast(*asked: Asked) -> list[Any]:
    """What became of each: its answer, or the code of its refusal."""
    answers = perform_each(BALLOT_CAST, asked)
    return [answer.code if isinstance(answer, Refused) else answer for answer in answers]


def people_of(poll: Poll) -> list[Person]:
    """The people of a roll, in its order."""
    return [line.titular for line in poll.electors.select_related("titular").order_by("number")]


def now_open(roll: Any, **fields: Any) -> Poll:
    """A poll opened a minute ago."""
    return opened(roll, **{"at": timezone.now() - timedelta(minutes=1), **fields})


def test_a_hall_is_one_step_of_the_chain_and_each_has_a_number(entity: LegalEntity) -> None:
    poll = now_open(crowd(entity, 30))
    answers = cast(*(ballot(poll, person, "for") for person in people_of(poll)))
    assert [answer["number"] for answer in answers] == list(range(1, 31))
    assert {answer["ballot"] for answer in answers} == set(poll.ballots.values_list("pk", flat=True))
    assert Step.objects.filter(poll=poll, kind="ballots").count() == 1
    assert Act.objects.count() == 30


def test_ten_or_two_hundred_ballots_take_as_many_statements_from_rights_to_answers(
    entity: LegalEntity,
) -> None:
    counts = []
    for size in (10, 200):
        poll = now_open(crowd(entity, size, start=1000 * size))
        asked = [ballot(poll, person, "for") for person in people_of(poll)]
        with CaptureQueriesContext(connection) as queries:
            assert not any(isinstance(answer, str) for answer in cast(*asked))
        counts.append(len(queries))
    # SQLite cuts an insertion of 200 rows in two: ballots, entries, acts; a test's transaction is a savepoint.
    assert counts[0] <= counts[1] <= counts[0] + 3 <= 20


def test_rights_are_asked_of_each_in_the_set(poll: Poll, alice: Person, bob: Person, charlie: Person) -> None:
    elsewhere = now_open([line_of(bob)])
    mine = poll.electors.get(titular=alice)
    answers = cast(
        ballot(elsewhere, alice, "for"),
        ballot(poll, charlie, "for"),
        ballot(poll, charlie, "for", elector=str(mine.pk)),
        ballot(poll, bob, "for", elector=str(mine.pk)),
        ballot(poll, bob, "maybe"),
        ballot(poll, bob),
        ballot(poll, alice, "for"),
    )
    assert answers[:6] == [
        "not_found",
        "not_found",
        "not_found",
        "not_an_elector",
        "unknown_choice",
        "choice_missing",
    ]
    assert answers[6]["number"] == 1
    assert Ballot.objects.count() == Act.objects.count() == 1


def test_who_is_struck_from_the_roll_votes_no_more(poll: Poll, alice: Person, bob: Person) -> None:
    poll.electors.filter(titular=alice).update(is_struck=True)
    assert cast(ballot(poll, alice, "for"))[0] in ("not_on_roll", "not_found")
    assert cast(ballot(poll, bob, "for"))[0]["number"] == 1


def test_titular_and_substitute_in_one_set_make_one_ballot(alice: Person, bob: Person) -> None:
    poll = now_open([line_of(alice, substitute_id=bob.pk)])
    first, second = cast(ballot(poll, bob, "for"), ballot(poll, alice, "against"))
    assert (first["number"], second) == (1, "already_voted")


def test_the_hat_says_which_line_in_a_set_too(alice: Person, bob: Person) -> None:
    poll = now_open([line_of(alice), line_of(bob, substitute_id=alice.pk)])
    membership = bob.memberships.get()
    answers = cast(ballot(poll, alice, "for"), ballot(poll, alice, "against", hat=membership.pk))
    assert answers[0] == "which_hat"
    assert Ballot.objects.get(pk=answers[1]["ballot"]).elector.membership == membership


def test_two_gestures_at_once_on_one_ballot_both_count(indicative: Poll, alice: Person, bob: Person) -> None:
    answers = cast(
        ballot(indicative, alice, toggle="1"),
        ballot(indicative, bob, toggle="2"),
        ballot(indicative, alice, toggle="2"),
    )
    assert [answer["choices"] for answer in answers] == [["1"], ["2"], ["1", "2"]]
    assert answers[2]["mine"] == {"avis": [f"{indicative.pk}-1", f"{indicative.pk}-2"]}
    assert Ballot.objects.count() == 2


def test_a_gesture_sent_twice_with_one_key_is_done_once(indicative: Poll, alice: Person) -> None:
    key = uuid4()
    first, second = cast(
        ballot(indicative, alice, toggle="1", key=key), ballot(indicative, alice, toggle="1", key=key)
    )
    assert first == second
    assert Ballot.objects.get().choices == ["1"]


def test_the_instant_of_arrival_decides_not_the_instant_of_writing(alice: Person, bob: Person) -> None:
    end = timezone.now() - timedelta(seconds=1)
    poll = now_open([line_of(alice), line_of(bob)], closes_at=end)
    late, early = cast(
        ballot(poll, bob, "for", at=end), ballot(poll, alice, "for", at=end - timedelta(milliseconds=1))
    )
    assert (late, early["number"]) == ("poll_closed", 1)


def test_ballots_that_cannot_be_signed_take_no_others_with_them(entity: LegalEntity, alice: Person) -> None:
    broken, whole = now_open([line_of(alice)]), now_open(crowd(entity, 7))
    Poll.objects.filter(pk=broken.pk).update(public_key="ab" * 32)
    asked = [ballot(whole, person, "for") for person in people_of(whole)]
    asked.insert(3, ballot(broken, alice, "for"))
    answers = cast(*asked)
    assert answers.pop(3) == "signing_key_missing"
    assert [answer["number"] for answer in answers] == list(range(1, 8))
    assert not broken.ballots.exists()


def test_secret_ballots_of_a_set_sign_the_roll_and_fall_into_the_box(entity: LegalEntity) -> None:
    poll = opened_secret(crowd(entity, 12))
    codes = [new_code() for _ in range(12)]
    asked = [
        ballot(poll, person, "for", code=code) for person, code in zip(people_of(poll), codes, strict=True)
    ]
    answers = cast(*asked, ballot(poll, people_of(poll)[0], "against", code=new_code()))
    assert answers.pop() == "already_voted"
    assert all(answer["received"] for answer in answers)
    poll.refresh_from_db()
    assert poll.ballots_cast == poll.electors.filter(has_voted_at__isnull=False).count() == 12
    assert set(SecretBallot.objects.values_list("code", flat=True)) == set(codes)


def test_two_secret_ballots_with_one_code_are_one(alice: Person, bob: Person) -> None:
    poll, code = opened_secret([line_of(alice), line_of(bob)]), new_code()
    first, second = cast(ballot(poll, alice, "for", code=code), ballot(poll, bob, "for", code=code))
    assert (first["received"], second) == (True, "code_taken")
    assert not Elector.objects.get(poll=poll, titular=bob).has_voted


def test_a_secret_ballot_sent_twice_in_a_set_is_received_once(alice: Person) -> None:
    poll, key = opened_secret([line_of(alice)]), uuid4()
    said = {"code": new_code(), "key": key}
    assert (
        cast(ballot(poll, alice, "for", **said), ballot(poll, alice, "against", **said))
        == [
            {
                "poll": poll.pk,
                "received": True,
                "url": f"/votes/{poll.pk}/recu-secret/{poll.electors.get().pk}/",
            }
        ]
        * 2
    )
    assert SecretBallot.objects.get().choices == ["for"]


moves = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 4), st.sampled_from(["1", "2", "blank", "9"]), st.integers(-2, 1)
    ),
    max_size=16,
)


def turns(moves: list[tuple[int, int, str, int]], cut: int) -> list[int]:
    """The places of the moves in the order sets take them: in each set, everybody's first, then their second…"""
    order: list[int] = []
    for start in range(0, len(moves), cut):
        waiting = list(range(start, min(start + cut, len(moves))))
        while waiting:
            first = {moves[place][0]: place for place in reversed(waiting)}
            order += sorted(first.values())
            waiting = [place for place in waiting if place not in first.values()]
    return order


def alone(one: Asked, people: list[Person]) -> Any:
    """The same ballot by the door that does it alone."""
    person = next(person for person in people if person.pk == one.visitor.person)
    try:
        return perform(BALLOT_CAST, Caller(person, one.at), one.act.key, one.act.data)
    except Refused as refused:
        return refused.code


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves, cut=st.integers(2, 8), changes=st.booleans())
def test_whatever_comes_a_set_is_answered_as_one_by_one(
    entity: LegalEntity, moves: list[tuple[int, int, str, int]], cut: int, changes: bool
) -> None:
    end = timezone.now() + timedelta(hours=1)
    keys = [uuid4() for _ in range(5)]

    def play(are_sets: bool) -> Any:
        with transaction.atomic():
            two = {"method": "approval", "options": [("Un", ""), ("Deux", "")]}
            poll = now_open(crowd(entity, 4), closes_at=end, allows_change=changes, **two)
            people = people_of(poll)
            asked = [
                ballot(poll, people[who], said, key=keys[key], at=end + timedelta(seconds=when))
                for who, key, said, when in moves
            ]
            if are_sets:
                given = [each for at in range(0, len(asked), cut) for each in cast(*asked[at : at + cut])]
            else:
                by_place = {place: alone(asked[place], people) for place in turns(moves, cut)}
                given = [by_place[place] for place in range(len(asked))]
            seats = {person.pk: seat for seat, person in enumerate(people)}
            rows = [
                (seats[one.cast_by_id], one.number, one.key, one.choices)
                for one in poll.ballots.order_by("pk")
            ]
            kept = set(Act.objects.values_list("key", "digest")), Act.objects.count()
            transaction.set_rollback(True)
        return [one if isinstance(one, str) else one["number"] for one in given], rows, kept[1]

    assert play(are_sets=True) == play(are_sets=False)


# -- over sockets


@pytest.fixture
def phones(transactional_db: None, room_server: str) -> Iterator[Callable[[Person], Phone]]:
    """Opens a socket of the house for a person; all are closed at the end."""
    opened_phones: list[Phone] = []

    def open_for(person: Person) -> Phone:
        opened_phones.append(Phone(room_server, cookie_of(person)))
        return opened_phones[-1]

    yield open_for
    for one in opened_phones:
        one.close()


def test_a_hall_votes_over_sockets_and_everybody_is_answered_after_the_commit(
    phones: Callable[[Person], Phone], entity: LegalEntity
) -> None:
    poll = now_open(crowd(entity, 12))
    hall = [phones(person) for person in people_of(poll)]
    keys = [one.do("ballot.cast", poll=str(poll.pk), choices=["for"]) for one in hall]
    answers = [one.answer(key) for one, key in zip(hall, keys, strict=True)]
    assert Counter(answer["data"]["number"] for answer in answers) == Counter(range(1, 13))
    assert {answer["data"]["ballot"] for answer in answers} == set(poll.ballots.values_list("pk", flat=True))
    assert 1 <= Step.objects.filter(poll=poll, kind="ballots").count() <= 12


def test_two_phones_of_one_person_with_one_key_hear_the_same(
    phones: Callable[[Person], Phone], alice: Person
) -> None:
    poll, key = now_open([line_of(alice)]), str(uuid4())
    two = [phones(alice), phones(alice)]
    for one in two:
        one.do("ballot.cast", key, poll=str(poll.pk), choices=["for"])
    assert two[0].answer(key) == two[1].answer(key)
    assert Ballot.objects.count() == Act.objects.count() == 1


def test_after_the_close_a_burst_is_refused_by_name(
    phones: Callable[[Person], Phone], alice: Person, bob: Person
) -> None:
    poll = now_open([line_of(alice), line_of(bob)])
    one, other = phones(alice), phones(bob)
    key = one.do("ballot.cast", poll=str(poll.pk), choices=["for"])
    assert one.answer(key)["data"]["number"] == 1
    close_poll(poll=poll, at=timezone.now())
    late = other.do("ballot.cast", poll=str(poll.pk), choices=["for"])
    assert other.answer(late)["code"] == "poll_closed"
    assert count_poll(poll=poll, at=timezone.now()).outcome["received"] == 1
