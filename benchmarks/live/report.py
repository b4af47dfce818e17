"""The tables and the picture of a run, and where they go: docs/performance.md, between its marks."""

import re
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.live import scale, targets
from benchmarks.live.figures import Figures, Runs, marginal, shown, table
from benchmarks.live.machine import description
from benchmarks.live.measures import Sizes
from benchmarks.live.picture import bars

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
PAGE, PICTURE = DOCS / "performance.md", DOCS / "pictures" / "live-delivery.svg"
TITLES = {
    "bare": "bare event loop, frame built before",
    "uvicorn-prepared": "uvicorn, frames built once (large rooms)",
    "uvicorn-plain": "uvicorn, ASGI send",
    "daphne-prepared": "daphne, frames built once",
    "daphne-plain": "daphne, ASGI send",
    "tutorial": "Channels tutorial’s consumer, daphne",
    "peer": "peer: Loomio’s channel server, node",
}
DELIVERY = [
    "server",
    "CPU per delivery",
    "of bare",
    "deliveries/s",
    "p50 to the last",
    "bytes",
    "lost",
    "other load",
]


PACED = [
    ("paced", "bare", "frames"),
    ("paced", "uvicorn-prepared", "facts of another process"),
    ("remarked", "uvicorn-prepared", "remarks over `/ws/`"),
    ("paced", "daphne-prepared", "facts of another process"),
    ("remarked", "daphne-prepared", "remarks over `/ws/`"),
    ("paced", "tutorial", "frames of another process"),
    ("paced", "peer", "frames of another process"),
]


