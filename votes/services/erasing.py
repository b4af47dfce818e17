"""Erasing a person from the rolls they stood on: names, keys and salt go; the commitment, the mark and the count stay."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from cooperation.models import Person
from votes.models import Ballot, Elector, Poll, Result, RollAmendment
from votes.rules import check_may_be_erased
from votes.services.chaining import nameless

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
    it. What was cast stays, under a commitment that leads to nobody. Raises `Refused("on_an_open_roll")` while one of
    these polls is not counted.
    """
    lines = Elector.objects.filter(named_on(person))
    asked = RollAmendment.objects.filter(Q(membership__person=person) | Q(line__titular=person.pk))
    concerned = Q(pk__in=lines.values("poll")) | Q(pk__in=asked.values("poll"))
    polls = list(Poll.objects.select_for_update(no_key=True).filter(concerned).order_by("pk"))
    check_may_be_erased(open_rolls=[poll.question for poll in unsettled(polls)])
    asked.filter(number__isnull=True).delete()
    found = list(lines)
    for amendment in RollAmendment.objects.filter(elector__in=found).select_related("elector"):
        erase_words(amendment)
    Ballot.objects.filter(elector__in=found).update(cast_by=None)
    return Elector.objects.filter(pk__in=[line.pk for line in found]).update(**EMPTIED)


def named_on(person: Person) -> Q:
    """The lines of rolls on which this person is named, struck ones too."""
    return Q(titular=person) | Q(substitute=person) | Q(holder=person) | Q(membership__person=person)


def unsettled(polls: list[Poll]) -> list[Poll]:
    """Those of these polls that are not counted; a closed rehearsal counts for nothing."""
    counted = set(Result.objects.filter(poll__in=polls).values_list("poll_id", flat=True))
    rehearsed = {poll.pk for poll in polls if poll.is_rehearsal and poll.state != Poll.State.OPEN}
    return [poll for poll in polls if poll.pk not in counted | rehearsed]


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
