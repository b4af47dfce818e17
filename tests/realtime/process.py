"""Server processes of their own, on the test database and on a Redis of their own."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from scripts.with_stack import free_port, redis_program, shipped

NEVER = 600.0  # seconds between two looks at the log: longer than any test
ROOT = Path(__file__).resolve().parent.parent.parent


def database_url() -> str:
    """The test database, as another process names it."""
    where = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{where['NAME']}"
    return f"postgresql://{where['USER']}@{where['HOST']}:{where['PORT']}/{where['NAME']}"


def wait_for_port(port: int, process: subprocess.Popen[str] | None = None) -> None:
    """Until somebody listens, or the process ends, a minute at most."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and (process is None or process.poll() is None):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nobody listens on {port}")


class ServerProcess:
    """`manage.py serve` with the tests' domain, or with the settings that are named.

    `pulse` is how often it looks at the log unasked: with `NEVER` it tells what it hears of, and nothing else.
    """

    def __init__(
        self,
        *words: str,
        redis_url: str = "",
        port: int = 0,
        settings: str = "tests.realtime.settings",
        database: str = "",
        pulse: float = 5,
    ) -> None:
        self.port = port or free_port()
        environment = {
            **shipped(),
            "DJANGO_SETTINGS_MODULE": settings,
            "DATABASE_URL": database or database_url(),
            "REDIS_URL": redis_url,
            "PYTHONPATH": str(ROOT),
            "EMBEDDED": "1",
            "PULSE_SECONDS": str(pulse),
        }
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(self.port), *words],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ready(self) -> "ServerProcess":
        wait_for_port(self.port, self.process)
        return self

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal and wait: the exit code and what was said."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=60)
        return self.process.returncode, said


class RedisProcess:
    """A Redis of one's own, to stop and start."""

    def __init__(self, program: str, folder: Path) -> None:
        self.port, self.program, self.folder = free_port(), program, folder
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        words = [
            self.program,
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, text=True)
        wait_for_port(self.port)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It takes connections and says nothing."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisProcess]:
    """A Redis of one's own, to freeze, stop and start."""
    server = RedisProcess(redis_program(), tmp_path)
    yield server
    server.stop()
