"""The scenes of the fault tests: short by default, `FAULTS=full` for `make test-faults`."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from benchmarks.hall import cookies_of, hall, open_one
from tests.faults.stores import store_of
from tests.realtime.process import ServerProcess, database_url

IS_FULL = os.environ.get("FAULTS") == "full"
SERVER = os.environ.get("FAULTS_SERVER", "daphne")
Say = Callable[[str], None]


def long(full: float, short: float) -> float:
    """Seconds, or how many: in the full form and in the short one."""
    return full if IS_FULL else short


@dataclass
class Hall:
    """People with open sessions, and the polls they may all vote in."""

    cookies: list[str]
    polls: list[int]
    url: str


@pytest.fixture
def room(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Hall:
    """A hundred people and five polls: five hundred ballots."""
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    people = hall(100)
    polls = [open_one(people).pk for _ in range(5)]
    return Hall(cookies_of(people), polls, database_url())


def hurt(server: str = SERVER, **options: Any) -> ServerProcess:
    """A socket process that will be hurt."""
    return ServerProcess("--server", server, settings="tests.faults.settings", **options)


@pytest.fixture
def serve() -> Iterator[Callable[..., ServerProcess]]:
    """Starts socket processes; all are killed at the end."""
    started: list[ServerProcess] = []

    def start(**options: Any) -> ServerProcess:
        started.append(hurt(**options))
        return started[-1]

    yield start
    for one in started:
        one.end(9)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Say:
    """Print a figure, whatever is captured."""

    def out(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n  {request.node.name.removeprefix('test_').replace('_', ' ')}: {text}\n")
            sys.stdout.flush()

    return out


__all__ = ["IS_FULL", "SERVER", "Hall", "Say", "hurt", "long", "store_of"]
