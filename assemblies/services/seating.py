"""What follows a declared election: those elected begin their term in the body, each seat tied to its poll."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from assemblies.contest_rules import winners_of
from assemblies.models import Candidate, Contest, Resolution
from assemblies.renewing import Renewal, drawn_terms, renewal_of
from cooperation.models import GoverningBody, Mandate
from cooperation.rules import years_later
from cooperation.services import appoint, end_mandate
from realtime.refused import Refused
from votes.models import Poll, Result, Seat


def standing(contest: Contest) -> list[Candidate]:
    """The candidates in the order of the ballot, those who withdrew left out."""
    return list(contest.candidates.filter(withdrew_at__isnull=True).order_by("position"))


def elected(contest: Contest, result: Result) -> list[Candidate]:
    """Who or what came out, in the order of the result."""
    on_ballot = standing(contest)
    return [on_ballot[int(value) - 1] for value in winners_of(result.outcome)]


def setup_at(contest: Contest, on: date) -> dict[str, Any]:
    """The setting of the poll opened on this day, with the draw of who leaves first where a body is elected whole."""
    setup: dict[str, Any] = dict(contest.setup)
    if contest.body is not None and contest.method == Poll.Method.ELECTION:
        drawn = drawn_terms(contest.body, contest.renewed_by, on)
        setup |= {"renewal": drawn} if drawn else {}
    return setup


def seat_elected(resolution: Resolution, result: Result, at: datetime) -> list[Seat]:
    """Give those elected their term, the most votes the longest; whose term is up makes room first.

    Someone the body cannot take (no seat left there) keeps the seat won in the result, and gets no term.
    """
    contest = resolution.choice
    if contest is None or contest.body is None:
        return []
    since = timezone.localdate(at)
    renewal = renewal_of(contest.body, contest.renewed_by, since)
    make_room(renewal, since, at)
    ends = ends_of(renewal, result, since)
    seats = []
    for turn, (value, candidate) in enumerate(
        zip(winners_of(result.outcome), elected(contest, result), strict=True)
    ):
        mandate = seated(candidate, contest.body, since, ends[turn] if turn < len(ends) else None, at)
        if mandate is not None:
            seats.append(Seat.objects.create(poll_id=result.poll_id, option=int(value), mandate=mandate))
    return seats


def ends_of(renewal: Renewal | None, result: Result, since: date) -> list[date | None]:
    """The last day of each term, in the order of the result: as drawn at the count, else the longest first."""
    drawn = result.outcome.get("terms")
    if drawn:
        return [years_later(since, drawn[key] - since.year) for key in winners_of(result.outcome)]
    return [*(renewal.until(since) if renewal else [])]


def make_room(renewal: Renewal | None, since: date, at: datetime) -> None:
    """The terms that are up end the day before the new ones begin."""
    for mandate in renewal.leaving if renewal else ():
        if mandate.since < since:
            end_mandate(mandate=mandate, on=since - timedelta(days=1), at=at)


def seated(
    candidate: Candidate, body: GoverningBody, since: date, until: date | None, at: datetime
) -> Mandate | None:
    """The term of one candidate; None when the body cannot take them."""
    if candidate.person is None:
        return None
    try:
        with transaction.atomic():
            return appoint(
                body=body,
                person=candidate.person,
                since=since,
                until=until,
                membership=candidate.membership,
                at=at,
            )
    except Refused:
        return None
