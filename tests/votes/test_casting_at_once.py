"""A hall that votes at once, on a real PostgreSQL: the count equals what was acknowledged, each mandate once."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from realtime.commands import Caller
from realtime.doors import perform
from realtime.refused import Refused
from tests.votes.conftest import crowd, line_of, opened
from tests.votes.proofs import exported
from votes.api import BALLOT_CAST
from votes.management.commands.verify import check_signatures
from votes.models import Ballot, Elector, Poll
from votes.services import Cast, cast_ballots, close_poll, count_poll
from votes.verification import verify

pytestmark = [pytest.mark.stack, pytest.mark.django_db(transaction=True)]

HALL = 50


def send(poll: Poll, person: Person, key: UUID, said: str = "for", elector: Elector | None = None) -> Any:
    """Cast by the act's own door; the answer, or the refusal's code."""
    data = {"poll": poll.pk, "choices": [said], **({"elector": elector.pk} if elector else {})}
    try:
        return perform(BALLOT_CAST, Caller(person, timezone.now()), key, data)
    except Refused as refused:
        return refused.code


def at_once(jobs: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run the jobs together, each in a thread and a connection of its own."""
    waiting = list(jobs)
    start = threading.Barrier(len(waiting))

    def run(job: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(waiting)) as pool:
        return list(pool.map(run, waiting))


def hall(entity: LegalEntity) -> tuple[Poll, list[Person]]:
    """An open poll and the people of its roll."""
    poll = opened(crowd(entity, HALL), at=timezone.now() - timedelta(minutes=1))
    return poll, [elector.titular for elector in poll.electors.select_related("titular") if elector.titular]


def check_whole(poll: Poll, answers: Iterable[Any]) -> None:
    """What was acknowledged is in the box, once per mandate, numbered without a hole; and nothing else."""
    acknowledged = {(answer["ballot"], answer["number"]) for answer in answers if isinstance(answer, dict)}
    ballots = list(Ballot.objects.filter(poll=poll))
    poll.refresh_from_db()
    assert {(ballot.pk, ballot.number) for ballot in ballots} == acknowledged
    assert [ballot.number for ballot in ballots] == list(range(1, len(ballots) + 1))
    assert len({ballot.elector_id for ballot in ballots}) == len(ballots) == poll.ballots_cast
    marked = set(poll.electors.filter(has_voted_at__isnull=False).values_list("pk", flat=True))
    assert marked == {ballot.elector_id for ballot in ballots}
    result = count_poll(poll=poll, at=timezone.now())
    assert result.outcome["received"] == len(acknowledged)
    # Each acknowledged ballot has its place in the chain, and the whole is recounted to the same result.
    assert len(set(poll.entries.values_list("ballot", flat=True))) == len(acknowledged)
    verify(exported(poll), check_signatures)


def test_fifty_vote_at_once_some_twice_with_one_key_or_two_while_an_officer_closes(
    entity: LegalEntity,
) -> None:
    poll, people = hall(entity)
    jobs: list[Callable[[], Any]] = []
    for place, person in enumerate(people):
        key = uuid4()
        jobs.append(lambda person=person, key=key: send(poll, person, key))
        if place % 3 == 0:
            jobs.append(lambda person=person, key=key: send(poll, person, key))
        if place % 3 == 1:
            jobs.append(lambda person=person: send(poll, person, uuid4(), "against"))
    officer = len(jobs) // 2
    jobs.insert(officer, lambda: close_poll(poll=poll, at=timezone.now()))
    answers = at_once(jobs)
    check_whole(poll, answers[:officer] + answers[officer + 1 :])
    refused = Counter(answer for answer in answers if isinstance(answer, str))
    assert set(refused) <= {"already_voted", "poll_closed"}


def test_fifty_vote_at_once_and_all_are_received(entity: LegalEntity) -> None:
    poll, people = hall(entity)
    answers = at_once([lambda person=person: send(poll, person, uuid4()) for person in people])
    assert all(isinstance(answer, dict) for answer in answers)
    close_poll(poll=poll, at=timezone.now())
    check_whole(poll, answers)


def test_titular_and_substitute_at_once_make_one_ballot(alice: Person, bob: Person) -> None:
    for _ in range(10):
        poll = opened([line_of(alice, substitute_id=bob.pk)], at=timezone.now())
        answers = at_once([partial(send, poll, alice, uuid4()), partial(send, poll, bob, uuid4(), "against")])
        assert sorted(map(type, answers), key=str) == [dict, str]
        assert "already_voted" in answers
        close_poll(poll=poll, at=timezone.now())
        check_whole(poll, answers)


def test_two_people_with_one_key_at_once_make_one_ballot(alice: Person, bob: Person) -> None:
    poll, key = opened([line_of(alice), line_of(bob)], at=timezone.now()), uuid4()
    answers = at_once([lambda: send(poll, alice, key), lambda: send(poll, bob, key)])
    assert "key_reused" in answers
    assert Ballot.objects.count() == 1


def test_many_readers_at_once_count_once(entity: LegalEntity) -> None:
    poll, people = hall(entity)
    for person in people[:5]:
        send(poll, person, uuid4())
    Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now())
    poll.refresh_from_db()
    results = at_once(
        [lambda: count_poll(poll=Poll.objects.get(pk=poll.pk), at=timezone.now()) for _ in range(20)]
    )
    assert len({result.pk for result in results}) == 1
    assert results[0].outcome["received"] == 5


def test_batches_of_several_polls_at_once_do_not_wait_for_each_other_for_ever(entity: LegalEntity) -> None:
    polls = [opened(crowd(entity, 20, start=1000 * place), at=timezone.now()) for place in (1, 2)]
    batches = []
    for place in range(20):
        electors = [list(poll.electors.select_related("titular"))[place] for poll in polls]
        ordered = electors if place % 2 else electors[::-1]
        batches.append([Cast(each, each.titular, ["for"], uuid4(), timezone.now()) for each in ordered])
    answers = at_once([lambda batch=batch: cast_ballots(batch) for batch in batches])
    assert all(isinstance(ballot, Ballot) for answer in answers for ballot in answer)
    assert [Poll.objects.get(pk=poll.pk).ballots_cast for poll in polls] == [20, 20]


def test_a_ballot_received_in_time_waits_for_the_lock_and_counts(alice: Person) -> None:
    poll = opened([line_of(alice)], at=timezone.now() - timedelta(minutes=1))
    Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now() + timedelta(milliseconds=300))
    answers: list[Any] = []
    voter = threading.Thread(target=lambda: (answers.append(send(poll, alice, uuid4())), connection.close()))
    with transaction.atomic():
        Poll.objects.select_for_update().get(pk=poll.pk)
        voter.start()
        voter.join(timeout=0.8)
        assert not answers
    voter.join(timeout=5)
    assert answers[0]["number"] == 1
    assert count_poll(poll=poll, at=timezone.now()).outcome["received"] == 1


def test_the_close_waits_until_the_writers_have_drained(alice: Person, bob: Person) -> None:
    poll = opened([line_of(alice), line_of(bob)], at=timezone.now() - timedelta(minutes=1))
    elector = poll.electors.get(titular=alice)
    closed: list[Poll] = []
    officer = threading.Thread(
        target=lambda: (
            closed.append(close_poll(poll=Poll.objects.get(pk=poll.pk), at=timezone.now())),
            connection.close(),
        )
    )
    with transaction.atomic():
        cast_ballots([Cast(elector, alice, ["for"], uuid4(), timezone.now())])
        officer.start()
        officer.join(timeout=0.5)
        assert not closed
    officer.join(timeout=5)
    assert closed[0].ballots_cast == 1
