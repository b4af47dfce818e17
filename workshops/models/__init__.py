"""Where proposals are built: series, workshops, steps, people in the room, proposals and their history."""

from workshops.models.fates import Forwarding, PolledVersion
from workshops.models.proposals import Comment, Lineage, Proposal, ProposalVersion, Support, Theme
from workshops.models.rooms import Participation, Series, Step, Workshop

__all__ = [
    "Comment",
    "Forwarding",
    "Lineage",
    "Participation",
    "PolledVersion",
    "Proposal",
    "ProposalVersion",
    "Series",
    "Step",
    "Support",
    "Theme",
    "Workshop",
]
