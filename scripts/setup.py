#!/usr/bin/env python3
"""Makes `.venv`, installs what is locked, compiles the translations; instant when nothing changed.

    scripts/setup.py [--test | --peers]

Runs on any Python 3.11 or later that has `venv`; needs no root and no system package.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PEERS = ROOT / ".venv-peers"


def say(text: str) -> None:
    """One line about what is going on."""
    print(f"· {text}", flush=True)


def python_of(venv: Path) -> Path:
    """The Python of a virtual environment."""
    return venv / "bin" / "python"


def make_venv(venv: Path) -> None:
    """A virtual environment, or the one sentence that says what is missing."""
    if sys.version_info < (3, 11):  # noqa: UP036  (an older Python is exactly what must be told)
        sys.exit(
            f"Python 3.11 or later is needed; this is {sys.version.split()[0]}. Try: make setup PYTHON=python3.12"
        )
    if python_of(venv).exists():
        return
    say(f"Making the virtual environment {venv.name}")
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        sys.exit(
            f"python3 lacks venv. On Debian or Ubuntu: sudo apt install python3-venv\n{made.stderr.strip()}"
        )


def stamp(requirements: Path) -> str:
    """What an installation was made from."""
    return hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()


def install(group: str, venv: Path) -> None:
    """Install one locked group, unless this very lock is installed already."""
    requirements, mark = ROOT / "requirements" / f"{group}.txt", venv / f"installed-{group}"
    wanted = stamp(requirements)
    if mark.exists() and mark.read_text() == wanted:
        return
    say(f"Installing {group} ({requirements.name}, versions locked); about half a minute")
    pip = [str(python_of(venv)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if "--hash=" in requirements.read_text():
        pip.append("--require-hashes")
    if subprocess.run([*pip, "-r", str(requirements)], check=False).returncode:
        sys.exit(
            "pip could not install the packages: is there a network? Nothing else was changed; run the command again."
        )
    mark.write_text(wanted)


def compile_messages() -> None:
    """Turn each .po that is newer than its .mo into a catalogue."""
    for po in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        say(f"Compiling {po.relative_to(ROOT)}")
        new = mo.with_suffix(".new")  # whoever reads the catalogue now reads a whole one
        words = ["-m", "babel.messages.frontend", "compile", "-i", str(po), "-o", str(new)]
        subprocess.run(
            [str(python_of(VENV)), *words],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        new.replace(mo)


def main() -> None:
    """Set up for running, or for testing too."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--test", action="store_true", help="install what the tests and the linters need, too"
    )
    parser.add_argument(
        "--peers", action="store_true", help="only the independent talliers, in an environment of their own"
    )
    wanted = parser.parse_args()
    if wanted.peers:
        make_venv(PEERS)
        install("peers", PEERS)
        return
    make_venv(VENV)
    install("test" if wanted.test else "run", VENV)
    compile_messages()


if __name__ == "__main__":
    main()
