"""A whole evening in the room: each act by its service, each fact at least once, in an order that makes sense."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from cooperation.models import GoverningBody
from tests.workshops.scene import AT, LATER, Scene
from votes.services import Cast, cast_ballots
from workshops import services
from workshops.models import Proposal

Told = tuple[str, Callable[[], Any]]
KEY = UUID("5f0c1b5e-8f0a-4c53-9c3b-0d9f6f6f2b11")


def evening(scene: Scene) -> Iterator[Told]:
    """The type of the fact an act tells, and the act; later acts build on earlier ones."""
    s, alice, bob, room = services, scene.alice, scene.bob, scene.room
    made: dict[str, Any] = {}

    def keep(name: str, run: Callable[[], Any]) -> Callable[[], Any]:
        return lambda: made.setdefault(name, run())

    yield "person.joined", lambda: s.join_workshop(person=scene.nina, workshop=room, at=AT)
    yield "person.joined", lambda: s.name_facilitator(by=alice, workshop=room, person=scene.nina, at=AT)
    yield (
        "theme.added",
        keep("theme", lambda: s.add_theme(by=alice, workshop=room, title="Les métiers", at=AT)),
    )
    yield "proposal.submitted", keep("new", lambda: scene.write("Un four à pain", text="Pour le quartier."))
    yield (
        "proposal.themed",
        lambda: s.theme_proposal(by=alice, proposal=made["new"], theme=made["theme"], at=LATER),
    )
    yield (
        "proposal.submitted",
        lambda: s.enter_contribution(by=alice, workshop=room, name="Idriss", title="Un café", at=LATER),
    )
    yield "support.changed", lambda: s.support_version(person=bob, version=current(scene.mine), at=AT)
    yield (
        "comment.added",
        keep(
            "answer",
            lambda: s.add_comment(
                author=alice,
                proposal=scene.mine,
                kind="suggestion",
                text="La ville.",
                parent=scene.remark,
                at=AT,
            ),
        ),
    )
    yield (
        "comment.added",
        keep(
            "thread", lambda: s.add_comment(author=bob, proposal=scene.mine, kind="for", text="Oui.", at=AT)
        ),
    )
    yield "comment.hidden", lambda: s.hide_comment(by=alice, comment=scene.remark, reason="Blessant.", at=AT)
    yield "comment.shown", lambda: s.show_comment(by=alice, comment=scene.remark, at=AT)
    yield "comment.withdrawn", lambda: s.withdraw_comment(by=bob, comment=made["thread"], at=AT)
    yield (
        "proposal.revised",
        lambda: s.revise_proposal(
            author=alice, proposal=scene.mine, title="Un lieu à nous", text="Ici.", at=AT
        ),
    )
    yield "support.changed", lambda: s.support_version(person=bob, version=current(scene.mine), at=AT)
    yield "support.changed", lambda: s.withdraw_support(person=bob, version=current(scene.mine), at=AT)
    yield "projector.focused", lambda: s.focus_projector(by=alice, workshop=room, focus=scene.mine, at=AT)
    yield "proposal.hidden", lambda: s.hide_proposal(by=alice, proposal=scene.mine, reason="Nomme.", at=AT)
    yield "proposal.shown", lambda: s.show_proposal(by=alice, proposal=scene.mine, at=AT)
    yield "projector.focused", lambda: s.focus_projector(by=alice, workshop=room, focus=None, at=AT)
    yield "step.extended", lambda: s.extend_step(by=alice, workshop=room, minutes=5, at=AT)
    yield "proposals.merged", keep("merged", lambda: merge(scene, made["new"]))
    yield "step.finished", lambda: s.finish_step(by=alice, workshop=room, at=AT)
    yield "step.started", lambda: s.start_next_step(by=alice, workshop=room, at=AT)
    yield "poll.opened", keep("poll", lambda: ask(scene, made["merged"]))
    yield "projector.focused", lambda: s.focus_projector(by=alice, workshop=room, focus=made["poll"], at=AT)
    yield "poll.closed", lambda: close(scene, made["poll"])
    yield "projector.focused", lambda: s.focus_projector(by=alice, workshop=room, focus=None, at=AT)
    yield "step.started", lambda: s.start_next_step(by=alice, workshop=room, at=AT)
    yield "proposal.kept", lambda: s.keep_proposal(by=alice, proposal=scene.mine, why="Après l’été.", at=AT)
    yield (
        "proposal.set_aside",
        lambda: s.set_aside_proposal(by=alice, proposal=scene.mine, reason="Trop cher.", at=AT),
    )
    yield "proposal.reopened", lambda: s.reopen_proposal(by=alice, proposal=scene.mine, at=AT)
    yield "proposal.forwarded", keep("sent", lambda: forward(scene))
    yield (
        "proposal.taken_up",
        lambda: s.mark_taken_up(forwarding=made["sent"], title="Résolution 4", url="/assemblees/3/", at=AT),
    )
    yield "proposal.withdrawn", lambda: withdraw(scene)
    yield "workshop.changed", lambda: describe(scene)
    yield "workshop.closed", lambda: s.close_workshop(by=alice, workshop=room, at=AT)
    yield "workshop.opened", lambda: s.open_workshop(by=alice, workshop=room, at=AT)


def current(proposal: Proposal) -> Any:
    """The current version."""
    return Proposal.objects.select_related("version").get(pk=proposal.pk).version


def merge(scene: Scene, new: Proposal) -> Proposal:
    return services.merge_proposals(
        by=scene.alice, proposals=[scene.his, new], title="Scie et four", text="Ensemble.", at=LATER
    )


def ask(scene: Scene, merged: Proposal) -> Any:
    poll = services.open_indicative_poll(
        by=scene.alice,
        workshop=scene.room,
        question="Lesquelles ?",
        method="approval",
        proposals=[scene.mine, merged],
        at=AT,
    )
    elector = poll.electors.get(titular=scene.bob)
    cast_ballots([Cast(elector=elector, person=scene.bob, choices=["1"], key=KEY, at=AT)])
    return poll


def close(scene: Scene, poll: Any) -> None:
    services.close_indicative_poll(by=scene.alice, poll=poll, at=LATER)


def forward(scene: Scene) -> Any:
    body = GoverningBody.objects.get()
    return services.forward_proposal(by=scene.alice, proposal=scene.mine, body=body, why="Prête.", at=AT)


def withdraw(scene: Scene) -> None:
    entered = scene.room.proposals.get(version__title="Un café")
    services.withdraw_proposal(by=scene.alice, proposal=entered, reason="Déjà dit.", at=AT)


def describe(scene: Scene) -> None:
    services.change_workshop(
        by=scene.alice,
        workshop=scene.room,
        title=scene.room.title,
        question="Et si l’on commençait ?",
        place="",
        starts_at=AT,
        access="members",
        welcomes_guests=True,
        at=AT,
    )
