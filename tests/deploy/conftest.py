"""nginx, WSGI workers and two socket processes, once for the tests that stand before them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as settings_file

from cooperation.models import LegalEntity, Person
from scripts.shape import Shape
from tests.cast import member
from tests.journey.scene import Scene, build
from tests.realtime.conftest import cookie_of
from tests.realtime.phone import Phone
from tests.realtime.process import database_url

Open = Callable[[Person], Phone]


@pytest.fixture(scope="session")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes put what they send."""
    return tmp_path_factory.mktemp("mails")


@pytest.fixture(scope="session")
def shape(
    tmp_path_factory: pytest.TempPathFactory, mails: Path, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Shape]:
    """The shape of production on the tests' database and Redis."""
    folder = tmp_path_factory.mktemp("shape")
    with django_db_blocker.unblock():
        url = database_url()
    environment = {
        "DATABASE_URL": url,
        "REDIS_URL": os.environ["REDIS_URL"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "EMAIL_URL": f"filemail:///{mails}",
        "LOG_LEVEL": "WARNING",
        "PAGES_WORKERS": "1",
    }
    with Shape(folder, environment, server=os.environ.get("SHAPE_SERVER", "daphne")) as running:
        yield running


@pytest.fixture
def shared_counts(settings: Any) -> None:
    """The counts of the processes' own cache."""
    settings.CACHES = {"default": {**settings_file.CACHES["default"], "KEY_PREFIX": ""}}


@pytest.fixture
def scene(
    transactional_db: None, shape: Shape, entity: LegalEntity, alice: Person, bob: Person, charlie: Person
) -> Scene:
    """A room that takes proposals; Alice facilitates, Bob and Nina are in it, Charlie is not."""
    return build(entity, alice, bob, member(entity, "Nina", 3), charlie)


@pytest.fixture
def phone(scene: Scene, shape: Shape) -> Iterator[Open]:
    """Opens sockets through the public door; all are closed at the end."""
    opened: list[Phone] = []

    def open_for(person: Person) -> Phone:
        opened.append(Phone(shape.address, cookie_of(person)))
        return opened[-1]

    yield open_for
    for one in opened:
        one.close()
