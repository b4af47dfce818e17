"""Builds `recount.py`: the pure modules that count and verify, word for word, in one file that needs only Python."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START = "votes.recount"
OURS = ("votes", "cooperation")
QUOTES = "'''"

HEAD = '''#!/usr/bin/env python3
"""Checks and recounts the export of a poll, with nothing but Python 3.11 or later and, for signatures, openssl 3.

    python3 recount.py export.json [--key FINGERPRINT] [--head HASH]

Vérifie et recompte l’export d’un vote : la liste, la chaîne, les signatures, un bulletin par mandat, le dépouillement ;
d’un vote secret, la liste, la chaîne, les signatures, l’émargement, les codes, les bulletins et le dépouillement.
L’empreinte de la clé et une tête de la chaîne se lisent au procès-verbal et sur les reçus ; leurs espaces ne comptent pas.

Exit code: 0 all holds; 1 something does not, and what; 3 all holds but the signatures, which this machine cannot check,
or which a secret poll older than the chains does not have.

The modules below are those of the platform, word for word: {count} files, SHA-256 of their text {digest}.
Licence: AGPL-3.0-or-later.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("Python 3.11 or later is needed.")

import importlib.abc
import importlib.util

SOURCES = {{
'''

TAIL = '''}


class Embedded(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Finds the modules written above, before any other of the same name."""

    def find_spec(self, name, path=None, target=None):
        if name not in SOURCES:
            return None
        return importlib.util.spec_from_loader(name, self, is_package=self.is_package(name))

    def is_package(self, name):
        return any(other.startswith(name + ".") for other in SOURCES)

    def get_source(self, name):
        return SOURCES[name]


if __name__ == "__main__":
    sys.meta_path.insert(0, Embedded())
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    from votes.recount import main

    sys.exit(main())
'''


def build() -> str:
    """The whole script: the same bytes for the same sources. Raises ValueError for a source that cannot be embedded."""
    found = sources()
    body = "".join(f"    {name!r}: r{QUOTES}{checked(name, text)}{QUOTES},\n" for name, text in found.items())
    return HEAD.format(count=len(found), digest=digest_of(found)) + body + TAIL


def digest_of(found: dict[str, str]) -> str:
    """One hash for all the sources."""
    whole = "".join(f"{name}\n{text}\n" for name, text in found.items())
    return sha256(whole.encode()).hexdigest()


def sources() -> dict[str, str]:
    """Every module the recount needs, by name, found by following the imports from its entry."""
    waiting, found = [START], {}
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = path_of(name).read_text("utf-8")
        waiting += [*parents(name), *imported(name, found[name])]
    return dict(sorted(found.items()))


def parents(name: str) -> Iterator[str]:
    """The packages a module is in."""
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def imported(name: str, text: str) -> Iterator[str]:
    """The modules of ours that a module imports when it is loaded."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from from_import(node)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if is_ours(alias.name))
        elif isinstance(node, ast.ImportFrom):
            raise ValueError(f"{name} imports by a dot")


def from_import(node: ast.ImportFrom) -> Iterator[str]:
    """The module named, and what it gives when that is a module too."""
    assert node.module
    if not is_ours(node.module):
        return
    yield node.module
    for alias in node.names:
        inner = f"{node.module}.{alias.name}"
        if path_of(inner).exists():
            yield inner


def is_ours(name: str) -> bool:
    """Whether a module is of the platform."""
    return name.partition(".")[0] in OURS


def path_of(name: str) -> Path:
    """Where a module is written."""
    base = ROOT.joinpath(*name.split("."))
    package = base / "__init__.py"
    return package if package.exists() else base.with_suffix(".py")


def checked(name: str, text: str) -> str:
    """The text, if it stands between quotes as it is."""
    if QUOTES in text or text.endswith(("\\", "'")) or "\r" in text or "\0" in text:
        raise ValueError(f"{name} cannot stand between {QUOTES}")
    return text
