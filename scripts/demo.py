#!/usr/bin/env python3
"""Loads the demo and serves it in one process: SQLite, memory, daphne. `make demo` calls this after the set-up.

scripts/demo.py [--host 127.0.0.1] [--port 8000]
"""

import argparse
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")


def say(text: str) -> None:
    """One line about what is going on."""
    print(f"· {text}", flush=True)


def manage(*words: str) -> None:
    """One management command, or stop with its words."""
    if subprocess.run([PYTHON, "manage.py", *words], cwd=ROOT, check=False).returncode:
        sys.exit(f"manage.py {words[0]} failed: see above. Nothing is being served.")


def own_address() -> str:
    """The address phones of the same network can reach, found without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.connect(("192.0.2.1", 9))
            return str(sock.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def check_port(host: str, port: int) -> None:
    """A taken port is said at once, in one sentence."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host, port))
        except OSError:
            sys.exit(f"Port {port} is taken. Try: make demo PORT={port + 1}")


def main() -> None:
    """Migrate, load, tell, serve."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    wanted = parser.parse_args()
    started = time.monotonic()
    check_port(wanted.host, wanted.port)
    shown = own_address() if wanted.host == "0.0.0.0" else wanted.host
    os.environ.update(DEMO="1", SITE_URL=f"http://{shown}:{wanted.port}", LOG_LEVEL="WARNING")
    os.environ["ALLOWED_HOSTS"] = f"localhost,127.0.0.1,[::1],{shown}"
    say("Preparing the database")
    manage("migrate", "--verbosity", "0")
    say("Loading the story of Les Écossolies, 2002 to today")
    manage("demo", "--tell")
    say(f"Ready after {time.monotonic() - started:.0f} s. Stop with Ctrl-C.")
    words = ["manage.py", "serve", "--bind", wanted.host, "--port", str(wanted.port)]
    os.chdir(ROOT)
    os.execv(PYTHON, [PYTHON, *words])


if __name__ == "__main__":
    main()
