"""Erasing a person from every floor, at their own request: what was decided with them stays (RGPD, art. 17)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assemblies.services import forget_proxies
from cooperation.models import Person
from cooperation.services import forget_person
from votes.services import erase_lines
from workshops.services import forget_hats


@dataclass(frozen=True)
class Erasure:
    """What was emptied: the lines of counted rolls that named the person."""

    lines: int


@transaction.atomic
def erase_person(*, person: Person, at: datetime) -> Erasure:
    """Erase a person: their name is on no roll, no page and no account any more; comments and proposals stay, unsigned.

    Whoever opens a poll at the same instant waits for the person's row. Raises `Refused`: `on_an_open_roll`,
    `already_erased`.
    """
    row = Person.objects.select_for_update().get(pk=person.pk)
    lines = erase_lines(person=row, at=at)
    forget_hats(person=row)
    forget_proxies(person=row, at=at)
    forget_person(person=row, at=at)
    return Erasure(lines)
