"""What is measured: each function is one row's one run, bounded in count and in time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.live.client import percentile
from benchmarks.live.machine import Meter, memory_of
from benchmarks.live.scene import Room, Scene
from benchmarks.live.servers import Crowd, Ours, Server, beside, ours

Run = dict[str, float]
LONGEST = 60.0  # seconds of any one wait
SETTLED = 4.0  # seconds between the opening of a vote and the first ballot


@dataclass(frozen=True)
class Sizes:
    """How many and how long; a span is the seconds of one run of broadcasts, `paced` facts come five a second."""

    runs: int = 5
    arrivals: int = 5
    followers: int = 1_000
    few: int = 100
    many: int = 5_000
    span: float = 2.0
    paced: int = 100
    paced_beside: int = 25
    remarked: int = 100
    one_by_one: int = 200
    in_flight: int = 200
    remarks: int = 20


SIZES = Sizes()
QUICK = replace(
    SIZES,
    runs=2,
    arrivals=2,
    followers=60,
    few=20,
    many=120,
    span=0.3,
    paced=5,
    paced_beside=5,
    remarked=5,
    one_by_one=20,
    in_flight=20,
    remarks=3,
)


@dataclass
class Bench:
    """The scene, the load client and how much of everything."""

    scene: Scene
    crowd: Crowd
    sizes: Sizes

    def meter(self, server: Server) -> Meter:
        """Clocks on this server."""
        return Meter(server.process.pid, self.crowd.process.pid)

    def arrive(self, server: Server, name: str, count: int, room: Room | None = None) -> Run:
        """So many sockets with a session come at once; ours count as here once the room has answered."""
        frames = [room.follow()] if room else server.greet()
        before, meter = memory_of(server.process.pid), self.meter(server)
        found = self.crowd.do(
            "open",
            crowd=name,
            port=server.port,
            path=server.path,
            count=count,
            cookies=self.scene.cookies,
            frames=frames,
            own=self.scene.own if server.is_ours else [],
            at_once=1_000,
            answered=server.is_ours,
            seconds=LONGEST,
        )
        spent = meter.spent()
        self.crowd.do("idle", seconds=1.0)
        return {
            "lost": count - found["here"],
            "seconds": found["seconds"],
            "p99": found["p99"],
            "ms": 1_000 * spent.server / max(1, found["here"]),
            "kib": (memory_of(server.process.pid) - before) / max(1, found["here"]),
            "other": spent.other / spent.seconds,
        }

    def leave(self, name: str) -> None:
        """A whole crowd leaves; the server has a moment to notice."""
        self.crowd.do("close", crowd=name)
        self.crowd.do("idle", seconds=1.0)

    def broadcast(self, server: Server, name: str, count: int, room: Room | None = None) -> dict[str, Any]:
        """One fact told: seconds until the last has it, how many never had it, and what the client counted so far."""
        upcoming = room.told + 1 if room else server.upcoming
        self.crowd.order("await_all", crowd=name, number=upcoming, count=count, seconds=LONGEST / 4)
        began = time.perf_counter()
        if room:
            room.tell()
        else:
            server.tell()
        found = self.crowd.answer()
        return {**found, "wait": found["at"] - began}

    def fan_out(self, server: Server, name: str, count: int, rooms: Sequence[Room] = ()) -> Run:
        """Broadcast again as soon as the last follower has the one before, in these rooms in turn."""
        start = self.broadcast(server, name, count, rooms[0] if rooms else None)
        meter, told, waits, lost = self.meter(server), [start], [], 0.0
        while time.perf_counter() - meter.began < self.sizes.span or len(waits) < 3:
            room = rooms[len(waits) % len(rooms)] if rooms else None
            told.append(self.broadcast(server, name, count, room))
            waits.append(told[-1]["wait"])
            lost += told[-1]["missing"]
        spent, frames = meter.spent(), told[-1]["frames"] - start["frames"]
        return {
            "count": count,
            "us": 1e6 * spent.server / frames,
            "redis_us": 1e6 * spent.redis / frames,
            "per_second": frames / sum(waits),
            "p50": 1_000 * percentile(waits, 0.5),
            "bytes": (told[-1]["bytes"] - start["bytes"]) / frames,
            "lost": lost,
            "client": spent.client / spent.seconds,
            "other": spent.other / spent.seconds,
        }

    def remark(self, server: Ours, name: str, count: int) -> dict[str, Any]:
        """One remark sent over a follower's socket: seconds until the last has it, and how many never had it."""
        server.room.told = number = server.upcoming
        sent = self.crowd.do("send", crowd=name, act=server.room.remarks(1)[0])
        found = self.crowd.do("await_all", crowd=name, number=number, count=count, seconds=LONGEST / 4)
        return {**found, "wait": found["at"] - sent["at"]}

    def paced(self, told: Callable[[Any, str, int], dict[str, Any]], facts: int, server: Server) -> Run:
        """Five facts a second, told in one of the two ways above, whatever the state."""
        name, count = server.name, self.sizes.followers
        start, meter = told(server, name, count), self.meter(server)
        waits, lost, found = [], 0.0, start
        for number in range(facts):
            time.sleep(max(0.0, meter.began + number / 5 - time.perf_counter()))
            found = told(server, name, count)
            waits.append(1_000 * found["wait"])
            lost += found["missing"]
        spent = meter.spent()
        return {
            "bytes": (found["bytes"] - start["bytes"]) / max(1, found["frames"] - start["frames"]),
            "p50": percentile(waits, 0.5),
            "p99": percentile(waits, 0.99),
            "cores": spent.server / spent.seconds,
            "lost": lost,
            "client": spent.client / spent.seconds,
            "other": spent.other / spent.seconds,
        }

    def call(self, server: Server, count: int) -> tuple[list[str], Run]:
        """A vote opens, and every page shows it: the acts that cast a ballot each, and the wait from its commit."""
        self.crowd.order("await_calls", count=count, seconds=LONGEST / 4)
        meter, acts, opened = self.meter(server), self.scene.poll(count), time.perf_counter()
        found = self.crowd.answer()
        self.crowd.do("idle", seconds=SETTLED)  # what is told once more is not the ballots'
        spent = meter.spent()
        return acts, {
            "wait": 1_000 * max(0.0, found["at"] - opened),
            "ms": 1_000 * spent.server / count,
            "lost": found["missing"],
            "other": spent.other / spent.seconds,
        }

    def acts(self, server: Server, name: str, acts: list[str], in_flight: int) -> Run:
        """Acts by as many people, so many under way at once; the answers come after the commit."""
        meter = self.meter(server)
        found = self.crowd.do("act", crowd=name, acts=acts, in_flight=in_flight, seconds=LONGEST)
        spent = meter.spent()
        return {
            "per_second": found["done"] / found["seconds"],
            "p50": 1_000 * found["p50"],
            "p99": 1_000 * found["p99"],
            "lost": len(acts) - found["done"],
            "ms": 1_000 * spent.server / max(1, found["done"]),
            "postgres_ms": 1_000 * spent.postgres / max(1, found["done"]),
            "client": spent.client / spent.seconds,
            "other": spent.other / spent.seconds,
        }


