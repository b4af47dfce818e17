"""docs/law.md holds every public rule by its own name and file; every rule and every test it names exists."""

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import votes.counting
from cooperation import rules
from votes.counting.requests import answer
from votes.methods.base import Method

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs/law.md").read_text("utf-8")
FLOORS = ("cooperation", "votes", "assemblies", "decisions")
LAWFUL = re.compile(r"(rules|\w+_rules|\w+_law)\.py")
# Pure files of the law under another name; what reads requests and polls for the counts is no rule.
OTHERS = ["cooperation.admission", "cooperation.sentences"]
OTHERS += [f"votes.counting.{module.name}" for module in pkgutil.iter_modules(votes.counting.__path__)]
# Rules named in the table beside those it must hold: the written form of proofs, what polls and requests read.
ALSO = [
    "votes.entries",
    "votes.lists",
    "votes.secrecy",
    "votes.counting.polls.voices",
    "votes.counting.requests",
]


def lawful_files() -> Iterator[str]:
    """The files of each floor whose name says that they hold the law."""
    for floor in FLOORS:
        for path in sorted((ROOT / floor).glob("*.py")):
            if LAWFUL.fullmatch(path.name):
                yield f"{floor}.{path.stem}"


def public_functions(module: str) -> list[str]:
    """The public functions written in a module, as the table names them."""
    found = vars(importlib.import_module(module)).items()
    written = [name for name, value in found if inspect.isfunction(value) and value.__module__ == module]
    return [qualified(module, name) for name in written if not name.startswith("_")]


def qualified(module: str, name: str) -> str:
    """The file and the function; of a file named `rules.py` the floor too."""
    floor, _dot, file = module.rpartition(".")
    return f"{floor}.rules.{name}" if file == "rules" else f"{file}.{name}"


def column(title: str) -> set[str]:
    """What the tables name under this title."""
    named: set[str] = set()
    place: int | None = None
    for line in TABLE.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if not line.startswith("|"):
            place = None
        elif title in cells:
            place = cells.index(title)
        elif place is not None:
            named |= set(re.findall(r"`([\w.]+)`", cells[place]))
    return named


MODULES = sorted({*lawful_files(), *OTHERS})
MUST = {name: module for module in MODULES for name in public_functions(module)}
KNOWN = set(MUST) | {name for module in ALSO for name in public_functions(module)}
KNOWN |= {f"Method.{name}" for name in vars(Method) if not name.startswith("_")}
NAMED = column("function")


@cache
def names_of_tests() -> set[str]:
    """The names of all tests, read when first asked."""
    read = (path.read_text("utf-8") for path in (ROOT / "tests").glob("**/test_*.py"))
    return {name for text in read for name in re.findall(r"^ *(?:async )?def (\w+)\(", text, re.MULTILINE)}


def test_the_law_is_looked_for_where_it_is() -> None:
    assert {"cooperation.proxy_law", "votes.rules", "assemblies.rules"} <= set(MODULES)
    assert {"assemblies.contest_rules", "decisions.rules", "votes.counting.schulze"} <= set(MODULES)
    assert len(MUST) == sum(len(public_functions(module)) for module in MODULES), "two rules of one name"


@pytest.mark.parametrize("function", sorted(MUST))
def test_every_public_rule_is_in_the_table(function: str) -> None:
    assert function in NAMED


@pytest.mark.parametrize("function", sorted(NAMED))
def test_every_function_of_the_table_exists_under_that_name(function: str) -> None:
    assert function in KNOWN


@pytest.mark.parametrize("name", sorted(column("test")))
def test_every_test_of_the_table_exists(name: str) -> None:
    assert name in names_of_tests()


@pytest.mark.parametrize("function", sorted(MUST))
def test_every_public_rule_says_what_it_means(function: str) -> None:
    assert inspect.getdoc(getattr(importlib.import_module(MUST[function]), function.rpartition(".")[2]))


def test_what_rules_offers_is_what_it_lists():
    offered = {
        name for name, value in vars(rules).items() if inspect.isfunction(value) and not name.startswith("_")
    }
    assert offered <= set(rules.__all__)
    assert all(hasattr(rules, name) for name in rules.__all__)


@pytest.mark.parametrize("request_", re.findall(r"```json\n(.+?)```", TABLE, re.DOTALL))
def test_every_request_shown_is_answered(request_):
    assert answer(json.dumps(json.loads(request_)))["derivation"]
