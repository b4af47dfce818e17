"""How a fact of a room becomes HTML: the same partials as the pages, from the objects as they are now."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string

from realtime.models import LoggedEvent
from votes.models import Poll
from workshops import board
from workshops.models import Comment, Participation, Proposal, Theme, Workshop

Data = dict[str, Any]


class Rendering:
    """One batch of facts of one room: what they speak of is read once, each piece is rendered once."""

    def __init__(self, room: Workshop, events: Sequence[LoggedEvent]) -> None:
        self.room = room
        self.events = events
        self.pieces: dict[tuple[str, int, bool], str] = {}

    def named(self, *names: str) -> set[int]:
        """The numbers these facts hold under these names."""
        found: set[int] = set()
        for event in self.events:
            for name in names:
                value = event.data.get(name, ())
                found.update(value if isinstance(value, list) else [value] if value else [])
        return found

    @cached_property
    def proposals(self) -> dict[int, Proposal]:
        """The proposals these facts speak of, with what a card shows."""
        rows = self.room.proposals.with_card().filter(pk__in=self.named("proposal", "sources"))
        return {row.pk: row for row in rows}

    @cached_property
    def comments(self) -> dict[int, Comment]:
        """The comments these facts speak of."""
        rows = Comment.objects.with_names_in(self.room).filter(pk__in=self.named("comment"))
        found = {row.pk: row for row in rows}
        for row in found.values():
            row.proposal = Proposal(pk=row.proposal_id, workshop=self.room)  # all a remark says of it
        return found

    @cached_property
    def remarks_counted(self) -> dict[int, int]:
        """How many remarks the proposals these facts speak of drew."""
        return self.room.proposals.filter(pk__in=self.named("proposal", "sources")).remarks_counted()

    @cached_property
    def supports_counted(self) -> dict[int, int]:
        """How many people stand behind them."""
        return self.room.proposals.filter(pk__in=self.named("proposal", "sources")).supports_counted()

    @cached_property
    def course(self) -> board.Course:
        """The steps."""
        return board.course_of(self.room)

    @cached_property
    def counts(self) -> board.Counts:
        """How many proposals the room carries."""
        return board.counts_of(self.room)

    def piece(self, template: str, pk: int = 0, **context: Any) -> str:
        """One partial, rendered without a reader: it is the same for everyone."""
        key = (template, pk, bool(context.get("is_new")))
        if key not in self.pieces:
            shared = {"workshop": self.room, "live": True}
            self.pieces[key] = render_to_string(f"workshops/{template}.html", {**shared, **context})
        return self.pieces[key]

    # -- the pieces

    def steps(self) -> str:
        """The line of steps with its timer, what the step opens, and the projector's copy of both."""
        names = ("_course", "_projector_course", "_projector_time")
        return "".join(self.piece(name, course=self.course) for name in names)

    def count(self) -> str:
        """The counts beside the titles."""
        return self.piece("_counts", counts=self.counts)

    def card(self, pk: int, *, is_new: bool = False) -> str:
        """A card of the board, and its line on the projector, which lists what is new first."""
        proposal = self.proposals.get(pk)
        if proposal is None:
            return ""
        line = self.piece("_projector_line", pk, proposal=proposal, is_new=is_new)
        return self.piece("_proposal", pk, proposal=proposal) + line

    def page(self, pk: int) -> str:
        """The parts of the proposal's own page that change with it, and its text on the projector."""
        proposal = self.proposals.get(pk)
        if proposal is None:
            return ""
        fates = board.forwardings_of(proposal)
        is_projected = self.room.projector_focus == f"proposal:{pk}"
        return (
            self.piece("_text", pk, proposal=proposal)
            + self.piece("_discussion_head", pk, proposal=proposal)
            + self.piece("_source", pk, source=proposal)
            + self.piece("_versions", pk, proposal=proposal, versions=board.history_of(proposal))
            + self.piece("_fate", pk, proposal=proposal, forwardings=fates)
            + (self.scene() if is_projected else "")
        )

    def remark(self, pk: int, *, opens_thread: bool = False) -> str:
        """A comment under its proposal; a new thread comes with the place of its answers."""
        comment = self.comments.get(pk)
        if comment is None:
            return ""
        words = self.piece("_comment", pk, comment=comment)
        return (
            words + self.piece("_answers", pk, comment=comment)
            if opens_thread and not comment.root_id
            else words
        )

    def remarks_count(self, pk: int) -> str:
        """How many remarks a proposal drew."""
        count = self.remarks_counted.get(pk)
        counted = {"pk": pk, "comments_count": count}
        return "" if count is None else self.piece("_comments_count", pk, proposal=counted)

    def supports_count(self, pk: int) -> str:
        """How many people stand behind a proposal's current version."""
        count = self.supports_counted.get(pk)
        counted = {"pk": pk, "supports_count": count}
        return "" if count is None else self.piece("_supports_count", pk, proposal=counted)

    def person(self, pk: int) -> str:
        """Somebody in the room."""
        rows = Participation.objects.with_names().filter(pk=pk, workshop=self.room)
        return "".join(self.piece("_person", row.pk, participation=row) for row in rows)

    def theme(self, pk: int) -> str:
        """A theme and what it gathers."""
        rows = Theme.objects.filter(pk=pk, workshop=self.room)
        return (
            "".join(self.piece("_theme", row.pk, column=board.column_of(row)) for row in rows) + self.count()
        )

    def poll(self, pk: int) -> str:
        """A poll of the room, and its picture if the projector shows it."""
        poll = Poll.objects.of(self.room.topic).filter(pk=pk).first()
        if poll is None:
            return ""
        card = self.piece("_poll", pk, poll=poll)
        return card + self.piece("_projector_poll", pk, poll=poll, result=board.result_of(poll))

    def scene(self) -> str:
        """What the projector shows."""
        return self.piece("_projector_scene", **scene_of(self.room))


