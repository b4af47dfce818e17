"""Phones of several server processes: a test's module says which `servers` it has."""

from collections.abc import Callable, Iterator

import pytest

from cooperation.models import Person
from tests.realtime.conftest import cookie_of
from tests.realtime.phone import Phone
from tests.realtime.process import ServerProcess

Open = Callable[[int, Person], Phone]


@pytest.fixture
def phone_at(servers: list[ServerProcess]) -> Iterator[Open]:
    """Opens a socket to one of the servers."""
    opened: list[Phone] = []

    def open_at(number: int, person: Person) -> Phone:
        opened.append(Phone(servers[number].address, cookie_of(person)))
        return opened[-1]

    yield open_at
    for one in opened:
        one.close()
