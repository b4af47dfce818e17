#!/usr/bin/env python3
"""Brings the shape of production up on loopback: nginx, WSGI workers for pages, socket processes, PostgreSQL, Redis.

    .venv/bin/python -m scripts.shape [--port 8080] [--sockets 2] [--server daphne] [COMMAND ...]

nginx runs the site of deploy/nginx/ecossolies.conf, gunicorn the file of deploy/. PostgreSQL and Redis are those of
`DATABASE_URL` and `REDIS_URL`, or throw-away ones (scripts/with_stack.py). Runs the command with `SHAPE_ADDRESS` in
its environment and stops all; without a command, serves until Ctrl-C.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from scripts import with_stack
from scripts.with_stack import IS_ROOT, apt, free_port, shipped, wait_for

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "deploy" / "nginx" / "ecossolies.conf"
MISSING = (
    "nginx is not here, and this user may not install it. On Debian or Ubuntu: sudo apt install nginx-light"
)
STATIC = "/opt/ecossolies/staticfiles/"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def found_nginx() -> str | None:
    """The program where it is, `/usr/sbin` included, which only root has in its path."""
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def nginx_program() -> str:
    """nginx; as root it is installed when missing, otherwise one sentence says how."""
    if (found := found_nginx()) is None and IS_ROOT and shutil.which("apt-get"):
        apt("nginx-light")
        found = found_nginx()
    return found or sys.exit(MISSING)


def replaced(text: str, pattern: str, by: str) -> str:
    """The text with each whole line that matches replaced. The shipped site must have one: what is tested is shipped."""
    changed, count = re.subn(pattern, lambda _: by, text, flags=re.MULTILINE)
    if not count:
        sys.exit(f"{SITE.name} has no line like {pattern}")
    return changed


def site(text: str, port: int, pages: int, sockets: list[int], static: Path) -> str:
    """The shipped site at other ports: nothing else is changed."""
    text = replaced(text, r"^    listen 80;$", f"    listen 127.0.0.1:{port} backlog=4096;")
    text = replaced(text, r"^    listen \[::\]:80;\n", "")
    text = replaced(text, r"127\.0\.0\.1:8100\b", f"127.0.0.1:{pages}")
    _, options = re.findall(r"^    server 127\.0\.0\.1:810[12]( .*;)$", text, flags=re.MULTILINE)
    text = replaced(text, r"^    server 127\.0\.0\.1:8102 .*\n", "")
    lines = "\n".join(f"    server 127.0.0.1:{socket}{options}" for socket in sockets)
    text = replaced(text, r"^    server 127\.0\.0\.1:8101 .*$", lines)
    return replaced(text, rf"\balias {STATIC}", f"alias {static}/")


def main_file(folder: Path, included: Path) -> str:
    """What the system's nginx.conf says around a site, in one folder of ours."""
    user = "user root;\n" if IS_ROOT else ""
    places = "\n".join(f"  {kind}_temp_path {folder}/{kind};" for kind in TEMPORARY)
    return (
        f"{user}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\n"
        "events { worker_connections 8192; }\n"
        f"http {{\n  include /etc/nginx/mime.types;\n  access_log off;\n{places}\n  include {included};\n}}\n"
    )


