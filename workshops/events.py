"""Facts of the workshops, in the past tense: ids and numbers, never anybody's words."""

from dataclasses import dataclass
from typing import ClassVar

from realtime.facts import Fact


@dataclass(frozen=True)
class WorkshopOpened(Fact):
    """The room is open."""

    type: ClassVar[str] = "workshop.opened"
    workshop: int


@dataclass(frozen=True)
class WorkshopClosed(Fact):
    """The room is closed."""

    type: ClassVar[str] = "workshop.closed"
    workshop: int


@dataclass(frozen=True)
class WorkshopChanged(Fact):
    """The title, the question or the planned steps of a workshop changed."""

    type: ClassVar[str] = "workshop.changed"
    workshop: int


@dataclass(frozen=True)
class StepStarted(Fact):
    """A step runs; the one that ran before, if any, is done."""

    type: ClassVar[str] = "step.started"
    step: int


@dataclass(frozen=True)
class StepFinished(Fact):
    """A step is done and none runs."""

    type: ClassVar[str] = "step.finished"
    step: int


@dataclass(frozen=True)
class StepExtended(Fact):
    """A step ends later than it did."""

    type: ClassVar[str] = "step.extended"
    step: int
    minutes: int


@dataclass(frozen=True)
class PersonJoined(Fact):
    """Somebody came in, or changed role in the room."""

    type: ClassVar[str] = "person.joined"
    participation: int


@dataclass(frozen=True)
class ThemeAdded(Fact):
    """A theme gathers proposals."""

    type: ClassVar[str] = "theme.added"
    theme: int


@dataclass(frozen=True)
class ProposalSubmitted(Fact):
    """A contribution is on the board."""

    type: ClassVar[str] = "proposal.submitted"
    proposal: int


@dataclass(frozen=True)
class ProposalRevised(Fact):
    """A proposal has a new version."""

    type: ClassVar[str] = "proposal.revised"
    proposal: int
    version_number: int


@dataclass(frozen=True)
class ProposalThemed(Fact):
    """A proposal went from a theme to another (0: none)."""

    type: ClassVar[str] = "proposal.themed"
    proposal: int
    theme: int
    before: int


@dataclass(frozen=True)
class ProposalsMerged(Fact):
    """Proposals became one: `sources` stay readable."""

    type: ClassVar[str] = "proposals.merged"
    proposal: int
    sources: tuple[int, ...]


@dataclass(frozen=True)
class ProposalWithdrawn(Fact):
    """The author took a proposal back."""

    type: ClassVar[str] = "proposal.withdrawn"
    proposal: int


@dataclass(frozen=True)
class ProposalHidden(Fact):
    """A facilitator hid a proposal, with a reason."""

    type: ClassVar[str] = "proposal.hidden"
    proposal: int


@dataclass(frozen=True)
class ProposalShown(Fact):
    """A hidden proposal can be read again."""

    type: ClassVar[str] = "proposal.shown"
    proposal: int


@dataclass(frozen=True)
class ProposalForwarded(Fact):
    """A version was handed to a governing body."""

    type: ClassVar[str] = "proposal.forwarded"
    proposal: int
    forwarding: int


@dataclass(frozen=True)
class ProposalTakenUp(Fact):
    """The governing body took the version up."""

    type: ClassVar[str] = "proposal.taken_up"
    proposal: int
    forwarding: int


@dataclass(frozen=True)
class ProposalSetAside(Fact):
    """A proposal was set aside, with a reason."""

    type: ClassVar[str] = "proposal.set_aside"
    proposal: int


@dataclass(frozen=True)
class ProposalKept(Fact):
    """A proposal is kept for later."""

    type: ClassVar[str] = "proposal.kept"
    proposal: int


@dataclass(frozen=True)
class ProposalReopened(Fact):
    """A proposal kept or set aside is worked on again."""

    type: ClassVar[str] = "proposal.reopened"
    proposal: int


@dataclass(frozen=True)
class SupportChanged(Fact):
    """The number of people behind the current version changed; who they are is not told."""

    type: ClassVar[str] = "support.changed"
    proposal: int


@dataclass(frozen=True)
class CommentAdded(Fact):
    """A remark was made."""

    type: ClassVar[str] = "comment.added"
    comment: int
    proposal: int


@dataclass(frozen=True)
class CommentWithdrawn(Fact):
    """The author took a remark back."""

    type: ClassVar[str] = "comment.withdrawn"
    comment: int
    proposal: int


@dataclass(frozen=True)
class CommentHidden(Fact):
    """A facilitator hid a remark, with a reason."""

    type: ClassVar[str] = "comment.hidden"
    comment: int
    proposal: int


@dataclass(frozen=True)
class CommentShown(Fact):
    """A hidden remark can be read again."""

    type: ClassVar[str] = "comment.shown"
    comment: int
    proposal: int


@dataclass(frozen=True)
class ProjectorFocused(Fact):
    """The projector shows a proposal, a poll, or the latest contributions (empty)."""

    type: ClassVar[str] = "projector.focused"
    focus: str


@dataclass(frozen=True)
class BalanceMoved(Fact):
    """Who speaks, by sector, changed: told to facilitators only."""

    type: ClassVar[str] = "balance.moved"
    workshop: int
