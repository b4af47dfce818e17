"""A meeting fact after fact: each step makes one kind of fact happen, on the real clock."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from assemblies.models import Assembly, Resolution
from assemblies.services import (
    check_in,
    check_out,
    close_assembly,
    close_vote,
    convene_assembly,
    declare,
    give_proxy,
    move_to_item,
    open_assembly,
    open_vote,
)
from cooperation.models import Membership, Person
from tests.assemblies import scene


@dataclass
class Meeting:
    """Who makes the facts happen, and to whom."""

    assembly: Assembly
    chair: Person
    member: Membership

    def resolution(self, number: int) -> Resolution:
        """A resolution of the agenda."""
        return self.assembly.resolutions.get(number=number)

    def decide(self, number: int, choice: str) -> None:
        """Put a resolution to the vote and declare what the only voter said."""
        resolution, now = self.resolution(number), timezone.now()
        if resolution.item.state != resolution.item.State.CURRENT:
            move_to_item(by=self.chair, item=resolution.item, at=now)
        resolution.refresh_from_db()
        poll = open_vote(by=self.chair, resolution=resolution, at=now)
        scene.vote(poll, {self.member.pk: choice}, timezone.now())
        close_vote(by=self.chair, resolution=resolution, at=timezone.now())
        declare(by=self.chair, resolution=resolution, at=timezone.now())


def dated(act: Callable[..., object]) -> Callable[[Meeting], object]:
    """An act of the chair on the assembly, now."""
    return lambda meeting: act(by=meeting.chair, assembly=meeting.assembly, at=timezone.now())


def moved(act: Callable[..., object]) -> Callable[[Meeting], object]:
    """A movement of the member, now."""
    return lambda meeting: act(
        by=meeting.chair, assembly=meeting.assembly, membership=meeting.member, at=timezone.now()
    )


def begin(meeting: Meeting) -> None:
    """The hall comes to the first resolution."""
    move_to_item(by=meeting.chair, item=meeting.resolution(1).item, at=timezone.now())


def represented(meeting: Meeting) -> None:
    """The desk enters the paper proxy of the chair, who is not counted present, held by the member who is."""
    chair = Membership.objects.get(entity=meeting.assembly.entity, person=meeting.chair)
    give_proxy(
        by=meeting.chair,
        assembly=meeting.assembly,
        giver=chair,
        holder=meeting.member.person,
        is_paper=True,
        at=timezone.now(),
    )


STEPS: dict[str, Callable[[Meeting], object]] = {
    "assembly.convened": dated(convene_assembly),
    "assembly.opened": dated(open_assembly),
    "member.arrived": moved(check_in),
    "proxies.changed": represented,
    "member.left": moved(check_out),
    "item.started": begin,
    "resolution.adopted": lambda meeting: meeting.decide(1, "for"),
    "resolution.rejected": lambda meeting: meeting.decide(2, "against"),
    "assembly.closed": dated(close_assembly),
}


def bring_before(meeting: Meeting, kind: str) -> None:
    """Everything that comes before a kind of fact."""
    for name, step in STEPS.items():
        if name == kind:
            return
        step(meeting)
