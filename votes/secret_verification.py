"""Checks the export of any poll; of a secret one the roll, the chain, the marks, the two lists and the recount."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cooperation.sentences import Sentence
from votes.chain_verification import check_chain, check_closing, check_key
from votes.counting.polls import Voice
from votes.lists import closed_on, in_order
from votes.report import (
    SECRET,
    Check,
    Rejected,
    Report,
    check_kind,
    check_shape,
    is_chained,
    same,
    well_formed,
)
from votes.verification import check_amendments, check_recount, check_roll, standing_lines, verify


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


LISTS = {
    "codes": _("Les codes ne sont pas ceux que la chaîne a inscrits au dépouillement."),
    "ballots": _("Les bulletins ne sont pas ceux que la chaîne a inscrits au dépouillement."),
}


def verify_any(export: Mapping[str, Any], check: Check, *, key: str = "", head: str = "") -> Report:
    """Check an export whole, named or secret; see `verify`. Raises Rejected with the reason for whatever does not hold."""
    check_kind(export)
    if export["format"] == SECRET:
        return verify_secret(export, check, key=key, head=head)
    return verify(export, check, key=key, head=head)


def verify_secret(export: Mapping[str, Any], check: Check, *, key: str = "", head: str = "") -> Report:
    """Check the export of a secret poll: roll, chain, marks, codes, ballots, recount. Raises Rejected.

    One opened before secret polls had a chain is checked as far as it goes, and the report says that nothing is signed;
    with a `key` or a `head` to compare it is rejected: its chain may have been taken away.
    """
    report = Report()
    with well_formed():
        check_shape(export)
        if is_chained(export):
            check_key(export, key)
        elif key or head:
            raise Rejected(
                _("Cet export n’a pas de chaîne : il n’est pas celui dont vous avez la clé ou la tête.")
            )
        lines = check_roll(export, report)
        if is_chained(export):
            check_chain(export, lines, check, report, key=key, head=head)
        check_amendments(export, report)
        standing = standing_lines(export, lines)
        voices = check_lists(export, standing, report)
        if is_chained(export):
            check_sealed_lists(export, report)
        check_recount(export, standing, voices, report)
    say_what_is_left(export, report)
    return report


def check_lists(
    export: Mapping[str, Any], lines: Mapping[str, dict[str, Any]], report: Report
) -> list[Voice]:
    """As many marks on the roll as codes and as ballots, in each college where votes are weighed; the ballots, to count."""
    codes, ballots = export["secret"]["codes"], export["secret"]["ballots"]
    if any(type(code) is not str for code in codes) or len(set(codes)) < len(codes):
        raise Rejected(_("Un code figure deux fois dans la liste des codes comptés."))
    if any(type(line["voted"]) is not bool for line in export["roll"]["lines"]):
        raise Rejected(_("L’émargement d’une ligne n’est ni oui ni non."))
    weighs = export["rules"].get("pooling", "none") != "none"
    marked = Counter(line["college"] if weighs else "" for line in lines.values() if line["voted"])
    if not marked.total() == len(codes) == len(ballots):
        raise Rejected(
            _("L’émargement compte %(marks)s signatures, pour %(codes)s codes et %(ballots)s bulletins."),
            marks=marked.total(),
            codes=len(codes),
            ballots=len(ballots),
        )
    if Counter(ballot["college"] for ballot in ballots) != marked:
        raise Rejected(_("Les bulletins d’un collège ne sont pas aussi nombreux que ses signatures."))
    report.say(
        _("%(marks)s signatures à l’émargement, autant de codes et autant de bulletins."), marks=len(codes)
    )
    return [Voice(ballot["college"], 1, False, tuple(ballot["choices"]), "web") for ballot in ballots]


def check_sealed_lists(export: Mapping[str, Any], report: Report) -> None:
    """The codes, the ballots and the marks are those the chain closed on, the lists in the order that says nothing."""
    lists, closing = export["secret"], export["steps"][-1]["content"]
    told = closed_on(lists, [line["voted"] for line in export["roll"]["lines"]])
    if not same(closing["voted"], told["voted"]):
        raise Rejected(_("L’émargement n’est pas celui que la chaîne a inscrit au dépouillement."))
    for name, message in LISTS.items():
        if not same(closing["lists"][name], told["lists"][name]):
            raise Rejected(message)
    if not same(lists, in_order(**lists)):
        raise Rejected(_("Les deux listes ne sont pas dans l’ordre de leurs textes."))
    check_closing(export, **told)
    report.say(
        _("Les codes, les bulletins et l’émargement sont ceux que la chaîne a inscrits au dépouillement.")
    )


def say_what_is_left(export: Mapping[str, Any], report: Report) -> None:
    """What a member of a secret poll has still to look at; of an unsigned one, that everything is to be believed."""
    report.say(
        _(
            "Aucun bulletin secret n’est signé à part : que chaque personne cherche son code parmi les codes comptés. "
            "Empreinte de la liste, à comparer avec les reçus : %(hash)s."
        ),
        hash=export["roll"]["hash"],
    )
    if not is_chained(export):
        report.not_checked = Sentence(
            _(
                "ATTENTION, RIEN N’EST SIGNÉ : cet export d’un vote secret n’a pas de chaîne. Les votes ouverts avant "
                "qu’il y en ait une sont ainsi ; si un reçu ou le procès-verbal de ce vote porte une clé ou une tête, "
                "la chaîne a été enlevée et cet export est faux."
            )
        )
