"""Noting what became of an objection: beside the count, never in it."""

from datetime import datetime

from django.db import transaction

from cooperation.models import Person
from realtime.publish import publish
from realtime.refused import Refused
from votes.events import ObjectionTreated
from votes.methods.consent import Objection, objections_heard, objections_of
from votes.models import Ballot, ObjectionNote, Poll, Result
from votes.rules import check_may_treat


def objections_in(poll: Poll, at: datetime) -> list[Objection]:
    """The objections a reader of this poll may see at this instant: counted, or still in a box shown live."""
    if poll.method != Poll.Method.CONSENT or not poll.shows_result(at):
        return []
    result = Result.objects.filter(poll=poll).first()
    if result is not None:
        return objections_of(poll, result.outcome)
    ballots = Ballot.objects.filter(poll=poll, elector__is_guest=False)
    return objections_heard(poll, ballots.values_list("elector__weight_numerator", "choices"))


@transaction.atomic
def treat_objection(
    *, poll: Poll, reason: str, treatment: str, note: str, by: Person, leads: bool, at: datetime
) -> ObjectionNote:
    """Note that an objection was integrated, withdrawn or maintained, with a word of why.

    `leads` says whether this person runs the meeting the poll was opened in. Raises `Refused`: `not_leading`,
    `not_a_consent`, `objection_unknown`, `text_too_long`.
    """
    known = {objection.reason for objection in objections_in(poll, at)}
    check_may_treat(
        leads=leads, is_consent=poll.method == Poll.Method.CONSENT, is_known=" ".join(reason.split()) in known
    )
    limit = ObjectionNote._meta.get_field("note").max_length or 0
    words = " ".join(note.split())
    if len(words) > limit:
        raise Refused("text_too_long", limit=limit, length=len(words))
    written = ObjectionNote.objects.create(
        poll=poll, reason=" ".join(reason.split()), treatment=treatment, note=words, by=by, at=at
    )
    publish([(ObjectionTreated(poll.pk), topic) for topic in (poll.parent, poll.topic)])
    return written
