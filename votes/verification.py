"""Checks the export of a named poll, from the roll to the result. Plain Python: `manage.py verify` and the recount share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cooperation.rules import IllegalRules
from votes.chain_verification import check_chain, check_closing, check_key
from votes.counting import ENGINE
from votes.counting.derivation import from_json
from votes.counting.polls import Voice
from votes.entries import (
    BALLOTS,
    ENTRY,
    PUBLIC,
    amendments_follow,
    canonical,
    commitment,
    digest,
    public_line,
    sealed_names,
)
from votes.recounting import added_numbers, amended, recount
from votes.report import SECRET, Check, Rejected, Report, check_shape, same, well_formed


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


def verify(export: Mapping[str, Any], check: Check, *, key: str = "", head: str = "") -> Report:
    """Check the export of a named poll whole: roll, chain, signatures, one ballot per mandate, recount.

    `check(public_key, [(text, signature)…])` answers the place of the first signature that does not hold, None when all
    do, and raises NotChecked where it cannot know. `key` is the fingerprint and `head` a head known from elsewhere.
    Raises Rejected with the reason for whatever does not hold.
    """
    report = Report()
    with well_formed():
        check_shape(export)
        check_key(export, key)
        lines = check_roll(export, report)
        check_chain(export, lines, check, report, key=key, head=head)
        check_amendments(export, report)
        standing = standing_lines(export, lines)
        last = _check_entries(export, standing)
        report.say(
            _("Chaque mandat a au plus un bulletin : %(ballots)s bulletins, %(entries)s inscriptions."),
            ballots=len(last),
            entries=len(_entries(export)),
        )
        _check_result(export, standing, last, report)
    return report


def check_roll(export: Mapping[str, Any], report: Report) -> list[dict[str, Any]]:
    """The lines, each that of its commitment; the seal is that of the lines sealed at the opening."""
    lines: list[dict[str, Any]] = export["roll"]["lines"]
    if not same([line["number"] for line in lines], list(range(1, len(lines) + 1))):
        raise Rejected(_("Les lignes de la liste ne sont pas numérotées 1, 2, 3…"))
    if len({line["commitment"] for line in lines}) < len(lines):
        raise Rejected(_("Deux lignes de la liste ont le même engagement."))
    for line in lines:
        if not _is_whole(line, {"voted"} if export["format"] == SECRET else set()):
            raise Rejected(_("La ligne %(number)s de la liste a été changée."), number=line["number"])
    members = [line["membership"] for line in lines if line.get("membership") is not None]
    if len(set(members)) < len(members):
        raise Rejected(_("Un membre figure sur deux lignes de la liste."))
    added = added_numbers(export)
    sealed = [line for line in lines if line["number"] not in added]
    erased = [line for line in lines if "salt" not in line]
    if erased:
        report.say(
            _("Les noms de %(count)s lignes de la liste ont été effacés : leur engagement reste."),
            count=len(erased),
        )
    elif (
        digest([{name: line[name] for name in sealed_names(line)} for line in sealed])
        != export["roll"]["hash"]
    ):
        raise Rejected(_("La liste n’est pas celle qui a été scellée à l’ouverture."))
    report.say(
        _("La liste scellée à l’ouverture compte %(count)s lignes ; chacune est intacte."), count=len(sealed)
    )
    return lines


def _is_whole(line: Mapping[str, Any], more: set[str]) -> bool:
    """Whether a line is that of its commitment, and says nothing else; a name without its salt would be vouched by nobody."""
    if "salt" not in line:
        return line.keys() == {*PUBLIC, *more}
    is_known = line.keys() == {*sealed_names(line), "salt", "commitment", *more}
    return is_known and commitment(line, line["salt"]) == line["commitment"]


def standing_lines(export: Mapping[str, Any], lines: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The lines that count, by commitment: those sealed and those added, less those struck."""
    by_number = {line["number"]: line for line in lines}
    struck = set()
    for said in amended(export):
        if public_line(by_number[said["line"]["number"]]) != said["line"]:
            raise Rejected(_("La ligne de l’amendement %(number)s a été changée."), number=said["number"])
        if said["kind"] == "strike":
            struck.add(said["line"]["number"])
    return {line["commitment"]: line for number, line in by_number.items() if number not in struck}


def check_amendments(export: Mapping[str, Any], report: Report) -> None:
    """The amendments of the roll follow its seal, each the one the chain wrote down."""
    amendments, written = export["amendments"], amended(export)
    follow = amendments_follow(export["roll"]["hash"], amendments) and len(amendments) == len(written)
    if not follow or not all(map(_says_the_same, amendments, written)):
        raise Rejected(_("Les modifications de la liste ne suivent pas son empreinte, ou l’une a changé."))
    if amendments:
        said = _(
            "La liste a été modifiée %(count)s fois, à deux signatures : chaque modification est intacte."
        )
        report.say(said, count=len(amendments))
    erased = [each for each in amendments if "reason" not in each]
    if erased:
        said = _("Le motif de %(count)s modifications de la liste a été effacé : leur empreinte reste.")
        report.say(said, count=len(erased))


