"""What a cheat may try on the export of a named poll of three colleges, and what is said of it: the tables of the tests."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.votes.proofs import Export
from votes import keys

Change = Callable[[Export], object]


def entries(export: Export, step: int = 1) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = export["steps"][step]["entries"]
    return found


def another_ballot(export: Export) -> None:
    said = {**entries(export)[-1], "seq": 4, "ballot": 4, "key": "0" * 64}
    entries(export).append({**said, "line": export["roll"]["lines"][9]["commitment"]})


def a_stranger(export: Export) -> None:
    line = {**export["roll"]["lines"][0], "number": 11, "label": "Zoé", "membership": None, "salt": "0" * 32}
    export["roll"]["lines"].append(line)


def cut(export: Export) -> None:
    export["steps"] = [*export["steps"][:3], export["steps"][-1]]


@dataclass(frozen=True)
class Cheat:
    """A change of an export, and what is said of it once the whole chain was built again over it.

    `signed` is the first step whose signature then is not the key's, None where the roll refuses it before; `rebuilt` why it is refused also when it is signed
    again by another key, "" when nothing contradicts it: then only the key or a head known from elsewhere tells.
    """

    change: Change
    signed: int | None = 0
    rebuilt: str = ""


def of(change: Change, signed: int | None = 0, rebuilt: str = "") -> Cheat:
    """A cheat in one line."""
    return Cheat(change, signed, rebuilt)


def another_line(export: Export) -> None:
    entries(export)[0]["line"] = entries(export)[1]["line"]


AGAIN = "Le dépouillement refait ne donne pas"
ORDER = "Les inscriptions ne sont pas numérotées"
LINE = "La ligne 1 de la liste a été changée"
CHEATS = {
    "a ballot changed": of(lambda export: entries(export)[0].update(choices=["against"]), 1, AGAIN),
    "a ballot given to another line": of(another_line, 1, "est un second bulletin"),
    "a ballot dated otherwise": of(
        lambda export: entries(export)[0].update(received_at="2008-03-15T15:00:30.000000Z"), 1
    ),
    "a ballot dated before the opening": of(
        lambda export: entries(export)[0].update(received_at="2008-03-15T14:00:00.000000Z"), 1, "d’avant"
    ),
    "a ballot removed": of(lambda export: entries(export).pop(), 1, ORDER),
    "a batch removed": of(lambda export: export["steps"].pop(2), 2, ORDER),
    "the last batches cut off": of(cut, 3, AGAIN),
    "a ballot added": of(another_ballot, 1, ORDER),
    "a ballot duplicated": of(lambda export: entries(export).append(dict(entries(export)[0])), 1, ORDER),
    "a batch duplicated": of(
        lambda export: export["steps"].insert(2, copy.deepcopy(export["steps"][1])), 2, ORDER
    ),
    "two batches swapped": of(lambda export: export["steps"].insert(1, export["steps"].pop(2)), 1, ORDER),
    "a ballot of a stranger": of(
        lambda export: entries(export)[0].update(line="f" * 64), 1, "d’aucune ligne de la liste"
    ),
    "a name of the roll changed": of(lambda export: export["roll"]["lines"][0].update(label="Zoé")),
    "a line of the roll removed": of(lambda export: export["roll"]["lines"].pop(), 0, AGAIN),
    "a line of the roll added": of(a_stranger, 0, AGAIN),
    "a salt changed": of(lambda export: export["roll"]["lines"][0].update(salt="0" * 32)),
    "the heads of a line changed": of(lambda export: export["roll"]["lines"][0].update(weight="2"), 0, AGAIN),
    "the college of a line changed": of(
        lambda export: export["roll"]["lines"][0].update(college="B"), 0, AGAIN
    ),
    "twice the same member": of(
        lambda export: export["roll"]["lines"][1].update(membership=export["roll"]["lines"][0]["membership"]),
        None,
        "Un membre figure sur deux lignes",
    ),
    "the weight of a college changed": of(
        lambda export: export["rules"]["weights"][0].update(share="1/2"), 0, "La loi refuse ces règles"
    ),
    "the majority changed": of(
        lambda export: export["rules"].update(threshold="1/3"), 0, "La loi refuse ces règles"
    ),
    "a lawful majority changed": of(lambda export: export["rules"].update(threshold="2/3"), 0, AGAIN),
    "the question changed": of(lambda export: export["poll"].update(question="Autre question ?")),
    "the outcome changed": of(
        lambda export: export["result"]["outcome"].update(adopted=False, reached="0"), 4, AGAIN
    ),
    "a sentence changed": of(
        lambda export: export["result"]["derivation"][0].update(message="Adoptée."), 4, AGAIN
    ),
    "the engine changed": of(lambda export: export["result"].update(engine="9.9.9"), 4),
    "the count dated otherwise": of(
        lambda export: export["result"].update(counted_at="2008-03-16T00:00:00.000000Z"), 4
    ),
}
SHAPELESS: dict[str, Change] = {
    "the result cut off": lambda export: export["steps"].pop(),
    "a name kept without its salt": lambda export: export["roll"]["lines"][0].pop("salt"),
    "a line that says more": lambda export: export["roll"]["lines"][0].update(nom="Zoé"),
    "a step that says more": lambda export: export["steps"][1].update(note="Zoé"),
    "a result that says more": lambda export: export["result"].update(note="Zoé"),
    "an export that says more": lambda export: export.update(note="Zoé"),
    "a secret poll with named ballots": lambda export: export["poll"].update(secrecy="secret"),
}
OF_THE_CHAIN: dict[str, Change] = {
    "a signature changed": lambda export: export["steps"][2].update(
        signature=export["steps"][1]["signature"]
    ),
    "a signature in capitals": lambda export: export["steps"][2].update(
        signature=export["steps"][2]["signature"].upper()
    ),
    "a head changed": lambda export: export["steps"][2].update(head="0" * 64),
    "another key written": lambda export: export["key"].update(public=keys.key_of(keys.new_seed()).public),
    "another fingerprint written": lambda export: export["key"].update(fingerprint="0" * 64),
}
CHANGES = {name: cheat.change for name, cheat in CHEATS.items()} | SHAPELESS | OF_THE_CHAIN
