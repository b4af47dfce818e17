"""What the hall and the desk follow: who may, which fragments a fact refreshes, the latest figures."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from assemblies.desk import rows_of
from assemblies.hall import Hall, hall_of
from assemblies.models import Assembly, Officer
from assemblies.rights import readers_of
from assemblies.services.voting import lines_of_present
from cooperation.models import Membership
from realtime.models import LoggedEvent
from votes.services import RollLine

HEAD, CURRENT, QUORUM, AGENDA, BAR = "_head", "_current", "_quorum_band", "_agenda", "_bar"
REHEARSAL = "_rehearsal"
SCENE = ("_scene_head", "_scene", "_scene_foot")
WHOLE = (HEAD, REHEARSAL, CURRENT, QUORUM, AGENDA, BAR, *SCENE)
REGIONS: dict[str, tuple[str, ...]] = {
    "assembly.convened": WHOLE,
    "assembly.opened": WHOLE,
    "assembly.closed": WHOLE,
    "item.started": (REHEARSAL, CURRENT, QUORUM, AGENDA, BAR, *SCENE),
    "member.arrived": (QUORUM, BAR, *SCENE),
    "member.left": (QUORUM, BAR, *SCENE),
    "proxies.changed": (QUORUM, BAR, *SCENE),
    "poll.opened": (REHEARSAL, CURRENT, AGENDA, BAR, *SCENE),
    "poll.closed": (REHEARSAL, CURRENT, BAR, *SCENE),
    "hall.changed": (REHEARSAL, *SCENE),
    "roll.amended": (CURRENT, *SCENE),
    "poll.declared": (),
    "resolution.adopted": (REHEARSAL, CURRENT, AGENDA, BAR, *SCENE),
    "resolution.rejected": (REHEARSAL, CURRENT, AGENDA, BAR, *SCENE),
}


def found(pk: int) -> Assembly | None:
    """The assembly with its entity."""
    return Assembly.objects.select_related("entity", "body").filter(pk=pk).first()


class Regions:
    """The parts of the hall's page, each rendered once for a run of facts: they show the present state."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.known: dict[str, str] = {}

    def render(self, names: Sequence[str]) -> str:
        """These parts, one after the other."""
        return "".join(self.part(name) for name in names)

    def part(self, name: str) -> str:
        """One part, with the partial the page uses."""
        if name not in self.known:
            self.known[name] = render_to_string(f"assemblies/{name}.html", {"hall": self.hall})
        return self.known[name]


class AssemblyTopic:
    """`assembly:<pk>`: everyone who may read the assembly."""

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        """Those of these persons who may read it now."""
        assembly = found(pk)
        if assembly is None:
            return set()
        asked = [person for person in people if person is not None]
        readers = readers_of(assembly, timezone.localdate()).filter(pk__among=asked)
        return set(readers.values_list("pk", flat=True))

    def officers(self, pk: int) -> dict[int, str]:
        """The officers of the meeting: person → office; what is voted in it asks its rights so."""
        named = Officer.objects.filter(assembly=pk, person__is_active=True)
        return dict(named.values_list("person_id", "role"))

    def newcomers(self, pk: int, since: datetime, at: datetime) -> list[RollLine]:
        """The lines of members who are there and were in good standing at that instant, as a roll takes them."""
        assembly = found(pk)
        return [] if assembly is None else lines_of_present(assembly, timezone.localdate(since))

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        """The parts of the page each fact refreshes, in their present state."""
        assembly = found(pk)
        if assembly is None:
            return ["" for _event in events]
        regions = Regions(hall_of(assembly, timezone.now()))
        return [regions.render(REGIONS.get(event.type, ())) for event in events]

    def now(self, pk: int) -> dict[str, Any] | None:
        """Who is there, the quorum, the point being discussed, the vote; nobody queues to speak yet."""
        assembly = found(pk)
        return None if assembly is None else figures(hall_of(assembly, timezone.now()))


def figures(hall: Hall) -> dict[str, Any]:
    """A hall in numbers."""
    band = hall.band
    return {
        "state": hall.assembly.state,
        "item": hall.point.item.pk if hall.point else None,
        "resolution": hall.resolution.pk if hall.resolution else None,
        "vote": hall.vote,
        "poll": hall.poll.pk if hall.poll else None,
        "speaker": None,
        "present": band.present if band else 0,
        "represented": band.represented if band else 0,
        "members": band.members if band else 0,
        "needed": str(band.verdict.needed) if band else None,
        "reached": str(band.verdict.reached) if band else None,
        "met": band.is_met if band else None,
        "colleges": {
            line.letter: {"present": line.present, "members": line.total, "needed": line.needed or None}
            for line in (band.colleges if band else ())
        },
    }


class DeskTopic:
    """`desk:<pk>`: the officers of the meeting, who see each member arrive."""

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        """The officers among these persons."""
        asked = [person for person in people if person is not None]
        officers = Officer.objects.filter(assembly=pk, person__among=asked, person__is_active=True)
        return set(officers.values_list("person_id", flat=True))

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        """The line of the member who moved."""
        assembly = found(pk)
        if assembly is None:
            return ["" for _event in events]
        moved = Membership.objects.filter(pk__in={event.data["membership"] for event in events})
        rows = {row.membership.pk: row for row in rows_of(assembly, moved.with_party(), timezone.localdate())}
        return [self.line(assembly, rows.get(event.data["membership"])) for event in events]

    def line(self, assembly: Assembly, row: object) -> str:
        """One line of the desk; nothing for a member who is no longer in the register."""
        if row is None:
            return ""
        return render_to_string("assemblies/_desk_row.html", {"assembly": assembly, "row": row})

    def now(self, pk: int) -> dict[str, Any] | None:
        """The hall's topic has the figures."""
        return None


assembly = AssemblyTopic()
desk = DeskTopic()
