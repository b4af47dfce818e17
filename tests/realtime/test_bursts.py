"""Acts that come in bursts: each is answered as if it came alone, once, after the commit of its set."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cooperation.models import Person
from realtime import bursts
from realtime.bursts import Asked, do_each, perform_each
from realtime.commands import Caller, Command
from realtime.doors import Invalid, perform
from realtime.models import Act, LoggedEvent
from realtime.refused import Refused
from tests.realtime.asking import asks
from tests.realtime.domain import NoteIn, note_add

Answer = dict[str, Any]


def notes_add(asked: Sequence[tuple[Caller, Mapping[str, Any]]]) -> list[Answer | Refused]:
    """The notes of a set, in the transaction of the caller."""
    answers: list[Answer | Refused] = []
    for caller, data in asked:
        try:
            answers.append(note_add(caller, data))
        except Refused as refused:
            answers.append(refused)
    return answers


NOTES = Command("note.add", NoteIn, note_add, many=notes_add)


def outcome(answer: Answer | Exception) -> Any:
    """The answer, or the name of what went wrong."""
    if isinstance(answer, Refused):
        return answer.code
    return type(answer).__name__ if isinstance(answer, Exception) else answer


def done(*asked: Asked) -> list[Any]:
    """What became of each act of a set."""
    return [outcome(answer) for answer in perform_each(NOTES, asked)]


@pytest.fixture
def wall(walls: object, db: None) -> None:
    """The tests' domain."""


def test_each_act_of_a_set_has_its_own_answer_in_the_order_asked(
    wall: None, alice: Person, bob: Person
) -> None:
    answers = done(asks(bob), asks(alice, "full"), asks(alice, hat=None), asks(None))
    assert [answer["by"] if isinstance(answer, dict) else answer for answer in answers] == [
        bob.pk,
        "wall_full",
        alice.pk,
        "login_required",
    ]
    assert LoggedEvent.objects.count() == Act.objects.count() == 2


def test_the_same_key_and_content_in_a_later_set_is_the_same_answer(wall: None, bob: Person) -> None:
    key = uuid4()
    first = done(asks(bob, key=key))
    assert done(asks(bob, key=key), asks(bob)) == [
        *first,
        {**first[0], "at": Act.objects.last().answer["at"]},
    ]  # type: ignore[union-attr]
    assert LoggedEvent.objects.count() == 2


def test_doubles_in_one_set_are_one_act(wall: None, bob: Person) -> None:
    key = uuid4()
    first, second, other = done(asks(bob, key=key), asks(bob, key=key), asks(bob, "else", key=key))
    assert first == second
    assert other == "key_reused"
    assert LoggedEvent.objects.count() == Act.objects.count() == 1


def test_a_key_of_somebody_else_is_never_answered(wall: None, alice: Person, bob: Person) -> None:
    key = uuid4()
    mine, theirs = done(asks(alice, key=key), asks(bob, key=key))
    assert (mine["by"], theirs["by"]) == (alice.pk, bob.pk)
    assert [done(asks(bob, key=key)), done(asks(alice, key=key))] == [[theirs], [mine]]


def test_a_refused_act_keeps_nothing_and_its_key_may_come_again(wall: None, bob: Person) -> None:
    key = uuid4()
    assert done(asks(bob, "full", key=key)) == ["wall_full"]
    (answer,) = done(asks(bob, key=key))
    assert answer["by"] == bob.pk


def test_an_act_that_fails_takes_no_other_with_it(wall: None, alice: Person, bob: Person) -> None:
    people = Person.objects.bulk_create(Person(email=f"n{n}@example.org", given_name="N") for n in range(9))
    asked = [asks(person) for person in people]
    asked.insert(4, asks(bob, "crash"))
    answers = done(*asked)
    assert answers.pop(4) == "RuntimeError"
    assert [answer["by"] for answer in answers] == [person.pk for person in people]
    assert Act.objects.count() == LoggedEvent.objects.count() == 9
    assert not Act.objects.filter(actor=f"person:{bob.pk}").exists()


