"""What every floor hands to the pages that read all floors: things to do, and hops of the trace."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cooperation.models import Mandate, Person

ENDING = timedelta(days=60)


@dataclass(frozen=True)
class Todo:
    """Something that waits for one person. `kind` is a station of the thread; `is_now` calls at once."""

    kind: str  # contribution, proposition, vote, decision, action, mesure
    title: str
    url: str
    why: str  # the small line above: « Maintenant · vote qui engage », « Dans 2 jours »
    detail: str = ""
    label: str = ""  # the button's words
    due_at: datetime | None = None
    is_now: bool = False


@dataclass(frozen=True)
class Hop:
    """One card of a trace: a contribution, a version, a vote, a decision, an action, a measure."""

    kind: str
    title: str
    url: str
    meta: str = ""  # « Contribution n° 87 · 11 octobre 2007 »
    text: str = ""
    who: str = ""
    on: date | None = None
    state: str = "done"  # done, now, todo
    progress: int | None = None
    is_binding: bool = False
    sources: tuple["Hop", ...] = field(default=())  # hops that join here (a merge)


def todo(person: Person, at: datetime) -> list[Todo]:
    """The terms of office of this person that end within two months."""
    today = timezone.localdate(at)
    ending = Mandate.objects.as_of(today).filter(person=person, until__lte=today + ENDING)
    return [
        Todo(
            kind="decision",
            title=_("Votre mandat finit : %(body)s") % {"body": mandate.body.name},
            url=reverse("cooperation:body-list"),
            why=_("Le %(day)s") % {"day": date_format(mandate.until or today, "j F Y")},
            due_at=None,
        )
        for mandate in ending.select_related("body").order_by("until", "pk")
    ]