def scene_of(room: Workshop) -> Data:
    """The context of the projector's scene."""
    focus = board.focus_of(room)
    is_free = focus.proposal is None and focus.poll is None
    return {
        "focus": focus,
        "result": board.result_of(focus.poll) if focus.poll else None,
        "latest": board.latest_of(room) if is_free else [],
    }


Renderer = Callable[[Rendering, Data], str]


def of_room(rendering: Rendering, data: Data) -> str:
    """The room opened, closed, or went from a step to another."""
    return rendering.steps()


def of_description(rendering: Rendering, data: Data) -> str:
    """The title, the question or the plan changed."""
    return rendering.piece("_title") + rendering.piece("_projector_title") + rendering.steps()


def of_proposal(rendering: Rendering, data: Data) -> str:
    """A proposal changed, on the board, on its page and on the projector."""
    return rendering.card(data["proposal"]) + rendering.page(data["proposal"]) + rendering.count()


def of_return(rendering: Rendering, data: Data) -> str:
    """A proposal is carried again: it takes back its place among those the projector lists."""
    return of_proposal(rendering, data) + rendering.scene()


def of_new_proposal(rendering: Rendering, data: Data) -> str:
    """A contribution came in: nobody can be on its page yet."""
    return rendering.card(data["proposal"], is_new=True) + rendering.count()


def of_merge(rendering: Rendering, data: Data) -> str:
    """Proposals became one."""
    sources: Iterable[int] = data["sources"]
    return of_new_proposal(rendering, data) + "".join(
        rendering.card(source) + rendering.page(source) for source in sources
    )


def of_new_comment(rendering: Rendering, data: Data) -> str:
    """A remark was made."""
    return rendering.remark(data["comment"], opens_thread=True) + rendering.remarks_count(data["proposal"])


def of_comment(rendering: Rendering, data: Data) -> str:
    """A remark was withdrawn, hidden or shown."""
    return rendering.remark(data["comment"]) + rendering.remarks_count(data["proposal"])


RENDERERS: dict[str, Renderer] = {
    "workshop.opened": of_room,
    "workshop.closed": of_room,
    "workshop.changed": of_description,
    "step.started": of_room,
    "step.finished": of_room,
    "step.extended": of_room,
    "person.joined": lambda rendering, data: rendering.person(data["participation"]),
    "theme.added": lambda rendering, data: rendering.theme(data["theme"]),
    "proposal.submitted": of_new_proposal,
    "proposal.revised": of_proposal,
    "proposal.themed": lambda rendering, data: rendering.card(data["proposal"]) + rendering.count(),
    "proposals.merged": of_merge,
    "proposal.withdrawn": of_proposal,
    "proposal.hidden": of_proposal,
    "proposal.shown": of_return,
    "proposal.forwarded": of_proposal,
    "proposal.taken_up": of_proposal,
    "proposal.set_aside": of_proposal,
    "proposal.kept": of_proposal,
    "proposal.reopened": of_return,
    "support.changed": lambda rendering, data: rendering.supports_count(data["proposal"]),
    "comment.added": of_new_comment,
    "comment.withdrawn": of_comment,
    "comment.hidden": of_comment,
    "comment.shown": of_comment,
    "projector.focused": lambda rendering, data: rendering.scene(),
    "poll.opened": lambda rendering, data: rendering.poll(data["poll"]),
    "poll.closed": lambda rendering, data: rendering.poll(data["poll"]),
    "poll.declared": lambda rendering, data: rendering.poll(data["poll"]),
    "objection.treated": lambda rendering, data: rendering.poll(data["poll"]),
}


def of_facilitation(rendering: Rendering, event: LoggedEvent) -> str:
    """What only facilitators are told: the gestes of their bar follow the steps, the balance follows who speaks."""
    if event.type == "balance.moved":
        return rendering.piece("_balance", balance=board.balance_of(rendering.room))
    return rendering.piece("_bar", course=rendering.course)
