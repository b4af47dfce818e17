"""The habits of the house that a tool can hold."""

import ast
import importlib
import statistics
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.tree import ROOT, sources, tree

FILES = sources()
NAMED = [str(path.relative_to(ROOT)) for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=NAMED)
def test_a_file_opens_with_a_sentence_and_stays_under_400_lines(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 400
    if text.strip():
        assert ast.get_docstring(tree(path)), "a module says what it is for"


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, the docstring aside."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


@pytest.mark.parametrize("path", FILES, ids=NAMED)
def test_no_function_is_longer_than_40_lines(path: Path) -> None:
    assert not [f"{node.name}: {length(node)}" for node in functions(path) if length(node) > 40]


def test_the_median_function_is_short() -> None:
    assert statistics.median(length(node) for path in FILES for node in functions(path)) <= 8


def refused_codes() -> dict[str, str]:
    """Every code raised by name, and where."""
    found = {}
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused" and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    found[code.value] = str(path.relative_to(ROOT))
    return found


def test_every_refusal_has_its_sentence() -> None:
    sentences = importlib.import_module(settings.REALTIME_REFUSALS).SENTENCES
    assert not {code: place for code, place in refused_codes().items() if code not in sentences}


def is_write(node: ast.AST, writers: set[str]) -> bool:
    """Whether a node calls `Something.objects.create(…)` or its like."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr in writers and getattr(node.func.value, "attr", "") == "objects"


def test_only_services_and_the_ground_floor_write() -> None:
    """`.save`, `.create`, `.delete`, `.update` belong to services; views, rules and live parts only read."""
    writers = {"save", "create", "bulk_create", "bulk_update", "delete", "update_or_create", "get_or_create"}
    readers = {"rules.py", "live.py", "events.py", "chain.py", "forms.py", "api.py", "views.py"}
    found = []
    for path in FILES:
        if path.name not in readers and "views" not in path.parts:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for node in ast.walk(tree(path))
            if is_write(node, writers)
        ]
    assert not found


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_template_carries_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert " style=" not in text
    assert "<style" not in text
    assert " on" not in [attribute[:3] for attribute in text.split("=") if attribute.endswith(" onclick")]
    for part in text.split("<script")[1:]:
        opening, _, rest = part.partition(">")
        assert "src=" in opening or 'type="application/json"' in opening, "a script is a file"
        if "src=" in opening:
            assert rest.partition("</script>")[0].strip() == ""
