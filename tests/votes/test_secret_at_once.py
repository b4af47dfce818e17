"""A hall that votes in secret while it closes, on a real PostgreSQL: what was acknowledged is counted, once per mandate."""

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from realtime.refused import Refused
from tests.votes.conftest import crowd, line_of
from tests.votes.secret_scene import count, opened_secret, send_secret
from tests.votes.test_casting_at_once import at_once
from votes.models import CountedBallot, CountedCode, EmptiedBox, Poll, SecretBallot
from votes.secrecy import new_code
from votes.services import close_poll, count_poll, wiping

pytestmark = [pytest.mark.stack, pytest.mark.django_db(transaction=True)]

HALL = 40


def send(poll: Poll, person: Person, code: str, **fields: Any) -> Any:
    """The answer with the code that was sent, or the refusal's code."""
    try:
        return {**send_secret(poll, person, code=code, **fields), "code": code}
    except Refused as refused:
        return refused.code


def hall(entity: LegalEntity, start: int = 100) -> tuple[Poll, list[Person]]:
    """An open secret poll and the people of its roll."""
    poll = opened_secret(crowd(entity, HALL, start=start))
    return poll, [line.titular for line in poll.electors.select_related("titular") if line.titular]


def check_whole(poll: Poll, codes: set[str]) -> None:
    """The codes acknowledged are the codes counted; as many ballots, as many marks on the roll."""
    assert set(CountedCode.objects.filter(poll=poll).values_list("code", flat=True)) == codes
    poll.refresh_from_db()
    marked = poll.electors.filter(has_voted_at__isnull=False).count()
    assert marked == poll.ballots_cast == CountedBallot.objects.filter(poll=poll).count() == len(codes)
    assert poll.result.outcome["received"] == len(codes)
    assert EmptiedBox.objects.get(poll=poll).is_wiped


def test_forty_vote_at_once_some_twice_while_an_officer_closes_and_readers_count(entity: LegalEntity) -> None:
    poll, people = hall(entity)
    jobs: list[Callable[[], Any]] = []
    for place, person in enumerate(people):
        key, code = uuid4(), new_code()
        jobs.append(partial(send, poll, person, code, key=key))
        if place % 3 == 0:
            jobs.append(partial(send, poll, person, code, key=key))
        if place % 3 == 1:
            jobs.append(partial(send, poll, person, new_code()))
    middle = len(jobs) // 2
    jobs[middle:middle] = [lambda: count(Poll.objects.get(pk=poll.pk)) for _ in range(3)]
    answers = at_once(jobs)
    assert len({result.pk for result in answers[middle : middle + 3]}) == 1
    received = [answer for answer in answers if isinstance(answer, dict)]
    refused = Counter(answer for answer in answers if isinstance(answer, str))
    assert set(refused) <= {"already_voted", "poll_closed"}
    check_whole(poll, {answer["code"] for answer in received})


def test_forty_vote_at_once_and_all_are_counted(entity: LegalEntity) -> None:
    poll, people = hall(entity)
    codes = [new_code() for _ in people]
    answers = at_once([partial(send, poll, *pair) for pair in zip(people, codes, strict=True)])
    assert all(isinstance(answer, dict) for answer in answers)
    count(poll)
    check_whole(poll, set(codes))


def test_titular_and_substitute_at_once_make_one_ballot(alice: Person, bob: Person) -> None:
    for _ in range(5):
        poll = opened_secret([line_of(alice, substitute_id=bob.pk)])
        answers = at_once([partial(send, poll, alice, new_code()), partial(send, poll, bob, new_code())])
        assert sorted(map(type, answers), key=str) == [dict, str]
        assert SecretBallot.objects.filter(poll=poll).count() == 1


def test_wiping_one_box_keeps_the_ballots_of_those_still_open_and_those_being_cast(
    entity: LegalEntity,
) -> None:
    over, voters = hall(entity)
    still, people = hall(entity, start=1000)
    send_secret(over, voters[0])
    codes = [new_code() for _ in people]
    jobs = [partial(send, still, *pair) for pair in zip(people, codes, strict=True)]
    answers = at_once([*jobs[:20], lambda: count(over), *jobs[20:]])
    assert sum(isinstance(answer, dict) for answer in answers) == HALL
    assert EmptiedBox.objects.get(poll=over).is_wiped
    assert set(SecretBallot.objects.values_list("code", flat=True)) == set(codes)
    count(still)
    check_whole(still, set(codes))


def test_a_box_that_could_not_be_wiped_is_wiped_by_the_next_reader(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiping, "PATIENCE", 200)
    poll, held, free = opened_secret([line_of(alice)]), threading.Event(), threading.Event()
    send_secret(poll, alice)

    def hold() -> None:
        with transaction.atomic():
            list(SecretBallot.objects.all())  # a long reading, as a backup's
            held.set()
            free.wait(10)
        connection.close()

    reader = threading.Thread(target=hold)
    reader.start()
    held.wait(10)
    result = count(poll)
    assert not EmptiedBox.objects.get().is_wiped
    free.set()
    reader.join()
    assert count_poll(poll=poll, at=timezone.now()) == result
    assert EmptiedBox.objects.get().is_wiped


def test_a_crash_while_the_box_is_emptied_loses_nothing(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll, code = opened_secret([line_of(alice)]), new_code()
    send_secret(poll, alice, code=code)
    close_poll(poll=poll, at=timezone.now())
    with monkeypatch.context() as patch:
        patch.setattr(EmptiedBox.objects, "create", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            count_poll(poll=poll, at=timezone.now())
    assert SecretBallot.objects.get().code == code
    assert not CountedBallot.objects.exists()
    count_poll(poll=poll, at=timezone.now())
    check_whole(poll, {code})
