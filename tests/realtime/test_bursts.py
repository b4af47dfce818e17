"""Acts that come in bursts: each is answered as if it came alone, once, after the commit of its set."""

import asyncio
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cooperation.models import Person
from realtime import bursts
from realtime.bursts import Asked, Bursts, do_each, perform_each
from realtime.commands import Caller, Command
from realtime.doors import Invalid, perform
from realtime.frames import Do
from realtime.limits import GROUP, WRITERS
from realtime.models import Act, LoggedEvent
from realtime.refused import Refused
from realtime.visitors import Visitor
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


def asks(person: Person | None, text: str = "hello", key: UUID | None = None, **fields: Any) -> Asked:
    """A note on its way."""
    key = key or uuid4()
    data = {"wall": "1", "text": text, **fields.pop("data", {})}
    visitor = Visitor(person.pk if person else None, fields.pop("language", "fr"), "session")
    return Asked(visitor, Do("note.add", key, str(key), fields.pop("hat", None), data), timezone.now())


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

    stored.digest = bursts.keyed_of(
        NOTES,
        asks(bob, key=key),
        (Caller(bob, timezone.now()), {"wall": 1, "text": "hello", "is_loud": False}),
    ).digest
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


# -- how acts gather


@dataclass
class Hand:
    """A command whose sets are written when the test says so."""

    sets: list[tuple[str, int]]
    gates: dict[str, threading.Event]

    def many(self, asked: Sequence[tuple[Caller, Mapping[str, Any]]]) -> list[Answer | Refused]:
        wall = str(asked[0][1]["wall"])
        self.sets.append((wall, len(asked)))
        assert self.gates[wall].wait(20)
        return [{"by": caller.person.pk} for caller, _ in asked]

    def command(self) -> Command:
        return Command("note.add", NoteIn, note_add, many=self.many)


@pytest.fixture
def hand(walls: object, transactional_db: None) -> Iterator[Hand]:
    """Every wall's gate is closed at first; all threads give their connections back."""
    one = Hand([], {str(number): threading.Event() for number in range(1, 9)})
    yield one
    for gate in one.gates.values():
        gate.set()


async def until(is_so: Any) -> None:
    """Until it is so, ten seconds at most."""
    for _ in range(1000):
        if is_so():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


def crowd(count: int) -> list[Person]:
    """People, committed."""
    return Person.objects.bulk_create(
        Person(email=f"c{number}@example.org", given_name="C") for number in range(count)
    )


def on(wall: str, person: Person) -> Asked:
    """An act about one wall."""
    return asks(person, data={"wall": wall})


def test_what_arrives_while_a_set_is_written_is_the_next_set(hand: Hand) -> None:
    people = crowd(GROUP + 51)

    async def scene() -> list[str]:
        gathered, command = Bursts(), hand.command()
        first = asyncio.create_task(gathered.ask(command, on("1", people[0])))
        await until(lambda: hand.sets == [("1", 1)])
        others = [asyncio.create_task(gathered.ask(command, on("1", person))) for person in people[1:]]
        await until(lambda: gathered.size == GROUP + 50)
        hand.gates["1"].set()
        return list(await asyncio.gather(first, *others))

    answers = asyncio.run(scene())
    assert hand.sets == [("1", 1), ("1", GROUP), ("1", 50)]
    assert all('"done"' in text for text in answers)
    assert Act.objects.count() == GROUP + 51


