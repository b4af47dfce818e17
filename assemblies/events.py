"""Facts of assemblies, in the past tense; told to the hall on `assembly:<pk>`, movements to the desk too."""

from dataclasses import dataclass
from typing import ClassVar

from realtime.facts import Fact


@dataclass(frozen=True)
class AssemblyConvened(Fact):
    """The notice left: the agenda is set."""

    type: ClassVar[str] = "assembly.convened"
    assembly: int


@dataclass(frozen=True)
class AssemblyOpened(Fact):
    """The session began."""

    type: ClassVar[str] = "assembly.opened"
    assembly: int


@dataclass(frozen=True)
class AssemblyClosed(Fact):
    """The session ended."""

    type: ClassVar[str] = "assembly.closed"
    assembly: int


@dataclass(frozen=True)
class ItemStarted(Fact):
    """The hall moved to a point of the agenda."""

    type: ClassVar[str] = "item.started"
    assembly: int
    item: int


@dataclass(frozen=True)
class MemberArrived(Fact):
    """A member is there: in the room or at a distance."""

    type: ClassVar[str] = "member.arrived"
    assembly: int
    membership: int


@dataclass(frozen=True)
class MemberLeft(Fact):
    """A member left."""

    type: ClassVar[str] = "member.left"
    assembly: int
    membership: int


@dataclass(frozen=True)
class ResolutionAdopted(Fact):
    """The assembly adopted a resolution, which became a decision of the register."""

    type: ClassVar[str] = "resolution.adopted"
    assembly: int
    resolution: int
    decision: int


@dataclass(frozen=True)
class ResolutionRejected(Fact):
    """The assembly rejected a resolution."""

    type: ClassVar[str] = "resolution.rejected"
    assembly: int
    resolution: int


@dataclass(frozen=True)
class HallChanged(Fact):
    """The hall is to be drawn again; it does not say why."""

    type: ClassVar[str] = "hall.changed"
    assembly: int


@dataclass(frozen=True)
class ProxiesChanged(Fact):
    """Who is represented may have changed; the hall is not told who gave a proxy to whom."""

    type: ClassVar[str] = "proxies.changed"
    assembly: int


@dataclass(frozen=True)
class ProxyMoved(Fact):
    """The proxy of a member was given, accepted, or ended; told to the desk."""

    type: ClassVar[str] = "proxy.moved"
    assembly: int
    membership: int
