"""Checks the export of any poll. A secret one has no chain: its roll, its two lists and its recount are what can be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from votes.counting.polls import Voice
from votes.verification import (
    SECRET,
    Check,
    Rejected,
    Report,
    check_amendments,
    check_recount,
    check_roll,
    standing_lines,
    verify,
)


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


def verify_any(export: Mapping[str, Any], check: Check, *, key: str = "", head: str = "") -> Report:
    """Check an export whole, named or secret. Raises Rejected with the reason for whatever does not hold."""
    if export["format"] != SECRET:
        return verify(export, check, key=key, head=head)
    if key or head:
        raise Rejected(_("Un vote secret n’a pas de chaîne : il n’a ni clé ni tête à comparer."))
    return verify_secret(export)


def verify_secret(export: Mapping[str, Any]) -> Report:
    """Check the export of a secret poll: roll, marks, codes, ballots, recount. Raises Rejected."""
    report = Report()
    try:
        lines = check_roll(export, report)
        check_amendments(export, report)
        standing = standing_lines(export, lines)
        check_recount(export, standing, check_lists(export, standing, report), report)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Rejected(
            _("Ce fichier n’a pas la forme d’un export : %(error)s."), error=type(error).__name__
        ) from error
    report.say(
        _(
            "Un vote secret n’est pas signé bulletin par bulletin : comparez l’empreinte de la liste, %(hash)s, avec les "
            "reçus, et que chaque personne cherche son code parmi les codes comptés."
        ),
        hash=export["roll"]["hash"],
    )
    return report


def check_lists(
    export: Mapping[str, Any], lines: Mapping[str, dict[str, Any]], report: Report
) -> list[Voice]:
    """As many marks on the roll as codes and as ballots, in each college where votes are weighed; the ballots, to count."""
    codes, ballots = export["secret"]["codes"], export["secret"]["ballots"]
    if any(type(code) is not str for code in codes) or len(set(codes)) < len(codes):
        raise Rejected(_("Un code figure deux fois dans la liste des codes comptés."))
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
