"""A real daphne in a thread of the test process, one per process: Twisted's reactor runs only once."""

import threading
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from realtime.server import RoomServer


@pytest.fixture(scope="session")
def room_server() -> Iterator[str]:
    """The address, `http://127.0.0.1:<port>`, of a server that shares this process's settings and database."""
    # Workers of one test run share a Redis, and should not hear each other's topics.
    if settings.REDIS_URL:
        settings.CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"test-{uuid4().hex}"
    application = import_string(settings.ASGI_APPLICATION)
    ready = threading.Event()
    server = RoomServer(
        application,
        ["tcp:port=0:interface=127.0.0.1:backlog=4096"],
        signal_handlers=False,
        ready_callable=ready.set,
    )
    thread = threading.Thread(target=server.run, name="daphne", daemon=True)
    thread.start()
    ready.wait(timeout=10)
    deadline = time.monotonic() + 10
    while not server.listening_addresses and time.monotonic() < deadline:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.listening_addresses[0][1]}"
    server.stop_from_thread()
    thread.join(timeout=10)
