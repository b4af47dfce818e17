"""Screens around a hall: laptops, phones and a projector, each a browser of its own on a real server."""

import os
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from cooperation.models import LegalEntity, Person
from realtime import hub
from tests.browser import conftest as browsers
from tests.browser.proxy import Proxy
from tests.cast import member
from tests.journey.demo import demo, shelf  # noqa: F401
from tests.journey.scene import Scene, build
from tests.journey.screens import Screens

base_url = browsers.base_url
pytest_collection_modifyitems = browsers.pytest_collection_modifyitems


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The chromium of the system. Its driver keeps a loop running in this thread, in which tests read the database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    return {"executable_path": browsers.CHROMIUM, "args": browsers.ARGUMENTS}


@pytest.fixture
def site(transactional_db: None, room_server: str) -> str:
    """The address of the platform, on committed rows."""
    return room_server


@pytest.fixture
def nina(entity: LegalEntity) -> Person:
    """She is a member, on a phone of her own."""
    return member(entity, "Nina", 3)


@pytest.fixture
def scene(site: str, entity: LegalEntity, alice: Person, bob: Person, nina: Person, charlie: Person) -> Scene:
    """A room open to guests, collecting; Alice facilitates and sits on the board, Bob and Nina are members."""
    return build(entity, alice, bob, nina, charlie)


@pytest.fixture
def screens(site: str, browser: Browser) -> Iterator[Screens]:
    """Opens screens; an error in a page's script, or a breach of its policy, fails the test."""
    opened = Screens(browser, site)
    yield opened
    opened.close()
    wait_for_quiet()
    assert not opened.errors


def wait_for_quiet() -> None:
    """Until the server has let go of every socket, so that nothing reads the database while it is emptied."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not any(found.sockets or found.tasks for found in list(hub.hubs.values())):
            return
        time.sleep(0.01)


@pytest.fixture
def network(site: str) -> Iterator[Proxy]:
    """A network between one phone and the server, which a test may cut."""
    with Proxy(int(site.rsplit(":", 1)[1])) as running:
        yield running
