"""Plays a workshop of the demo through the services: people come, propose, answer, support, merge, forward."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from config.demo.words_2007 import Room, Said
from cooperation.models import GoverningBody, LegalEntity, Person
from workshops.models import Comment, Proposal, ProposalVersion, Series, Theme, Workshop
from workshops.services import (
    add_comment,
    add_theme,
    close_workshop,
    forward_proposal,
    join_workshop,
    merge_proposals,
    open_workshop,
    prepare_workshop,
    start_next_step,
    submit_proposal,
    support_version,
)


def minutes(count: float) -> timedelta:
    """A stretch of the workshop."""
    return timedelta(minutes=count)


def prepare(
    room: Room,
    *,
    by: Person,
    entity: LegalEntity,
    starts_at: datetime,
    place: str,
    series: Series | None = None,
    access: str = Workshop.Access.MEMBERS,
    welcomes_guests: bool = False,
) -> Workshop:
    """A week before, the room is prepared with the four usual steps."""
    return prepare_workshop(
        by=by,
        entity=entity,
        title=room.title,
        question=room.question,
        starts_at=starts_at,
        at=starts_at - timedelta(days=7),
        series=series,
        place=place,
        access=access,
        welcomes_guests=welcomes_guests,
    )


def gather(workshop: Workshop, by: Person, people: Sequence[Person], at: datetime) -> None:
    """The doors open and people come in."""
    open_workshop(by=by, workshop=workshop, at=at)
    for person in people:
        join_workshop(person=person, workshop=workshop, at=at)


def propose(
    workshop: Workshop, room: Room, people: Sequence[Person], themes: Sequence[Theme], at: datetime
) -> list[Proposal]:
    """Each says what they came to say, a minute apart."""
    return [
        submit_proposal(
            author=people[said.by],
            workshop=workshop,
            title=said.title,
            text=said.text,
            theme=themes[said.theme],
            at=at + minutes(turn),
        )
        for turn, said in enumerate(room.said)
    ]


def version_of(proposal: Proposal) -> ProposalVersion:
    """The text a proposal stands on."""
    return ProposalVersion.objects.get(proposal=proposal, number=1)


def discuss(proposal: Proposal, said: Said, people: Sequence[Person], at: datetime) -> None:
    """The room answers and supports."""
    previous: Comment | None = None
    for turn, (by, kind, text) in enumerate(said.comments):
        answered = previous if kind == "suggestion" else None
        previous = add_comment(
            author=people[by], proposal=proposal, kind=kind, text=text, parent=answered, at=at + minutes(turn)
        )
    version = version_of(proposal)
    others = [person for place, person in enumerate(people) if place != said.by]
    for person in others[: said.supports]:
        support_version(person=person, version=version, at=at + minutes(3))


def play(
    workshop: Workshop, room: Room, by: Person, people: Sequence[Person], at: datetime
) -> dict[str, Proposal]:
    """The whole workshop up to its last step; proposals by title, merged ones included."""
    gather(workshop, by, people, at)
    themes = [add_theme(by=by, workshop=workshop, title=title, at=at) for title in room.themes]
    start_next_step(by=by, workshop=workshop, at=at + minutes(5))
    proposals = propose(workshop, room, people, themes, at + minutes(6))
    start_next_step(by=by, workshop=workshop, at=at + minutes(25))
    for said, proposal in zip(room.said, proposals, strict=True):
        discuss(proposal, said, people, at + minutes(26))
    found = {said.title: proposal for said, proposal in zip(room.said, proposals, strict=True)}
    for places, title, text in room.merges:
        sources = [proposals[place] for place in places]
        found[title] = merge_proposals(by=by, proposals=sources, title=title, text=text, at=at + minutes(50))
    return found


def orient(workshop: Workshop, by: Person, at: datetime) -> None:
    """The step in which the room says where it stands."""
    start_next_step(by=by, workshop=workshop, at=at + minutes(55))


def finish(workshop: Workshop, by: Person, at: datetime) -> None:
    """The last step, and the doors close."""
    start_next_step(by=by, workshop=workshop, at=at + minutes(65))
    close_workshop(by=by, workshop=workshop, at=at + minutes(80))


def forward(proposal: Proposal, body: GoverningBody, by: Person, why: str, at: datetime) -> None:
    """The room hands a proposal on, with its reason."""
    forward_proposal(by=by, proposal=proposal, body=body, why=why, at=at)