class Report:
    """What a run found, as Markdown."""

    def __init__(self, found: Runs, sizes: Sizes, loads: Sequence[float]) -> None:
        self.figures, self.sizes, self.loads = Figures(found), sizes, loads
        others = [run["other"] for runs in found.values() for run in runs]
        self.other = sum(others) / len(others) if others else None

    def lines(self) -> list[str]:
        """Everything measured."""
        return [*self.preface(), *self.goals(), *self.fan_out(), *self.pages(), *self.rooms(), *self.acts()]

    def preface(self) -> list[str]:
        """Where, when, beside what."""
        if not self.loads:
            return ["Not measured yet: `make bench-live` fills this section.", ""]
        return [
            (
                f"Measured on {time.strftime('%Y-%m-%d')}: {description()}. Medians of {self.sizes.runs} runs. Load average before and after: "
                f"{' and '.join(f'{load:.1f}' for load in self.loads)}; other work used {shown(self.other, ' core', 2)} on average, on all sides alike."
            ),
            "",
        ]

    def goals(self) -> list[str]:
        """The targets."""
        rows = [target.cells() for target in targets.all_of(self.figures)]
        return ["### Targets", "", *table(["what", "target", "measured", "both sides", ""], rows)]

    def fan_out(self) -> list[str]:
        """What one delivery costs, by server."""
        rows = [self.delivery(f"fan-out {name}", title) for name, title in TITLES.items()]
        said = f"### One fact to {self.sizes.followers:,} programs, told again as soon as the last has it"
        return [said, "", *table(DELIVERY, rows), "![CPU per delivery](pictures/live-delivery.svg)", ""]

    def delivery(self, row: str, title: str) -> list[str]:
        """One line of fan-out."""
        figures, bare = self.figures, f"{row.split()[0]} bare"
        return [
            title,
            shown(figures.get(row, "us"), " µs"),
            shown(figures.ratio(row, bare, "us"), " ×"),
            shown(figures.get(row, "per_second"), "", 0),
            shown(figures.get(row, "p50"), " ms"),
            shown(figures.get(row, "bytes"), "", 0),
            shown(figures.worst(row, "lost"), "", 0),
            shown(figures.get(row, "other"), " core", 2),
        ]

    def pages(self) -> list[str]:
        """The same with fragments, then at a pace."""
        names = [name for name in TITLES if not name.endswith("-plain")]
        rows = [self.delivery(f"pages {name}", TITLES[name]) for name in names]
        paced = [
            [
                f"{TITLES[name]}: {said}",
                *(shown(self.figures.get(f"{row} {name}", what), " ms") for what in ("p50", "p99")),
                shown(self.figures.get(f"{row} {name}", "cores"), "", 2),
                shown(self.figures.get(f"{row} {name}", "bytes"), "", 0),
                shown(self.figures.worst(f"{row} {name}", "lost"), "", 0),
                shown(self.figures.get(f"{row} {name}", "other"), " core", 2),
            ]
            for row, name, said in PACED
        ]
        return [
            f"### One fact to {self.sizes.followers:,} pages: the fragment rendered once, then the same frame to all", "",
            *table(DELIVERY, rows),
            (
                f"Five a second, from before the transaction, from the remark sent or from the frame handed over, to the last page; "
                f"{self.sizes.paced} a run, of servers that are not ours {self.sizes.paced_beside}:"
            ), "",
            *table(["server", "p50", "p99", "cores", "bytes", "lost", "other load"], paced),
        ]  # fmt: skip

    def rooms(self) -> list[str]:
        """Arrivals, memory, growth."""
        arrive = [
            [
                title,
                shown(self.figures.get(f"arrive {name}", "ms"), " ms", 2),
                shown(self.figures.get(f"arrive {name}", "p99"), " s"),
                shown(self.figures.worst(f"arrive {name}", "lost"), "", 0),
                shown(self.figures.get(f"memory {name}", "kib"), " KiB"),
                shown(self.figures.get(f"arrive {name}", "other"), " core", 2),
            ]
            for name, title in TITLES.items()
        ]
        sizes = {
            "few": f"{self.sizes.few:,} followers",
            "few bare": f"{self.sizes.few:,} sockets of the bare server",
            "fan-out uvicorn-prepared": f"{self.sizes.followers:,} followers",
            "fan-out bare": f"{self.sizes.followers:,} sockets of the bare server",
            "four topics": f"{self.sizes.followers:,} followers of 4 topics",
            "many": f"{self.sizes.many:,} followers",
            "many bare": f"{self.sizes.many:,} sockets of the bare server",
        }
        grown = [
            [title, *self.delivery(row, "")[1:2], *self.delivery(row, "")[3:]] for row, title in sizes.items()
        ]
        return [
            f"### {self.sizes.followers:,} people arrive at once with a session (ours: until the room has answered)", "",
            *table(["server", "CPU each", "p99", "failed", "memory each, idle", "other load"], arrive),
            "### Growth, on the large-room path", "",
            *table(["room", *DELIVERY[1:2], *DELIVERY[3:]], grown),
            *self.slopes(),
        ]  # fmt: skip

    def slopes(self) -> list[str]:
        """A fact costs something once, and something for each who follows."""
        steps = {
            f"{self.sizes.few:,} → {self.sizes.followers:,}": ("few", "fan-out uvicorn-prepared", "few bare", "fan-out bare"),
            f"{self.sizes.followers:,} → {self.sizes.many:,}": ("fan-out uvicorn-prepared", "many", "fan-out bare", "many bare"),
        }  # fmt: skip
        rows = [
            [
                step,
                shown(marginal(self.figures, small, large), " µs"),
                shown(marginal(self.figures, small_bare, large_bare), " µs"),
            ]
            for step, (small, large, small_bare, large_bare) in steps.items()
        ]
        return table(["each further follower", "ours, CPU", "bare, CPU"], rows)

    def acts(self) -> list[str]:
        """Ballots and remarks."""
        rows = {
            "ballots": f"ballots, {self.sizes.in_flight} in flight, written as sets",
            "ballots one by one": f"the same, {self.sizes.in_flight} in flight, each in its own transaction",
            "remarks": f"remarks, one at a time, {self.sizes.followers:,} pages following",
        }
        said = [
            [
                title,
                shown(self.figures.get(row, "per_second"), "/s", 0),
                *(shown(self.figures.get(row, what), " ms") for what in ("p50", "p99")),
                *(shown(self.figures.get(row, what), " ms", 2) for what in ("ms", "postgres_ms")),
                shown(self.figures.worst(row, "lost"), "", 0),
                shown(self.figures.get(row, "other"), " core", 2),
            ]
            for row, title in rows.items()
        ]
        head = [
            "act over `/ws/`",
            "acknowledged",
            "p50",
            "p99",
            "CPU of the process",
            "CPU of PostgreSQL",
            "not done",
            "other load",
        ]
        return [
            "### Acts of logged-in people, answered after their commit",
            "",
            *table(head, said),
            *self.calls(),
        ]

    def calls(self) -> list[str]:
        """What an opening asks of every page."""
        wait, cost = (shown(self.figures.get("openings", what), " ms") for what in ("wait", "ms"))
        lost = shown(self.figures.worst("openings", "lost"), "", 0)
        return [
            (
                f"A vote opens to {self.sizes.followers:,} pages, each told on its person’s own topic: {wait} from its commit to the "
                f"last, {cost} of CPU a page, {lost} not told."
            ),
            "",
        ]

    def write(self, folder: Path = DOCS) -> None:
        """Put the tables and the arithmetic between their marks, and draw; elsewhere than in docs/ if asked."""
        page = PAGE.read_text()
        for name, lines in {"live": self.lines(), "scale": scale.lines(self.figures)}.items():
            marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
            text = "\n".join(lines)
            page = marks.sub(lambda mark, text=text: f"{mark[1]}\n{text}\n{mark[2]}", page)
        (folder / PAGE.name).write_text(page)
        costs = {title: self.figures.get(f"fan-out {name}", "us") for name, title in TITLES.items()}
        (folder / PICTURE.relative_to(DOCS)).parent.mkdir(exist_ok=True)
        (folder / PICTURE.relative_to(DOCS)).write_text(bars("CPU per delivery, in microseconds", costs))
