"""Questions that come together are asked together, and none of those who ask hinders another."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from realtime.gathering import Gathering, together
from realtime.threads import DOOR

MOST = 100


class Oracle:
    """Doubles numbers in sets; odd ones fail alone, a set that holds zero fails whole; the first set waits for a word."""

    def __init__(self) -> None:
        self.sets: list[list[int]] = []
        self.word = threading.Event()

    def ask(self, keys: list[int]) -> Sequence[int | Exception]:
        self.sets.append(keys)
        self.word.wait(5)
        if 0 in keys:
            raise LookupError("the whole set")
        return [ValueError(str(key)) if key % 2 else 2 * key for key in keys]


async def answers(oracle: Oracle, first: int, others: Sequence[int]) -> list[int | BaseException]:
    """One comes alone; the others while it is being answered."""
    gathering = Gathering(oracle.ask, DOOR, MOST)
    alone = asyncio.create_task(gathering.answer(first))
    while not oracle.sets:
        await asyncio.sleep(0.001)
    later = [asyncio.create_task(gathering.answer(key)) for key in others]
    await asyncio.sleep(0.01)
    oracle.word.set()
    return await asyncio.gather(alone, *later, return_exceptions=True)


def test_one_that_comes_alone_waits_for_nobody_and_the_others_go_in_sets(db: None) -> None:
    oracle, many = Oracle(), range(2, 502, 2)
    assert asyncio.run(answers(oracle, 2, many)) == [4, *(2 * key for key in many)]
    assert [len(one) for one in oracle.sets] == [1, MOST, MOST, 50]


def test_one_that_fails_is_told_alone(db: None) -> None:
    found = asyncio.run(answers(Oracle(), 2, [4, 5, 6]))
    assert [found[1], found[3]] == [8, 12]
    assert isinstance(found[2], ValueError)


def test_a_set_that_fails_whole_is_told_and_the_next_one_goes_on(db: None) -> None:
    found = asyncio.run(answers(Oracle(), 0, [4, 6]))
    assert isinstance(found[0], LookupError)
    assert found[1:] == [8, 12]


def test_who_does_not_wait_any_more_hinders_nobody(db: None) -> None:
    async def scene() -> list[int]:
        oracle = Oracle()
        gathering = Gathering(oracle.ask, DOOR, MOST)
        asked = [asyncio.create_task(gathering.answer(key)) for key in (2, 4, 6, 8)]
        while not oracle.sets:
            await asyncio.sleep(0.001)
        asked[0].cancel()
        asked[2].cancel()
        oracle.word.set()
        return [await asked[1], await asked[3], await gathering.answer(10)]

    assert asyncio.run(scene()) == [8, 16, 20]


def test_those_who_ask_the_same_are_gathered_by_themselves(db: None) -> None:
    oracle = Oracle()
    oracle.word.set()

    async def scene() -> list[int]:
        return await asyncio.gather(*(together(oracle.ask, key, DOOR) for key in (2, 4, 6)))

    assert asyncio.run(scene()) == [4, 8, 12]
    assert len(oracle.sets) == 1


@pytest.mark.parametrize("most", [1, 2])
def test_a_set_is_never_larger_than_asked(db: None, most: int) -> None:
    oracle = Oracle()
    oracle.word.set()

    async def scene() -> None:
        gathering = Gathering(oracle.ask, DOOR, most)
        await asyncio.gather(*(gathering.answer(key) for key in (2, 4, 6)))

    asyncio.run(scene())
    assert max(map(len, oracle.sets)) == most
