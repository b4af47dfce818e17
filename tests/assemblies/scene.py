"""A small SCIC, an association with statutes, and the meetings they hold: everything goes through the services."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from assemblies.models import AgendaItem, Assembly, Officer, Resolution
from assemblies.services import (
    add_item,
    appoint_officer,
    check_in,
    convene_assembly,
    move_to_item,
    open_assembly,
    prepare_assembly,
)
from cooperation.models import (
    College,
    GoverningBody,
    LegalEntity,
    Mandate,
    Membership,
    Organisation,
    Person,
    Representation,
)
from cooperation.rules import Base, Majority, Pooling, Profile, StatutesRules
from cooperation.services import adopt_statutes
from realtime.refused import Refused
from votes.models import Elector, Poll
from votes.services import Cast, cast_ballots
from workshops.models import Forwarding
from workshops.services import (
    add_comment,
    forward_proposal,
    join_workshop,
    open_workshop,
    prepare_workshop,
    start_next_step,
    submit_proposal,
)

PARIS = ZoneInfo("Europe/Paris")
PREPARED_AT = datetime(2026, 2, 2, 10, 0, tzinfo=PARIS)
CONVENED_AT = datetime(2026, 3, 2, 10, 0, tzinfo=PARIS)
STARTS_AT = datetime(2026, 3, 28, 14, 0, tzinfo=PARIS)
DOORS_AT = STARTS_AT - timedelta(minutes=30)
LATER = STARTS_AT + timedelta(minutes=30)
FOUNDED = date(2007, 1, 1)
POINTS = {"A": 40, "B": 25, "C": 25, "D": 10}

PLAIN = StatutesRules(
    profile=Profile.ASSOCIATION_1901,
    pooling=Pooling.NONE,
    base=Base.EXPRESSED,
    ordinary=Majority(Fraction(1, 2), is_strict=True),
    extraordinary=Majority(Fraction(2, 3), is_strict=False),
    allows_remote_voting=True,
)


def give_statutes(entity: LegalEntity, weights: dict[College, int] | None = None, **changes: Any) -> None:
    """The founding rules of an entity: heads, simple majority, unless said otherwise."""
    adopt_statutes(
        entity=entity,
        rules=replace(PLAIN, profile=Profile(entity.legal_form), **changes),
        weights=weights or {},
        in_force_from=FOUNDED,
        by=None,
        at=PREPARED_AT,
    )


def assembly_body(entity: LegalEntity) -> GoverningBody:
    """The general assembly of an entity."""
    return GoverningBody.objects.get_or_create(
        entity=entity, kind="assembly", defaults={"name": "Assemblée générale"}
    )[0]


def seat_on_board(person: Person, entity: LegalEntity) -> None:
    """A running mandate in the entity's board."""
    board, _made = GoverningBody.objects.get_or_create(
        entity=entity, kind="board", defaults={"name": "Conseil"}
    )
    Mandate.objects.create(body=board, person=person, since=FOUNDED)


def persons(
    entity: LegalEntity, count: int, first: int = 100, college: College | None = None
) -> list[Membership]:
    """That many members, each a person of their own."""
    people = Person.objects.bulk_create(
        [
            Person(email=f"m{entity.pk}-{number}@example.org", given_name=f"Membre{number}", password="!")
            for number in range(first, first + count)
        ]
    )
    return Membership.objects.bulk_create(
        [
            Membership(
                entity=entity,
                person=person,
                college=college,
                register_number=number,
                applied_on=FOUNDED,
                admitted_on=FOUNDED,
            )
            for number, person in enumerate(people, start=first)
        ]
    )


def organisation(
    entity: LegalEntity, name: str, number: int, titular: Person, substitute: Person | None = None
) -> Membership:
    """An organisation admitted, with who speaks for it."""
    party = Organisation.objects.create(name=name, kind="cooperative")
    for role, person in {"titular": titular, "substitute": substitute}.items():
        if person is not None:
            Representation.objects.create(organisation=party, person=person, role=role, since=FOUNDED)
    return Membership.objects.create(
        entity=entity, organisation=party, register_number=number, applied_on=FOUNDED, admitted_on=FOUNDED
    )


def scic(
    sizes: dict[str, int], form: str = "scic_sas", **changes: Any
) -> tuple[LegalEntity, dict[str, list[Membership]]]:
    """A co-operative of four colleges weighing 40, 25, 25 and 10, with members in each, and its statutes."""
    entity = LegalEntity.objects.create(name="La Cale commune", slug="cale", legal_form=form)
    colleges = {
        letter: College.objects.create(entity=entity, letter=letter, name=f"Collège {letter}")
        for letter in POINTS
    }
    weights = {colleges[letter]: points for letter, points in POINTS.items()}
    give_statutes(entity, weights, **{"pooling": Pooling.PROPORTIONAL, **changes})
    members = {
        letter: persons(entity, size, first=1000 * index, college=colleges[letter])
        for index, (letter, size) in enumerate(sizes.items(), start=1)
    }
    return entity, members


