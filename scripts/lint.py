#!/usr/bin/env python3
"""Formatting, style, types, the staircase, templates: one command, each check's own words."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
FLOORS = ["config", "assemblies", "workshops", "votes", "decisions", "cooperation", "realtime"]
CHECKS = [
    ["ruff", "format", "--check", "."],
    ["ruff", "check", "."],
    ["mypy", *FLOORS],
    ["lint-imports"],
    ["djlint", "templates", "--lint", "--quiet"],
    ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    ["python", "manage.py", "check"],
    ["python", "scripts/messages.py", "--check"],
]


def main() -> int:
    """Run them all; 1 when any of them finds something."""
    os.environ.setdefault("EMBEDDED", "1")
    failed = []
    for program, *arguments in CHECKS:
        print(f"· {program} {' '.join(arguments)}", flush=True)
        if subprocess.run([str(BIN / program), *arguments], cwd=ROOT, check=False).returncode:
            failed.append(program)
    print(f"failed: {', '.join(failed)}" if failed else "all clean", flush=True)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
