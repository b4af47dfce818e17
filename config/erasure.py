"""Erasing a person from every floor, at their own request: what was decided with them stays (RGPD, art. 17)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assemblies.services import forget_proxies
from cooperation.models import Person
from cooperation.services import forget_person
from votes.services import count_ended, erase_lines
from workshops.services import forget_hats


@dataclass(frozen=True)
class Erasure:
    """What was emptied: the lines of counted rolls that named the person."""

    lines: int


def erase_person(*, person: Person, at: datetime) -> Erasure:
    """Erase a person: no account, no page and no counted roll has their name; comments and proposals stay, unsigned.

    Polls that have ended are counted first. Raises `Refused`: `on_an_open_roll`, `already_erased`.
    """
    count_ended(person=person, at=at)
    return erased_everywhere(person, at)


@transaction.atomic
def erased_everywhere(person: Person, at: datetime) -> Erasure:
    """Every floor in one transaction, under the person's row.

    A poll being opened at that very instant may still copy the name: once it has ended, asking again empties its line.
    """
    row = Person.objects.select_for_update().get(pk=person.pk)
    lines = erase_lines(person=row, at=at)
    if lines and row.erased_at is not None:
        return Erasure(lines)
    forget_hats(person=row)
    forget_proxies(person=row, at=at)
    forget_person(person=row, at=at)
    return Erasure(lines)
