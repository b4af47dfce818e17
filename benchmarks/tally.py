"""How long the counts take, and how much memory, beside the fastest library that does the same, in one run.

    make bench                                (this, then the live part)
    .venv-peers/bin/python -m benchmarks.tally [--print]

Each row runs in a process of its own, ours and theirs in turn, five times; the median is told. What is timed starts
from ballots as each library takes them (ours: grouped) and ends with the winners; ours writes its sentences too.
The table goes to docs/performance.md, between its marks; `--print` prints it and writes nothing.
"""

import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.live import machine

RUNS = 5
PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
MARKS = re.compile(r"(<!-- tally -->\n).*?(<!-- /tally -->)", re.DOTALL)
TITLES = {
    "abcvoting_approval": "abcvoting, `av`",
    "pref_voting_judgment": "pref_voting, `majority_judgement`",
    "pref_voting_schulze": "pref_voting, `beat_path`",
    "pref_voting_stv": "pref_voting, `stv_scottish`",
    "bare_resolution": "bare `Counter` and `Fraction`",
}
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


def memory(field: str) -> int:
    """KiB of this process: `VmRSS` held now, `VmHWM` at most since the mark was reset."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))


def measure(name: str) -> dict[str, float]:
    """Prepare, then time one count; seconds, and the peak in MiB above what the prepared ballots take."""
    from benchmarks import tally_cases  # noqa: PLC0415  (the libraries load in the measured process only)

    warnings.simplefilter("ignore")
    prepared: Prepared = getattr(tally_cases, name)()
    Path("/proc/self/clear_refs").write_text(
        "5", encoding="ascii"
    )  # the peak starts here, not in the preparation
    before, start = memory("VmRSS"), time.perf_counter()
    prepared()
    return {"seconds": time.perf_counter() - start, "mib": max(0, memory("VmHWM") - before) / 1024}


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
    head = ("count", "ours", "memory", "beside", "theirs", "memory", "theirs / ours", "target for ours", "")
    lines = [f"| {' | '.join(head)} |", "| --- " * len(head) + "|"]
    for case in CASES:
        found = medians((case.ours, *case.theirs))
        lines += [row(case, found[case.ours], name, found[name]) for name in case.theirs]
    return lines


def row(case: Case, ours: dict[str, float], name: str, theirs: dict[str, float]) -> str:
    """One line: both sides, how many times slower the library is, and whether both targets hold."""
    ratio = theirs["seconds"] / ours["seconds"]
    holds = ratio >= 1 and (case.target is None or ours["seconds"] <= case.target)
    cells = (
        case.name,
        f"{ours['seconds']:.3f} s",
        f"{ours['mib']:.0f} MiB",
        TITLES[name],
        f"{theirs['seconds']:.3f} s",
        f"{theirs['mib']:.0f} MiB",
        f"{ratio:.1f} ×",
        f"≤ {case.target} s, not slower" if case.target else "not slower",
        "holds" if holds else "does not hold",
    )
    return f"| {' | '.join(cells)} |"


def used_by_us() -> float:
    """Seconds of CPU of this process and of the measured ones that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def report() -> list[str]:
    """The table under a line that says where, when, and what else the machine did."""
    loads, started = [machine.load()], time.perf_counter()
    busy, ours = machine.busy(), used_by_us()
    table = rows()
    elapsed = time.perf_counter() - started
    others = max(0.0, machine.busy() - busy - (used_by_us() - ours)) / elapsed
    loads.append(machine.load())
    preface = (
        f"Measured on {time.strftime('%Y-%m-%d')}: {machine.description()}. Medians of {RUNS} runs, each in a process "
        f"of its own; memory is the peak above the prepared ballots. Load average before and after: "
        f"{' and '.join(f'{load:.1f}' for load in loads)}; other work used {others:.2f} of {os.cpu_count()} cores on "
        "average, on both sides alike."
    )
    return [preface, "", *table]


def write(lines: list[str]) -> None:
    """Put the table between its marks in docs/performance.md."""
    text = "\n".join(lines)
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(MARKS.sub(lambda mark: f"{mark[1]}\n{text}\n\n{mark[2]}", page), encoding="utf-8")


def main(arguments: list[str]) -> None:
    """One measure for the parent, or the whole table."""
    if arguments[:1] == ["--measure"]:
        print(json.dumps(measure(arguments[1])))
        return
    lines = report()
    print("\n".join(lines))
    if "--print" not in arguments:
        write(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
