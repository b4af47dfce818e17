"""Where proposals are built: series, workshops, steps, people in the room, proposals and their history."""

from workshops.models.proposals import Comment, Forwarding, Lineage, Proposal, ProposalVersion, Support, Theme
from workshops.models.rooms import Participation, Series, Step, Workshop

__all__ = [
    "Comment",
    "Forwarding",
    "Lineage",
    "Participation",
    "Proposal",
    "ProposalVersion",
    "Series",
    "Step",
    "Support",
    "Theme",
    "Workshop",
]
