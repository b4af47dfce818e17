"""Many processes that act at one instant: loaded once, forked, each with a connection of its own.

Reads a line of JSON, the jobs: `{"do": "cast", "person", "key", "choices"}` or `{"do": "close"}`, each with `after`, the
seconds it waits once told to start. Says `ready` when every process is connected. Reads a second line, the number of the
poll, and starts them all. Writes the list of answers, in the order of the jobs.
"""

import json
import os
import sys
import time
from typing import Any
from uuid import UUID

import django

NUMBER = 12  # the bytes of a poll's number in the pipe


def answer(job: dict[str, Any], poll: int) -> Any:
    """Do one job by the door people use; the answer, or the name of the refusal."""
    from django.utils import timezone  # noqa: PLC0415  (Django is set up by then)

    from cooperation.models import Person  # noqa: PLC0415
    from realtime.commands import Caller  # noqa: PLC0415
    from realtime.doors import perform  # noqa: PLC0415
    from realtime.refused import Refused  # noqa: PLC0415
    from votes.api import BALLOT_CAST  # noqa: PLC0415
    from votes.models import Poll  # noqa: PLC0415
    from votes.services import close_poll  # noqa: PLC0415

    try:
        if job["do"] == "close":
            close_poll(poll=Poll.objects.get(pk=poll), at=timezone.now())
            return "closed"
        caller = Caller(Person.objects.get(pk=job["person"]), timezone.now())
        data = {"poll": poll, "choices": job["choices"]}
        return perform(BALLOT_CAST, caller, UUID(job["key"]), data)
    except Refused as refused:
        return refused.code


def child(job: dict[str, Any], ready: int, start: int, result: int) -> None:
    """One process: connect, say so, wait for the start, act, answer."""
    from django.db import connection  # noqa: PLC0415

    connection.ensure_connection()
    os.write(ready, b".")
    poll = int(os.read(start, NUMBER))
    time.sleep(job.get("after", 0))
    with os.fdopen(result, "w") as out:
        json.dump(answer(job, poll), out)


def run(jobs: list[dict[str, Any]]) -> list[Any]:
    """Fork one process per job, start all when told which poll, gather the answers."""
    ready_r, ready_w = os.pipe()
    start_r, start_w = os.pipe()
    results = []
    for job in jobs:
        result_r, result_w = os.pipe()
        if os.fork() == 0:
            os.close(result_r)
            os.close(start_w)
            child(job, ready_w, start_r, result_w)
            os._exit(0)
        os.close(result_w)
        results.append(result_r)
    waiting = len(jobs)
    while waiting:
        waiting -= len(os.read(ready_r, waiting))
    os.close(start_r)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    os.write(start_w, sys.stdin.readline().strip().rjust(NUMBER).encode() * len(jobs))
    answers = [json.loads(os.fdopen(result).read()) for result in results]
    while jobs and os.wait():
        jobs = jobs[1:]
    return answers


if __name__ == "__main__":
    django.setup()
    import config.urls  # noqa: F401  (everything is loaded before the fork)

    sys.stdout.write(json.dumps(run(json.loads(sys.stdin.readline()))))
