"""The minutes of an assembly, composed from what was recorded: nothing is written here that did not happen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from assemblies.hall import Point, points_of
from assemblies.models import Assembly, Attendance, Officer, Proxy, QuorumRecord
from cooperation.models import Membership, Person
from votes.models import Ballot, Poll, Result


@dataclass
class Signature:
    """One line of the attendance sheet: a member who came, through whom, when, which way, with how many votes.

    `carries` counts the proxies of its people: for each, one more ballot.
    """

    membership: Membership
    people: list[Person] = field(default_factory=list)
    moves: list[Attendance] = field(default_factory=list)
    carries: int = 0

    @property
    def voices(self) -> int:
        """The ballots its people carry: their own, and one for each proxy."""
        return 1 + self.carries

    @property
    def is_remote(self) -> bool:
        """Whether the member only took part at a distance, and cannot sign in the room."""
        return all(move.channel == Attendance.Channel.REMOTE for move in self.moves)

    @property
    def arrived_at(self) -> datetime:
        """The first arrival."""
        return self.moves[0].at

    @property
    def left_at(self) -> datetime | None:
        """The last departure, None for who stayed to the end."""
        last = self.moves[-1]
        return last.at if last.movement == Attendance.Movement.LEFT else None


@dataclass(frozen=True)
class Voted:
    """A point of the minutes: its text, the quorum kept at its vote, its result."""

    point: Point
    quorum: QuorumRecord | None
    result: Result | None


@dataclass(frozen=True)
class Minutes:
    """Everything the minutes say."""

    assembly: Assembly
    officers: tuple[Officer, ...]
    sheet: tuple[Signature, ...]
    proxies: tuple[Proxy, ...]
    points: tuple[Voted, ...]
    lacking: tuple[QuorumRecord, ...]

    @property
    def carried(self) -> str:
        """Who took part, in one sentence."""
        remote = sum(line.is_remote for line in self.sheet)
        words = {"count": len(self.sheet), "remote": remote}
        said = _("Membres présents : %(count)s.")
        if remote:
            said = _("Membres présents ou réputés présents : %(count)s, dont %(remote)s à distance.")
        if not self.proxies:
            return said % words
        words["represented"] = len(self.proxies)
        return " ".join([said, _("Membres représentés : %(represented)s.")]) % words


def minutes_of(assembly: Assembly) -> Minutes:
    """Compose the minutes in a constant number of queries."""
    records = list(assembly.quorums.order_by("pk"))
    proxies = proxies_of(assembly)
    return Minutes(
        assembly=assembly,
        officers=tuple(assembly.officers.select_related("person")),
        sheet=sheet_of(assembly, proxies),
        proxies=proxies,
        points=tuple(voted(point, records) for point in points_of(assembly)),
        lacking=tuple(row for row in records if row.resolution_id is None),
    )


def voted(point: Point, records: Sequence[QuorumRecord]) -> Voted:
    """One point, with what was kept of its vote; a result is only told once declared."""
    resolution = point.resolution
    if resolution is None:
        return Voted(point, None, None)
    quorum = next((row for row in records if row.resolution_id == resolution.pk), None)
    poll = resolution.poll
    is_declared = poll is not None and poll.state == Poll.State.DECLARED
    return Voted(point, quorum, poll.result if poll is not None and is_declared else None)


def proxies_of(assembly: Assembly) -> tuple[Proxy, ...]:
    """The proxies that represented somebody at a vote or at the quorum of the end, by name of the giver.

    Those counted in a quorum, and those by which a holder at a distance voted by name.
    """
    by_holder = Ballot.objects.filter(poll__parent=assembly.topic, cast_by=F("elector__holder"))
    voted_with = Q(giver__in=by_holder.values("elector__membership"), accepted_at__isnull=False)
    used = Proxy.objects.filter(Q(used_at__isnull=False) | voted_with, assembly=assembly).whole()
    return tuple(sorted(used, key=lambda proxy: proxy.giver.name.casefold()))


def sheet_of(assembly: Assembly, proxies: Sequence[Proxy]) -> tuple[Signature, ...]:
    """The attendance sheet: who came, by college then name, with the votes carried (R225-95)."""
    lines: dict[int, Signature] = {}
    log = assembly.attendance.select_related(
        "person", "membership__person", "membership__organisation", "membership__college"
    )
    for move in log.order_by("pk"):
        line = lines.setdefault(move.membership_id, Signature(move.membership))
        line.moves.append(move)
        if move.person is not None and move.person not in line.people:
            line.people.append(move.person)
    held = Counter(proxy.holder_id for proxy in proxies if proxy.holder_id is not None)
    for line in lines.values():
        # A person who speaks for several members signs once for the proxies they carry.
        line.carries = sum(held.pop(person.pk, 0) for person in line.people)
    return tuple(sorted(lines.values(), key=place_on_sheet))


def place_on_sheet(line: Signature) -> tuple[str, str, int]:
    """By college, then name, then number of the register."""
    college = line.membership.college
    return (
        college.letter if college else "",
        line.membership.name.casefold(),
        line.membership.register_number,
    )
