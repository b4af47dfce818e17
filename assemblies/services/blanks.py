"""Proxies that name nobody: at the opening of a vote, each becomes the ballot the law or the statutes say."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from assemblies.models import Resolution
from assemblies.proxies import Carried, blank_vote, chair_of
from assemblies.proxy_rules import check_still_tabled
from assemblies.services.locking import locked_resolution
from assemblies.services.preparing import check_preparer
from cooperation.models import Person
from cooperation.rules import BlankVote, StatutesRules
from realtime.refused import Refused
from votes.models import Ballot, Elector, Poll
from votes.services import Cast, cast_ballots

SAID = {BlankVote.FOR: "for", BlankVote.AGAINST: "against"}


@transaction.atomic
def back_resolution(*, by: Person, resolution: Resolution, is_backed: bool, at: datetime) -> Resolution:
    """Say whether the board presents or approves a resolution, until it is put to the vote.

    Raises `Refused`: `not_on_board`, `vote_is_open`, `resolution_decided`.
    """
    resolution = locked_resolution(resolution)
    check_preparer(by, resolution.assembly, at)
    check_still_tabled(resolution=resolution.state)
    resolution.is_backed = is_backed
    resolution.save(update_fields=["is_backed"])
    return resolution


def vote_as_declared(
    resolution: Resolution,
    poll: Poll,
    rules: StatutesRules,
    carried: Sequence[Carried],
    by: Person,
    at: datetime,
) -> list[Ballot]:
    """Cast the ballots of proxies that name nobody: for what the board presents or approves, against all others.

    Only on a text voted for or against, by name: never in an election, a choice, nor a secret vote, where these
    proxies count for the quorum and say nothing. Source: L225-106 III; the statutes.
    """
    said = SAID.get(blank_vote(rules, is_backed=resolution.is_backed))
    if said is None or poll.method != Poll.Method.RESOLUTION or poll.secrecy != Poll.Secrecy.NAMED:
        return []
    blank = [each.proxy.giver_id for each in carried if each.proxy.is_blank]
    lines = Elector.objects.filter(poll=poll, membership__in=blank).order_by("number")
    if not blank:
        return []
    named = chair_of(resolution.assembly)
    chair = by if named is None else Person.objects.get(pk=named)
    batch = [Cast(line, chair, [said], uuid4(), at, Ballot.Channel.PROXY) for line in lines]
    answers = cast_ballots(batch)
    for answer in answers:
        if isinstance(answer, Refused):
            raise answer
    return [answer for answer in answers if isinstance(answer, Ballot)]
