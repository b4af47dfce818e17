"""The project's own files, read as text and as syntax trees."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ["realtime", "cooperation", "decisions", "votes", "workshops", "assemblies", "config"]


def sources() -> list[Path]:
    """Every Python file of the floors, migrations aside."""
    return [
        path
        for floor in FLOORS
        for path in sorted((ROOT / floor).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def tree(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(), filename=str(path))


def floor_of(path: Path) -> str:
    """The floor a file or a template stands on."""
    return path.relative_to(ROOT).parts[0]