def rests(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """After a set, whatever time it took, its lane rests so long."""
    monkeypatch.setattr(bursts, "GATHERING_SECONDS", seconds)
    monkeypatch.setattr(bursts, "GATHERING_SHARE", 1e9)


def test_a_crowd_that_is_answered_at_once_asks_again_in_one_set(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests(monkeypatch, 0.5)
    hand.gates["1"].set()
    people = crowd(40)

    async def scene() -> None:
        gathered, command = Bursts(), hand.command()

        async def twice(place: int, person: Person) -> None:
            await gathered.ask(command, on("1", person))
            await asyncio.sleep(place / 1_000)
            await gathered.ask(command, on("1", person))

        await asyncio.gather(*(twice(place, person) for place, person in enumerate(people)))
        await until(lambda: not gathered.lanes)

    asyncio.run(scene())
    assert hand.sets == [("1", 40), ("1", 40)]


def test_an_act_alone_keeps_nobody_waiting(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    rests(monkeypatch, 60)
    hand.gates["1"].set()
    people = crowd(3)

    async def scene() -> None:
        gathered, command = Bursts(), hand.command()
        for person in people:
            await asyncio.wait_for(gathered.ask(command, on("1", person)), 20)

    asyncio.run(scene())
    assert hand.sets == [("1", 1)] * 3


@pytest.mark.stack
def test_a_poll_that_waits_holds_up_no_other(hand: Hand) -> None:
    people = crowd(6)

    async def scene() -> None:
        gathered, command = Bursts(), hand.command()
        blocked = [asyncio.create_task(gathered.ask(command, on("1", person))) for person in people[:3]]
        await until(lambda: hand.sets)
        hand.gates["2"].set()
        answers = await asyncio.gather(*(gathered.ask(command, on("2", person)) for person in people[3:]))
        assert all('"done"' in text for text in answers)
        assert not any(task.done() for task in blocked)
        hand.gates["1"].set()
        await asyncio.gather(*blocked)

    asyncio.run(scene())


def test_topics_take_turns_at_the_writers(hand: Hand) -> None:
    walls, people = [str(number) for number in range(1, 2 * WRITERS + 2)], crowd(3 * GROUP)

    async def scene() -> None:
        gathered, command = Bursts(), hand.command()
        long = [asyncio.create_task(gathered.ask(command, on(walls[0], one))) for one in people[: GROUP + 9]]
        await until(lambda: hand.sets)
        others = [
            asyncio.create_task(gathered.ask(command, on(wall, one)))
            for wall in walls[1:]
            for one in people[-5:]
        ]
        await until(lambda: gathered.size == 9 + 5 * (len(walls) - bursts.writers()))
        for wall in walls:
            hand.gates[wall].set()
        await asyncio.gather(*long, *others)

    asyncio.run(scene())
    # The long queue comes again only after every other topic had its turn; of sets written at once either may say so first.
    assert hand.sets[0] == (walls[0], GROUP)
    assert (walls[0], 9) in hand.sets[-bursts.writers() :]


@pytest.mark.parametrize(
    ("limit", "elsewhere"), [("WAITING_IN_LANE", '"done"'), ("WAITING", '"code":"busy"')]
)
def test_a_full_queue_refuses_by_name_and_a_full_house_refuses_whatever_it_is_about(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, limit: str, elsewhere: str
) -> None:
    monkeypatch.setattr(bursts, limit, 3)
    people = crowd(7)

    async def scene() -> list[str]:
        gathered, command = Bursts(), hand.command()
        tasks = [asyncio.create_task(gathered.ask(command, on("1", people[0])))]
        await until(lambda: hand.sets)
        asked = [on(wall, person) for wall, person in zip("11112", people[1:6], strict=True)]
        tasks += [asyncio.create_task(gathered.ask(command, one)) for one in asked]
        await until(tasks[4].done)
        hand.gates["1"].set()
        hand.gates["2"].set()
        return [*await asyncio.gather(*tasks), await gathered.ask(command, on("2", people[6]))]

    texts = asyncio.run(scene())
    for said, text in zip(['"done"'] * 4 + ['"code":"busy"', elsewhere, '"done"'], texts, strict=True):
        assert said in text


def test_an_act_whose_socket_is_gone_is_done_all_the_same(hand: Hand) -> None:
    people = crowd(3)

    async def scene() -> None:
        gathered, command = Bursts(), hand.command()
        first = asyncio.create_task(gathered.ask(command, on("1", people[0])))
        await until(lambda: hand.sets)
        gone, stays = (asyncio.create_task(gathered.ask(command, on("1", one))) for one in people[1:])
        await until(lambda: gathered.size == 2)
        gone.cancel()
        hand.gates["1"].set()
        assert '"done"' in await first
        assert '"done"' in await stays

    asyncio.run(scene())
    assert Act.objects.count() == 3


def test_nothing_is_answered_before_its_commit(hand: Hand) -> None:
    people, seen = crowd(2), []

    async def scene() -> None:
        gathered, command = Bursts(), hand.command()
        tasks = [asyncio.create_task(gathered.ask(command, on("1", person))) for person in people]
        await until(lambda: hand.sets)
        await asyncio.sleep(0.1)
        seen.append([task.done() for task in tasks])
        hand.gates["1"].set()
        await asyncio.gather(*tasks)
        seen.append(await asyncio.to_thread(stored))

    def stored() -> int:
        try:
            return Act.objects.count()
        finally:
            connection.close()

    asyncio.run(scene())
    assert seen == [[False, False], 2]
