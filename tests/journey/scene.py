"""What was there before the screens are lit: an association with its rules, a room open to guests, an assembly called."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from assemblies.models import Assembly, Officer
from assemblies.services import appoint_officer, convene_assembly, open_vote, prepare_assembly, take_up
from cooperation.models import GoverningBody, LegalEntity, Person
from tests.assemblies.scene import assembly_body, bring_to, give_statutes, held_today, seat_on_board
from votes.models import Poll
from workshops import services
from workshops.models import Forwarding, Proposal, Workshop

BEFORE = timedelta(minutes=30)
LONG_BEFORE = timedelta(days=60)


@dataclass
class Scene:
    """The people, the bodies, the room."""

    entity: LegalEntity
    assembly_body: GoverningBody
    alice: Person
    bob: Person
    nina: Person
    charlie: Person
    room: Workshop

    def write(self, title: str, by: Person | None = None, text: str = "") -> Proposal:
        """A proposal that arrives by another door than the screens of the test."""
        return services.submit_proposal(
            author=by or self.bob, workshop=self.room, title=title, text=text, at=timezone.now()
        )

    def say(self, proposal: Proposal, text: str, by: Person | None = None) -> None:
        """A remark that arrives by another door."""
        services.add_comment(
            author=by or self.alice, proposal=proposal, kind="for", text=text, at=timezone.now()
        )

    def next_step(self) -> None:
        """Alice starts the next step."""
        services.start_next_step(by=self.alice, workshop=self.room, at=timezone.now())


def build(
    entity: LegalEntity, alice: Person, bob: Person, nina: Person, charlie: Person, **rules: bool
) -> Scene:
    """The association with its founding rules, and a room in its first step that takes proposals."""
    give_statutes(entity, **rules)
    seat_on_board(alice, entity)
    at = timezone.now() - BEFORE
    room = services.prepare_workshop(
        by=alice,
        entity=entity,
        title="Ce que l’on doit pouvoir faire",
        question="Que doit-on pouvoir faire dans le centre ?",
        starts_at=at,
        at=at,
        welcomes_guests=True,
    )
    room = services.open_workshop(by=alice, workshop=room, at=at)
    for person in (bob, nina):
        services.join_workshop(person=person, workshop=room, at=at)
    services.start_step(by=alice, step=room.steps.get(kind="collect"), at=at)
    return Scene(entity, assembly_body(entity), alice, bob, nina, charlie, room)


def call_assembly(scene: Scene, forwarding: Forwarding) -> Assembly:
    """What the board did in the weeks before today: the agenda with the room's proposal, the chair, the notice."""
    now = timezone.now()
    assembly = prepare_assembly(
        by=scene.alice,
        entity=scene.entity,
        body=scene.assembly_body,
        kind="ordinary",
        title="Assemblée générale d’aujourd’hui",
        place="Le Solilab",
        starts_at=now,
        at=now - LONG_BEFORE,
    )
    take_up(by=scene.alice, assembly=assembly, forwarding=forwarding, at=now - LONG_BEFORE / 2)
    appoint_officer(
        by=scene.alice,
        assembly=assembly,
        person=scene.alice,
        role=Officer.Role.CHAIR,
        at=now - LONG_BEFORE / 2,
    )
    return convene_assembly(by=scene.alice, assembly=assembly, at=in_time(now))


def in_time(now: datetime) -> datetime:
    """Early enough for the notice that the rules ask for."""
    return now - LONG_BEFORE / 3


def vote_open(scene: Scene) -> Poll:
    """A resolution being voted by the association, right now."""
    assembly = held_today(scene.entity, scene.alice, ["ordinary"])
    resolution = bring_to(assembly.resolutions.get(), scene.alice, timezone.now())
    return open_vote(by=scene.alice, resolution=resolution, at=timezone.now())
