"""`manage.py serve`: pages, files and sockets; a graceful stop; a clear word when it cannot."""

import resource
import signal
import socket
import struct
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cooperation.models import Person
from realtime.management.commands import serve
from realtime.models import LoggedEvent
from realtime.server import RoomServer
from scripts.with_stack import free_port
from tests.realtime.conftest import cookie_of
from tests.realtime.phone import Phone
from tests.realtime.process import ServerProcess

Start = Callable[..., ServerProcess]
BOTH = pytest.mark.parametrize("by", ["daphne", "uvicorn"])


@pytest.fixture
def start(transactional_db: None) -> Iterator[Start]:
    """Starts servers; all are ended."""
    started: list[ServerProcess] = []

    def one(*words: str, port: int = 0) -> ServerProcess:
        started.append(ServerProcess(*words, port=port))
        return started[-1]

    yield one
    for server in started:
        server.end(signal.SIGKILL)


@BOTH
def test_serve_serves_pages_files_and_sockets(start: Start, bob: Person, by: str) -> None:
    server = start("--server", by).ready()
    with urllib.request.urlopen(f"{server.address}/comptes/login/") as page:
        assert page.read() == b"login"
    with urllib.request.urlopen(f"{server.address}/static/admin/css/base.css") as sheet:
        assert sheet.headers["Content-Type"].startswith("text/css")
    phone = Phone(server.address, cookie_of(bob))
    assert phone.joined("wall:1") == {"topic": "wall:1", "upto": 0}
    phone.close()


def test_it_may_hold_as_many_sockets_as_the_system_allows(start: Start) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1_024, hard))
    try:
        server = start().ready()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    allowed, _ = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
    assert allowed == min(hard, serve.FILES)


@BOTH
def test_a_stop_finishes_and_answers_what_is_under_way_and_says_so(
    start: Start, bob: Person, by: str
) -> None:
    server = start("--server", by).ready()
    phone = Phone(server.address, cookie_of(bob))
    phone.joined("wall:1")
    key = phone.do("note.add", wall=1, text="slow 1")
    phone.joined("wall:2")
    server.process.send_signal(signal.SIGTERM)
    assert phone.answer(key)["done"] == key
    assert phone.closed_with() == 4503
    said, _ = server.process.communicate(timeout=60)
    assert server.process.returncode == 0
    assert "Traceback" not in said
    assert LoggedEvent.objects.count() == 1
    phone.close()


@BOTH
def test_a_port_that_is_taken_is_said(start: Start, by: str) -> None:
    port = free_port()
    start("--server", by, port=port).ready()
    second = start("--server", by, port=port)
    said, _ = second.process.communicate(timeout=60)
    assert second.process.returncode == 1
    assert f"Cannot listen on 127.0.0.1 port {port}" in said


def test_several_workers_without_redis_are_refused(settings: object) -> None:
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="REDIS_URL"):
        call_command("serve", workers=2)


def test_no_worker_is_refused() -> None:
    with pytest.raises(CommandError, match="at least 1"):
        call_command("serve", workers=0)


def test_uvicorn_that_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(CommandError, match="uvicorn is not installed"):
        call_command("serve", server="uvicorn")


ENDPOINTS = [
    ({"fd": None, "bind": "127.0.0.1", "port": 8000}, "tcp:port=8000:interface=127.0.0.1:backlog=4096"),
    ({"fd": None, "bind": "::1", "port": 8000}, r"tcp6:port=8000:interface=\:\:1:backlog=4096"),
    ({"fd": 7, "bind": "127.0.0.1", "port": 8000}, "fd:fileno=7"),
]


@pytest.mark.parametrize(("options", "expected"), ENDPOINTS)
def test_a_room_may_come_in_at_once(options: dict[str, object], expected: str) -> None:
    assert serve.endpoint(options) == expected


def backlog_of(port: int) -> int:
    """How many may wait at a port for being accepted: what `ss -ltn` shows, asked of the system itself."""
    sock_diag, listening, dump = 4, 1 << 10, 0x301
    wanted = struct.pack("=BBBxIHH44x", 2, 6, 0, listening, socket.htons(port), 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, sock_diag) as system:
        system.send(struct.pack("=IHHII", 16 + len(wanted), 20, dump, 1, 0) + wanted)
        found: int = struct.unpack_from("=I", system.recv(4096), 16 + 60)[0]
        return found


def whole_room() -> int:
    """What is asked for, as far as the system goes along."""
    return min(4096, int(Path("/proc/sys/net/core/somaxconn").read_text()))


@BOTH
def test_a_whole_room_may_wait_at_the_door(start: Start, by: str) -> None:
    server = start("--server", by).ready()
    urllib.request.urlopen(
        f"{server.address}/comptes/login/"
    ).close()  # uvicorn listens a second time to serve
    assert backlog_of(server.port) == whole_room()


def test_a_whole_room_may_wait_at_the_door_that_workers_share() -> None:
    with serve.listening("127.0.0.1", 0) as shared:
        assert backlog_of(shared.getsockname()[1]) == whole_room()


def test_a_handshake_has_a_minute_for_its_turn(daphne_server: RoomServer) -> None:
    assert daphne_server.ws_factory.openHandshakeTimeout == 60  # autobahn's: from the request to the answer
    assert daphne_server.websocket_connect_timeout == 60  # daphne's own: until the application accepts
