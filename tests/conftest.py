"""What every test stands on: real parts, and a cast of three."""

import logging
import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as settings_file
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation

from tests.cast import alice, bob, charlie, entity, room_clients  # noqa: F401
from tests.realtime.phones import phone_at  # noqa: F401
from tests.realtime.process import redis  # noqa: F401
from tests.room_server import daphne_server, own_layer, room_server, uvicorn_server  # noqa: F401  (one of each)

ON_STACK = "DATABASE_URL" in os.environ


def pytest_configure(config: pytest.Config) -> None:
    """A test that logs an error fails; say which stack carries this run."""
    logging.captureWarnings(False)
    # Each test has clients of its own: they look for a style sheet when asked, instead of listing all of them first.
    settings_file.WHITENOISE_AUTOREFRESH = True


def pytest_report_header() -> str:
    """Which database and which layer this run stands on."""
    return "stack: PostgreSQL and Redis" if ON_STACK else "stack: SQLite and memory"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests marked `stack` belong to the run with PostgreSQL and Redis; elsewhere they are not collected.

    Those marked `long` start first: no worker is left with one when the others have ended.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if ON_STACK:
        return
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("stack")])
    items[:] = [item for item in items if not item.get_closest_marker("stack")]


def only_what_holds_rows(
    self: DatabaseOperations,
    style: Any,
    tables: Any,
    *,
    reset_sequences: bool = False,
    allow_cascade: bool = False,
) -> list[str]:
    """Empty the tables row by row: for the few rows of a test, fifty times faster than truncating sixty tables."""
    names = [self.quote_name(table) for table in tables]
    deletes = [f"DELETE FROM {name}" for name in names]
    return ["SET session_replication_role = replica", *deletes, "SET session_replication_role = DEFAULT"]


@pytest.fixture(scope="session", autouse=True)
def quick_emptying() -> None:
    """After a test that commits, PostgreSQL is emptied the quick way."""
    DatabaseOperations.sql_flush = only_what_holds_rows  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database of this process; when the run ends, threads that kept a connection to it are let go first."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def tables_first(django_db_setup: None) -> None:
    """The tables are made before any test changes a setting: `--nomigrations` is one, and would end with that test."""


@pytest.fixture(autouse=True)
def language_of_its_own() -> Iterator[None]:
    """A request in English in one test leaves the next one in French."""
    translation.activate(settings_file.LANGUAGE_CODE)
    yield
    translation.activate(settings_file.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def counts_of_its_own(settings: Any) -> None:
    """What one test counts (wrong codes, sends a minute) is not held against the next."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid4().hex}}


@pytest.fixture(autouse=True)
def no_logged_error(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that logs an error fails, unless it says `@pytest.mark.logs_errors`."""
    yield
    if request.node.get_closest_marker("logs_errors"):
        return
    errors = [
        record
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.ERROR
    ]
    assert not errors, [record.getMessage() for record in errors]
