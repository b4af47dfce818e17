"""Real servers in threads of the test process: one daphne (Twisted's reactor runs only once) and one uvicorn."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from realtime.server import RoomServer
from realtime.server_uvicorn import RoomServer as UvicornServer


def wait_until(is_so: Callable[[], object]) -> None:
    """Until it is so, 10 s at most."""
    deadline = time.monotonic() + 10
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.01)


@pytest.fixture(scope="session")
def own_layer() -> None:
    """Workers of one test run share a Redis, and should not hear each other's topics."""
    if settings.REDIS_URL:
        settings.CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"test-{uuid4().hex}"


@pytest.fixture(scope="session")
def daphne_server(own_layer: None) -> Iterator[RoomServer]:
    """A server that shares this process's settings and database."""
    server = RoomServer(
        import_string(settings.ASGI_APPLICATION),
        ["tcp:port=0:interface=127.0.0.1:backlog=4096"],
        signal_handlers=False,
    )
    thread = threading.Thread(target=server.run, name="daphne", daemon=True)
    thread.start()
    wait_until(lambda: server.listening_addresses)
    yield server
    server.stop_from_thread()
    thread.join(timeout=10)


def address_of(server: RoomServer | UvicornServer) -> str:
    """`http://127.0.0.1:<port>`."""
    is_daphne = isinstance(server, RoomServer)
    return f"http://127.0.0.1:{server.listening_addresses[0][1] if is_daphne else server.listener.getsockname()[1]}"


@pytest.fixture(scope="session")
def room_server(daphne_server: RoomServer) -> str:
    """The address of the server that ships."""
    return address_of(daphne_server)


@pytest.fixture(scope="session")
def uvicorn_server(own_layer: None) -> Iterator[UvicornServer]:
    """The server of large rooms, with the same settings and database."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = UvicornServer(import_string(settings.ASGI_APPLICATION), listener)
        thread = threading.Thread(target=server.serve_rooms, name="uvicorn", daemon=True)
        thread.start()
        wait_until(lambda: server.started)
        yield server
        server.should_exit = True
        thread.join(timeout=20)
