"""What a cheat may try on the export of a secret poll of three colleges, and what is said of it: the table of the tests."""

from collections.abc import Callable
from typing import Any

from tests.votes.proofs import Export
from votes.counting.polls import Voice
from votes.lists import in_order
from votes.recounting import recount
from votes.secrecy import new_code


def ballots(export: Export) -> list[Any]:
    return list(export["secret"]["ballots"])


def move_a_ballot_to_another_college(export: Export) -> None:
    next(ballot for ballot in ballots(export) if ballot["college"] == "A")["college"] = "B"


def change_a_ballot(export: Export) -> None:
    next(ballot for ballot in ballots(export) if ballot["choices"] == ["for"])["choices"] = ["against"]
    export["secret"] = in_order(**export["secret"])


def change_a_code(export: Export) -> None:
    export["secret"]["codes"][0] = new_code()
    export["secret"] = in_order(**export["secret"])


def marked(export: Export, voted: bool) -> Any:
    return next(line for line in export["roll"]["lines"] if line["voted"] is voted)


def give_a_mark_to_another(export: Export) -> None:
    line = next(line for line in export["roll"]["lines"] if line["voted"] and line["college"] == "B")
    other = next(line for line in export["roll"]["lines"] if not line["voted"] and line["college"] == "B")
    line["voted"], other["voted"] = False, True


def stuff_the_box(export: Export) -> None:
    marked(export, False)["voted"] = True
    export["secret"]["codes"].append(new_code())
    export["secret"]["ballots"].append({"college": "B", "choices": ["for"]})
    export["secret"] = in_order(**export["secret"])


def change_lists_marks_and_result_together(export: Export) -> None:
    stuff_the_box(export)
    change_a_ballot(export)
    lines = {line["commitment"]: line for line in export["roll"]["lines"]}
    voices = [Voice(each["college"], 1, False, tuple(each["choices"]), "web") for each in ballots(export)]
    outcome, derivation = recount(export, lines, voices)
    export["result"] |= {"outcome": outcome, "derivation": derivation}


def in_another_order(export: Export) -> None:
    export["secret"]["codes"].reverse()


TALLY, SAME = "pour 11 codes et 10 bulletins", "Le dépouillement refait ne donne pas"
OPENING = "La question, les règles, les options ou la liste"
Change = Callable[[Export], object]
# The change; why it is refused as it is; and once the chain is built again over it and signed by another key, "" for not.
CHEATS: dict[str, tuple[Change, str, str]] = {
    "a ballot removed": (lambda export: export["secret"]["ballots"].pop(), TALLY, TALLY),
    "a code removed": (lambda export: export["secret"]["codes"].pop(), "10 codes", "10 codes"),
    "a code repeated": (
        lambda export: export["secret"]["codes"].__setitem__(0, export["secret"]["codes"][1]),
        "Un code figure deux fois",
        "Un code figure deux fois",
    ),
    "a code changed": (change_a_code, "Les codes ne sont pas ceux que la chaîne", ""),
    "a ballot changed": (change_a_ballot, "Les bulletins ne sont pas ceux que la chaîne", SAME),
    "a ballot in another college": (
        move_a_ballot_to_another_college,
        "Les bulletins d’un collège",
        "Les bulletins d’un collège",
    ),
    "a mark removed": (
        lambda export: marked(export, True).update(voted=False),
        "10 signatures",
        "10 signatures",
    ),
    "a mark given to another": (give_a_mark_to_another, "L’émargement n’est pas celui", ""),
    "a mark that is no mark": (
        lambda export: marked(export, True).update(voted=1),
        "ni oui ni non",
        "ni oui ni non",
    ),
    "a ballot, a code and a mark added": (stuff_the_box, "L’émargement n’est pas celui", SAME),
    "lists, marks and result together": (
        change_lists_marks_and_result_together,
        "L’émargement n’est pas celui",
        "",
    ),
    "the codes in another order": (in_another_order, "Les codes ne sont pas ceux", "ordre de leurs textes"),
    "a name changed": (
        lambda export: export["roll"]["lines"][0].update(label="Zoé"),
        "La ligne 1 de la liste a été changée",
        "",
    ),
    "a line removed": (lambda export: export["roll"]["lines"].pop(0), "ne sont pas numérotées", "numérotées"),
    "the heads of a line changed": (
        lambda export: export["roll"]["lines"][0].update(weight="2"),
        "La ligne 1 de la liste a été changée",
        SAME,
    ),
    "the weight of a college changed": (
        lambda export: [
            export["rules"]["weights"][0].update(share="3/10"),
            export["rules"]["weights"][1].update(share="2/5"),
        ],
        OPENING,
        SAME,
    ),
    "a rule changed": (lambda export: export["rules"].update(threshold="2/3"), OPENING, SAME),
    "the question changed": (lambda export: export["poll"].update(question="Autre ?"), OPENING, ""),
    "the result changed": (
        lambda export: export["result"]["outcome"].update(reached="1"),
        "Le résultat n’est pas celui que la chaîne",
        SAME,
    ),
    "a sentence changed": (
        lambda export: export["result"]["derivation"][0].update(message="Adoptée."),
        "Le résultat n’est pas celui que la chaîne",
        SAME,
    ),
    "the lists lost": (
        lambda export: export.pop("secret"),
        "autre chose que ce qu’un export dit",
        "autre chose",
    ),
    "a step of ballots": (
        lambda export: export["steps"].insert(1, {**export["steps"][0], "kind": "ballots", "entries": []}),
        "Les étapes de la chaîne ne se suivent pas",
        "il en manque une partie",
    ),
}
