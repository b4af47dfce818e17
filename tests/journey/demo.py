"""The demo, loaded once for a run of tests, and the persons who read it."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from cooperation.models import Person


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker, shelf: Path) -> Iterator[None]:
    """The demo as `manage.py demo` writes it, committed, then wiped; tests that use it are marked `django_db`."""
    with django_db_blocker.unblock():
        load(shelf)
        yield
        call_command("flush", interactive=False, verbosity=0)


def load(shelf: Path) -> None:
    """Write the demo into the empty database; a file of SQLite is written once in a run, then copied."""
    assert not Person.objects.exists(), "only ever in the empty database of the tests"
    if connection.vendor != "sqlite":
        call_command("demo", stdout=StringIO())
        return
    kept = shelf / "demo.sqlite3"
    with (shelf / "demo.lock").open("w") as lock, closing(sqlite3.connect(kept)) as copy:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if copy.execute("PRAGMA page_count").fetchone() == (0,):
            call_command("demo", stdout=StringIO())
            connection.connection.backup(copy)
        else:
            copy.backup(connection.connection)


def account(given_name: str) -> Person:
    """One of the accounts shown on the login page of the demo."""
    return Person.objects.get(email=f"{given_name}@demo.example")


def browser_of(given_name: str) -> Client:
    """A browser in which this account is logged in."""
    client = Client()
    client.force_login(account(given_name))
    return client
