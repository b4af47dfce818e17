"""Erasing a person from the rolls they stood on: names, keys and salt go; the commitment, the mark and the count stay."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from cooperation.models import Person
from realtime.refused import Refused
from votes.models import Ballot, Elector, Poll, RollAmendment
from votes.rules import check_may_be_erased
from votes.services.chaining import nameless
from votes.services.closing import count_poll

EMPTIED = {
    "label": "",
    "salt": "",
    "membership": None,
    "titular": None,
    "substitute": None,
    "holder": None,
    "cast_key": None,
}


@transaction.atomic
def erase_lines(*, person: Person, at: datetime) -> int:
    """Empty every line of a roll that names this person, and what amended it; how many lines (RGPD, art. 17).

    A line is emptied whole, for a salt opens all its names at once: on an organisation's line, also who else spoke for
    it. What was cast stays, under a commitment that leads to nobody. Call `count_ended` first. Raises
    `Refused("on_an_open_roll")` while one of these polls is open.
    """
    lines = Elector.objects.filter(named_on(person))
    asked = RollAmendment.objects.filter(Q(membership__person=person) | Q(line__titular=person.pk))
    concerned = Q(pk__in=lines.values("poll")) | Q(pk__in=asked.values("poll"))
    polls = list(Poll.objects.select_for_update(no_key=True).filter(concerned).order_by("pk"))
    check_may_be_erased(open_rolls=[poll.question for poll in polls if poll.is_open(at)])
    asked.filter(number__isnull=True).delete()
    found = list(lines)
    for amendment in RollAmendment.objects.filter(elector__in=found).select_related("elector"):
        erase_words(amendment)
    Ballot.objects.filter(elector__in=found).update(cast_by=None)
    return Elector.objects.filter(pk__in=[line.pk for line in found]).update(**EMPTIED)


def named_on(person: Person) -> Q:
    """The lines of rolls on which this person is named, struck ones too."""
    return Q(titular=person) | Q(substitute=person) | Q(holder=person) | Q(membership__person=person)


def count_ended(*, person: Person, at: datetime) -> None:
    """Count, as any reader would, the polls of this person that have ended and that nobody has read.

    What the law refuses to count is left as it is: nobody will. Each is a transaction of its own, as `count_poll` asks.
    """
    polls = Poll.objects.filter(pk__in=Elector.objects.filter(named_on(person)).values("poll"))
    for poll in polls.filter(result__isnull=True, is_rehearsal=False):
        if not poll.is_open(at):
            with suppress(Refused):
                count_poll(poll=poll, at=at)


def erase_words(amendment: RollAmendment) -> None:
    """Empty what an amendment says of a person. One that hashed names keeps its hash alone; one not in force goes."""
    if amendment.number is None:
        amendment.delete()
        return
    assert amendment.elector is not None
    if not amendment.salt:
        said = amendment.signed or {}
        amendment.line = nameless(amendment.elector)
        amendment.signed = {"number": said["number"], "kind": said["kind"], "line": amendment.line}
    amendment.reason = amendment.salt = ""
    amendment.membership = None
    amendment.save(update_fields=["line", "signed", "reason", "salt", "membership"])
