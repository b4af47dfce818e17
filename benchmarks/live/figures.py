"""The figures of a run, asked by name; what was not measured says so."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NOT_MEASURED = "not measured"
Runs = Mapping[str, Sequence[Mapping[str, float]]]


@dataclass(frozen=True)
class Figures:
    """Medians over the runs of each row."""

    found: Runs

    def get(self, row: str, what: str) -> float | None:
        """The median of a row's figure; None when the row was not measured."""
        runs = self.found.get(row)
        return statistics.median(run[what] for run in runs) if runs else None

    def worst(self, row: str, what: str) -> float | None:
        """The largest of all runs."""
        runs = self.found.get(row)
        return max(run[what] for run in runs) if runs else None

    def ratio(self, row: str, beside: str, what: str) -> float | None:
        """A row's figure over another's; both of the same run."""
        mine, theirs = self.get(row, what), self.get(beside, what)
        return mine / theirs if mine is not None and theirs else None


def marginal(figures: Figures, small: str, large: str) -> float | None:
    """What each further delivery of one broadcast costs, in µs: the slope between two sizes of a room."""
    costs = [figures.get(row, "us") for row in (small, large)]
    counts = [figures.get(row, "count") for row in (small, large)]
    if None in (*costs, *counts) or counts[0] == counts[1]:
        return None
    whole = [cost * count for cost, count in zip(costs, counts, strict=True)]  # type: ignore[operator]
    return (whole[1] - whole[0]) / (counts[1] - counts[0])  # type: ignore[operator]


def shown(value: float | None, unit: str = "", digits: int = 1) -> str:
    """A figure with its unit."""
    return NOT_MEASURED if value is None else f"{value:,.{digits}f}{unit}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table of Markdown."""
    return [
        "| " + " | ".join(head) + " |",
        "|" + " --- |" * len(head),
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]
