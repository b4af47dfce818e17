"""What a room shows, read in a constant number of queries: steps, board, people, discussion, balance."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from cooperation.models import Sector
from votes.models import Poll, Result
from workshops import rules
from workshops.differences import Piece, differences
from workshops.models import (
    Comment,
    Forwarding,
    Lineage,
    Participation,
    Proposal,
    ProposalVersion,
    Step,
    Support,
    Theme,
    Workshop,
)

STATES = {"planned": "todo", "running": "now", "done": "done"}
MOST_ON_PROJECTOR = 8
MOST_PEOPLE = 100


@dataclass(frozen=True)
class Stop:
    """A step as the line of steps shows it."""

    kind: str
    label: str
    state: str
    pk: int


@dataclass(frozen=True)
class Course:
    """The steps of a workshop and where it stands."""

    stops: list[Stop]
    running: Step | None
    place: int
    opens: frozenset[str]

    @property
    def is_last(self) -> bool:
        """Whether no step is left to run."""
        return bool(self.stops) and all(stop.state != "todo" for stop in self.stops)

    @property
    def has_begun(self) -> bool:
        """Whether a step was done or runs."""
        return any(stop.state != "todo" for stop in self.stops)

    @property
    def next_label(self) -> str:
        """The next step's title."""
        return next((stop.label for stop in self.stops if stop.state == "todo"), "")


def course_of(room: Workshop) -> Course:
    """The steps, in one query."""
    steps = list(room.steps.order_by("position"))
    running = next((step for step in steps if step.state == Step.State.RUNNING), None)
    kind = running.kind if running else None
    opens = frozenset(act for act in rules.LAW if rules.is_open_now(act, state=room.state, kind=kind))
    stops = [Stop(step.station, step.title, STATES[step.state], step.pk) for step in steps]
    return Course(stops, running, steps.index(running) + 1 if running else 0, opens)