Found = dict[str, list[Run]]


def memory(bench: Bench, found: Found) -> None:
    """What a socket weighs in a process that served nobody before: each kind in turn, begun anew each time."""
    for _run in range(bench.sizes.arrivals):
        for make in (*ours(bench.scene), *beside(bench.scene)):
            server = make()
            try:
                come = bench.arrive(server, server.name, bench.sizes.followers)
                found.setdefault(f"memory {server.name}", []).append(come)
                bench.leave(server.name)
            finally:
                server.stop()


def fan_outs(bench: Bench, servers: Sequence[Server], found: Found) -> None:
    """Arrivals and fan-out to programs: every server in turn, so that other load falls on all alike."""
    count = bench.sizes.followers
    for run in range(bench.sizes.arrivals):
        for server in servers:
            if run:
                bench.leave(server.name)
            found.setdefault(f"arrive {server.name}", []).append(bench.arrive(server, server.name, count))
    for _run in range(bench.sizes.runs):
        for server in servers:
            found.setdefault(f"fan-out {server.name}", []).append(bench.fan_out(server, server.name, count))


def pages(bench: Bench, servers: Sequence[Server], found: Found) -> None:
    """The same as pages follow: the fragment is rendered once, in one language; then five facts a second."""
    count = bench.sizes.followers
    kept = [server for server in servers if not server.name.endswith("-plain")]
    for server in kept:
        bench.crowd.do("say", crowd=server.name, frames=server.follow("html"), seconds=1.0)
    for _run in range(bench.sizes.runs):
        for server in kept:
            found.setdefault(f"pages {server.name}", []).append(bench.fan_out(server, server.name, count))
    for _run in range(bench.sizes.arrivals):
        for server in kept:
            facts = bench.sizes.paced if server.is_ours else bench.sizes.paced_beside
            found.setdefault(f"paced {server.name}", []).append(bench.paced(bench.broadcast, facts, server))
            if server.is_ours:
                remarked = bench.paced(bench.remark, bench.sizes.remarked, server)
                found.setdefault(f"remarked {server.name}", []).append(remarked)
    for server in kept:
        bench.crowd.do("say", crowd=server.name, frames=server.follow(), seconds=1.0)


