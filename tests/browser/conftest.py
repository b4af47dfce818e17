"""What browser tests stand on: a real chromium, a small server that plays the protocol, a room to open."""

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.pages.room import Room
from tests.browser.pages.server import LiveServer
from tests.browser.proxy import Proxy

# The same browser without its windows costs a third of its processor.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-gpu",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: the driver keeps a loop running, and no asynchronous test could start after it."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_driver() -> Iterator[None]:
    """The driver keeps a loop running in this thread; the tests use the database beside it, never inside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session")
def base_url() -> str:
    """Nothing: each test has a server of its own."""
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The chromium of the system."""
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture
def server() -> Iterator[LiveServer]:
    """A server that plays the protocol, under the project's own content security policy."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    csp = "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())
    with LiveServer(csp) as running:
        yield running


@pytest.fixture
def room(server: LiveServer, page: Page) -> Iterator[Room]:
    """A workshop's room, ready to be opened; an error in the page's script fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda message: errors.append(message.text) if "Content Security" in message.text else None
    )
    yield Room(server, page)
    assert not errors


@pytest.fixture
def proxy(server: LiveServer) -> Iterator[Proxy]:
    """A network between the browser and the server, which a test may cut."""
    with Proxy(server.port) as running:
        yield running
