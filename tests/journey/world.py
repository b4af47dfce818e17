"""A small network in which everything has happened once, each act by its own command, each text made of the same words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from rest_framework import serializers

from assemblies.models import AgendaItem, Assembly, Candidate, Officer, Proxy, Resolution
from config.commands import COMMANDS
from cooperation.models import LegalEntity, Membership, Notification, Person
from cooperation.services import issue_token
from cooperation.statutes_api import FractionField
from decisions.models import Action, Axis, Decision, Indicator, Plan
from realtime.commands import Caller
from realtime.doors import perform
from tests.assemblies.scene import assembly_body, give_statutes, seat_on_board
from tests.cast import member
from votes.models import Elector, Poll, RollAmendment, TellerEntry
from workshops.models import Comment, Forwarding, Participation, Proposal, Step, Workshop

MONTHS = timedelta(days=60)
STEP = {"kind": "discuss", "minutes": 10}


def texts_of(command: str) -> set[str]:
    """The fields in which this act takes people's free words, and which are kept."""
    fields = COMMANDS[command].serializer().fields.items()
    free = {name for name, item in fields if isinstance(item, serializers.CharField)}
    fixed = {name for name, item in fields if isinstance(item, serializers.URLField | FractionField)}
    return free - fixed - {"toggle", "code", "q"}


@dataclass
class World:
    """Everything is done by `do`, which remembers what each command was given."""

    words: str
    entity: LegalEntity
    alice: Person
    bob: Person
    dora: Person
    now: datetime = field(default_factory=timezone.now)
    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    written: set[tuple[str, str]] = field(default_factory=set)
    token: str = ""

    def do(
        self, command: str, by: Person | None = None, at: datetime | None = None, /, **data: Any
    ) -> Mapping[str, Any]:
        """An act by the door all doors share; every free text not given is the world's words."""
        texts = {name: self.words for name in texts_of(command) if name not in data}
        self.done[command] = {**texts, **data}
        said = self.done[command].items()
        self.written |= {(command, name) for name, value in said if self.words in str(value)}
        caller = Caller(by or self.alice, at or self.now)
        return perform(COMMANDS[command], caller, uuid4(), self.done[command])

    def pk(self, model: Any, **where: Any) -> int:
        """The number of the latest object."""
        return int(model.objects.filter(**where).latest("pk").pk)


def build_world(words: str, entity: LegalEntity, alice: Person, bob: Person) -> World:
    """Alice sits on the board, facilitates and chairs; Bob is a member; he and Dora count; all on committed or test rows."""
    give_statutes(entity)
    seat_on_board(alice, entity)
    assembly_body(entity)
    dora = Person.objects.create_user("dora@example.org", given_name="Dora")
    world = World(words, entity, alice, bob, dora)
    settle_in(world)
    room = hold_workshop(world)
    write_in(world, room)
    ask(world, room)
    meet(world)
    vote(world)
    follow(world)
    return world


@contextmanager
def standing(words: str, blocker: DjangoDbBlocker) -> Iterator[World]:
    """A world committed for all the tests of a module, with Charlie in it, and wiped after them."""
    with blocker.unblock():
        assert not Person.objects.exists(), "only ever in the empty database of the tests"
        entity = LegalEntity.objects.create(
            name="Les Écossolies", slug="ecossolies", legal_form="association_1901"
        )
        Person.objects.create_user("charlie@example.org", given_name="Charlie")
        yield build_world(words, entity, member(entity, "Alice", 1), member(entity, "Bob", 2))
        call_command("flush", interactive=False, verbosity=0)


def settle_in(world: World) -> None:
    """Names, tokens, rules."""
    world.do("person.rename", world.bob)
    world.token = issue_token(person=world.alice, label=world.words, at=world.now)[1]
    spare = issue_token(person=world.alice, label=world.words, at=world.now)[0]
    world.do("token.revoke", token=spare.pk)
    shares = {
        "ordinary": "1/2",
        "ordinary_is_strict": True,
        "extraordinary": "2/3",
        "quorum_first": "0",
        "quorum_second": "0",
    }
    rules = {
        "entity": world.entity.pk,
        "in_force_from": timezone.localdate(world.now - 2 * MONTHS).isoformat(),
        "pooling": "none",
        "base": "expressed",
        "notice_days_first": 15,
        "notice_days_second": 7,
        "allows_remote_voting": True,
        "proxy_holders": "anyone",
        **shares,
    }
    world.do("statutes.draft", **rules)
    world.do("statutes.discard", entity=world.entity.pk)
    world.do("statutes.adopt", **rules)
    world.do("statutes.draft", **rules)
    world.do("notifications.read")


