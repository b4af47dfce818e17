"""A new version is put in place while people are there: nobody is refused, nothing acknowledged is lost or doubled."""

import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed

from realtime.models import Act, LoggedEvent
from realtime.publish import last_seq
from scripts.shape import Shape
from scripts.with_stack import wait_for
from tests.deploy.shape import Visitor
from tests.journey.scene import Scene
from tests.realtime.conftest import cookie_of
from tests.realtime.phone import Phone

pytestmark = [pytest.mark.stack, pytest.mark.alone, pytest.mark.proxied]

AT_LEAST = 20


class Reader:
    """A page that follows the room: it comes back with its number each time it is sent away."""

    def __init__(self, address: str, cookie: str, topic: str, after: int) -> None:
        self.address, self.cookie, self.topic, self.upto = address, cookie, topic, after
        self.is_over = threading.Event()
        self.seqs: list[int] = []
        self.codes: list[int] = []

    def read(self, until: Callable[[], int | None]) -> None:
        """Follow until the number that is asked for has come."""
        while self.upto != until():
            assert not self.is_over.is_set(), "another part of the test failed"
            phone = Phone(self.address, self.cookie)
            phone.follow(self.topic, self.upto)
            with suppress(TimeoutError):
                self.codes += [self.hear(phone, until)]
            phone.close()

    def hear(self, phone: Phone, until: Callable[[], int | None]) -> int:
        """Until the socket is closed: its close code."""
        try:
            while self.upto != until() and not self.is_over.is_set():
                with suppress(TimeoutError):
                    frame = phone.receive(0.2)
                    assert "reset" not in frame
                    self.seqs += [event["seq"] for event in frame.get("events", [])]
                    self.upto = self.seqs[-1] if self.seqs else self.upto
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006
        raise TimeoutError


class Author:
    """A person who proposes over the socket and sends what was not answered again, under the same key."""

    def __init__(self, address: str, cookie: str, room: int) -> None:
        self.address, self.cookie, self.room = address, cookie, room
        self.answered: list[str] = []

    def write(self, go_on: Callable[[], bool]) -> None:
        """One proposal after the other, each until it is answered."""
        phone = Phone(self.address, self.cookie)
        while go_on() or len(self.answered) < AT_LEAST:
            key, answer = str(uuid4()), None
            while answer is None:
                try:
                    phone.do("proposal.submit", key, workshop=self.room, title=f"Idée {key[:8]}")
                    answer = phone.answer(key)
                except ConnectionClosed:
                    phone = Phone(self.address, self.cookie)
            assert answer["done"] == key
            self.answered.append(key)
            time.sleep(0.06)  # under the limit of 20 acts a second
        phone.close()


def restart_each_in_turn(shape: Shape) -> list[int]:
    """As `systemctl restart ecossolies-sockets@8101`, then 8102: how each left."""
    codes = []
    for number, port in enumerate(shape.socket_ports):
        leaving = shape.processes[f"sockets-{number}"]
        leaving.send_signal(signal.SIGTERM)
        codes.append(leaving.wait(timeout=30))
        shape.start_sockets(number)
        wait_for(port, "A socket process")
    return codes


def test_restarting_every_process_in_turn_refuses_nobody_and_loses_and_doubles_nothing(
    scene: Scene, shape: Shape
) -> None:
    topic, first = scene.room.topic, last_seq(scene.room.topic)
    reader = Reader(shape.address, cookie_of(scene.nina), topic, first)
    author = Author(shape.address, cookie_of(scene.bob), scene.room.pk)
    restarting, failures, pages = threading.Event(), [], []
    restarting.set()
    written: list[int] = []

    def guarded(work: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            except Exception as error:
                failures.append(error)
                reader.is_over.set()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def write() -> None:
        author.write(restarting.is_set)
        written.append(first + len(author.answered))

    def knock() -> None:
        """Somebody arrives all the time, with a page and a socket."""
        cookie = cookie_of(scene.charlie)
        visitor = Visitor(shape.address, cookie=cookie)
        while restarting.is_set():
            pages.append(visitor.get("/").status)
            Phone(shape.address, cookie).close()
            time.sleep(0.2)

    at_work = [
        guarded(lambda: reader.read(lambda: written[0] if written else None)),
        guarded(write),
        guarded(knock),
    ]
    shape.processes["pages"].send_signal(signal.SIGHUP)
    codes = restart_each_in_turn(shape)
    restarting.clear()
    for thread in at_work:
        thread.join(timeout=30)

    assert (codes, failures) == ([0, 0], [])
    assert set(pages) == {200}
    assert 4503 in reader.codes, "the reader was asked to come back, and did"
    told = LoggedEvent.objects.filter(topic__name=topic, seq__gt=first).order_by("seq")
    assert reader.seqs == list(told.values_list("seq", flat=True)) == list(range(first + 1, reader.upto + 1))
    assert Act.objects.filter(key__in=author.answered).count() == len(author.answered) == len(reader.seqs)
