"""Two hundred processes vote at once on PostgreSQL while an officer closes: what was acknowledged is what is counted."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from cooperation.models import LegalEntity
from tests.realtime.process import ROOT, database_url
from tests.votes.conftest import crowd, opened
from tests.votes.test_casting_at_once import check_whole
from votes.models import Poll

pytestmark = [pytest.mark.alone, pytest.mark.stack, pytest.mark.django_db(transaction=True)]

VOTERS = 160


@contextmanager
def many_processes(jobs: list[dict[str, Any]]) -> Iterator[subprocess.Popen[str]]:
    """The processes, one per job, all connected and waiting."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url(),
        "DATABASE_POOL": "1",
        "EMBEDDED": "1",
        "PYTHONPATH": str(ROOT),
    }
    words = [sys.executable, "-m", "tests.votes.many_processes"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as waiting:
        assert waiting.stdin is not None
        assert waiting.stdout is not None
        waiting.stdin.write(json.dumps(jobs) + "\n")
        waiting.stdin.flush()
        assert waiting.stdout.readline() == "ready\n"
        yield waiting


def start(waiting: subprocess.Popen[str], poll: Poll) -> list[Any]:
    """Let them all act in this poll; their answers."""
    said, _errors = waiting.communicate(f"{poll.pk}\n", timeout=300)
    return list(json.loads(said))


def cast(person: int | None, said: str = "for", key: str = "", after: float = 0) -> dict[str, Any]:
    """One ballot on its way."""
    return {"do": "cast", "person": person, "choices": [said], "key": key or str(uuid4()), "after": after}


def plan(people: list[int | None]) -> list[dict[str, Any]]:
    """A voter in eight sends twice with one key, one in eight with two keys; half of them before the close."""
    draw, jobs = random.Random(8), []
    for place, person in enumerate(people):
        key, after = str(uuid4()), draw.uniform(0, 2)
        jobs.append(cast(person, key=key, after=after))
        if place % 8 == 0:
            jobs.append(cast(person, key=key, after=after))
        if place % 8 == 1:
            jobs.append(cast(person, "against", after=after))
    return jobs


def test_two_hundred_processes_cast_around_a_deadline_while_an_officer_closes(entity: LegalEntity) -> None:
    roll = crowd(entity, VOTERS)
    jobs = plan([line.titular_id for line in roll])
    assert len(jobs) == 200
    with many_processes([*jobs, {"do": "close", "after": 1.0}]) as waiting:
        at = timezone.now()
        poll = opened(roll, at=at, closes_at=at + timedelta(seconds=1.5))
        answers = start(waiting, poll)
    poll.refresh_from_db()
    check_whole(poll, [answer for answer in answers if isinstance(answer, dict)])
    refused = Counter(answer for answer in answers if isinstance(answer, str) and answer != "closed")
    assert set(refused) <= {"already_voted", "poll_closed"}
    assert refused["poll_closed"]
    assert 0 < poll.ballots_cast < VOTERS
