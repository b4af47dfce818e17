"""Two hundred processes vote at once on PostgreSQL while an officer closes: what was acknowledged is what is counted."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
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

pytestmark = [pytest.mark.stack, pytest.mark.django_db(transaction=True)]

VOTERS = 160


def at_once(jobs: list[dict[str, Any]], **more: Any) -> list[Any]:
    """Each job in a process of its own, all started together."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url(),
        "DATABASE_POOL": "1",
        "EMBEDDED": "1",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.votes.many_processes"],
        input=json.dumps({"jobs": jobs, **more}),
        capture_output=True,
        text=True,
        env=environment,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def cast(poll: Poll, person: int, said: str = "for", key: str = "", after: float = 0) -> dict[str, Any]:
    """One ballot on its way."""
    return {
        "do": "cast",
        "poll": poll.pk,
        "person": person,
        "choices": [said],
        "key": key or str(uuid4()),
        "after": after,
    }


def plan(poll: Poll) -> list[dict[str, Any]]:
    """A voter in eight sends twice with one key, one in eight with two keys; most of them around the close."""
    draw, jobs = random.Random(8), []
    people = list(poll.electors.order_by("number").values_list("titular_id", flat=True))
    for place, person in enumerate(people):
        key, after = str(uuid4()), draw.uniform(0, 1.5)
        jobs.append(cast(poll, person, key=key, after=after))
        if place % 8 == 0:
            jobs.append(cast(poll, person, key=key, after=after))
        if place % 8 == 1:
            jobs.append(cast(poll, person, "against", after=after))
    return jobs


def check(poll: Poll, answers: list[Any], refusals: set[str]) -> Counter[str]:
    """The box holds what was acknowledged, the rest was refused by one of these names."""
    poll.refresh_from_db()
    check_whole(poll, [answer for answer in answers if isinstance(answer, dict)])
    refused = Counter(answer for answer in answers if isinstance(answer, str) and answer != "closed")
    assert set(refused) <= refusals
    return refused


def test_two_hundred_processes_cast_around_a_deadline_while_an_officer_closes(entity: LegalEntity) -> None:
    poll = opened(crowd(entity, VOTERS), at=timezone.now() - timedelta(minutes=1))
    jobs = plan(poll)
    assert len(jobs) == 200
    officer = {"do": "close", "poll": poll.pk, "after": 1.0}
    answers = at_once([*jobs, officer], closes={"poll": poll.pk, "in": 1.0})
    refused = check(poll, answers, {"already_voted", "poll_closed"})
    assert refused["poll_closed"]
    assert 0 < poll.ballots_cast < VOTERS