def growth(bench: Bench, large: Ours, bare: Server, found: Found) -> None:
    """From few followers to many on the large-room path, beside a bare server; and from one topic to four."""
    sizes, rooms = bench.sizes, bench.scene.rooms
    bench.arrive(large, "few", sizes.few, rooms[4])
    bench.arrive(bare, "few bare", sizes.few)
    for _run in range(sizes.runs):
        found.setdefault("few bare", []).append(bench.fan_out(bare, "few bare", sizes.few))
        found.setdefault("few", []).append(bench.fan_out(large, "few", sizes.few, [rooms[4]]))
    four = [large.room, *rooms[5:8]]
    bench.crowd.do("say", crowd=large.name, frames=[room.follow() for room in four[1:]], seconds=2.0)
    for _run in range(sizes.runs):
        found.setdefault("four topics", []).append(bench.fan_out(large, large.name, sizes.followers, four))
    for name in ("few", "few bare", large.name, bare.name):
        bench.leave(name)
    bench.arrive(large, "many", sizes.many, rooms[4])
    bench.arrive(bare, "many bare", sizes.many)
    for _run in range(sizes.runs):
        found.setdefault("many", []).append(bench.fan_out(large, "many", sizes.many, [rooms[4]]))
        found.setdefault("many bare", []).append(bench.fan_out(bare, "many bare", sizes.many))
    for name in ("many", "many bare"):
        bench.leave(name)


def casting(bench: Bench, large: Ours, found: Found) -> None:
    """Ballots and remarks by logged-in people who follow their room: as sets, and the same ballots one by one."""
    sizes, room, crowd = bench.sizes, large.room, bench.crowd
    single = Ours("one-by-one", room, "--server", "uvicorn", ONE_BY_ONE="1")
    try:
        bench.arrive(large, large.name, sizes.followers)
        bench.arrive(single, single.name, sizes.one_by_one)
        for _run in range(sizes.runs):
            acts, opening = bench.call(large, sizes.followers)
            found.setdefault("openings", []).append(opening)
            found.setdefault("ballots", []).append(bench.acts(large, large.name, acts, sizes.in_flight))
            acts = bench.scene.poll(sizes.one_by_one)
            crowd.do("idle", seconds=SETTLED)
            found.setdefault("ballots one by one", []).append(
                bench.acts(single, single.name, acts, sizes.in_flight)
            )
            acts = room.remarks(sizes.remarks)
            found.setdefault("remarks", []).append(bench.acts(large, large.name, acts, 1))
    finally:
        single.stop()


def measure(scene: Scene, sizes: Sizes) -> Found:
    """Everything, in order; the servers and the load client are ended whatever happens."""
    crowd, found, servers = Crowd(), {}, []
    bench = Bench(scene, crowd, sizes)
    try:
        memory(bench, found)
        for make in (*ours(scene), *beside(scene)):
            servers.append(make())
        *_, large = [server for server in servers if isinstance(server, Ours)]
        bare, *others = [server for server in servers if not server.is_ours]
        fan_outs(bench, servers, found)
        pages(bench, servers, found)
        growth(bench, large, bare, found)
        for server in (bare, *others):
            server.stop()
        casting(bench, large, found)
    finally:
        for server in servers:
            server.stop()
        crowd.stop()
    return found
