#!/usr/bin/env python3
"""Runs every test: on SQLite and memory, then on a real PostgreSQL and Redis. Says loudly what is missing.

    scripts/test.py [--no-missing] [pytest arguments]

`--no-missing` makes a missing chromium or nginx a failure instead of a message (CI uses it).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
# What locks, commits and tells; members, rooms and the register keep plain rows, whose locks are asked.
ON_BOTH = [
    "tests/realtime",
    "tests/decisions/test_register.py",
    "tests/votes",
    "tests/workshops/test_concurrency.py",
    "tests/workshops/test_telling.py",
    "tests/workshops/test_consulting.py",
    "tests/assemblies",
    "tests/journey",
    "tests/deploy",
    "tests/faults",
]
# With the server that ships among the others; once more with that of large rooms.
RESTARTING = "tests/deploy/test_restarting.py"
# A browser sees the main job on both; the rest of what it sees does not depend on the database.
IN_A_BROWSER = ["tests/journey/test_the_main_job.py"]
# Pages and endpoints, read one by one, by each of the cast: the walk over all in tests/journey asks PostgreSQL the same.
# Exports are checked and recounted without a database. A server on a file of SQLite is hurt on a file of SQLite.
PAGES = [
    "tests/*/test_*pages*.py",
    "tests/*/test_*api.py",
    "tests/votes/test_method_*.py",
    "tests/faults/test_embedded.py",
    "tests/votes/test_proofs.py",
    "tests/*/test_*export*.py",
    "tests/*/test_queries.py",
    "tests/assemblies/test_assembly_live.py",
    "tests/assemblies/test_quorum.py",
    "tests/assemblies/test_trials.py",
]

# The first, where it is packaged, costs a third of the second.
BROWSERS = ("chromium-headless-shell", "chromium")
MISSING = """
*** The browser tests do NOT run: chromium is missing. Install it: sudo apt install chromium ***
"""
NO_NGINX = """
*** The tests of the public door do NOT run: nginx is missing. Install it: sudo apt install nginx-light ***
"""


def chromium_is_there() -> bool:
    """Whether a browser is installed; as root it is installed by apt when missing."""
    if any(shutil.which(name) for name in BROWSERS):
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing chromium by apt…", flush=True)
        quiet = {
            "stdout": subprocess.DEVNULL,
            "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            "check": False,
        }
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        for name in BROWSERS:
            subprocess.run(["apt-get", "install", "-y", "-qq", name, "fonts-noto-core"], **quiet)
            if shutil.which(name):
                return True
    return False


def nginx_is_there() -> bool:
    """Whether the public door can be opened (scripts/shape.py); root installs it when missing."""
    installed = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    return installed is not None or (os.geteuid() == 0 and shutil.which("apt-get") is not None)


def run(*words: str) -> int:
    """One command from the root of the repository; its exit code."""
    return start(*words).wait()


def start(*words: str, **more: str) -> subprocess.Popen[bytes]:
    """The same, with more in its environment, while others go on."""
    environment = {**os.environ, "EMBEDDED": "1", "DJANGO_ALLOW_ASYNC_UNSAFE": "", **more}
    # Compiled once, not by each worker and each server of each run.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(list(words), cwd=ROOT, env=environment)


def browser_files() -> list[str]:
    """The files whose tests see a browser: reading the thousands of others would take longer than some of these."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(file.relative_to(ROOT)) for file in files if "mark.browser" in file.read_text("utf-8")]


def main(arguments: list[str]) -> int:
    """Every run; the exit code is the worst of them. Browsers get processes of their own: their driver keeps a loop."""
    strict = "--no-missing" in arguments
    extra = [word for word in arguments if word != "--no-missing"]
    has_browser = chromium_is_there()
    if not has_browser:
        print(MISSING, flush=True)
        if strict:
            return 1
    on_both = [*ON_BOTH, *(f"--ignore-glob={ROOT / pages}" for pages in PAGES)]
    codes = []
    pytest = [PYTHON, "-m", "pytest", "-q", *extra]
    # One worker more than cores: while one waits for a minute to pass, the others work.
    workers = ["-n", str((os.cpu_count() or 2) + 1), "--dist", "worksteal", "--nomigrations"]
    stack = [PYTHON, "scripts/with_stack.py", *pytest]
    codes.append(run(*pytest, *workers, "-m", "not browser", "tests"))
    # What every page says to a stranger does not depend on the database: once is enough.
    codes.append(run(*stack, *workers, "-m", "not browser and not once and not alone", *on_both))
    if has_browser:
        codes.append(run(*pytest, *workers, "-m", "browser", *browser_files()))
    meanwhile = [start(*stack, RESTARTING, SHAPE_SERVER="uvicorn")] if nginx_is_there() else []
    if has_browser:
        codes.append(run(*stack, *workers, "-m", "browser", *IN_A_BROWSER))
    codes += [one.wait() for one in meanwhile]
    # The migrations run once, here; elsewhere the tables are made from the models (`make lint` compares).
    by_itself = "alone" if nginx_is_there() else "alone and not proxied"
    if "not" in by_itself:
        print(NO_NGINX, flush=True)
        codes.append(int(strict))
    places = ["tests/votes", "tests/deploy"]
    codes.append(run(*stack, "-m", by_itself, *places))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
