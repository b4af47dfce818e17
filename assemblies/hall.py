"""The hall at an instant: what its pages, its fragments and its programs show, read in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assemblies.models import AgendaItem, Assembly, Officer, QuorumRecord, Resolution
from assemblies.proxies import carried_in
from assemblies.quorum import is_extraordinary, presences, quorum_of, statutes_in_force
from cooperation.rules import Pooling, Presence, Quorum, StatutesRules, quorum_rule
from cooperation.sentences import percent, say
from realtime.refused import Refused
from votes.few import warnings
from votes.methods import rule_of
from votes.models import Poll, Result


@dataclass(frozen=True)
class Gauge:
    """One line of the band: those present among all, and what is needed where this line must reach it.

    `present` and `total` are heads, or shares in words; `share` and `mark` are percentages, as text for a drawing.
    """

    name: str
    present: int | str
    total: int | str
    share: str
    letter: str = ""
    needed: int = 0
    mark: str = ""
    missing: int = 0
    is_met: bool | None = None


def percentage(part: int | Fraction, whole: int | Fraction = 1) -> str:
    """A part of a whole in hundredths with one decimal, at most 100, as a drawing takes it: "62.7"."""
    tenths = min(1000, int(Fraction(part) * 1000 / whole)) if whole else 0
    return f"{tenths // 10}.{tenths % 10}"


def gauge(name: str, present: int, total: int, needed: int, letter: str = "", *, is_asked: bool) -> Gauge:
    """A line counted by heads; without a threshold it only says who is there."""
    share = percentage(present, total)
    if not is_asked:
        return Gauge(name, present, total, share, letter)
    missing = max(0, needed - present)
    return Gauge(
        name, present, total, share, letter, needed, percentage(needed, total), missing, missing == 0
    )


@dataclass(frozen=True)
class Band:
    """The quorum as the hall sees it: the whole, then each college where members have one."""

    verdict: Quorum
    share: Fraction
    per_college: bool
    present: int
    members: int
    whole: Gauge
    colleges: tuple[Gauge, ...]
    represented: int = 0

    @property
    def is_met(self) -> bool:
        """Whether a vote may open."""
        return self.verdict.met

    @property
    def is_asked(self) -> bool:
        """Whether the statutes or the law ask for a quorum at all."""
        return self.share > 0

    @property
    def lines(self) -> tuple[Gauge, ...]:
        """What is drawn: colleges alone where each has its own threshold and heads are not weighed, else the whole too."""
        if self.colleges and self.per_college and not self.verdict.is_weighted:
            return self.colleges
        return (self.whole, *self.colleges)

    @property
    def headline(self) -> str:
        """Where the quorum stands, in a few words."""
        if not self.is_asked:
            return _("Aucun quorum n’est exigé.")
        if self.is_met:
            return _("Le quorum est atteint.")
        if self.per_college and any(line.is_met is False for line in self.colleges):
            return self.missing_by_college()
        if self.verdict.is_weighted:
            missing = say(percent(self.verdict.needed - self.verdict.reached), _)
            return _("Il manque %(missing)s des voix pesées.") % {"missing": missing}
        return missing_words(self.whole.missing)

    def missing_by_college(self) -> str:
        """What the colleges that lack people lack."""
        lacking = [line for line in self.colleges if line.is_met is False]
        if len(lacking) == 1:
            return missing_words(lacking[0].missing)
        letters = ", ".join(line.letter for line in lacking)
        return _("Il manque du monde dans les collèges %(letters)s.") % {"letters": letters}

    @property
    def rule(self) -> str:
        """How far it is, in a few words: « 4 collèges sur 5, seuil d’un quart »."""
        if not (self.is_asked and self.per_college and self.colleges):
            return self.asked
        met = sum(line.is_met is True for line in self.colleges)
        words = {"share": share_words(self.share), "met": met, "all": len(self.colleges)}
        return _("%(met)s collèges sur %(all)s, seuil %(share)s") % words

    @property
    def asked(self) -> str:
        """What is asked, in a few words: « seuil d’un quart dans chaque collège »."""
        words = {"share": share_words(self.share)}
        if not self.is_asked:
            return ""
        if self.per_college and self.colleges:
            return _("seuil %(share)s dans chaque collège") % words
        if self.verdict.is_weighted:
            return _("pesé par collège, seuil %(share)s") % words
        return _("seuil %(share)s des membres") % words


def missing_words(count: int) -> str:
    """« Il manque 2 votants »."""
    return ngettext("Il manque %(count)s votant", "Il manque %(count)s votants", count) % {"count": count}


def share_words(share: Fraction) -> str:
    """« d’un quart », « de 3/7 »."""
    known = {
        Fraction(1, 2): _("de la moitié"),
        Fraction(1, 3): _("d’un tiers"),
        Fraction(2, 3): _("des deux tiers"),
        Fraction(1, 4): _("d’un quart"),
        Fraction(3, 4): _("des trois quarts"),
        Fraction(1, 5): _("d’un cinquième"),
        Fraction(1, 10): _("d’un dixième"),
    }
    return known.get(share) or _("de %(share)s") % {"share": str(share)}


@dataclass(frozen=True)
class Point:
    """One line of the agenda as the thread shows it."""

    item: AgendaItem
    resolution: Resolution | None
    is_over: bool = False

    @property
    def kind(self) -> str:
        """Its station: a vote to come, a decision once voted, else a contribution."""
        if self.resolution is None:
            return "contribution"
        return "decision" if self.is_decided else "vote"

    @property
    def is_decided(self) -> bool:
        """Whether the assembly has said yes or no."""
        return self.resolution is not None and self.resolution.state in (
            Resolution.State.ADOPTED,
            Resolution.State.REJECTED,
        )

    @property
    def state(self) -> str:
        """How the thread draws it: now, todo, or done."""
        drawn = {AgendaItem.State.CURRENT: "now", AgendaItem.State.PLANNED: "todo"}
        return drawn.get(AgendaItem.State(self.item.state), "")

    @property
    def meta(self) -> str:
        """The small line below the title."""
        if self.resolution is not None and self.resolution.state != Resolution.State.TABLED:
            return self.resolution.state_words
        minutes = {"minutes": self.item.minutes}
        if self.item.state == AgendaItem.State.CURRENT:
            return _("en discussion, %(minutes)s min prévues") % minutes
        if self.item.state == AgendaItem.State.DONE:
            return _("traité sans vote") if self.resolution is not None else _("traité")
        return _("pas abordé") if self.is_over else _("%(minutes)s min prévues") % minutes


@dataclass(frozen=True)
class Hall:
    """An assembly at an instant."""

    assembly: Assembly
    at: datetime
    points: tuple[Point, ...]
    officers: tuple[Officer, ...]
    band: Band | None
    rules: StatutesRules | None

    @property
    def point(self) -> Point | None:
        """The point being discussed."""
        return next((point for point in self.points if point.state == "now"), None)

    @property
    def next_point(self) -> Point | None:
        """The first point not begun."""
        return next((point for point in self.points if point.state == "todo"), None)

    @property
    def resolution(self) -> Resolution | None:
        """The resolution being discussed or voted."""
        return self.point.resolution if self.point else None

    @property
    def poll(self) -> Poll | None:
        """The poll of that resolution."""
        return self.resolution.poll if self.resolution else None

    @cached_property
    def rehearsal(self) -> Poll | None:
        """The exercise of the hall, if there is one."""
        if not self.is_live:
            return None
        return Poll.objects.of(self.assembly.topic).filter(is_rehearsal=True).first()

    @property
    def result(self) -> Result | None:
        """Its result, once declared."""
        poll = self.poll
        return poll.result if poll is not None and poll.state == Poll.State.DECLARED else None

    @property
    def vote(self) -> str:
        """Where the vote stands: "" (no resolution), tabled, open, closed, declared."""
        if self.resolution is None:
            return ""
        if self.poll is None:
            return "tabled"
        if self.poll.state == Poll.State.DECLARED:
            return "declared"
        return "open" if self.poll.is_open(self.at) else "closed"

    @property
    def electors(self) -> int:
        """How many lines the roll of the open vote has."""
        return self.poll.electors.filter(is_struck=False).count() if self.poll is not None else 0

    @property
    def rule_words(self) -> str:
        """The rule of the vote in one sentence."""
        return rule_of(self.poll) if self.poll is not None else ""

    @property
    def quorum_words(self) -> list[str]:
        """How the quorum kept at the vote was counted."""
        kept: QuorumRecord | None = getattr(self.resolution, "quorum", None)
        return [] if kept is None else kept.sentences()

    @property
    def allows_remote(self) -> bool:
        """Whether members may take part at a distance."""
        return self.rules is not None and self.rules.allows_remote_voting

    @property
    def few(self) -> list[str]:
        """What is to be said, before a secret vote opens, of colleges that would have fewer than five voters."""
        if self.band is None or self.rules is None:
            return []
        if self.rules.pooling is Pooling.NONE:
            return warnings({"": self.band.members if self.allows_remote else self.band.present})
        colleges = self.band.colleges
        heads = {line.letter: line.total if self.allows_remote else line.present for line in colleges}
        return warnings({letter: count for letter, count in heads.items() if isinstance(count, int)})

    @property
    def is_counted(self) -> bool:
        """Whether who is there is worth counting: from the day of the meeting to the end of the session."""
        if self.assembly.state == Assembly.State.CONVENED:
            return timezone.localdate(self.at) >= self.assembly.held_on
        return self.is_live

    @property
    def is_live(self) -> bool:
        """Whether the session is open."""
        return self.assembly.state == Assembly.State.OPEN


def hall_of(assembly: Assembly, at: datetime) -> Hall:
    """Read a hall: its agenda, its officers, and the quorum where the statutes can say it."""
    points = points_of(assembly)
    now = next((point for point in points if point.state == "now"), None)
    try:
        rules = statutes_in_force(assembly, day_of(assembly, at)).as_rules()
    except Refused:
        rules = None
    band = None if rules is None else band_of(assembly, rules, at, now.resolution if now else None)
    officers = assembly.officers.select_related("person")
    return Hall(assembly, at, points, tuple(officers), band, rules)


def day_of(assembly: Assembly, at: datetime) -> date:
    """The day whose members and statutes count: today, or the day the session ended."""
    return timezone.localdate(assembly.closed_at or at)


def points_of(assembly: Assembly) -> tuple[Point, ...]:
    """The agenda in order, each point with its resolution."""
    resolutions = {row.item_id: row for row in Resolution.objects.filter(assembly=assembly).whole()}
    is_over = assembly.state == Assembly.State.CLOSED
    items = assembly.agenda.order_by("position")
    return tuple(Point(item, resolutions.get(item.pk), is_over) for item in items)


def band_of(assembly: Assembly, rules: StatutesRules, at: datetime, resolution: Resolution | None) -> Band:
    """The quorum asked of the resolution being discussed, or of what the assembly mostly takes."""
    if resolution is None:
        extraordinary = assembly.kind == Assembly.Kind.EXTRAORDINARY
    else:
        extraordinary = is_extraordinary(resolution)
    on = day_of(assembly, at)
    carried = carried_in(assembly, rules, on)
    lines = presences(assembly, rules, on, carried)
    verdict = quorum_of(assembly, rules, lines, extraordinary=extraordinary)
    share = quorum_rule(rules, extraordinary=extraordinary, call=assembly.call).share
    present, members = sum(line.present for line in lines), sum(line.members for line in lines)
    whole = whole_gauge(verdict, share, present, members)
    colleges = college_gauges(lines, verdict, is_asked=rules.quorum_per_college and share > 0)
    per_college = rules.quorum_per_college
    return Band(verdict, share, per_college, present, members, whole, colleges, len(carried))


def whole_gauge(verdict: Quorum, share: Fraction, present: int, members: int) -> Gauge:
    """All members together: heads, or the weights their colleges bring."""
    name = _("Ensemble")
    if not verdict.is_weighted:
        return gauge(name, present, members, int(verdict.needed), is_asked=share > 0)
    reached = say(percent(verdict.reached), _)
    return Gauge(
        name,
        reached,
        say(percent(Fraction(1)), _),
        percentage(verdict.reached),
        needed=int(share > 0),
        mark=percentage(share),
    )


def college_gauges(lines: Sequence[Presence], verdict: Quorum, *, is_asked: bool) -> tuple[Gauge, ...]:
    """One line per college; none where members have no college."""
    if all(line.college == "" for line in lines):
        return ()
    needs = {line.college: line.needed for line in verdict.colleges}
    return tuple(
        gauge(line.label, line.present, line.members, needs[line.college], line.college, is_asked=is_asked)
        for line in lines
    )
