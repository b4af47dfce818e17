"""The recount of an export: what the stand-alone script runs. Nothing but the standard library below it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from votes.counting.derivation import say
from votes.openssl import check_with_openssl
from votes.report import Rejected, Report, read_export
from votes.secret_verification import verify_any

HELD, REJECTED, UNCHECKED = 0, 1, 3


def main(words: Sequence[str] | None = None) -> int:
    """Check the export named on the command line, print what was found, answer the exit code."""
    asked = arguments(words)
    try:
        export = read_export(read_text(asked.export))
        report = verify_any(export, check_with_openssl, key=asked.key, head=asked.head)
    except Rejected as rejected:
        print(f"REJETÉ : {say(rejected.sentence)}")  # noqa: T201  (what it is for)
        return REJECTED
    print("\n".join(lines(export["poll"]["question"], report)))  # noqa: T201
    return UNCHECKED if report.not_checked else HELD


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """What was asked."""
    parser = argparse.ArgumentParser(
        description="Vérifie et recompte l’export d’un vote, sans rien d’autre que Python (3.11 ou plus).",
        epilog="Sortie : 0 tout concorde ; 1 quelque chose ne va pas, et quoi ; 3 tout concorde, signatures non vérifiées, "
        "ou absentes d’un vote secret d’avant les chaînes. Une clé ou une tête se recopie avec ses espaces, entre guillemets.",
    )
    parser.add_argument("export", help="le fichier export.json")
    parser.add_argument(
        "--key", default="", help="l’empreinte de la clé, lue au procès-verbal ou sur un reçu"
    )
    parser.add_argument(
        "--head", default="", help="une tête de la chaîne, lue au procès-verbal ou sur un reçu"
    )
    return parser.parse_args(words)


def read_text(name: str) -> str:
    """The text of the file. Raises Rejected."""
    try:
        return Path(name).read_bytes().decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise Rejected("Ce fichier ne se lit pas : %(error)s.", error=type(error).__name__) from error


def lines(question: str, report: Report) -> list[str]:
    """The report as it is printed."""
    told = [question, *(say(sentence) for sentence in report.sentences)]
    if report.not_checked is not None:
        return [*told, say(report.not_checked)]
    return [*told, "Tout concorde."]