def hold_workshop(world: World) -> int:
    """A series and its room, prepared, opened, joined, with its steps; another that is over."""
    series = world.do("series.add", entity=world.entity.pk)["series"]
    about = {"starts_at": world.now.isoformat(), "access": "members", "welcomes_guests": True}
    for _ in range(2):
        room = int(world.do("workshop.prepare", entity=world.entity.pk, series=series, **about)["workshop"])
        world.do("workshop.change", workshop=room, **about)
        world.do("workshop.open", workshop=room)
        world.do("workshop.join", world.bob, workshop=room)
        if not Workshop.objects.filter(state="closed").exists():
            world.do("workshop.close", workshop=room)
    world.do("step.add", workshop=room, **STEP)
    world.do("step.change", step=world.pk(Step), **STEP)
    world.do("step.remove", step=world.pk(Step))
    world.do("step.start", step=world.pk(Step, workshop=room, kind="collect"))
    world.do("step.next", workshop=room)
    world.do("step.previous", workshop=room)
    world.do("step.extend", workshop=room, minutes=5)
    world.do("step.next", workshop=room)
    return room


def submit(world: World, room: int, by: Person | None = None) -> int:
    """One more proposal."""
    return int(world.do("proposal.submit", by or world.bob, workshop=room)["proposal"])


def write_in(world: World, room: int) -> None:
    """Proposals with every fate, and what was said about them."""
    world.do("theme.add", workshop=room)
    world.do("contribution.enter", workshop=room)
    hidden, withdrawn, kept, aside, one, two, last = (submit(world, room) for _ in range(7))
    world.do("proposal.theme", proposal=last)
    world.do("proposal.revise", world.bob, proposal=last, title=f"{world.words} 2")
    for parent in ({}, {"parent": True}):
        given = {"parent": world.pk(Comment)} if parent else {}
        world.do("comment.add", world.bob, proposal=last, kind="for", **given)
    comment = world.pk(Comment)
    world.do("comment.hide", comment=comment)
    world.do("comment.show", comment=comment)
    world.do("comment.hide", comment=comment)
    world.do("comment.add", world.bob, proposal=last, kind="question")
    world.do("comment.withdraw", world.bob, comment=world.pk(Comment))
    version = Proposal.objects.get(pk=last).version_id
    for act in ("version.support", "support.withdraw", "support.toggle"):
        world.do(act, version=version)
    world.do("proposals.merge", workshop=room, proposals=[one, two])
    for act in ("proposal.hide", "proposal.show", "proposal.hide"):
        world.do(act, proposal=hidden)
    world.do("proposal.withdraw", world.bob, proposal=withdrawn)
    for act in ("proposal.keep", "proposal.reopen", "proposal.keep"):
        world.do(act, proposal=kept)
    world.do("proposal.set_aside", proposal=aside)
    for proposal in (last, world.pk(Proposal, state="open")):
        world.do("proposal.forward", proposal=proposal, body=assembly_body(world.entity).pk)


def ask(world: World, room: int) -> None:
    """Two polls of the room, one closed; what the projector shows; who else may facilitate."""
    submit(world, room)
    world.do("step.finish", workshop=room)
    world.do("step.start", step=world.pk(Step, workshop=room, kind="poll"))
    for _ in range(2):
        world.do(
            "consultation.open",
            workshop=room,
            method="approval",
            proposals=list(
                Proposal.objects.filter(workshop=room, state="forwarded").values_list("pk", flat=True)
            ),
        )
        if not Poll.objects.filter(state="closed").exists():
            world.do("consultation.close", poll=world.pk(Poll))
    world.do("projector.focus", workshop=room, poll=world.pk(Poll))
    world.do("facilitator.name", workshop=room, participation=seat_of(world, room).pk)
    objecting(world, room)
    world.do("step.start", step=world.pk(Step, workshop=room, kind="discuss"))


def objecting(world: World, room: int) -> None:
    """The room seeks consent; Bob objects, and what became of his objection is noted."""
    about = Proposal.objects.filter(workshop=room, state="forwarded").earliest("pk").pk
    poll = world.do("consultation.open", workshop=room, method="consent", proposals=[about])["poll"]
    world.do("ballot.cast", world.bob, poll=poll, choices=["objection", f"reason:{world.words}"])
    world.do("objection.treat", poll=poll, reason=world.words, treatment="integrated")


