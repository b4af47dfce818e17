"""A room in session, with its people, two proposals and a discussion: what the tests of the workshops stand in."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cooperation.models import GoverningBody, LegalEntity, Organisation, Person, Sector
from realtime.commands import Caller, commands
from realtime.doors import perform
from votes.models import Poll
from workshops import services
from workshops.models import Comment, Proposal, Series, Step, Theme, Workshop

AT = datetime(2026, 11, 12, 18, 30, tzinfo=UTC)
LATER = AT + timedelta(minutes=10)


@dataclass
class Scene:
    """Who and what is there. Alice facilitates, Bob speaks, Odile observes, Nina is a member who did not come in."""

    entity: LegalEntity
    board: GoverningBody
    alice: Person
    bob: Person
    odile: Person
    nina: Person
    charlie: Person
    sector: Sector
    organisation: Organisation
    room: Workshop
    series: Series
    theme: Theme
    mine: Proposal  # Alice's
    his: Proposal  # Bob's
    remark: Comment  # Bob's, on Alice's proposal

    def now(self) -> Workshop:
        """The room as it is now."""
        return Workshop.objects.get(pk=self.room.pk)

    def proposal(self, proposal: Proposal) -> Proposal:
        """A proposal as it is now."""
        return Proposal.objects.select_related("version").get(pk=proposal.pk)

    def step(self, kind: str) -> Step:
        """The step of that kind."""
        return self.room.steps.get(kind=kind)

    def move_to(self, kind: str | None) -> None:
        """Run the step of that kind; None: no step runs."""
        if kind is not None:
            services.start_step(by=self.alice, step=self.step(kind), at=AT)
        elif self.room.steps.filter(state=Step.State.RUNNING).exists():
            services.finish_step(by=self.alice, workshop=self.room, at=AT)

    def close(self) -> None:
        """End the workshop."""
        services.close_workshop(by=self.alice, workshop=self.room, at=AT)

    def write(self, title: str = "Un lieu ouvert le soir", by: Person | None = None, **more: Any) -> Proposal:
        """A proposal, by Bob unless said otherwise."""
        return services.submit_proposal(author=by or self.bob, workshop=self.room, title=title, at=AT, **more)

    def merge(self, title: str = "Réunies") -> Proposal:
        """Both proposals made one by Alice."""
        return services.merge_proposals(
            by=self.alice, proposals=[self.mine, self.his], title=title, text="", at=LATER
        )

    def ask(self) -> Poll:
        """An indicative poll on both proposals; the room is then in its step."""
        self.move_to("poll")
        return services.open_indicative_poll(
            by=self.alice,
            workshop=self.room,
            question="Lesquelles ?",
            method="approval",
            proposals=[self.mine, self.his],
            at=AT,
        )

    def do(self, who: str, act: str, /, **data: Any) -> dict[str, Any]:
        """An act by its command, as any door does it."""
        return perform(commands()[act], Caller(getattr(self, who), AT), None, data)
