"""Databases of one's own: a PostgreSQL that may be killed, a copy of SQLite's file; both asked from outside."""

import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg

from scripts.with_stack import as_server, free_port, new_cluster, postgres_bin
from tests.realtime.process import wait_for_port


class Postgres:
    """Asked by its address."""

    def __init__(self, url: str) -> None:
        self.url = url

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query gives."""
        with psycopg.connect(self.url) as asked:
            return asked.execute(sql.encode()).fetchall()


class SqliteFile:
    """A file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query gives; what it writes is committed."""
        with closing(sqlite3.connect(self.path, timeout=30)) as asked, asked:
            return asked.execute(sql).fetchall()


def store_of(url: str) -> Postgres | SqliteFile:
    """By its address."""
    return SqliteFile(Path(url.removeprefix("sqlite:///"))) if url.startswith("sqlite") else Postgres(url)


class PostgresProcess(Postgres):
    """A cluster of one's own, that waits for the disk at each commit, to kill and start again on the same files."""

    def __init__(self) -> None:
        # Not in a folder of pytest's: those are closed to the account PostgreSQL runs as.
        self.folder = Path(tempfile.mkdtemp(prefix="ecossolies-faults-"))
        self.folder.chmod(0o755)
        self.programs, self.port, self.data = postgres_bin(), free_port(), self.folder / "pg"
        super().__init__(f"postgresql://ecossolies@127.0.0.1:{self.port}/postgres")
        self.log = self.folder / "log"
        new_cluster(self.data, "-N")
        self.start()

    def start(self) -> None:
        """On the same files, tried again as a supervisor would while the last of the killed is not gone yet."""
        for _ in range(20):
            self.launch()
            with suppress(TimeoutError):
                wait_for_port(self.port, self.process)
                return
            time.sleep(0.2)
        raise TimeoutError(f"PostgreSQL did not start again: {self.log.read_text()[-800:]}")

    def launch(self) -> None:
        """The process."""
        options = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self.data}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.programs / "postgres"), "-D", str(self.data), *words],
                stdout=log,
                stderr=log,
                cwd="/",
                text=True,
                **as_server(),  # type: ignore[call-overload]
            )

    def copy_of(self, url: str) -> None:
        """Take over a database, tables and rows."""
        dump = subprocess.run(
            [str(self.programs / "pg_dump"), "--no-owner", url], check=True, stdout=subprocess.PIPE
        )
        words = [str(self.programs / "psql"), "-q", "-v", "ON_ERROR_STOP=1", self.url]
        subprocess.run(words, input=dump.stdout, check=True, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """`kill -9` of the server and of everything it started, at one instant: stopped first, it starts no more."""
        self.process.send_signal(signal.SIGSTOP)
        started = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for pid in [self.process.pid, *map(int, started)]:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def remove(self) -> None:
        """Kill what runs, delete the files."""
        if self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