@dataclass
class Column:
    """A theme and its proposals, the latest first; pk 0 is what has no theme."""

    pk: int
    title: str
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many the room still carries."""
        return sum(proposal.is_alive for proposal in self.proposals)


def columns_of(room: Workshop) -> list[Column]:
    """The board: what has no theme first, then each theme. Two queries."""
    columns = {0: Column(0, "")} | {theme.pk: column_of(theme) for theme in room.themes.order_by("position")}
    for proposal in room.proposals.with_card().order_by("-placed_at", "-pk"):
        columns[proposal.theme_id or 0].proposals.append(proposal)
    return list(columns.values())


def column_of(theme: Theme) -> Column:
    """An empty column of that theme."""
    return Column(theme.pk, theme.title)


@dataclass(frozen=True)
class Counts:
    """How many proposals the room carries, by theme."""

    proposals: int
    themes: int
    by_theme: list[tuple[int, int]]


def counts_of(room: Workshop) -> Counts:
    """Counted in two queries."""
    rows = room.proposals.alive().order_by().values_list("theme_id").annotate(n=Count("pk"))
    counted = {theme or 0: n for theme, n in rows}
    themes = [0, *room.themes.order_by("position").values_list("pk", flat=True)]
    return Counts(sum(counted.values()), len(themes) - 1, [(pk, counted.get(pk, 0)) for pk in themes])


@dataclass
class Thread:
    """A comment and the answers under it, in their order."""

    comment: Comment
    answers: list[Comment] = field(default_factory=list)


def threads_of(proposal: Proposal) -> list[Thread]:
    """The discussion of a proposal, in one query."""
    threads: dict[int, Thread] = {}
    for comment in proposal.comments.with_names().order_by("pk"):
        if comment.root_id is None:
            threads[comment.pk] = Thread(comment)
        elif comment.root_id in threads:
            threads[comment.root_id].answers.append(comment)
    return list(threads.values())


def discussed(columns: Iterable[Column], asked: int | None) -> tuple[Proposal | None, bool]:
    """The proposal whose discussion shows beside the board, and whether the reader asked for it.

    Without a choice it is the one with the most remarks, then with the most supports.
    """
    proposals = [proposal for column in columns for proposal in column.proposals]
    for proposal in proposals:
        if proposal.pk == asked:
            return proposal, True
    alive: list[Any] = [proposal for proposal in proposals if proposal.is_alive]
    best = max(alive, key=lambda each: (each.comments_count, each.supports_count, each.pk), default=None)
    return best, False


def supports_of(person: Any, room: Workshop) -> list[int]:
    """The versions of this room that a person supports."""
    if person is None or person.pk is None:
        return []
    rows = Support.objects.filter(person=person, version__proposal__workshop=room)
    return list(rows.order_by("version_id").values_list("version_id", flat=True))


def polls_of(room: Workshop) -> QuerySet[Poll]:
    """The polls of the room, the latest first."""
    return Poll.objects.of(room.topic).order_by("-pk")


@dataclass(frozen=True)
class Voice:
    """How much a sector has spoken: proposals and remarks, and its share of the most talkative one in percent."""

    name: str
    count: int
    share: int


@dataclass(frozen=True)
class Balance:
    """Who speaks, by sector; `absent` are the sectors nobody in the room speaks for, or that said nothing."""

    voices: list[Voice]
    absent: list[str]
    total: int


def balance_of(room: Workshop) -> Balance:
    """Contributions and remarks by the sector of who made them, in four queries."""
    sector_of = dict(room.participations.values_list("person_id", "sector_id"))
    spoken: defaultdict[int, int] = defaultdict(int)
    for author, count in said_in(room):
        spoken[sector_of.get(author) or 0] += count
    sectors = [*Sector.objects.order_by("position", "name").values_list("pk", "name"), (0, _("Sans secteur"))]
    most = max(spoken.values(), default=0)
    heard = [(name, spoken[pk]) for pk, name in sectors if spoken.get(pk)]
    heard.sort(key=lambda each: -each[1])
    voices = [Voice(name, count, 100 * count // most) for name, count in heard]
    absent = [name for pk, name in sectors if pk and not spoken.get(pk)]
    return Balance(voices, absent, sum(spoken.values()))


def said_in(room: Workshop) -> list[tuple[int, int]]:
    """Author → how many proposals, then author → how many remarks; what is hidden or withdrawn does not count."""
    proposals = room.proposals.filter(hidden_at=None).exclude(state=Proposal.State.WITHDRAWN)
    remarks = Comment.objects.filter(proposal__workshop=room, hidden_at=None, withdrawn_at=None)
    made: list[tuple[int, int]] = list(proposals.order_by().values_list("author").annotate(n=Count("pk")))
    return made + list(remarks.order_by().values_list("author").annotate(n=Count("pk")))


def latest_of(room: Workshop) -> QuerySet[Proposal]:
    """What the projector lists: the latest contributions the room still carries."""
    return room.proposals.alive().with_card().order_by("-created_at", "-pk")[:MOST_ON_PROJECTOR]


@dataclass(frozen=True)
class Focus:
    """What the projector shows instead of the latest contributions."""

    proposal: Proposal | None = None
    poll: Poll | None = None


def focus_of(room: Workshop) -> Focus:
    """What the facilitator chose, as it is now; a text that is gone is not shown."""
    kind, _colon, pk = room.projector_focus.partition(":")
    if kind == "proposal":
        shown = room.proposals.with_card().filter(pk=pk).first()
        return Focus(proposal=shown if shown and not shown.is_gone else None)
    if kind == "poll":
        return Focus(poll=Poll.objects.of(room.topic).filter(pk=pk).first())
    return Focus()


def result_of(poll: Poll) -> Result | None:
    """The counted result of a poll, once there is one to see."""
    return Result.objects.filter(poll=poll).first() if poll.state != Poll.State.OPEN else None


def participation_of(person: Any, room: Workshop) -> Participation | None:
    """The reader's own place in the room."""
    if person is None or person.pk is None:
        return None
    return room.participations.filter(person=person).first()


@dataclass(frozen=True)
class Revision:
    """A version and what it changed, word by word; the first one changed nothing."""

    version: ProposalVersion
    title: list[Piece]
    text: list[Piece]


def history_of(proposal: Proposal) -> list[Revision]:
    """The versions of a proposal with their supports, the latest first, in one query."""
    rows = proposal.versions.select_related("author").annotate(supports_count=Count("supports"))
    revisions: list[Revision] = []
    before: ProposalVersion | None = None
    for version in rows.order_by("number"):
        revisions.append(revision_of(version, before))
        before = version
    return revisions[::-1]


def revision_of(version: ProposalVersion, before: ProposalVersion | None) -> Revision:
    """A version beside the one before it."""
    if before is None:
        return Revision(version, [], [])
    return Revision(version, differences(before.title, version.title), differences(before.text, version.text))


def forwardings_of(proposal: Proposal) -> list[Forwarding]:
    """To which bodies a proposal was handed, in order, and what became of it there."""
    rows = Forwarding.objects.filter(version__proposal=proposal).select_related("body", "version", "by")
    return list(rows.order_by("at", "pk"))


def sources_of(proposal: Proposal) -> list[Proposal]:
    """The proposals this one reunites, in two queries."""
    edges = Lineage.objects.filter(child__proposal=proposal, kind=Lineage.Kind.MERGED_FROM)
    return list(
        Proposal.objects.with_card().filter(pk__in=edges.values("parent__proposal")).order_by("number")
    )


def people_of(room: Workshop) -> QuerySet[Participation]:
    """Who is here, in the order in which they came."""
    return room.participations.with_names().order_by("pk")