class Shape:
    """Everything but PostgreSQL and Redis, in one folder, on ports of its own."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        *,
        port: int = 0,
        sockets: int = 2,
        server: str = "daphne",
    ) -> None:
        self.nginx_program, self.server = nginx_program(), server
        self.folder, self.port, self.pages_port = folder, port or free_port(), free_port()
        self.socket_ports = [free_port() for _ in range(sockets)]
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {
            "SITE_URL": self.address,
            "TRUSTED_PROXIES": "127.0.0.1",
            "METRICS_NETWORKS": "127.0.0.0/8",
            "STATIC_HASHED": "1",
            "STATIC_ROOT": str(folder / "static"),
            "PAGES_BIND": f"127.0.0.1:{self.pages_port}",
            "PYTHONPATH": str(ROOT),
            **environment,
        }

    @property
    def address(self) -> str:
        """Where nginx listens."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Start all, and wait until each listens."""
        try:
            subprocess.run(self.manage("collectstatic", "--noinput", "-v0"), check=True, **self.place())
            for number in range(len(self.socket_ports)):
                self.start_sockets(number)
            self.start_pages()
            self.start_nginx()
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop all."""
        self.stop()

    def manage(self, *words: str) -> list[str]:
        """A management command's words."""
        return [sys.executable, str(ROOT / "manage.py"), *words]

    def place(self, **more: str) -> dict:
        """Where and with which settings a process runs."""
        return {"cwd": ROOT, "env": {**shipped(), **self.environment, **more}}

    def start_sockets(self, number: int) -> None:
        """One socket process, as ecossolies-sockets@.service starts it."""
        port = str(self.socket_ports[number])
        words = self.manage("serve", "--bind", "127.0.0.1", "--port", port, "--server", self.server)
        place = self.place(ASGI_APPLICATION="config.sockets.application")
        self.processes[f"sockets-{number}"] = subprocess.Popen(words, stdout=subprocess.DEVNULL, **place)

    def start_pages(self) -> None:
        """The WSGI workers, as ecossolies-pages.service starts them."""
        counts = self.folder / "counts"
        counts.mkdir()
        words = [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            str(ROOT / "deploy/gunicorn.conf.py"),
            "config.wsgi",
        ]
        self.processes["pages"] = subprocess.Popen(words, **self.place(PROMETHEUS_MULTIPROC_DIR=str(counts)))

    def start_nginx(self) -> None:
        """nginx, as whoever starts it."""
        shipped = SITE.read_text()
        own = site(shipped, self.port, self.pages_port, self.socket_ports, self.folder / "static")
        (self.folder / "site.conf").write_text(own)
        main = self.folder / "nginx.conf"
        main.write_text(main_file(self.folder, self.folder / "site.conf"))
        words = [self.nginx_program, "-e", str(self.folder / "nginx.log"), "-c", str(main)]
        self.processes["nginx"] = subprocess.Popen(words)

    def wait(self) -> None:
        """Until each port is listened on."""
        wait_for(self.pages_port, "gunicorn")
        for socket in self.socket_ports:
            wait_for(socket, "A socket process")
        wait_for(self.port, "nginx")

    def stop(self) -> None:
        """End all, the door first."""
        for name in sorted(self.processes):
            self.processes[name].send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
        self.processes.clear()


def serve(wanted: argparse.Namespace) -> int:
    """Migrate, start, run the command or wait."""
    environment = {"EMBEDDED": "1", "LOG_LEVEL": "WARNING"}
    with tempfile.TemporaryDirectory(prefix="ecossolies-shape-") as folder:
        Path(folder).chmod(0o755)
        shape = Shape(
            Path(folder), environment, port=wanted.port, sockets=wanted.sockets, server=wanted.server
        )
        subprocess.run(shape.manage("migrate", "-v0"), check=True, **shape.place())
        with shape:
            print(f"{shape.address}/  pages {shape.pages_port}  sockets {shape.socket_ports}", flush=True)
            if not wanted.command:
                signal.sigwait({signal.SIGINT, signal.SIGTERM})
                return 0
            return subprocess.run(
                wanted.command, check=False, **shape.place(SHAPE_ADDRESS=shape.address)
            ).returncode


def main(arguments: list[str]) -> int:
    """Beside the databases that are named, or throw-away ones."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--sockets", type=int, default=2, help="socket processes (default: 2)")
    parser.add_argument("--server", choices=["daphne", "uvicorn"], default="daphne", help="of the sockets")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    wanted = parser.parse_args(arguments)
    nginx_program()
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return serve(wanted)
    return with_stack.main([sys.executable, "-m", "scripts.shape", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