def seat_of(world: World, room: int) -> Participation:
    """Bob's place in the room."""
    return Participation.objects.get(workshop=room, person=world.bob)


def meet(world: World) -> None:
    """An assembly still being prepared, and one convened in time, with its officers and its agenda."""
    early = world.now - MONTHS
    when = {"starts_at": world.now.isoformat()}
    for _ in range(2):
        assembly = int(
            world.do("assembly.prepare", None, early, entity=world.entity.pk, kind="ordinary", **when)[
                "assembly"
            ]
        )
        world.do("assembly.change", None, early, assembly=assembly, **when)
        world.do("officer.appoint", None, early, assembly=assembly, person=world.bob.pk, role="teller")
        world.do("officer.dismiss", None, early, officer=world.pk(Officer))
        for person, role in ((world.alice, "chair"), (world.bob, "teller"), (world.dora, "teller")):
            world.do("officer.appoint", None, early, assembly=assembly, person=person.pk, role=role)
        for kind in ("ordinary", "", ""):
            world.do("item.add", None, early, assembly=assembly, kind=kind)
        item = world.pk(AgendaItem)
        world.do("item.change", None, early, item=item)
        world.do("item.move", None, early, item=item, direction="up")
        world.do("item.remove", None, early, item=item)
        waiting = Forwarding.objects.filter(taken_up_at=None).earliest("pk")
        world.do("forwarding.take_up", None, early, forwarding=waiting.pk, assembly=assembly)
        elect(world, assembly, early)
    world.do("assembly.convene", None, early + MONTHS / 2, assembly=assembly)


def elect(world: World, assembly: int, at: datetime) -> None:
    """An election on the agenda, with a candidate, and another who withdrew."""
    about = {"method": "election", "seats": 1, "limits": "", "ties": "age"}
    resolution = world.do("contest.add", None, at, assembly=assembly, **about)["resolution"]
    for person in (world.alice, world.bob):
        world.do(
            "candidate.add", None, at, resolution=resolution, person=person.pk, name=f"{world.words} {person}"
        )
    world.do("candidate.withdraw", None, at, candidate=world.pk(Candidate))


def vote(world: World) -> None:
    """The session: arrivals, a resolution adopted, another being voted."""
    assembly = Assembly.objects.get(state="convened")
    bobs = Membership.objects.get(entity=world.entity, person=world.bob)
    represent(world, assembly)
    world.do("assembly.open", assembly=assembly.pk)
    for act in ("attendance.check_in", "attendance.check_out", "attendance.check_in"):
        world.do(act, assembly=assembly.pk, membership=bobs.pk)
    world.do("rehearsal.open", assembly=assembly.pk)
    for act in ("rehearsal.close", "rehearsal.erase"):
        world.do(act, assembly=assembly.pk)
    for resolution in assembly.resolutions.filter(contest=None).order_by("number"):
        world.do("item.start", item=resolution.item_id)
        world.do("vote.open", resolution=resolution.pk)
        poll = Poll.objects.get(parent=assembly.topic, state="open")
        world.do("ballot.cast", world.bob, poll=poll.pk, choices=["for"])
        count_by_hand(world, poll)
        amend(world, poll, assembly)
        if not Resolution.objects.filter(state="adopted").exists():
            world.do("vote.close", resolution=resolution.pk)
            world.do("vote.declare", resolution=resolution.pk)


def represent(world: World, assembly: Assembly) -> None:
    """Alice gives her proxy to Bob, who declines, then accepts; she takes it back, and signs another on paper."""
    hers = Membership.objects.get(entity=world.entity, person=world.alice)
    voice = {"assembly": assembly.pk, "membership": hers.pk}
    for act in ("proxy.decline", "proxy.accept"):
        world.do("proxy.give", holder=world.bob.pk, **voice)
        world.do(act, world.bob, proxy=world.pk(Proxy))
    world.do("proxy.revoke", proxy=world.pk(Proxy))
    world.do("proxy.give", paper=True, bond="other", **voice)
    world.do("resolution.back", resolution=world.pk(Resolution, assembly=assembly), backed="no")


def count_by_hand(world: World, poll: Poll) -> None:
    """Alice votes on paper: entered by one teller, set aside, entered again; confirmed in the first poll only."""
    paper = {"poll": poll.pk, "elector": poll.electors.get(titular=world.alice).pk, "channel": "paper"}
    world.do("ballot.enter", world.dora, choices=["spoilt"], **paper)
    world.do("entry.set_aside", world.bob, entry=world.pk(TellerEntry), reason="misread")
    world.do("ballot.enter", world.dora, choices=["abstain"], **paper)
    if not Resolution.objects.filter(state="adopted").exists():
        world.do("entry.confirm", world.bob, poll=poll.pk, entries=[world.pk(TellerEntry)])


