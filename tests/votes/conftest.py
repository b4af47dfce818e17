"""A hall that votes: members by the dozen, polls opened on them, ballots cast in one line."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from cooperation.models import LegalEntity, Membership, Person
from votes.models import Ballot, Elector, Poll
from votes.services import Parent, RollLine, cast_ballot, open_poll

AT = datetime(2008, 3, 15, 15, 0, tzinfo=UTC)
COLLEGES = [
    ("A", "Associations et coopératives", Fraction(2, 5)),
    ("B", "Structures émergentes", Fraction(3, 10)),
    ("C", "Collectivités", Fraction(3, 10)),
]
BY_COLLEGES = {"pooling": "proportional", "profile": "scic_sas"}


def crowd(entity: LegalEntity, count: int, *, start: int = 100) -> list[RollLine]:
    """As many members, each a person of its own, as lines of a roll."""
    people = Person.objects.bulk_create(
        Person(email=f"m{number}@example.org", given_name=f"Membre {number}")
        for number in range(start, start + count)
    )
    members = Membership.objects.bulk_create(
        Membership(
            entity=entity,
            person=person,
            register_number=number,
            applied_on=date(2007, 1, 1),
            admitted_on=date(2007, 1, 15),
        )
        for number, person in enumerate(people, start=start)
    )
    return [
        RollLine(label=person.name, membership_id=member.pk, titular_id=person.pk)
        for person, member in zip(people, members, strict=True)
    ]


def line_of(person: Person, **fields: Any) -> RollLine:
    """A line for one person, with its membership when there is one."""
    membership = person.memberships.first()
    given = {
        "label": person.name,
        "membership_id": membership.pk if membership else None,
        "titular_id": person.pk,
    }
    return RollLine(**{**given, **fields})


def opened(roll: Sequence[RollLine], **fields: Any) -> Poll:
    """A binding resolution, opened on this roll at the usual hour; any field may differ."""
    given: dict[str, Any] = {
        "parent": Parent("assembly:1", "Assemblée générale du 15 mars 2008", "/assemblees/1/"),
        "question": "Adoptez-vous le plan d’actions 2008-2010 ?",
        "method": "resolution",
        "is_binding": True,
        "roll": roll,
        "rules": {},
        "opened_by": None,
        "at": AT,
    }
    return open_poll(**{**given, **fields})


def cast(poll: Poll, person: Person, *choices: str, **fields: Any) -> Ballot:
    """Cast this person's only ballot in a poll."""
    elector = Elector.objects.held_by(person).get(poll=poll)
    given = {"key": uuid4(), "at": AT + timedelta(minutes=1)}
    return cast_ballot(elector=elector, person=person, choices=choices, **{**given, **fields})


@pytest.fixture
def poll(alice: Person, bob: Person) -> Poll:
    """An open binding resolution; Alice and Bob are on the roll."""
    return opened([line_of(alice), line_of(bob)])


@pytest.fixture
def live_poll(alice: Person, bob: Person) -> Poll:
    """A binding resolution opened just now, for pages and doors that read the clock."""
    return opened([line_of(alice), line_of(bob)], at=timezone.now() - timedelta(minutes=5))


@pytest.fixture
def indicative(alice: Person, bob: Person) -> Poll:
    """An indicative approval opened just now: two options, changeable, shown live."""
    return opened(
        [line_of(alice), line_of(bob)],
        at=timezone.now() - timedelta(minutes=5),
        question="Par quel thème commencer ?",
        method="approval",
        is_binding=False,
        options=[("Le lieu", "/ateliers/1/"), ("Les métiers", "")],
        shows="live",
        allows_change=True,
    )


@pytest.fixture
def by_colleges(entity: LegalEntity) -> Callable[..., Poll]:
    """Opens a resolution by three colleges with these heads in each."""

    def make(*heads: int, **fields: Any) -> Poll:
        lines = crowd(entity, sum(heads))
        letters = [
            letter for (letter, _, _), count in zip(COLLEGES, heads, strict=True) for _ in range(count)
        ]
        roll = [
            RollLine(line.label, line.membership_id, line.titular_id, college=letter)
            for line, letter in zip(lines, letters, strict=True)
        ]
        return opened(roll, **{"rules": BY_COLLEGES, "colleges": COLLEGES, **fields})

    return make