@pytest.mark.logs_errors
def test_an_act_that_fails_is_answered_and_logged(wall: None, bob: Person) -> None:
    (text,) = do_each(NOTES, [asks(bob, "crash")])
    assert '"code":"internal_error"' in text


def test_who_is_deactivated_meanwhile_is_refused(wall: None, bob: Person) -> None:
    asked = asks(bob)
    Person.objects.filter(pk=bob.pk).update(is_active=False)
    assert done(asked) == ["login_required"]


def test_each_is_told_in_their_own_language(wall: None, alice: Person, bob: Person) -> None:
    empty = {"text": ""}
    french, english = perform_each(NOTES, [asks(alice, data=empty), asks(bob, data=empty, language="en")])
    assert isinstance(french, Invalid)
    assert isinstance(english, Invalid)
    assert french.errors["text"] != english.errors["text"] == ["This field may not be blank."]


def test_a_form_and_a_set_agree_on_what_the_same_content_is(wall: None, bob: Person) -> None:
    key = uuid4()
    by_form = perform(NOTES, Caller(bob, timezone.now()), key, {"wall": 1, "text": "hello", "is_loud": False})
    assert done(asks(bob, key=key)) == [by_form]


def test_a_key_that_wins_a_race_elsewhere_gives_its_answer(
    wall: None, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process commits between the look at the keys and the writing: the second look finds it."""
    key, raced = uuid4(), []
    stored = Act(actor=f"person:{bob.pk}", key=key, answer={"by": "the other"}, at=timezone.now())

    def racing(asked: Sequence[tuple[Caller, Mapping[str, Any]]]) -> list[Answer | Refused]:
        if not raced:
            raced.append(True)
            raise IntegrityError
        return notes_add(asked)

    said = bursts.Reader(NOTES).read(asks(bob, key=key).act, "fr")
    assert isinstance(said, bursts.Said)
    stored.digest = said.digest
    command = Command("note.add", NoteIn, note_add, many=racing)
    looked = bursts.in_one

    def look(*args: Any) -> Any:
        if raced:
            stored.save()
        return looked(*args)

    monkeypatch.setattr(bursts, "in_one", look)
    assert perform_each(command, [asks(bob, key=key)]) == [{"by": "the other"}]
    assert not LoggedEvent.objects.exists()


moves = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from(["hello", "else", "full", ""])),
    max_size=14,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves, cut=st.integers(1, 8))
def test_whatever_is_asked_sets_answer_as_one_by_one(
    wall: None, alice: Person, bob: Person, charlie: Person, moves: list[tuple[int, int, str]], cut: int
) -> None:
    people, keys = [alice, bob, charlie], [uuid4() for _ in range(4)]
    asked = [asks(people[who], said, keys[key]) for who, key, said in moves]

    def alone(one: Asked) -> Any:
        try:
            caller = Caller(next(p for p in people if p.pk == one.visitor.person), one.at)
            return perform(NOTES, caller, one.act.key, one.act.data)
        except Refused as refused:
            return refused.code

    def facts() -> tuple[int, set[tuple[str, UUID, str]]]:
        return LoggedEvent.objects.count(), set(Act.objects.values_list("actor", "key", "digest"))

    results = []
    for way in ("alone", "sets"):
        with transaction.atomic():
            if way == "alone":
                answers = [alone(one) for one in asked]
            else:
                answers = [each for at in range(0, len(asked), cut) for each in done(*asked[at : at + cut])]
            results.append((answers, facts()))
            transaction.set_rollback(True)
    # One person's acts keep their order in a set; between persons a set is free, as acts at one instant are.
    assert [a if isinstance(a, str) else a["by"] for a in results[0][0]] == [
        a if isinstance(a, str) else a["by"] for a in results[1][0]
    ]
    assert results[0][1] == results[1][1]
