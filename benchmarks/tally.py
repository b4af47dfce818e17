"""How long the counts take, and how much memory, beside the fastest library that does the same, in one run.

    make bench

Each row runs in a process of its own, ours and theirs in turn, five times; the median is told. What is timed starts
from ballots as each library takes them (ours: grouped) and ends with the winners; ours writes its sentences too.
"""

import json
import platform
import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

RUNS = 5
Prepared = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """One row: what is counted, by whom; `target` in seconds, for ours."""

    name: str
    ours: str
    theirs: tuple[str, ...]
    target: float | None = None


CASES = (
    Case("approval, 1,000,000 ballots × 10", "ours_approval", ("abcvoting_approval",)),
    Case("majority judgment, 1,000,000 × 10", "ours_judgment", ("pref_voting_judgment",), 0.5),
    Case("Schulze, 1,000,000 × 10", "ours_schulze", ("pref_voting_schulze",), 1.0),
    Case("STV, 1,000 ballots, 35 seats of 80", "ours_stv", ("pref_voting_stv",), 2.0),
    Case("resolution, 100,000 in 5 colleges", "ours_resolution", ("bare_resolution",), 1.0),
)


def memory() -> int:
    """The most this process has held, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measure(name: str) -> dict[str, float]:
    """Prepare, then time one count; seconds and MiB above what the prepared ballots take."""
    from benchmarks import tally_cases  # noqa: PLC0415  (the libraries load in the measured process only)

    warnings.simplefilter("ignore")
    prepared: Prepared = getattr(tally_cases, name)()
    before, start = memory(), time.perf_counter()
    prepared()
    return {"seconds": time.perf_counter() - start, "mib": (memory() - before) / 1024}


def in_a_process(name: str) -> dict[str, float]:
    """One measure in a fresh process."""
    words = [sys.executable, "-W", "ignore", "-m", "benchmarks.tally", "--measure", name]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def medians(names: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """The medians of each, measured in turn so that other load falls on all alike."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _run in range(RUNS):
        for name in names:
            runs[name].append(in_a_process(name))
    return {
        name: {what: statistics.median(run[what] for run in found) for what in ("seconds", "mib")}
        for name, found in runs.items()
    }


def rows() -> list[str]:
    """The table, as Markdown."""
    lines = ["| count | ours | memory | beside | theirs | memory | ratio | target |", "| --- " * 8 + "|"]
    for case in CASES:
        found = medians((case.ours, *case.theirs))
        ours = found[case.ours]
        for name in case.theirs:
            theirs = found[name]
            ratio = theirs["seconds"] / ours["seconds"]
            target = f"≤ {case.target} s" if case.target else ""
            lines.append(
                f"| {case.name} | {ours['seconds']:.3f} s | {ours['mib']:.0f} MiB | {name} | {theirs['seconds']:.3f} s "
                f"| {theirs['mib']:.0f} MiB | {ratio:.1f} × | {target} |"
            )
    return lines


def main() -> None:
    """One measure for the parent, or the whole table."""
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2])))
        return
    with open("/proc/loadavg", encoding="ascii") as load:
        print(
            f"Python {platform.python_version()}, load {load.read().split()[0]}, {time.strftime('%Y-%m-%d')}"
        )
    print("\n".join(rows()))


if __name__ == "__main__":
    main()
