"""A crowd at the door: asked about in sets, none hinders another, and who has to wait is let in all the same."""

import asyncio
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.backends import db as sessions
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.db.models import QuerySet

from cooperation.models import Person
from realtime.consumer import live
from realtime.limits import ARRIVALS
from realtime.server import RoomServer
from realtime.server_uvicorn import RoomServer as UvicornServer
from tests.realtime.conftest import cookie_of
from tests.realtime.phone import Phone
from tests.room_server import address_of

HERE = "tests.realtime.test_arrivals"
IN = "websocket.accept"


class Desk:
    """Where Django's sessions are looked up: how many at once, held while it is closed, `away` at some of the sets."""

    def __init__(self) -> None:
        self.sets: list[int] = []
        self.away: Collection[int] = ()
        self.asked, self.opened = threading.Event(), threading.Event()

    def filter(self, *, session_key__among: Collection[str], **more: Any) -> QuerySet[Session]:
        self.sets.append(len(session_key__among))
        self.asked.set()
        assert self.opened.wait(20)
        if len(self.sets) in self.away:
            raise OperationalError("the database is away")
        return Session.objects.filter(session_key__among=session_key__among, **more)


DESK = Desk()


class SessionStore(sessions.SessionStore):
    """Django's own, asked at the desk."""

    @classmethod
    def get_model_class(cls) -> Any:
        return SimpleNamespace(objects=DESK)


def authenticate(token: str) -> None:
    """A program's token, about which one cannot even ask."""
    raise RuntimeError(token)


@pytest.fixture
def desk(walls: object, transactional_db: None) -> Iterator[Desk]:
    """The desk, closed at first."""
    DESK.__init__()  # type: ignore[misc]
    yield DESK
    DESK.opened.set()


def crowd(person: Person, count: int, settings: Any) -> list[dict[str, str]]:
    """What browsers of this person bring, each with a session of its own; the desk is asked from now on."""
    said = Session.objects.get(pk=cookie_of(person).partition("=")[2])
    keys = [uuid4().hex for _ in range(count)]
    Session.objects.bulk_create(
        Session(session_key=key, session_data=said.session_data, expire_date=said.expire_date) for key in keys
    )
    settings.SESSION_ENGINE = HERE
    return [{"cookie": f"sessionid={key}", "origin": "http://localhost"} for key in keys]


class Guest:
    """A client at the door, as the application sees it; it stays until all `leave`."""

    def __init__(self, headers: dict[str, str], leave: asyncio.Event) -> None:
        brought = [(name.encode(), text.encode()) for name, text in {"host": "localhost", **headers}.items()]
        self.scope = {"type": "websocket", "path": "/ws/", "scheme": "ws", "headers": brought}
        self.leave, self.has_knocked = leave, False
        self.answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.task = asyncio.create_task(self.come())

    async def come(self) -> None:
        try:
            await live(self.scope, self.receive, self.send)
        except Exception as error:
            self.answer.set_exception(error)

    async def receive(self) -> dict[str, Any]:
        if self.has_knocked:
            await self.leave.wait()
            return {"type": "websocket.disconnect", "code": 1000}
        self.has_knocked = True
        return {"type": "websocket.connect"}

    async def send(self, message: dict[str, Any]) -> None:
        self.answer.set_result(message["type"])


async def answers(desk: Desk, brought: Sequence[dict[str, str]], gone: Collection[int] = ()) -> list[Any]:
    """One comes alone, and while they are asked about the others come, and some are gone again: what each is told."""
    leave = asyncio.Event()
    guests = [Guest(brought[0], leave)]
    assert await asyncio.to_thread(desk.asked.wait, 10)
    guests += [Guest(headers, leave) for headers in brought[1:]]
    while not all(guest.has_knocked for guest in guests):
        await asyncio.sleep(0)
    for number in gone:
        guests[number].task.cancel()
    desk.opened.set()
    stayed = [guest.answer for number, guest in enumerate(guests) if number not in gone]
    try:
        async with asyncio.timeout(5):
            return await asyncio.gather(*stayed, return_exceptions=True)
    finally:
        leave.set()
        await asyncio.wait([guest.task for guest in guests], timeout=5)


def test_who_comes_alone_is_asked_about_at_once_and_a_crowd_in_sets(
    desk: Desk, bob: Person, settings: Any
) -> None:
    brought = crowd(bob, 2 * ARRIVALS + 51, settings)
    assert asyncio.run(answers(desk, brought)) == [IN] * len(brought)
    assert (ARRIVALS, desk.sets) == (100, [1, 100, 100, 50])


def test_clients_who_leave_while_they_wait_hinder_nobody(desk: Desk, bob: Person, settings: Any) -> None:
    brought = crowd(bob, ARRIVALS + 21, settings)
    asked_about, first_of_a_set, last = 0, 1, ARRIVALS + 20
    found = asyncio.run(answers(desk, brought, gone=[asked_about, first_of_a_set, 50, last]))
    assert found == [IN] * (ARRIVALS + 17)


def test_one_about_whom_one_cannot_ask_is_told_alone(desk: Desk, bob: Person, settings: Any) -> None:
    settings.REALTIME_AUTHENTICATOR = f"{HERE}.authenticate"
    brought = crowd(bob, 5, settings)
    brought[2] = {"authorization": "Bearer crash"}
    found = asyncio.run(answers(desk, brought))
    assert isinstance(found.pop(2), RuntimeError)
    assert found == [IN] * 4
    assert desk.sets == [1, 3], "they were in one set"


def test_a_set_that_fails_whole_is_told_to_each_and_the_next_goes_on(
    desk: Desk, bob: Person, settings: Any
) -> None:
    desk.away = {2}
    found = asyncio.run(answers(desk, crowd(bob, ARRIVALS + 21, settings)))
    assert [type(one) for one in found[1 : ARRIVALS + 1]] == [OperationalError] * ARRIVALS
    assert [found[0], *found[ARRIVALS + 1 :]] == [IN] * 21
    assert desk.sets == [1, ARRIVALS, 20]


@pytest.mark.long
def test_whoever_has_to_wait_longer_than_five_seconds_is_let_in_by_both_servers(
    desk: Desk, bob: Person, daphne_server: RoomServer, uvicorn_server: UvicornServer, settings: Any
) -> None:
    """Five seconds is what daphne gives a handshake by itself; a storm needs longer."""
    addresses = [address_of(daphne_server), address_of(uvicorn_server)]
    cookies = [headers["cookie"] for headers in crowd(bob, 2, settings)]
    with ThreadPoolExecutor(2) as threads:
        dialled = [threads.submit(Phone, *where) for where in zip(addresses, cookies, strict=True)]
        assert desk.asked.wait(10)
        time.sleep(5.5)
        desk.opened.set()
        phones = [one.result(timeout=10) for one in dialled]
    for phone in phones:
        assert phone.joined("wall:1") == {"topic": "wall:1", "upto": 0}
        phone.close()
