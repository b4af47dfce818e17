"""Checks the export of a named poll, from the roll to the result. Plain Python: `manage.py verify` and the recount share it.

Whoever holds the signing key could rebuild a chain and sign it again: the key's fingerprint and a head must come from
elsewhere, the minutes and the receipts. Without them the report says that they are to be compared.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cooperation.rules import IllegalRules
from cooperation.sentences import Sentence
from votes.counting import ENGINE
from votes.counting.derivation import from_json
from votes.counting.polls import Voice
from votes.entries import (
    BALLOTS,
    ENTRY,
    KINDS,
    OPENING,
    PUBLIC,
    RESULT,
    START,
    amendments_follow,
    canonical,
    commitment,
    digest,
    fingerprint,
    lines_digest,
    next_head,
    public_line,
    sealed_names,
    signed_text,
)
from votes.recounting import amended, recount

FORMAT, SECRET, VERSION = "ecossolies-poll", "ecossolies-secret-poll", 1
Signed = Sequence[tuple[str, str]]


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


class Rejected(Exception):
    """The export does not hold; `sentence` says why."""

    def __init__(self, message: str, **params: str | int) -> None:
        super().__init__(message % params if params else message)
        self.sentence = Sentence(message, params)


class NotChecked(Exception):
    """The signatures cannot be checked here; `sentence` says why."""

    def __init__(self, message: str, **params: str | int) -> None:
        super().__init__(message)
        self.sentence = Sentence(message, params)


Check = Callable[[str, Signed], "int | None"]


@dataclass
class Report:
    """What was found to hold, in sentences; whether the signatures were checked, and otherwise why not."""

    sentences: list[Sentence] = field(default_factory=list)
    not_checked: Sentence | None = None

    def say(self, message: str, **params: str | int) -> None:
        """One more thing that holds."""
        self.sentences.append(Sentence(message, params))


def read_export(text: str) -> dict[str, Any]:
    """The export in a text. Raises Rejected when it is not one."""
    try:
        found = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise Rejected(_("Ce fichier ne se lit pas : ce n’est pas du JSON sans nombre à virgule.")) from error
    known = [(FORMAT, VERSION), (SECRET, VERSION)]
    if not isinstance(found, dict) or (found.get("format"), found.get("version")) not in known:
        raise Rejected(_("Ce fichier n’est pas l’export d’un vote, ou il est d’une autre version."))
    return found


def _no_float(text: str) -> None:
    raise ValueError(f"a number with a comma: {text}")


def verify(export: Mapping[str, Any], check: Check, *, key: str = "", head: str = "") -> Report:
    """Check an export whole: roll, chain, signatures, one ballot per mandate, recount.

    `check(public_key, [(text, signature)…])` answers the place of the first signature that does not hold, None when all
    do, and raises NotChecked where it cannot know. `key` is the fingerprint and `head` a head known from elsewhere.
    Raises Rejected with the reason for whatever does not hold.
    """
    report = Report()
    try:
        _check_key(export, key)
        lines = check_roll(export, report)
        _check_chain(export, lines, report)
        _check_signatures(export, check, report)
        _check_head(export, key, head, report)
        check_amendments(export, report)
        standing = standing_lines(export, lines)
        last = _check_entries(export, standing)
        report.say(
            _("Chaque mandat a au plus un bulletin : %(ballots)s bulletins, %(entries)s inscriptions."),
            ballots=len(last),
            entries=len(_entries(export)),
        )
        _check_result(export, standing, last, report)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Rejected(
            _("Ce fichier n’a pas la forme d’un export : %(error)s."), error=type(error).__name__
        ) from error
    return report


def _check_key(export: Mapping[str, Any], wanted: str) -> None:
    found = fingerprint(export["key"]["public"])
    if found != export["key"]["fingerprint"]:
        raise Rejected(_("L’empreinte écrite dans l’export n’est pas celle de sa clé publique."))
    if wanted and _hex(wanted) != found:
        raise Rejected(
            _(
                "La clé de cet export a pour empreinte %(found)s ; celle que vous donnez est %(wanted)s. "
                "La chaîne a été signée par une autre clé."
            ),
            found=found,
            wanted=_hex(wanted),
        )


def _hex(written: str) -> str:
    """A hash as people copy it: spaces and capitals do not count."""
    return "".join(written.split()).lower()


def check_roll(export: Mapping[str, Any], report: Report) -> list[dict[str, Any]]:
    """The lines, each that of its commitment; the seal is that of the lines sealed at the opening."""
    lines: list[dict[str, Any]] = export["roll"]["lines"]
    if [line["number"] for line in lines] != list(range(1, len(lines) + 1)):
        raise Rejected(_("Les lignes de la liste ne sont pas numérotées 1, 2, 3…"))
    if len({line["commitment"] for line in lines}) < len(lines):
        raise Rejected(_("Deux lignes de la liste ont le même engagement."))
    for line in lines:
        if not _is_whole(line, {"voted"} if export["format"] == SECRET else set()):
            raise Rejected(_("La ligne %(number)s de la liste a été changée."), number=line["number"])
    members = [line["membership"] for line in lines if line.get("membership") is not None]
    if len(set(members)) < len(members):
        raise Rejected(_("Un membre figure sur deux lignes de la liste."))
    added = _added(export)
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


def _added(export: Mapping[str, Any]) -> set[int]:
    return {said["line"]["number"] for said in amended(export) if said["kind"] == "add"}


def _opening(export: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the first step holds, from what the export says elsewhere: it is written once."""
    added = _added(export)
    sealed = [line for line in lines if line["number"] not in added]
    return {
        "poll": export["poll"],
        "rules": export["rules"],
        "options": export["options"],
        "key": export["key"]["fingerprint"],
        "roll": {"hash": export["roll"]["hash"], "lines": lines_digest(sealed)},
    }