def prepared(entity: LegalEntity, by: Person, kind: str = "ordinary", **changes: Any) -> Assembly:
    """An assembly being prepared, with its chair."""
    details = {
        "title": "Assemblée générale",
        "starts_at": STARTS_AT,
        "place": "Le Solilab",
        "at": PREPARED_AT,
    }
    assembly = prepare_assembly(
        by=by, entity=entity, body=assembly_body(entity), kind=kind, **{**details, **changes}
    )
    appoint_officer(by=by, assembly=assembly, person=by, role=Officer.Role.CHAIR, at=PREPARED_AT)
    return assembly


def with_agenda(assembly: Assembly, by: Person, kinds: Sequence[str] = ("", "ordinary")) -> list[AgendaItem]:
    """Points of the agenda: without a kind a discussion, with one a resolution."""
    return [
        add_item(
            by=by, assembly=assembly, title=f"Point {number}", text="Texte exact.", kind=kind, at=PREPARED_AT
        )
        for number, kind in enumerate(kinds, start=1)
    ]


def convened(
    entity: LegalEntity, by: Person, kinds: Sequence[str] = ("", "ordinary"), **changes: Any
) -> Assembly:
    """An assembly whose notice left in time."""
    assembly = prepared(entity, by, **changes)
    with_agenda(assembly, by, kinds)
    return convene_assembly(by=by, assembly=assembly, at=CONVENED_AT)


def in_session(
    entity: LegalEntity, by: Person, kinds: Sequence[str] = ("", "ordinary"), **changes: Any
) -> Assembly:
    """An assembly open, its first point not begun."""
    assembly = convened(entity, by, kinds, **changes)
    return open_assembly(by=by, assembly=assembly, at=STARTS_AT)


def bring_to(resolution: Resolution, by: Person, at: datetime = LATER) -> Resolution:
    """The hall discusses this resolution."""
    move_to_item(by=by, item=resolution.item, at=at)
    resolution.refresh_from_db()
    return resolution


def arrive(assembly: Assembly, by: Person, members: Sequence[Membership], at: datetime = DOORS_AT) -> None:
    """The desk writes that these members are there."""
    for membership in members:
        check_in(by=by, assembly=assembly, membership=membership, at=at)


def forwarded(entity: LegalEntity, facilitator: Person, author: Person, commenter: Person) -> Forwarding:
    """A workshop in which one wrote a proposal, another commented it, and the facilitator forwarded it."""
    rooms = {"by": facilitator, "at": PREPARED_AT}
    room = prepare_workshop(
        entity=entity, title="Le lieu", question="Quel lieu ?", starts_at=PREPARED_AT, **rooms
    )
    open_workshop(workshop=room, **rooms)
    for person in (author, commenter):
        join_workshop(person=person, workshop=room, has_code=True, at=PREPARED_AT)
    start_next_step(workshop=room, **rooms)
    proposal = submit_proposal(
        author=author,
        workshop=room,
        title="Un lieu mutualisé",
        text="Ouvrir un atelier partagé.",
        at=PREPARED_AT,
    )
    start_next_step(workshop=room, **rooms)
    add_comment(author=commenter, proposal=proposal, kind="for", text="Oui, le soir aussi.", at=PREPARED_AT)
    return forward_proposal(proposal=proposal, body=assembly_body(entity), why="Pour décider", **rooms)


def vote(poll: Poll, choices: dict[int, str], at: datetime = LATER) -> None:
    """Cast the ballots of these members: membership → choice, each by who speaks for it."""
    lines = Elector.objects.filter(poll=poll, membership__in=choices).select_related("titular")
    batch = [Cast(line, line.titular, [choices[line.membership_id]], uuid4(), at) for line in lines]
    refused = [answer for answer in cast_ballots(batch) if isinstance(answer, Refused)]
    assert not refused, refused


def held_today(
    entity: LegalEntity,
    by: Person,
    kinds: Sequence[str] = ("", "ordinary"),
    *,
    upto: str = "open",
    **changes: Any,
) -> Assembly:
    """An assembly of this very day, for the doors that run on the real clock: prepared, convened or open."""
    now = timezone.now()
    details = {
        "title": "Assemblée d’aujourd’hui",
        "starts_at": now,
        "at": now - timedelta(days=60),
        **changes,
    }
    assembly = prepared(entity, by, **details)
    for number, kind in enumerate(kinds, start=1):
        add_item(
            by=by,
            assembly=assembly,
            title=f"Point {number}",
            text="Texte exact.",
            kind=kind,
            at=details["at"],
        )
    if upto != "prepared":
        assembly = convene_assembly(by=by, assembly=assembly, at=now - timedelta(days=30))
    if upto == "open":
        assembly = open_assembly(by=by, assembly=assembly, at=now)
    return assembly
