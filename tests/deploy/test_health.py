"""What a process says of itself: whether it is well, and what it counted; nothing about anybody."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cooperation.models import Person
from realtime.commands import Caller, commands
from realtime.doors import perform
from realtime.follower import Follower
from realtime.refused import Refused
from scripts.with_stack import free_port
from tests.deploy.shape import Page, Visitor
from tests.realtime.process import ROOT, RedisProcess, wait_for_port


@pytest.fixture(autouse=True)
def this_machine_may_read(settings: Settings) -> None:
    """As `METRICS_NETWORKS=127.0.0.0/8` says."""
    settings.METRICS_NETWORKS = [ip_network("127.0.0.0/8")]


def numbers(client: Client) -> dict[str, float]:
    """The numbers, as a Prometheus reads them."""
    response = client.get("/metrics")
    assert response.status_code == 200
    lines = [line for line in response.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def risen(client: Client, before: dict[str, float]) -> dict[str, float]:
    """What was counted since."""
    now = numbers(client)
    return {name: now[name] - before.get(name, 0) for name in now if name.startswith("ecossolies_")}


class Silent:
    """Somebody at the other end who keeps nothing."""

    person = None

    def push(self, text: str, topic: str | None = None) -> None:
        """Let it go."""

    def forget(self, topic: str) -> None:
        """Let it go."""


@pytest.mark.django_db
def test_all_is_well(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": True, "migrations": True, "layer": True}


@pytest.mark.django_db
def test_acts_are_counted_by_name_and_by_what_became_of_them(client: Client, bob: Person) -> None:
    before, command = numbers(client), commands()["person.rename"]
    perform(command, Caller(bob, timezone.now()), uuid4(), {"given_name": "Bob", "family_name": "Le Gall"})
    with pytest.raises(Refused):
        perform(
            command, Caller(None, timezone.now()), uuid4(), {"given_name": "Bob", "family_name": "Le Gall"}
        )
    counted = risen(client, before)
    assert counted['ecossolies_acts_total{act="person.rename",outcome="done"}'] == 1
    assert counted['ecossolies_acts_total{act="person.rename",outcome="login_required"}'] == 1


@pytest.mark.django_db
def test_topics_are_counted_by_their_kind_and_never_named(client: Client) -> None:
    before = numbers(client)
    Follower(Silent(), "person:731", "json").reset(3)
    assert risen(client, before)['ecossolies_resets_total{kind="person"}'] == 1
    assert "731" not in {label for name in numbers(client) for label in name.split('"')}


def test_the_numbers_are_closed_unless_somebody_is_listed(client: Client, settings: Settings) -> None:
    settings.METRICS_NETWORKS = []
    assert client.get("/metrics").status_code == 404


@pytest.mark.django_db
def test_the_numbers_are_closed_to_who_comes_from_elsewhere(client: Client, settings: Settings) -> None:
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 404
    settings.METRICS_TOKEN = "a long word"
    for said, status in (
        ("Bearer a long word", 200),
        ("Bearer a long", 404),
        ("a long word", 404),
        ("", 404),
    ):
        answer = client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers={"authorization": said})
        assert answer.status_code == status, said


class Unwell:
    """A server whose database and layer may go away, and the folder where its database is."""

    def __init__(self, folder: Path, redis: RedisProcess) -> None:
        self.folder, self.redis, self.port = folder / "database", redis, free_port()
        self.folder.mkdir()
        environment = {
            "DATABASE_URL": f"sqlite:///{self.folder / 'empty.sqlite3'}",
            "REDIS_URL": redis.url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ASGI_APPLICATION": "config.sockets.application",
            "EMBEDDED": "1",
        }
        words = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            words,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        wait_for_port(self.port)

    def health(self) -> Page:
        return Visitor(f"http://127.0.0.1:{self.port}").get("/healthz")


@pytest.fixture
def unwell(tmp_path: Path, redis: RedisProcess) -> Iterator[Unwell]:
    """One, with a Redis of its own."""
    server = Unwell(tmp_path, redis)
    yield server
    server.process.terminate()
    server.process.communicate(timeout=30)


@pytest.mark.stack
def test_what_is_wrong_is_named_with_503(unwell: Unwell) -> None:
    page = unwell.health()
    assert page.status == 503
    assert "to apply, first " in json.loads(page.text)["wrong"].pop("migrations")
    assert json.loads(page.text) | {"wrong": 0} == {
        "database": True,
        "migrations": False,
        "layer": True,
        "wrong": 0,
    }
    with unwell.redis.frozen():
        assert json.loads(unwell.health().text)["wrong"]["layer"] == "does not answer"
    unwell.folder.rename(unwell.folder.with_name("away"))
    assert json.loads(unwell.health().text)["wrong"]["database"] == "does not answer"
