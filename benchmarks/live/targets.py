"""The targets of the live part, row by row, each with both sides of its ratio."""

from dataclasses import dataclass

from benchmarks.live.figures import NOT_MEASURED, Figures, marginal, shown

BARE, TUTORIAL, PEER = "fan-out bare", "fan-out tutorial", "fan-out peer"
LARGE = "fan-out uvicorn-prepared"


@dataclass(frozen=True)
class Target:
    """One row: what, how much, what was measured, from which figures, and whether it is met."""

    what: str
    target: str
    measured: str
    sides: str
    is_met: bool | None

    def cells(self) -> list[str]:
        """The row of the table."""
        said = {True: "met", False: "**missed**", None: "—"}[self.is_met]
        return [self.what, self.target, self.measured, self.sides, said]


def at_most(what: str, limit: float, value: float | None, unit: str, sides: str) -> Target:
    """The figure may not be larger."""
    is_met = None if value is None else value <= limit
    return Target(what, f"≤ {limit:g}{unit}", shown(value, unit), sides, is_met)


def at_least(what: str, limit: float, value: float | None, unit: str, sides: str) -> Target:
    """The figure may not be smaller."""
    is_met = None if value is None else value >= limit
    return Target(what, f"≥ {limit:g}{unit}", shown(value, unit), sides, is_met)


def delivering(figures: Figures) -> list[Target]:
    """CPU per delivery, beside a bare server and the tutorial's consumer."""

    def sides(row: str, beside: str) -> str:
        return f"{shown(figures.get(row, 'us'), ' µs')} / {shown(figures.get(beside, 'us'), ' µs')}"

    limits = {"daphne-plain": (11, 5), "daphne-prepared": (8, 5), "uvicorn-prepared": (2, 20)}
    found = []
    for name, (bare, tutorial) in limits.items():
        row, title = f"fan-out {name}", f"CPU per delivery, {name.replace('-', ', ')}"
        found.append(
            at_most(f"{title}, of bare", bare, figures.ratio(row, BARE, "us"), " ×", sides(row, BARE))
        )
        cheaper = figures.ratio(TUTORIAL, row, "us")
        found.append(
            at_least(f"{title}, cheaper than the tutorial", tutorial, cheaper, " ×", sides(TUTORIAL, row))
        )
    ours, theirs = marginal(figures, "few", LARGE), marginal(figures, "few bare", BARE)
    ratio = ours / theirs if ours is not None and theirs else None
    both = f"{shown(ours, ' µs')} / {shown(theirs, ' µs')}"
    found.append(at_most("the same, each further follower (100 → 1,000), of bare", 2, ratio, " ×", both))
    said = sides(LARGE, PEER) if figures.get(PEER, "us") else "the peer is absent"
    peer = figures.ratio(LARGE, PEER, "us")
    return [*found, at_most("CPU per delivery, of a peer’s channel server", 1, peer, " ×", said)]


def rooms(figures: Figures) -> list[Target]:
    """Pace, size, arrivals and memory."""
    paced, remarked = "paced uvicorn-prepared", "remarked uvicorn-prepared"
    many, lost = "many", figures.worst("many", "lost")
    here = f"{shown(figures.get(many, 'per_second'), '/s', 0)} / {shown(figures.get('many bare', 'per_second'), '/s', 0)}"
    storm, theirs = "arrive uvicorn-prepared", "arrive tutorial"
    both = f"{shown(figures.get(storm, 'ms'), ' ms', 2)} / {shown(figures.get(theirs, 'ms'), ' ms', 2)} each"
    return [
        at_most("5 facts a second to 1,000 pages: p99 to the last", 60, figures.get(paced, "p99"), " ms", "large rooms"),
        at_most("the same: cores", 0.2, figures.get(paced, "cores"), "", "large rooms"),
        at_most("5 remarks a second over `/ws/` to 1,000 pages: p99 to the last", 60, figures.get(remarked, "p99"), " ms", "large rooms, the act included"),
        at_most("the same: cores", 0.2, figures.get(remarked, "cores"), "", "large rooms, the act included"),
        at_most("5,000 followers in one process: lost", 0, lost, "", "large rooms"),
        at_least("the same: deliveries a second, of bare", 0.6, figures.ratio(many, "many bare", "per_second"), " ×", here),
        at_most("1,000 arrivals with a session: failures", 0, figures.worst(storm, "lost"), "", "all runs"),
        at_most("the same: CPU, of the tutorial’s", 0.6, figures.ratio(storm, theirs, "ms"), " ×", both),
        at_most("the same on daphne", 0.6, figures.ratio("arrive daphne-prepared", theirs, "ms"), " ×",
                f"{shown(figures.get('arrive daphne-prepared', 'ms'), ' ms', 2)} each"),
        at_most("memory per idle socket, uvicorn", 45, figures.get("memory uvicorn-prepared", "kib"), " KiB", "1,000 sockets, processes begun anew"),
        at_most("memory per idle socket, daphne", 45, figures.get("memory daphne-prepared", "kib"), " KiB", "1,000 sockets, processes begun anew"),
    ]  # fmt: skip


def acting(figures: Figures) -> list[Target]:
    """Ballots, and what survives."""
    sets, single = figures.get("ballots", "per_second"), figures.get("ballots one by one", "per_second")
    both = f"{shown(sets, '/s', 0)} / {shown(single, '/s', 0)}"
    ratio = figures.ratio("ballots", "ballots one by one", "per_second")
    return [
        at_least("acknowledged ballots a second, of the same one by one", 8, ratio, " ×", both),
        at_most("the same: p99", 150, figures.get("ballots", "p99"), " ms", "200 in flight"),
        Target("after `kill -9`, a database or a Redis restart", "every acknowledged act once",
               "see “What it survives” below", "`make test-faults`", None),
    ]  # fmt: skip


def all_of(figures: Figures) -> list[Target]:
    """Every row."""
    return [*delivering(figures), *rooms(figures), *acting(figures)]


__all__ = ["BARE", "LARGE", "NOT_MEASURED", "TUTORIAL", "Target", "all_of"]
