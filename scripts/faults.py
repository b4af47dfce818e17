#!/usr/bin/env python3
"""Runs the fault tests in their full form, on a file of SQLite, then on PostgreSQL and Redis; their figures are printed.

    scripts/faults.py [pytest arguments]

Seven minutes of killed processes, full disks, sleeping phones and lost networks: on daphne, then before the server of large
rooms. `scripts/test.py` runs a short form, on daphne (a killed process on both).
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
EMBEDDED = "tests/faults/test_embedded.py"


def main(extra: list[str]) -> int:
    """All runs; the worst of their exit codes."""
    environment = {**os.environ, "EMBEDDED": "1", "FAULTS": "full"}
    pytest = [PYTHON, "-m", "pytest", "-q", "--nomigrations", "-p", "no:cacheprovider", *extra]
    stack = [PYTHON, "scripts/with_stack.py", *pytest, "tests/faults", f"--ignore={EMBEDDED}"]
    runs = [("daphne", [*pytest, EMBEDDED]), ("daphne", stack), ("uvicorn", stack)]
    codes = []
    for server, words in runs:
        given = {**environment, "FAULTS_SERVER": server}
        codes.append(subprocess.run(words, cwd=ROOT, env=given, check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
