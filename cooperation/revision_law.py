"""The cooperative revision (V14): when the next one is due, and what makes it due before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cooperation.board_law import years_later
from cooperation.college_law import Breach, Profile
from cooperation.sentences import dated
from cooperation.statutes_rules import StatutesRules


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


LONGEST_INTERVAL = 5
LOSS_YEARS = 3

ARTICLE_REVISION = _("loi n° 47-1775 du 10 septembre 1947, art. 19 duodecies et 25-1")


def revision_interval(rules: StatutesRules) -> int:
    """The years between two revisions: the law's five, or the fewer the statutes write."""
    return min(rules.revision_years or LONGEST_INTERVAL, LONGEST_INTERVAL)


def revision_setting_breaches(rules: StatutesRules) -> list[Breach]:
    """V14 on the statutes: they may shorten the interval, not lengthen it. Source: L47 art. 19 duodecies, 25-1."""
    years = rules.revision_years
    if not rules.profile.is_scic or years is None or 1 <= years <= LONGEST_INTERVAL:
        return []
    message = _(
        "La révision coopérative a lieu au moins tous les %(most)s ans : vos statuts écrivent %(years)s."
    )
    values = {"most": LONGEST_INTERVAL, "years": years}
    return [Breach("V14", ARTICLE_REVISION, message, values, "revision_years")]


def next_revision(rules: StatutesRules, last: date) -> date:
    """The last day for the next revision: that of the last one, or of the registration, some years later."""
    return years_later(last, revision_interval(rules))


def revision_breaches(rules: StatutesRules, *, last: date, planned: date) -> list[Breach]:
    """V14 on a date: the next revision is not later than the law and the statutes ask."""
    due = next_revision(rules, last)
    if not rules.profile.is_scic or planned <= due:
        return []
    message = _(
        "La prochaine révision coopérative est due le %(due)s au plus tard : elle est prévue le %(planned)s."
    )
    values = {"due": dated(due), "planned": dated(planned)}
    return [Breach("V14", ARTICLE_REVISION, message, values)]


def revision_alerts(
    profile: Profile, results: Sequence[int], *, highest_capital: int | None = None
) -> list[Breach]:
    """V14: what makes a revision due at once: three years of loss in a row, or one loss of half the highest capital.

    `results` are the yearly results, the oldest first, in the unit of `highest_capital` (None when unknown).
    Source: L47 art. 25-1.
    """
    if not profile.is_scic:
        return []
    found = []
    last = results[-LOSS_YEARS:]
    if len(last) == LOSS_YEARS and all(result < 0 for result in last):
        message = _("Trois exercices de suite sont en perte : une révision coopérative est due.")
        found.append(Breach("V14", ARTICLE_REVISION, message))
    if results and highest_capital and -2 * results[-1] >= highest_capital:
        message = _(
            "La perte de l’exercice atteint la moitié du plus haut capital : une révision coopérative est due."
        )
        found.append(Breach("V14", ARTICLE_REVISION, message))
    return found