def _says_the_same(amendment: Mapping[str, Any], written: Mapping[str, Any]) -> bool:
    """Whether an amendment is the one the chain wrote down: its number, its kind, its hash, its line without names."""
    shared = [name for name in PUBLIC if name in amendment["line"]]
    lines = [{name: line[name] for name in shared} for line in (amendment["line"], written["line"])]
    said = [[each[name] for name in ("number", "kind", "hash")] for each in (amendment, written)]
    return same(*said) and same(*lines)


def _entries(export: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [entry for step in export["steps"] if step["kind"] == BALLOTS for entry in step["entries"]]


def _check_entries(export: Mapping[str, Any], lines: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The last entry of each line: numbered in order, of a line of the roll, changed only where the rule allows it."""
    last: dict[str, dict[str, Any]] = {}
    keys: set[str] = set()
    for place, entry in enumerate(_entries(export), start=1):
        if set(entry) != set(ENTRY) or entry["seq"] != place:
            raise Rejected(_("Les inscriptions ne sont pas numérotées 1, 2, 3…"))
        if entry["line"] not in lines:
            raise Rejected(_("L’inscription %(seq)s n’est d’aucune ligne de la liste."), seq=place)
        if entry["key"] in keys:
            raise Rejected(_("L’inscription %(seq)s répète un bulletin déjà inscrit."), seq=place)
        _check_place(export, entry, last)
        keys.add(entry["key"])
        last[entry["line"]] = entry
    return last


def _check_place(
    export: Mapping[str, Any], entry: Mapping[str, Any], last: Mapping[str, Mapping[str, Any]]
) -> None:
    """A first ballot takes the next number; a changed one keeps its number and names the entry it replaces."""
    earlier = last.get(entry["line"])
    if earlier is None:
        if (entry["ballot"], entry["replaces"]) != (len(last) + 1, None):
            raise Rejected(_("L’inscription %(seq)s n’a pas le numéro qui suit."), seq=entry["seq"])
    elif not export["poll"]["allows_change"]:
        raise Rejected(
            _("L’inscription %(seq)s est un second bulletin pour le même mandat."), seq=entry["seq"]
        )
    elif (entry["ballot"], entry["replaces"]) != (earlier["ballot"], earlier["seq"]):
        raise Rejected(_("L’inscription %(seq)s ne dit pas quel bulletin elle change."), seq=entry["seq"])
    if entry["received_at"] < export["poll"]["opened_at"]:
        raise Rejected(_("L’inscription %(seq)s date d’avant l’ouverture."), seq=entry["seq"])


def _check_result(
    export: Mapping[str, Any],
    lines: Mapping[str, dict[str, Any]],
    last: Mapping[str, dict[str, Any]],
    report: Report,
) -> None:
    """The result is the one the chain closed on, and counting again gives the same, sentence by sentence."""
    check_closing(export, ballots=len(last), entries=len(_entries(export)))
    cast = sorted(last.items(), key=lambda item: int(item[1]["ballot"]))
    chair = export["rules"].get("chair")
    check_recount(export, lines, [_voice(lines[line], entry, chair) for line, entry in cast], report)


def check_recount(
    export: Mapping[str, Any],
    lines: Mapping[str, dict[str, Any]],
    voices: Sequence[Voice],
    report: Report,
) -> None:
    """Counting these ballots again gives the result of the export, sentence by sentence. `lines` are those that stand."""
    result = export["result"]
    try:
        outcome, derivation = recount(export, lines, voices)
    except IllegalRules as illegal:
        raise Rejected(_("La loi refuse ces règles : %(code)s."), code=illegal.breaches[0].code) from illegal
    if canonical(outcome) != canonical(result["outcome"]) or canonical(derivation) != canonical(
        result["derivation"]
    ):
        raise Rejected(
            _(
                "Le dépouillement refait ne donne pas le résultat de l’export (compté par le moteur %(theirs)s, "
                "refait par le moteur %(ours)s)."
            ),
            theirs=result["engine"],
            ours=ENGINE,
        )
    report.say(_("Le dépouillement refait donne le même résultat, phrase par phrase :"))
    report.sentences += from_json(derivation)


def _voice(line: Mapping[str, Any], entry: Mapping[str, Any], chair: int | None) -> Voice:
    said, is_chair = tuple(entry["choices"]), line["number"] == chair
    return Voice(line["college"], int(line["weight"]), line["is_guest"], said, entry["channel"], is_chair)
