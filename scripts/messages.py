#!/usr/bin/env python3
"""Collects the sentences of code and templates into `locale/en`, and says how many wait for a translation.

    .venv/bin/python scripts/messages.py [--check]

French is the source language. `--check` writes nothing: it fails when a sentence is not translated.
Needs gettext (`apt install gettext`); running the platform does not.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
FRENCH_HEADER = (
    "# Written by scripts/messages.py: the plural sentences of the platform under the French rule."
)
IGNORED = [".venv", "var", "tests", "scripts", "benchmarks", "docs"]


def collect(root: Path) -> None:
    """Run Django's collector in a tree."""
    words = [sys.executable, "manage.py", "makemessages", "-l", "en", "--no-location", "--no-wrap", "-v", "0"]
    for folder in IGNORED:
        words += ["-i", folder]
    subprocess.run(words, cwd=root, check=True, env={**os.environ, "EMBEDDED": "1"})


def write_french_plurals(root: Path) -> None:
    """French needs no translation, but zero is singular in it: its plural forms are its own sentences, under its rule."""
    with (root / CATALOGUE).open("rb") as file:
        found = [message for message in read_po(file) if isinstance(message.id, tuple)]
    french = Catalog(
        locale="fr", project="Écossolies", version="0.1.0", header_comment=FRENCH_HEADER, fuzzy=False
    )
    for message in found:
        french.add(message.id, message.id, context=message.context, flags=message.flags - {"fuzzy"})
    path = root / "locale/fr/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, french, width=10_000)


def waiting(path: Path) -> list[str]:
    """The sentences without an English one, doubtful ones included."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not complete(message.string))
    ]


def complete(string: object) -> bool:
    """Whether every form of a translation is there."""
    return all(string) if isinstance(string, list | tuple) else bool(string)


def main() -> int:
    """Collect here, or check in a copy."""
    if "--check" not in sys.argv[1:]:
        collect(ROOT)
        write_french_plurals(ROOT)
        left = waiting(ROOT / CATALOGUE)
    else:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "tree"
            shutil.copytree(
                ROOT, copy, ignore=shutil.ignore_patterns(".venv", ".git", "var", "tests", "__pycache__")
            )
            collect(copy)
            left = waiting(copy / CATALOGUE)
    for sentence in left:
        print(f"not translated: {sentence}")
    print(f"{len(left)} sentences wait for their English", flush=True)
    return int(bool(left) and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
