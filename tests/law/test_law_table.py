"""docs/law.md holds every public rule, and every test it names exists."""

import ast
import importlib
import inspect
import json
import pkgutil
import re
from pathlib import Path

import pytest

import votes.counting
from cooperation import rules
from votes.counting.requests import answer

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs/law.md").read_text("utf-8")
ROWS = "\n".join(line for line in TABLE.splitlines() if line.startswith("|"))
NAMED = set(re.findall(r"`(\w+)`", ROWS))
MODULES = ["cooperation.sentences", "cooperation.rules", "votes.rules"]
MODULES += [f"votes.counting.{module.name}" for module in pkgutil.iter_modules(votes.counting.__path__)]


def public_functions():
    """Every public function of the law, with those `cooperation.rules` gathers."""
    for name in MODULES:
        for function in vars(importlib.import_module(name)).values():
            ours = inspect.isfunction(function) and function.__module__.startswith(("cooperation.", "votes."))
            reads = ours and function.__module__.startswith(
                ("votes.counting.requests.", "votes.counting.polls.")
            )
            if ours and not reads and not function.__name__.startswith("_"):
                yield function


FUNCTIONS = sorted({f"{function.__module__}.{function.__name__}" for function in public_functions()})
TESTS = {
    node.name
    for path in (ROOT / "tests/law").glob("test_*.py")
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
    if isinstance(node, ast.FunctionDef)
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_public_rule_is_in_the_table(function):
    assert function.rpartition(".")[2] in NAMED


@pytest.mark.parametrize("name", sorted(name for name in NAMED if name.startswith("test_")))
def test_every_test_of_the_table_exists(name):
    assert name in TESTS


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_public_rule_says_what_it_means(function):
    module, _dot, name = function.rpartition(".")
    assert inspect.getdoc(getattr(importlib.import_module(module), name))


def test_what_rules_offers_is_what_it_lists():
    offered = {
        name for name, value in vars(rules).items() if inspect.isfunction(value) and not name.startswith("_")
    }
    assert offered <= set(rules.__all__)
    assert all(hasattr(rules, name) for name in rules.__all__)


@pytest.mark.parametrize("request_", re.findall(r"```json\n(.+?)```", TABLE, re.DOTALL))
def test_every_request_shown_is_answered(request_):
    assert answer(json.dumps(json.loads(request_)))["derivation"]
