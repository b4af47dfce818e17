"""A network with rooms and members, their sessions and their polls: what the measured servers serve."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from benchmarks.hall import cookies_of
from cooperation.models import GoverningBody, LegalEntity, Mandate, Membership, Person
from realtime import frames
from realtime.publish import last_seq, publish
from realtime.render import read
from votes.services import Parent, RollLine, open_poll
from workshops import services
from workshops.events import CommentAdded
from workshops.live import workshop as live
from workshops.models import Comment, Participation, Proposal, Workshop

FORMS = {"json": "json", "html": "html:fr"}


@dataclass
class Room:
    """A room in its discussion, with one proposal and one remark; `told` is the number of its last fact."""

    workshop: Workshop
    proposal: Proposal
    comment: Comment
    told: int

    @property
    def topic(self) -> str:
        """What is followed."""
        return self.workshop.topic

    def follow(self, form: str = "json") -> str:
        """The frame by which a program, or (`html`) a page follows it."""
        return json.dumps({"follow": self.topic, "after": None, "as": form})

    def tell(self) -> int:
        """Tell once more that the remark was made, as a process of pages does; the number of the fact."""
        self.told += 1
        fact = CommentAdded(comment=self.comment.pk, proposal=self.proposal.pk)
        with transaction.atomic():
            publish([(fact, self.topic)])
        return self.told

    def frame(self, form: str) -> str:
        """The frame that tells the last fact, as every follower gets it."""
        asked = FORMS[form]
        batch = read(live, self.workshop.pk, self.topic, self.told - 1, {asked})
        return frames.cut(self.topic, batch.after(asked, self.told - 1), batch.upto)[0][0]

    def remarks(self, count: int) -> list[str]:
        """As many acts, each a remark on the proposal."""
        data = {
            "proposal": self.proposal.pk,
            "kind": "question",
            "text": "Qui paie le loyer, et jusqu’à quand ?",
        }
        return [json.dumps({"do": "comment.add", "key": str(uuid4()), "data": data}) for _ in range(count)]


@dataclass
class Scene:
    """The people, a session cookie for each, and the rooms."""

    entity: LegalEntity
    people: list[Person]
    cookies: list[str]
    rooms: list[Room]

    @property
    def own(self) -> list[str]:
        """The frame by which the page of each follows what that person is told."""
        return [json.dumps({"follow": person.actor, "after": None, "as": "html"}) for person in self.people]

    def poll(self, voters: int) -> list[str]:
        """Open a binding poll for the first members; one act each, which casts a ballot."""
        members = Membership.objects.filter(person__in=self.people[:voters]).order_by("pk")
        roll = [
            RollLine(label=f"Membre {one.pk}", membership_id=one.pk, titular_id=one.person_id)
            for one in members
        ]
        room = self.rooms[0].workshop
        opened = open_poll(
            parent=Parent(room.topic, room.title, room.get_absolute_url()),
            question="Adoptez-vous le plan d’actions ?",
            method="resolution",
            is_binding=True,
            roll=roll,
            rules={},
            opened_by=None,
            at=timezone.now(),
        )
        self.rooms[0].told = last_seq(self.rooms[0].topic)
        data = {"poll": opened.pk, "choices": ["for"]}
        return [json.dumps({"do": "ballot.cast", "key": str(uuid4()), "data": data}) for _ in roll]


def build(people: int, rooms: int) -> Scene:
    """Members by the thousand, and rooms they are all in."""
    entity = LegalEntity.objects.create(name="Les Écossolies", slug="bench", legal_form="association_1901")
    crowd = Person.objects.bulk_create(
        Person(email=f"p{number}@example.org", given_name=f"Personne {number}") for number in range(people)
    )
    day = date(2007, 1, 15)
    Membership.objects.bulk_create(
        Membership(entity=entity, person=person, register_number=number, applied_on=day, admitted_on=day)
        for number, person in enumerate(crowd, start=1)
    )
    board = GoverningBody.objects.create(entity=entity, kind="board", name="Conseil d’administration")
    Mandate.objects.create(body=board, person=crowd[0], since=day)
    made = [room(entity, crowd, f"Atelier {number}") for number in range(1, rooms + 1)]
    return Scene(entity, crowd, cookies_of(crowd), made)


def room(entity: LegalEntity, crowd: Sequence[Person], title: str) -> Room:
    """A room in its discussion; the first member facilitates, all take part."""
    at, first = timezone.now(), crowd[0]
    found = services.prepare_workshop(
        by=first, entity=entity, title=title, question="Que faire ?", starts_at=at, at=at
    )
    found = services.open_workshop(by=first, workshop=found, at=at)
    Participation.objects.bulk_create(
        (Participation(workshop=found, person=person, joined_at=at) for person in crowd),
        ignore_conflicts=True,
    )
    services.start_step(by=first, step=found.steps.get(kind="discuss"), at=at)
    proposal = services.submit_proposal(author=first, workshop=found, title="Un lieu partagé", at=at)
    comment = services.add_comment(
        author=first, proposal=proposal, kind="question", text="Qui paie le loyer ?", at=at
    )
    return Room(found, proposal, comment, last_seq(found.topic))
