"""Checks the chain of an export: its key, its steps from the opening to the result, their signatures, a head known elsewhere.

Whoever holds the signing key could rebuild a chain and sign it again: the key's fingerprint and a head must come from
elsewhere, the minutes and the receipts. Without them the report says that they are to be compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from votes.entries import (
    AMENDMENT,
    BALLOTS,
    OPENING,
    RESULT,
    START,
    digest,
    fingerprint,
    lines_digest,
    next_head,
    signed_text,
)
from votes.recounting import added_numbers
from votes.report import SECRET, Check, NotChecked, Rejected, Report, is_hex, same

STEP = {"number", "kind", "at", "head", "signature"}
Lines = Sequence[Mapping[str, Any]]


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


def check_chain(
    export: Mapping[str, Any], lines: Lines, check: Check, report: Report, *, key: str, head: str
) -> None:
    """Check a chain whole. `lines` are those of the roll, `key` and `head` those known from elsewhere. Raises Rejected."""
    check_key(export, key)
    check_steps(export, lines, report)
    check_signatures(export, check, report)
    check_head(export, key, head, report)


def check_key(export: Mapping[str, Any], wanted: str) -> None:
    """The fingerprint is that of the key, and the one known from elsewhere."""
    public = export["key"]["public"]
    if not is_hex(public, 64) or fingerprint(public) != export["key"]["fingerprint"]:
        raise Rejected(_("L’empreinte écrite dans l’export n’est pas celle de sa clé publique."))
    if wanted and _hex(wanted) != fingerprint(public):
        raise Rejected(
            _(
                "La clé de cet export a pour empreinte %(found)s ; celle que vous donnez est %(wanted)s. "
                "La chaîne a été signée par une autre clé."
            ),
            found=fingerprint(public),
            wanted=_hex(wanted),
        )


def _hex(written: str) -> str:
    """A hash as people copy it: spaces and capitals do not count."""
    return "".join(written.split()).lower()


def _opening(export: Mapping[str, Any], lines: Lines) -> dict[str, Any]:
    """What the first step holds, from what the export says elsewhere: it is written once."""
    added = added_numbers(export)
    sealed = [line for line in lines if line["number"] not in added]
    return {
        "poll": export["poll"],
        "rules": export["rules"],
        "options": export["options"],
        "key": export["key"]["fingerprint"],
        "roll": {"hash": export["roll"]["hash"], "lines": lines_digest(sealed)},
    }


def check_steps(export: Mapping[str, Any], lines: Lines, report: Report) -> None:
    """Every head follows from the one before it; the chain starts with the opening and ends with the result.

    Between them come ballots and amendments; of a secret poll amendments alone: what was voted is in no order.
    """
    steps: list[dict[str, Any]] = export["steps"]
    kinds = [step["kind"] for step in steps]
    between = {AMENDMENT} if export["format"] == SECRET else {AMENDMENT, BALLOTS}
    if not same([step["number"] for step in steps], list(range(len(steps)))):
        raise Rejected(_("Les étapes de la chaîne ne se suivent pas."))
    if len(kinds) < 2 or (kinds[0], kinds[-1]) != (OPENING, RESULT) or not set(kinds[1:-1]) <= between:
        raise Rejected(_("La chaîne ne va pas de l’ouverture au dépouillement : il en manque une partie."))
    head = START
    for step in steps:
        head = next_head(head, step["kind"], step["at"], _content(export, lines, step))
        if head != step["head"]:
            raise _broken(step)
    report.say(
        _(
            "La chaîne compte %(count)s étapes, de l’ouverture au dépouillement ; chacune suit de la précédente."
        ),
        count=len(steps),
    )


def _content(export: Mapping[str, Any], lines: Lines, step: Mapping[str, Any]) -> Any:
    """What a step holds: ballots are in its entries, the opening is written elsewhere in the export."""
    where = {OPENING: set(), BALLOTS: {"entries"}}.get(step["kind"], {"content"})
    if step.keys() != STEP | where:
        raise Rejected(
            _("L’étape %(number)s dit autre chose que ce qu’une étape dit."), number=step["number"]
        )
    return step[where.pop()] if where else _opening(export, lines)


def _broken(step: Mapping[str, Any]) -> Rejected:
    if step["kind"] == OPENING:
        return Rejected(
            _("La question, les règles, les options ou la liste ne sont pas celles scellées à l’ouverture.")
        )
    return Rejected(
        _("L’étape %(number)s de la chaîne a été changée, ou ne suit pas la précédente."),
        number=step["number"],
    )


def check_signatures(export: Mapping[str, Any], check: Check, report: Report) -> None:
    """Every step is signed by the key; where nothing can check that, the report says so."""
    for step in export["steps"]:
        if not is_hex(step["signature"], 128):
            raise _unsigned(step["number"])
    signed = [
        (signed_text(export["poll"]["id"], step["number"], step["head"]), step["signature"])
        for step in export["steps"]
    ]
    try:
        wrong = check(export["key"]["public"], signed)
    except NotChecked as unknown:
        report.not_checked = unknown.sentence
        return
    if wrong is not None:
        raise _unsigned(wrong)
    report.say(_("Les %(count)s signatures sont celles de la clé."), count=len(signed))


def _unsigned(number: int) -> Rejected:
    return Rejected(_("La signature de l’étape %(number)s n’est pas celle de la clé."), number=number)


def check_head(export: Mapping[str, Any], key: str, head: str, report: Report) -> None:
    """The head known from elsewhere is in the chain; without one, or without the key's print, say what to compare."""
    heads = {step["head"]: step["number"] for step in export["steps"]}
    if head and _hex(head) not in heads:
        raise Rejected(
            _("La tête %(head)s n’est nulle part dans cette chaîne : elle a été refaite."), head=_hex(head)
        )
    if head:
        report.say(_("La tête que vous donnez est celle de l’étape %(number)s."), number=heads[_hex(head)])
    if key:
        report.say(_("L’empreinte de la clé est celle que vous donnez."))
    if not key or not head:
        report.say(
            _(
                "À comparer avec le procès-verbal et les reçus, sans quoi une chaîne refaite et signée de nouveau "
                "passerait : clé %(key)s, dernière tête %(head)s."
            ),
            key=export["key"]["fingerprint"],
            head=export["steps"][-1]["head"],
        )


def check_closing(export: Mapping[str, Any], **counted: object) -> None:
    """The result is the one the chain closed on, and so is everything in `counted`. Raises Rejected."""
    result, closing = export["result"], export["steps"][-1]["content"]
    said = [closing["outcome"], closing["derivation"], closing["engine"], export["steps"][-1]["at"]]
    told = [digest(result["outcome"]), digest(result["derivation"]), result["engine"], result["counted_at"]]
    if not same(said, told):
        raise Rejected(_("Le résultat n’est pas celui que la chaîne a inscrit au dépouillement."))
    if not same({name: closing[name] for name in counted}, counted):
        raise Rejected(_("Le nombre de bulletins n’est pas celui que la chaîne a inscrit au dépouillement."))
