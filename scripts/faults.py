#!/usr/bin/env python3
"""Runs the fault tests in their full form, on a file of SQLite, then on PostgreSQL and Redis; their figures are printed.

    scripts/faults.py [pytest arguments]

Four minutes of killed processes, full disks, sleeping phones and lost networks; `scripts/test.py` runs a short form.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
EMBEDDED = "tests/faults/test_embedded.py"


def main(extra: list[str]) -> int:
    """Both runs; the worse of their exit codes."""
    environment = {**os.environ, "EMBEDDED": "1", "FAULTS": "full"}
    pytest = [PYTHON, "-m", "pytest", "-q", "--nomigrations", "-p", "no:cacheprovider", *extra]
    runs = [
        [*pytest, EMBEDDED],
        [PYTHON, "scripts/with_stack.py", *pytest, "tests/faults", f"--ignore={EMBEDDED}"],
    ]
    return max(subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode for words in runs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