def _check_chain(export: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], report: Report) -> None:
    """Every head follows from the one before it; the chain starts with the opening and ends with the result."""
    steps: list[dict[str, Any]] = export["steps"]
    kinds = [step["kind"] for step in steps]
    if [step["number"] for step in steps] != list(range(len(steps))) or not set(kinds) <= set(KINDS):
        raise Rejected(_("Les étapes de la chaîne ne se suivent pas."))
    if kinds[:1] != [OPENING] or kinds[-1:] != [RESULT] or {OPENING, RESULT} & set(kinds[1:-1]):
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


def _content(export: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], step: Mapping[str, Any]) -> Any:
    """What a step holds: ballots are in its entries, the opening is written elsewhere in the export."""
    if step["kind"] == OPENING:
        return _opening(export, lines)
    return step["entries" if step["kind"] == BALLOTS else "content"]


def _broken(step: Mapping[str, Any]) -> Rejected:
    if step["kind"] == OPENING:
        return Rejected(
            _("La question, les règles, les options ou la liste ne sont pas celles scellées à l’ouverture.")
        )
    return Rejected(
        _("L’étape %(number)s de la chaîne a été changée, ou ne suit pas la précédente."),
        number=step["number"],
    )


def _check_signatures(export: Mapping[str, Any], check: Check, report: Report) -> None:
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
        raise Rejected(_("La signature de l’étape %(number)s n’est pas celle de la clé."), number=wrong)
    report.say(_("Les %(count)s signatures sont celles de la clé."), count=len(signed))


def _check_head(export: Mapping[str, Any], key: str, head: str, report: Report) -> None:
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
    amendments, written = export["amendments"], [said["hash"] for said in amended(export)]
    follow = amendments_follow(export["roll"]["hash"], amendments)
    if not follow or written != [each["hash"] for each in amendments]:
        raise Rejected(_("Les modifications de la liste ne suivent pas son empreinte, ou l’une a changé."))
    if amendments:
        said = _(
            "La liste a été modifiée %(count)s fois, à deux signatures : chaque modification est intacte."
        )
        report.say(said, count=len(amendments))


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
    result, closing = export["result"], export["steps"][-1]["content"]
    said = (closing["outcome"], closing["derivation"], closing["engine"], export["steps"][-1]["at"])
    told = (digest(result["outcome"]), digest(result["derivation"]), result["engine"], result["counted_at"])
    if said != told:
        raise Rejected(_("Le résultat n’est pas celui que la chaîne a inscrit au dépouillement."))
    if (closing["ballots"], closing["entries"]) != (len(last), len(_entries(export))):
        raise Rejected(_("Le nombre de bulletins n’est pas celui que la chaîne a inscrit au dépouillement."))
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
