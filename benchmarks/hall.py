"""A hall for measures and faults: people with open sessions, and polls they may vote in. Needs Django to be set up."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from config.demo.crowd import open_sessions
from cooperation.models import LegalEntity, Membership, Person
from votes.models import Poll
from votes.services import Parent, RollLine, open_poll


def hall(count: int, start: int = 1000) -> list[Person]:
    """As many members of one association."""
    entity, _ = LegalEntity.objects.get_or_create(
        slug="hall", defaults={"name": "La salle", "legal_form": "association_1901"}
    )
    people = Person.objects.bulk_create(
        Person(email=f"hall{number}@example.org", given_name=f"Membre {number}")
        for number in range(start, start + count)
    )
    Membership.objects.bulk_create(
        Membership(
            entity=entity,
            person=person,
            register_number=number,
            applied_on=date(2007, 1, 1),
            admitted_on=date(2007, 1, 15),
        )
        for number, person in enumerate(people, start=start)
    )
    return people


def cookies_of(people: Sequence[Person]) -> list[str]:
    """An open session for each, as its cookie."""
    return [f"{settings.SESSION_COOKIE_NAME}={key}" for key in open_sessions(people)]


def open_one(people: Sequence[Person], **fields: Any) -> Poll:
    """A binding resolution with these people on its roll, opened a minute ago."""
    lines = {member.person_id: member.pk for member in Membership.objects.filter(person__in=people)}
    given: dict[str, Any] = {
        "parent": Parent("assembly:1", "Assemblée générale", "/assemblees/1/"),
        "question": "Adoptez-vous le plan d’actions ?",
        "method": "resolution",
        "is_binding": True,
        "roll": [RollLine(person.name, lines[person.pk], person.pk) for person in people],
        "rules": {},
        "opened_by": None,
        "at": timezone.now() - timedelta(minutes=1),
    }
    return open_poll(**{**given, **fields})
