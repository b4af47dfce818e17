"""Terms of office: who sits in a governing body, from when and until when."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cooperation.admission import check_may_end_office, check_may_hold_office
from cooperation.board_law import FEWEST_IN_SA
from cooperation.models import GoverningBody, Mandate, Membership, Person
from cooperation.rules import Breach, Profile, board_size_breaches, term_breaches, years_later
from cooperation.services.notices import write_notices
from cooperation.services.statutes import refuse_unlawful
from realtime.publish import publish


@transaction.atomic
def appoint(
    *,
    body: GoverningBody,
    person: Person,
    since: date,
    at: datetime,
    role: str = Mandate.Role.MEMBER,
    until: date | None = None,
    membership: Membership | None = None,
) -> Mandate:
    """Give a person a term of office, for the years the body's terms last when no end is given.

    Raises `Refused`: `guest_not_allowed`, `already_in_office`, `no_seat_left`, and `V07` where the law of the form
    refuses so many directors or so long a term.
    """
    body = GoverningBody.objects.select_for_update(of=("self",)).select_related("entity").get(pk=body.pk)
    running = Mandate.objects.filter(body=body).as_of(since)
    check_may_hold_office(
        is_guest=person.is_guest,
        is_in_office=running.filter(person=person).exists(),
        seats=body.seats,
        taken=running.count(),
    )
    if until is None and body.term_years:
        until = years_later(since, body.term_years)
    refuse_unlawful(office_breaches(body, running.count() + 1, since, until))
    mandate = Mandate.objects.create(
        body=body, person=person, membership=membership, role=role, since=since, until=until
    )
    words = {"body": body.name}
    publish(
        write_notices(
            people=[person],
            sentence=lambda: _("Vous siégez désormais : %(body)s.") % words,
            url=reverse("cooperation:body-list"),
            at=at,
        )
    )
    return mandate


def office_breaches(body: GoverningBody, seated: int, since: date, until: date | None) -> list[Breach]:
    """V07 on one more director: the most a board may hold, the longest term. A board being filled may still be small."""
    if body.kind not in GoverningBody.BOARDS:
        return []
    profile = Profile(body.entity.legal_form)
    size = board_size_breaches(profile, max(seated, FEWEST_IN_SA)) if body.kind == body.Kind.BOARD else []
    return [*size, *term_breaches(profile, since, until)]


@transaction.atomic
def end_mandate(*, mandate: Mandate, on: date, at: datetime) -> Mandate:
    """End a term of office: this day is its last.

    Raises `Refused`: `ends_before_it_begins`, `mandate_ended`.
    """
    row = Mandate.objects.select_for_update(of=("self",)).select_related("body", "person").get(pk=mandate.pk)
    check_may_end_office(since=row.since, until=row.until, on=on)
    row.until = on
    row.save(update_fields=["until"])
    words = {"body": row.body.name}
    publish(
        write_notices(
            people=[row.person],
            sentence=lambda: _("Votre mandat a pris fin : %(body)s.") % words,
            url=reverse("cooperation:body-list"),
            at=at,
        )
    )
    return row