def amend(world: World, poll: Poll, assembly: Assembly) -> None:
    """Dora, a member who comes late, is added to the roll and struck from it; another proposal falls, one waits."""
    day = timezone.localdate(world.now - MONTHS)
    late, _made = Membership.objects.get_or_create(
        entity=world.entity,
        person=world.dora,
        defaults={"register_number": 90, "applied_on": day, "admitted_on": day},
    )
    if not assembly.attendance.filter(membership=late).exists():
        world.do("attendance.check_in", assembly=assembly.pk, membership=late.pk)
    if not poll.electors.filter(membership=late).exists():
        for act in ("roll.dismiss", "roll.countersign"):
            world.do("roll.add", poll=poll.pk, membership=late.pk)
            world.do(act, world.bob, amendment=world.pk(RollAmendment))
    world.do("roll.strike", world.dora, poll=poll.pk, elector=poll.electors.get(membership=late).pk)


def follow(world: World) -> None:
    """The register, the plan and its actions, what is measured."""
    day = timezone.localdate(world.now)
    plain = {"entity": world.entity.pk, "decided_on": day.isoformat()}
    for _ in range(2):
        world.do("decision.record", **plain)
    older, newer = Decision.objects.order_by("-pk").values_list("pk", flat=True)[1::-1]
    world.do("decision.supersede", decision=older, by=newer)
    until = {"since": day.isoformat(), "until": (day + MONTHS).isoformat()}
    world.do("plan.adopt", entity=world.entity.pk, **until)
    for _ in range(2):
        world.do("action.add", axis=world.pk(Axis), due_on=day.isoformat(), pilot=world.bob.pk)
    action = world.pk(Action)
    world.do("action.note", world.bob, action=action, progress=40)
    for act in ("action.drop", "action.resume", "action.finish"):
        world.do(act, action=action)
    world.do("indicator.add", entity=world.entity.pk, target="50")
    world.do("measure.record", indicator=world.pk(Indicator), on=day.isoformat(), value="56.25")


def numbers(world: World) -> dict[str, str]:
    """What to put in the addresses: by the name of the argument, or by the beginning of the address."""
    room = Workshop.objects.get(state="open")
    assembly = Assembly.objects.get(state="open")
    named = {
        "workshop": room.pk,
        "step": world.pk(Step, workshop=room),
        "proposal": world.pk(Proposal, workshop=room, state="forwarded"),
        "comment": world.pk(Comment, hidden_at=None, withdrawn_at=None),
        "version": Proposal.objects.filter(state="forwarded").latest("pk").version_id,
        "code": room.join_code,
        "assembly": assembly.pk,
        "item": world.pk(AgendaItem, assembly=assembly),
        "resolution": world.pk(Resolution, assembly=assembly),
        "officer": world.pk(Officer, assembly=assembly),
        "candidate": world.pk(Candidate),
        "proxy": world.pk(Proxy),
        "forwarding": world.pk(Forwarding),
        "poll": world.pk(Poll, parent=assembly.topic),
        "ballot": Poll.objects.filter(parent=assembly.topic).latest("pk").ballots.get().pk,
        "elector": world.pk(Elector, titular=world.bob),
        "entry": world.pk(TellerEntry),
        "amendment": world.pk(RollAmendment),
        "decision": world.pk(Decision),
        "action": world.pk(Action),
        "axis": world.pk(Axis),
        "indicator": world.pk(Indicator),
        "token": world.alice.tokens.earliest("pk").pk,
        "slug": world.entity.slug,
    }
    by_address = {
        "fil/decision/": named["decision"],
        "fil/proposition/": named["proposal"],
        "decisions/": named["decision"],
        "actions/": named["action"],
        "conseil/plans/": world.pk(Plan),
        "conseil/indicateurs/": named["indicator"],
        "reseau/membres/": Membership.objects.get(person=world.bob).pk,
        "moi/notifications/": world.pk(Notification, person=world.bob),
        "api/members/": Membership.objects.get(person=world.bob).pk,
        "api/workshops/": room.pk,
        "api/proposals/": named["proposal"],
        "api/decisions/": named["decision"],
        "api/actions/": named["action"],
        "api/resolutions/": named["resolution"],
    }
    return {name: str(value) for name, value in {**named, **by_address}.items()}
