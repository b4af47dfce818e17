"""Ballots per second over real sockets, written as sets and one by one in the same run, each acknowledged after COMMIT.

    STACK_DURABLE=1 scripts/with_stack.py .venv/bin/python -m benchmarks.bursts [--voters 600] [--in-flight 200] [--runs 5]

Every voter has a session and a socket, stands on the roll, and casts one ballot per poll; `--in-flight` ballots wait for
their answers at any time. Rights, roll and person are checked for each. Both sides use the same voters, in turns; the
one-by-one side casts fewer ballots per run. The load of the machine is recorded beside each run.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import django
from django.conf import settings
from websockets.asyncio.client import ClientConnection, connect

from tests.realtime.process import free_port, wait_for_port

ROOT = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")
SIDES = {"sets": "config.settings", "alone": "benchmarks.one_by_one_settings"}


@dataclass(frozen=True)
class Run:
    """One poll cast on one side."""

    ballots: int
    seconds: float
    waits: list[float]
    cpu: float
    others: float

    @property
    def per_second(self) -> float:
        """Acknowledged ballots per second."""
        return self.ballots / self.seconds

    def wait(self, share: float) -> float:
        """The wait, in milliseconds, that this share of the ballots kept within."""
        return 1000 * sorted(self.waits)[min(len(self.waits) - 1, int(len(self.waits) * share))]

    def row(self, side: str) -> dict[str, Any]:
        """What is printed of it."""
        return {
            "side": side,
            "ballots": self.ballots,
            "per_s": round(self.per_second),
            "p50_ms": round(self.wait(0.5)),
            "p99_ms": round(self.wait(0.99)),
            "server_cpu_us": round(1e6 * self.cpu / self.ballots),
            "other_cores": round(self.others, 2),
        }


def cpu_of(pid: int) -> float:
    """Seconds of processor a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def busy() -> float:
    """Seconds of processor the whole machine has used."""
    ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / TICK


@contextmanager
def serving(module: str) -> Iterator[tuple[str, int]]:
    """A socket process with these settings; its address and process."""
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": module,
        "PYTHONPATH": str(ROOT),
        "LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for_port(port)
        yield f"127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()


async def arrive(address: str, cookies: Sequence[str]) -> list[ClientConnection]:
    """Open a socket for each, forty at a time."""
    turn = asyncio.Semaphore(40)

    async def one(cookie: str) -> ClientConnection:
        async with turn:
            return await connect(
                f"ws://{address}/ws/",
                additional_headers={"Cookie": cookie},
                origin=f"http://{address}",
                compression=None,
                proxy=None,
                ping_interval=None,
                open_timeout=60,
            )

    return await asyncio.gather(*map(one, cookies))


async def cast(sockets: Sequence[ClientConnection], poll: int, in_flight: int) -> list[float]:
    """Each votes once; how long each waited for the answer. Raises `RuntimeError` for any but `done`."""
    waiting, waits = list(sockets), []

    async def voter() -> None:
        while waiting:
            socket = waiting.pop()
            frame = {
                "do": "ballot.cast",
                "key": str(uuid4()),
                "data": {"poll": str(poll), "choices": ["for"]},
            }
            begun = time.perf_counter()
            await socket.send(json.dumps(frame))
            answer = json.loads(await socket.recv())
            waits.append(time.perf_counter() - begun)
            if answer.get("done") != frame["key"]:
                raise RuntimeError(answer)

    await asyncio.gather(*(voter() for _ in range(in_flight)))
    return waits


async def measured(sockets: Sequence[ClientConnection], pid: int, poll: int, in_flight: int) -> Run:
    """One poll, and what the server, the client and the rest of the machine used meanwhile."""
    at, server, own, all_of_it = time.perf_counter(), cpu_of(pid), time.process_time(), busy()
    waits = await cast(sockets, poll, in_flight)
    seconds = time.perf_counter() - at
    used = cpu_of(pid) - server
    others = (busy() - all_of_it - used - (time.process_time() - own)) / seconds
    return Run(len(waits), seconds, waits, used, others)


async def compare(people: list[Any], cookies: list[str], asked: argparse.Namespace) -> dict[str, list[Run]]:
    """Both sides in turns, on fresh polls."""
    from benchmarks.hall import open_one  # noqa: PLC0415  (Django is set up by then)

    runs: dict[str, list[Run]] = {side: [] for side in SIDES}
    with serving(SIDES["sets"]) as sets, serving(SIDES["alone"]) as alone:
        sockets = {"sets": await arrive(sets[0], cookies), "alone": await arrive(alone[0], cookies)}
        for number in range(asked.runs + 1):
            for side, (_, pid) in {"sets": sets, "alone": alone}.items():
                poll = await asyncio.to_thread(open_one, people)
                some = sockets[side] if side == "sets" else sockets[side][: asked.alone]
                run = await measured(some, pid, poll.pk, asked.in_flight)
                if number:  # the first is the warming up
                    runs[side].append(run)
                    print(json.dumps(run.row(side)), flush=True)
        for socket in [*sockets["sets"], *sockets["alone"]]:
            socket.transport.abort()
    return runs


def main() -> None:
    """Fill the database, compare, print the medians and the ratio."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--voters", type=int, default=600)
    reader.add_argument("--alone", type=int, default=200, help="ballots per run of the one-by-one side")
    reader.add_argument("--in-flight", type=int, default=200)
    reader.add_argument("--runs", type=int, default=5)
    asked = reader.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("EMBEDDED", "1")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  (Django is set up by then)

    from benchmarks.hall import cookies_of, hall  # noqa: PLC0415

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        sys.exit("Run it beside PostgreSQL: see the first lines of this file.")
    call_command("migrate", verbosity=0)
    people = hall(asked.voters)
    runs = asyncio.run(compare(people, cookies_of(people), asked))
    median = {side: statistics.median(run.per_second for run in some) for side, some in runs.items()}
    p99 = {side: statistics.median(run.wait(0.99) for run in some) for side, some in runs.items()}
    print(
        f"ballots/s, median of {asked.runs}: sets {median['sets']:.0f}, one by one {median['alone']:.0f},"
        f" ratio {median['sets'] / median['alone']:.1f}; p99 {p99['sets']:.0f} ms and {p99['alone']:.0f} ms"
    )


if __name__ == "__main__":
    main()
