#!/usr/bin/env python3
"""Measures the live part (benchmarks/live) on a throw-away PostgreSQL and Redis, and writes docs/performance.md.

    scripts/bench_live.py [--quick] [--raw] [--to FOLDER]

`--quick` uses small sizes, prints and writes nothing; `--to` writes into another folder than docs/.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")


def main(arguments: list[str]) -> int:
    """Run it with the settings it needs; its exit code."""
    with tempfile.TemporaryDirectory(prefix="ecossolies-bench-") as folder:
        environment = {
            **os.environ,
            "EMBEDDED": "1",
            "STACK_DURABLE": "1",
            "SIGNING_KEY_FILE": str(Path(folder) / "signing_key"),
            "DJANGO_SETTINGS_MODULE": "benchmarks.live.settings",
        }
        words = [PYTHON, "scripts/with_stack.py", PYTHON, "-m", "benchmarks.live", *arguments]
        return subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
