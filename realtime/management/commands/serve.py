"""Runs the server: pages, REST and the socket, in one process or several that share the port."""

import importlib
import importlib.util
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

from realtime.garbage import settle
from realtime.layer import new_layer
from realtime.server import BACKLOG, RoomServer

RESTART_SECONDS = 1.0
FILES = 65_536  # a socket is a file, and a shell allows 1,024


class Command(BaseCommand):
    help = (
        "Serve pages, REST and /ws/. Stops gracefully on SIGTERM: acts under way are finished and answered."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, with how many processes, by which server."""
        parser.add_argument("--bind", default="127.0.0.1", help="Address to listen on (default: 127.0.0.1).")
        parser.add_argument("--port", type=int, default=8000, help="Port (default: 8000).")
        parser.add_argument("--workers", type=int, default=1, help="Processes sharing the port (default: 1).")
        parser.add_argument(
            "--server", choices=["daphne", "uvicorn"], default="daphne", help="uvicorn for large rooms."
        )
        parser.add_argument("--plain", action="store_true", help="Write every frame by ASGI's send alone.")
        parser.add_argument("--fd", type=int, help="Listen on this inherited socket instead.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check that the request can be met, then serve until told to stop."""
        if options["server"] == "uvicorn" and importlib.util.find_spec("uvicorn") is None:
            raise CommandError(
                "uvicorn is not installed: pip install -r requirements/scale.txt, or use --server daphne."
            )
        if options["workers"] < 1:
            raise CommandError("--workers must be at least 1.")
        allow_files()
        if options["workers"] == 1:
            self.serve(options)
        elif new_layer() is None:
            raise CommandError("Several workers need Redis to tell each other what happens: set REDIS_URL.")
        else:
            self.share(options)

    def serve(self, options: dict[str, Any]) -> None:
        """Serve in this process."""
        if options["fd"] is None:
            self.say(options)
        if options["server"] == "uvicorn":
            serve_uvicorn(options)
            return
        application = import_string(settings.ASGI_APPLICATION)
        server = RoomServer(application, [endpoint(options)], prepares=not options["plain"])
        settle()
        server.run()
        if not server.listening_addresses:
            raise CommandError(f"Cannot listen on {options['bind']} port {options['port']}: is it taken?")

    def share(self, options: dict[str, Any]) -> None:
        """Open the port once and let several processes accept on it; one that dies is started again."""
        with listening(options["bind"], options["port"]) as shared:
            self.say(options)
            supervise(worker_words(shared.fileno(), options), shared.fileno(), options["workers"])

    def say(self, options: dict[str, Any]) -> None:
        """Where to point the browser."""
        host = f"[{options['bind']}]" if ":" in options["bind"] else options["bind"]
        self.stdout.write(f"Serving on http://{host}:{options['port']}/")
        self.stdout.flush()


def allow_files() -> None:
    """Let this process, and those it starts, hold as many sockets as the system lets it ask for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(hard, FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def endpoint(options: dict[str, Any]) -> str:
    """What daphne listens on, with a backlog that lets a whole room in at once."""
    if options["fd"] is not None:
        return f"fd:fileno={options['fd']}"
    host = options["bind"].strip("[]")
    kind = "tcp6" if ":" in host else "tcp"
    escaped = host.replace(":", r"\:")
    return f"{kind}:port={options['port']}:interface={escaped}:backlog={BACKLOG}"


def serve_uvicorn(options: dict[str, Any]) -> None:
    """The same application by uvicorn, on the inherited socket or one of its own."""
    found = importlib.import_module("realtime.server_uvicorn")
    where = options["fd"]
    listener = (
        socket.socket(fileno=where) if where is not None else listening(options["bind"], options["port"])
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)  # uvicorn raises again what stopped it, once it has stopped
    with listener:
        application = import_string(settings.ASGI_APPLICATION)
        server = found.RoomServer(application, listener, prepares=not options["plain"])
        settle()
        server.serve_rooms()


def listening(bind: str, port: int) -> socket.socket:
    """A listening socket to hand to workers."""
    host = bind.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise CommandError(f"Cannot listen on {bind} port {port}: {error.strerror}.") from None


def worker_words(fd: int, options: dict[str, Any]) -> list[str]:
    """The command line of one worker."""
    words = [sys.executable, sys.argv[0], "serve", "--fd", str(fd), "--server", options["server"]]
    return [*words, "--plain"] if options["plain"] else words


def supervise(words: list[str], fd: int, count: int) -> None:
    """Keep `count` workers running until a signal asks to stop; then pass it on and wait for them."""
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda given, _: stopping.append(given))
    workers: list[subprocess.Popen[bytes]] = []
    while not stopping:
        workers = [worker for worker in workers if worker.poll() is None]
        while len(workers) < count:
            workers.append(subprocess.Popen(words, pass_fds=[fd], env=os.environ))  # noqa: S603
        time.sleep(RESTART_SECONDS)
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    for worker in workers:
        worker.wait()
