"""How acts that come in bursts gather: lanes take turns, and what arrives while a set is written is the next one."""

import asyncio
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from cooperation.models import Person
from realtime import bursts
from realtime.bursts import Asked, Bursts
from realtime.commands import Caller, Command
from realtime.limits import GROUP, WRITERS
from realtime.models import Act
from realtime.refused import Refused
from tests.realtime.asking import asks
from tests.realtime.domain import NoteIn, note_add

Answer = dict[str, Any]


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
