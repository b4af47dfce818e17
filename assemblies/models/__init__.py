"""The nouns of meetings: assemblies, agenda, resolutions, attendance, quorum kept at each vote, what is elected or chosen."""

from assemblies.models.contests import Candidate, Contest
from assemblies.models.meetings import (
    AgendaItem,
    Assembly,
    AssemblyQuerySet,
    Attendance,
    Officer,
    QuorumRecord,
    Resolution,
    ResolutionQuerySet,
)
from assemblies.models.proxies import Proxy, ProxyQuerySet

__all__ = [
    "AgendaItem",
    "Assembly",
    "AssemblyQuerySet",
    "Attendance",
    "Candidate",
    "Contest",
    "Officer",
    "Proxy",
    "ProxyQuerySet",
    "QuorumRecord",
    "Resolution",
    "ResolutionQuerySet",
]
