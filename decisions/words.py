"""How late, how far, how many: the short words the board reads about actions."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.board import Work
from decisions.models import Action

SOON = 31


@dataclass(frozen=True)
class Chip:
    """The state of an action in a few words, with its sign and the class that colours it."""

    text: str
    icon: str
    look: str


def chip(action: Action, today: date) -> Chip:
    """What the board must know of an action first: done, given up, late, due soon, or how far."""
    if action.state == Action.State.DONE:
        return Chip(_("faite"), "check", "puce--fait")
    if action.state == Action.State.DROPPED:
        return Chip(_("abandonnée"), "cross", "")
    days = (action.due_on - today).days if action.due_on else None
    if days is not None and days < 0:
        return Chip(lateness(-days), "alert", "puce--retard")
    if days is not None and days <= SOON:
        return Chip(ahead(days), "clock", "")
    return Chip(_("en cours, %(progress)s %%") % {"progress": action.progress}, "st-action", "puce--petrol")


def lateness(days: int) -> str:
    """How late, in days up to two weeks, then in weeks."""
    if days < 14:
        return ngettext("%(days)s jour de retard", "%(days)s jours de retard", days) % {"days": days}
    weeks = days // 7
    return ngettext("%(weeks)s semaine de retard", "%(weeks)s semaines de retard", weeks) % {"weeks": weeks}


def ahead(days: int) -> str:
    """How long is left."""
    if days == 0:
        return _("aujourd’hui")
    return ngettext("demain", "dans %(days)s jours", days) % {"days": days}


def due_day(action: Action, today: date) -> str:
    """The due date as people write it: without the year when it is this one."""
    if action.due_on is None:
        return ""
    return date_format(action.due_on, "j F" if action.due_on.year == today.year else "j F Y")


def work_words(work: Work) -> str:
    """« 4 actions : 2 faites, 1 en cours »; what is late is said apart."""
    if not work.total:
        return _("Pas encore d’action.")
    on_time = work.running - work.late
    parts = [
        ngettext("%(n)s faite", "%(n)s faites", work.done) % {"n": work.done} if work.done else "",
        _("%(n)s en cours") % {"n": on_time} if on_time else "",
        ngettext("%(n)s abandonnée", "%(n)s abandonnées", work.dropped) % {"n": work.dropped}
        if work.dropped
        else "",
    ]
    total = ngettext("%(n)s action", "%(n)s actions", work.total) % {"n": work.total}
    told = ", ".join(part for part in parts if part)
    if not told:
        return total if not work.late else _("%(total)s :") % {"total": total}
    return _("%(total)s : %(told)s") % {"total": total, "told": told}


def late_words(work: Work) -> str:
    """« 1 en retard », empty when nothing is."""
    return _("%(n)s en retard") % {"n": work.late} if work.late else ""
