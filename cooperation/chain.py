"""What every floor hands to the pages that read all floors: things to do, and hops of the trace."""

from dataclasses import dataclass, field
from datetime import date, datetime


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
