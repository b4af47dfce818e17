"""Every act of the workshops: what it needs, who may do it, in which steps; the tests of all doors read this table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.workshops.scene import AT, Scene
from workshops import services

Data = Callable[[Scene], dict[str, Any]]
COLLECT, DISCUSS, POLL, REPORT = "collect", "discuss", "poll", "report_back"
EVERY = (COLLECT, DISCUSS, POLL, REPORT)


@dataclass(frozen=True)
class Act:
    """`by` is who does it in the ordinary case; `steps` None: not a matter of steps; `after`: also once closed."""

    data: Data
    by: str = "alice"
    steps: tuple[str, ...] | None = None
    after: bool = False
    refused_role: str = "not_the_facilitator"


def room(scene: Scene) -> dict[str, Any]:
    return {"workshop": scene.room.pk}


def his(scene: Scene, **more: Any) -> dict[str, Any]:
    return {"proposal": scene.his.pk, **more}


def hidden(scene: Scene) -> dict[str, Any]:
    services.hide_proposal(by=scene.alice, proposal=scene.his, reason="Hors sujet.", at=AT)
    return his(scene)


def hidden_remark(scene: Scene) -> dict[str, Any]:
    services.hide_comment(by=scene.alice, comment=scene.remark, reason="Hors sujet.", at=AT)
    return {"comment": scene.remark.pk}


def kept(scene: Scene) -> dict[str, Any]:
    services.keep_proposal(by=scene.alice, proposal=scene.his, at=AT)
    return his(scene)


def supported(scene: Scene) -> dict[str, Any]:
    services.support_version(person=scene.bob, version=scene.mine.version, at=AT)  # type: ignore[arg-type]
    return {"version": scene.mine.version_id}


def asked(scene: Scene) -> dict[str, Any]:
    running = scene.room.steps.filter(state="running").first()
    poll = scene.ask()
    scene.move_to(running.kind if running else None)
    return {"poll": poll.pk}


def planned(scene: Scene) -> dict[str, Any]:
    plan = services.StepPlan("discuss", "Reprendre", 10)
    return {"step": services.add_step(by=scene.alice, workshop=scene.room, plan=plan, at=AT).pk}


def closed(scene: Scene) -> dict[str, Any]:
    scene.close()
    return room(scene)


def somebody(scene: Scene) -> dict[str, Any]:
    return {**room(scene), "participation": scene.room.participations.get(person=scene.bob).pk}


def both(scene: Scene) -> dict[str, Any]:
    return {**room(scene), "proposals": [scene.mine.pk, scene.his.pk]}


DESCRIPTION = {"title": "Titre", "question": "Question ?", "starts_at": "2026-12-01T18:00"}
STEP = {"kind": "discuss", "title": "Reprendre", "minutes": 10}

ACTS: dict[str, Act] = {
    "workshop.change": Act(lambda s: {**room(s), **DESCRIPTION}, after=True),
    "workshop.open": Act(closed),
    "workshop.close": Act(room),
    "facilitator.name": Act(somebody, after=True),
    "step.add": Act(lambda s: {**room(s), **STEP}),
    "step.change": Act(lambda s: {**planned(s), **STEP}),
    "step.remove": Act(planned),
    "step.start": Act(lambda s: {"step": s.step(DISCUSS).pk}),
    "step.next": Act(room),
    "step.previous": Act(room),
    "step.finish": Act(room),
    "step.extend": Act(lambda s: {**room(s), "minutes": 5}),
    "proposal.submit": Act(
        lambda s: {**room(s), "title": "Il faudrait un four"},
        by="bob",
        steps=(COLLECT, DISCUSS),
        refused_role="observer_watches",
    ),
    "proposal.revise": Act(
        lambda s: his(s, title="Une scie pour toutes et tous"),
        by="bob",
        steps=(COLLECT, DISCUSS),
        refused_role="observer_watches",
    ),
    "proposal.withdraw": Act(his, by="bob", after=True, refused_role="observer_watches"),
    "comment.add": Act(
        lambda s: his(s, kind="for", text="Oui."),
        by="bob",
        steps=(DISCUSS, POLL, REPORT),
        refused_role="observer_watches",
    ),
    "comment.withdraw": Act(
        lambda s: {"comment": s.remark.pk}, by="bob", after=True, refused_role="observer_watches"
    ),
    "version.support": Act(
        lambda s: {"version": s.mine.version_id},
        by="bob",
        steps=(COLLECT, DISCUSS),
        refused_role="observer_watches",
    ),
    "support.withdraw": Act(supported, by="bob", steps=(COLLECT, DISCUSS), refused_role="observer_watches"),
    "support.toggle": Act(
        lambda s: {"version": s.mine.version_id},
        by="bob",
        steps=(COLLECT, DISCUSS),
        refused_role="observer_watches",
    ),
    "theme.add": Act(lambda s: {**room(s), "title": "Les métiers"}, after=True),
    "proposal.theme": Act(lambda s: his(s, theme=s.theme.pk), after=True),
    "proposals.merge": Act(lambda s: {**both(s), "title": "Réunies"}, steps=(COLLECT, DISCUSS, REPORT)),
    "proposal.hide": Act(lambda s: his(s, reason="Hors sujet."), after=True),
    "proposal.show": Act(hidden, after=True),
    "comment.hide": Act(lambda s: {"comment": s.remark.pk, "reason": "Hors sujet."}, after=True),
    "comment.show": Act(hidden_remark, after=True),
    "contribution.enter": Act(
        lambda s: {**room(s), "name": "Idriss", "title": "Des machines le soir"}, steps=(COLLECT, DISCUSS)
    ),
    "consultation.open": Act(
        lambda s: {**both(s), "question": "Lesquelles ?", "method": "approval"}, steps=(POLL,)
    ),
    "consultation.close": Act(asked, after=True),
    "projector.focus": Act(lambda s: {**room(s), "proposal": s.his.pk}, after=True),
    "proposal.forward": Act(lambda s: his(s, body=s.board.pk), after=True),
    "proposal.set_aside": Act(lambda s: his(s, reason="Déjà fait ailleurs."), after=True),
    "proposal.keep": Act(his, after=True),
    "proposal.reopen": Act(kept, after=True),
}

# Acts that are not done inside a room one has joined: their rights have tests of their own.
OUTSIDE = {"workshop.prepare", "series.add", "workshop.join", "code.enter"}
