"""Paper, a phone and an amendment at the same instant, on a real PostgreSQL: one ballot per line, whoever is first."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from assemblies.models import Officer
from assemblies.services import appoint_officer, open_vote
from cooperation.models import LegalEntity, Person
from realtime.refused import Refused
from tests.assemblies import scene
from tests.votes.test_casting_at_once import at_once, send
from votes.entries import amendments_follow
from votes.models import Ballot, Elector, Poll, RollAmendment
from votes.services import confirm_entries, countersign, enter_ballot, propose_strike

pytestmark = [pytest.mark.stack, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dora(transactional_db: None) -> Person:
    """A second teller."""
    return Person.objects.create_user("dora@example.org", given_name="Dora")


@pytest.fixture
def poll(entity: LegalEntity, alice: Person, bob: Person, dora: Person) -> Poll:
    """A resolution at vote: twelve members, Bob and Dora count."""
    scene.give_statutes(entity)
    scene.seat_on_board(alice, entity)
    scene.persons(entity, 10)
    assembly = scene.held_today(entity, alice, ("ordinary",))
    for person in (bob, dora):
        appoint_officer(
            by=alice, assembly=assembly, person=person, role=Officer.Role.TELLER, at=timezone.now()
        )
    resolution = scene.bring_to(assembly.resolutions.get(), alice, timezone.now())
    return open_vote(by=alice, resolution=resolution, at=timezone.now())


def tried(act: Any) -> Any:
    """What an act gives, or the code of its refusal."""
    try:
        return act()
    except Refused as refused:
        return refused.code


def lines_of(poll: Poll) -> list[Elector]:
    """The roll, with who may act."""
    return list(poll.electors.select_related("titular", "poll").order_by("number"))


def test_on_paper_and_online_at_once_a_line_votes_once(poll: Poll, bob: Person, dora: Person) -> None:
    lines, now = lines_of(poll), timezone.now()
    jobs = []
    for line in lines:
        entry = enter_ballot(poll=poll, elector=line, choices=["against"], channel="paper", by=bob, at=now)
        confirm = partial(confirm_entries, poll=poll, entries=[entry.pk], by=dora, at=timezone.now())
        jobs += [partial(tried, confirm), partial(send, poll, line.titular, uuid4())]
    answers = at_once(jobs)
    poll.refresh_from_db()
    assert Ballot.objects.filter(poll=poll).count() == poll.ballots_cast == len(lines)
    assert sum(answer in ("line_voted", "already_voted") for answer in map(str, answers)) == len(lines)


def test_a_line_struck_while_it_votes_is_one_or_the_other(poll: Poll, bob: Person, dora: Person) -> None:
    lines, jobs = lines_of(poll)[:6], []
    for line in lines:
        amendment = propose_strike(elector=line, reason="Départ", by=bob, at=timezone.now())
        sign = partial(countersign, amendment=amendment, by=dora, at=timezone.now())
        jobs += [partial(tried, sign), partial(send, poll, line.titular, uuid4())]
    at_once(jobs)
    voted = set(Ballot.objects.filter(poll=poll).values_list("elector_id", flat=True))
    struck = set(Elector.objects.filter(poll=poll, is_struck=True).values_list("pk", flat=True))
    assert not voted & struck
    assert voted | struck == {line.pk for line in lines}
    chain = [amendment.as_json() for amendment in RollAmendment.objects.in_force()]
    assert len(chain) == len(struck)
    assert amendments_follow(poll.roll_hash, chain)
