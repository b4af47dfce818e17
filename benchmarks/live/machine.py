"""What processes and the machine used, read from /proc."""

import os
import platform
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            children = Path(f"/proc/{pid}/task/{task}/children").read_text().split()
            for child in children:
                found += tree(int(child))
    except OSError:
        pass
    return found


def cpu_of(pids: Iterable[int], *, with_the_dead: bool = False) -> float:
    """Seconds of CPU, user and system, these process trees used since they began; with those that ended, if asked."""
    ticks = 0
    for pid in [one for root in pids for one in tree(root)]:
        try:
            words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += sum(int(word) for word in words[11 : 15 if with_the_dead else 13])
    return ticks / TICKS


def memory_of(pid: int) -> int:
    """KiB resident of a process tree."""
    total = 0
    for one in tree(pid):
        try:
            lines = Path(f"/proc/{one}/status").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return total


def busy() -> float:
    """Seconds of CPU the whole machine used, all cores together, stolen ones included."""
    numbers = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(numbers) - numbers[3] - numbers[4]) / TICKS


def load() -> float:
    """The load average of the last minute."""
    return os.getloadavg()[0]


def description() -> str:
    """The processor, its cores, the memory, the kernel and Python."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown"
    )
    kib = int(Path("/proc/meminfo").read_text().split()[1])
    return (
        f"{os.cpu_count()} × {model}, {kib / 1024 / 1024:.0f} GiB, Linux {platform.release()}, "
        f"Python {platform.python_version()}"
    )


def stack() -> dict[str, int]:
    """The process ids of PostgreSQL and Redis, as scripts/with_stack.py names them."""
    postmaster = Path(os.environ["STACK_POSTGRES_DATA"]) / "postmaster.pid"
    return {
        "postgres": int(postmaster.read_text().split("\n", 1)[0]),
        "redis": int(os.environ["STACK_REDIS_PID"]),
    }


@dataclass(frozen=True)
class Spent:
    """Seconds of CPU over a span: the server's, the load client's, PostgreSQL's, Redis's, and everybody else's meanwhile."""

    seconds: float
    server: float
    client: float
    postgres: float
    redis: float
    other: float


class Meter:
    """Reads the clocks of a server, of the load client, of the stack and of the machine."""

    def __init__(self, server: int, client: int) -> None:
        self.pids = {"server": server, "client": client, **stack()}
        self.began, self.before, self.machine = time.perf_counter(), self.read(), busy()

    def read(self) -> dict[str, float]:
        """Each one's seconds until now, and those of the whole bench."""
        used = {name: cpu_of([pid]) for name, pid in self.pids.items()}
        return {**used, "bench": cpu_of([os.getppid()], with_the_dead=True)}

    def spent(self) -> Spent:
        """What was used since the meter was made."""
        seconds, after = time.perf_counter() - self.began, self.read()
        used = {name: after[name] - self.before[name] for name in after}
        other = max(0.0, busy() - self.machine - used.pop("bench"))
        return Spent(seconds, other=other, **used)
