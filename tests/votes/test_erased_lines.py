"""Lines of a roll whose names were erased: nothing is added, removed or weighed otherwise behind them."""

import copy
import json
from collections.abc import Callable

import pytest

from tests.votes.proofs import Export, rechained, why
from tests.votes.test_export_leaves import export, named, secret
from votes import keys

__all__ = ["export", "named", "secret"]  # exports of which the second line is erased
Change = Callable[[Export], object]


def line(export: Export, place: int = 1) -> dict[str, object]:
    found: dict[str, object] = export["roll"]["lines"][place]
    return found


def one_more(export: Export) -> None:
    more = {**line(export), "number": 5, "commitment": "f" * 64}
    export["roll"]["lines"].append(more)


def another_name(export: Export) -> None:
    names = {"label": "Zoé", "membership": None, "titular": 1, "substitute": None, "salt": "0" * 32}
    line(export).update(names)


def forget(export: Export) -> None:
    export["roll"]["lines"].pop(1)
    for number, each in enumerate(export["roll"]["lines"], start=1):
        each["number"] = number


CHANGES: dict[str, Change] = {
    "its weight": lambda export: line(export).update(weight="3"),
    "its college": lambda export: line(export).update(college="B"),
    "its being a guest": lambda export: line(export).update(is_guest=True),
    "its number": lambda export: line(export).update(number=9),
    "its commitment": lambda export: line(export).update(commitment="f" * 64),
    "its place": lambda export: export["roll"]["lines"].insert(0, export["roll"]["lines"].pop(1)),
    "the line, gone": forget,
    "a line more, erased too": one_more,
    "a name given to it": another_name,
    "a name kept": lambda export: line(export).update(label="Zoé"),
    "the weight of another": lambda export: line(export, 0).update(weight="3"),
    "the name of another": lambda export: line(export, 0).update(label="Zoé"),
    "the college of another": lambda export: line(export, 2).update(college="A"),
    "the seal": lambda export: export["roll"].update(hash="f" * 64),
}


def test_an_export_with_an_erased_line_holds_and_names_nobody_there(export: Export) -> None:
    assert why(export) == ""
    assert set(line(export)) - {"voted"} == {"number", "college", "weight", "is_guest", "commitment"}
    assert "Membre 101" not in json.dumps(export)


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_changes_in_a_roll_with_an_erased_line(export: Export, name: str) -> None:
    made = copy.deepcopy(export)
    CHANGES[name](made)
    assert why(made)
    assert why(rechained(made))
    assert why(rechained(made, keys.new_seed()), key=export["key"]["fingerprint"])


def test_erasing_every_other_line_still_leaves_the_chain_to_hold_them(export: Export) -> None:
    for place in (0, 2, 3):
        for name in ("label", "membership", "titular", "substitute", "salt"):
            del line(export, place)[name]
    assert why(export) == ""
    for name in ("its weight", "its college", "its commitment", "the line, gone", "a line more, erased too"):
        made = copy.deepcopy(export)
        CHANGES[name](made)
        assert "celles scellées à l’ouverture" in why(made) or "engagement" in why(made), name
        assert "La signature de l’étape 0" in why(rechained(made)) or "engagement" in why(made), name
