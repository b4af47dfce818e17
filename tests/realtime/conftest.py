"""A server with the tests' own domain, and phones for the cast."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from cooperation.models import Person
from realtime import hub
from tests.realtime import domain
from tests.realtime.phone import Phone
from tests.room_server import address_of

DOMAIN = "tests.realtime.domain"
Connect = Callable[..., Phone]
CARRIERS = ["daphne-prepared", "uvicorn-prepared", "daphne-plain", "uvicorn-plain"]


@pytest.fixture
def walls(settings: Settings) -> domain.WallTopic:
    """The tests' domain in place of the house's."""
    settings.REALTIME_TOPICS = settings.REALTIME_COMMANDS = settings.REALTIME_REFUSALS = DOMAIN
    settings.ROOT_URLCONF = DOMAIN
    domain.WALL.__init__()  # type: ignore[misc]
    domain.TALLY.__init__()  # type: ignore[misc]
    return domain.WALL


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of the protocol runs on the server that ships; `both_servers`, on that of large rooms too; `everywhere`,
    on both and with plain frames as well. What does not depend on the database is asked once.
    """
    if "carrier" in metafunc.fixturenames:
        marks = {mark.name for mark in metafunc.definition.iter_markers()}
        once = [pytest.param(carrier, marks=pytest.mark.once) for carrier in CARRIERS]
        if "everywhere" in marks:
            metafunc.parametrize("carrier", [*CARRIERS[:2], *once[2:]])
        else:
            metafunc.parametrize("carrier", [CARRIERS[0], *(once[1:2] if "both_servers" in marks else [])])


@pytest.fixture
def carried(carrier: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the server, which offers frames built once or leaves everything to ASGI's `send`."""
    kind, frames = carrier.split("-")
    server = request.getfixturevalue(f"{kind}_server")
    offers = server if kind == "daphne" else server.config
    offers.prepares = frames == "prepared"
    yield address_of(server)
    offers.prepares = True


@pytest.fixture
def served(walls: domain.WallTopic, transactional_db: None, carried: str) -> str:
    """The address of a server that carries the tests' domain."""
    return carried


def cookie_of(person: Person) -> str:
    """The session cookie of a logged-in browser."""
    client = Client()
    client.force_login(person)
    return f"sessionid={client.cookies['sessionid'].value}"


@pytest.fixture
def phone(served: str) -> Iterator[Connect]:
    """Opens a socket for a person (None: nobody in particular); all are closed at the end."""
    opened: list[Phone] = []

    def open_for(person: Person | None = None, **options: Any) -> Phone:
        cookie = cookie_of(person) if person is not None else ""
        opened.append(Phone(served, cookie, **options))
        return opened[-1]

    yield open_for
    for one in opened:
        one.close()
    deadline = time.monotonic() + 30
    while (
        any(found.sockets or found.tasks for found in list(hub.hubs.values())) and time.monotonic() < deadline
    ):
        time.sleep(0.01)


def write(wall: int = 1, count: int = 1) -> None:
    """Notes on a wall, committed."""
    with transaction.atomic():
        domain.write(wall, count=count)
