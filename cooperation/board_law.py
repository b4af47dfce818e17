"""The law of the board (V07): how many directors, and for how long they are appointed."""

from __future__ import annotations

from datetime import date

from cooperation.college_law import Breach, Profile
from cooperation.sentences import dated
from cooperation.statutes_rules import StatutesRules


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


FEWEST_IN_SA, MOST_IN_SA = 3, 18
LONGEST_TERM = 6

ARTICLE_SA_BOARD = _("Code de commerce, art. L225-17")
ARTICLE_TERM = _("loi n° 47-1775 du 10 septembre 1947, art. 6")
ARTICLE_OWN = _("statuts de l’entité")


def years_later(day: date, years: int) -> date:
    """The same day some years later; the 28th for a 29 February that does not exist."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def board_size_breaches(profile: Profile, seats: int) -> list[Breach]:
    """V07 on a board as it sits: from 3 to 18 directors in an SA. Source: L225-17, which a SAS is free of (L227-1)."""
    if profile is not Profile.SCIC_SA or FEWEST_IN_SA <= seats <= MOST_IN_SA:
        return []
    message = _("Le conseil d’une SA compte de %(least)s à %(most)s membres : ici, %(seats)s.")
    values = {"least": FEWEST_IN_SA, "most": MOST_IN_SA, "seats": seats}
    return [Breach("V07", ARTICLE_SA_BOARD, message, values)]


def term_breaches(profile: Profile, since: date, until: date | None) -> list[Breach]:
    """V07 on one term of office: its last day (`until`, None when it has no end yet) comes before six years are over.

    Source: L47 art. 6. An association writes its own terms.
    """
    if not profile.is_scic or until is None or until <= years_later(since, LONGEST_TERM):
        return []
    message = _("Un mandat dure %(most)s ans au plus : celui-ci finirait le %(until)s.")
    return [Breach("V07", ARTICLE_TERM, message, {"most": LONGEST_TERM, "until": dated(until)})]


def board_breaches(rules: StatutesRules) -> list[Breach]:
    """V07 on the statutes: the size of the board and the years of a term, where they are written.

    SA: 3 to 18 (L225-17). Every cooperative: six years at most (L47 art. 6).
    """
    breaches = [*_sizes(rules)]
    years = rules.board_years
    if years is not None and (years < 1 or (rules.profile.is_scic and years > LONGEST_TERM)):
        message = _("Un mandat dure de 1 à %(most)s ans : vos statuts écrivent %(years)s.")
        values = {"most": LONGEST_TERM, "years": years}
        breaches.append(Breach("V07", ARTICLE_TERM, message, values, "board_years"))
    return breaches


def _sizes(rules: StatutesRules) -> list[Breach]:
    least, most = rules.board_least, rules.board_most
    found = []
    for setting, seats in (("board_least", least), ("board_most", most)):
        for breach in [] if seats is None else board_size_breaches(rules.profile, seats):
            message = _(
                "Le conseil d’une SA compte de %(least)s à %(most)s membres : vos statuts écrivent %(seats)s."
            )
            found.append(Breach("V07", breach.article, message, breach.params, setting))
    if least is not None and most is not None and least > most:
        message = _("Le plus petit conseil, %(least)s, ne peut pas dépasser le plus grand, %(most)s.")
        found.append(Breach("V07", ARTICLE_OWN, message, {"least": least, "most": most}, "board_most"))
    return found
