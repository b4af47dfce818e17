"""Arithmetic for more than one machine, from the figures of one run."""

from benchmarks.live.figures import Figures, marginal, shown

SHARE = 0.7  # of a core, so that a burst finds room
SPREAD = 3.75  # seconds over which pages come back at first (static/js/socket.js)
PACE = 5  # frames a second each follower gets at the most, of one topic


def followers_per_core(figures: Figures, row: str = "pages uvicorn-prepared") -> float | None:
    """People one core serves at five frames a second, as pages follow, or at the cost of another row."""
    cost = figures.get(row, "us")
    return SHARE * 1e6 / cost / PACE if cost else None


def fixed_ms(figures: Figures) -> float | None:
    """Milliseconds a fact costs once, whoever follows: from two sizes of the same room."""
    cost, count = figures.get("few", "us"), figures.get("few", "count")
    each = marginal(figures, "few", "fan-out uvicorn-prepared")
    return None if cost is None or count is None or each is None else max(0.0, (cost - each) * count / 1_000)


def arrivals(figures: Figures) -> float | None:
    """People one core lets in per second."""
    cost = figures.get("arrive uvicorn-prepared", "ms")
    return SHARE * 1_000 / cost if cost else None


def ballots_of_postgres(figures: Figures) -> float | None:
    """Ballots a second one core of PostgreSQL writes as sets."""
    cost = figures.get("ballots", "postgres_ms")
    return SHARE * 1_000 / cost if cost else None


def bytes_a_second(figures: Figures) -> float | None:
    """MiB a second that leave a process which serves as many pages as a core can."""
    size, people = figures.get("pages uvicorn-prepared", "bytes"), followers_per_core(figures)
    return None if size is None or people is None else size * people * PACE / 2**20


def lines(figures: Figures) -> list[str]:
    """The page."""
    people, memory = followers_per_core(figures), figures.get("memory uvicorn-prepared", "kib")
    redis = figures.get("fan-out uvicorn-prepared", "redis_us")
    return [
        "One socket process uses one core. Figures are those above; a core is filled to seven tenths, no more.",
        "",
        (
            f"- **People per process**: {SHARE} × 1,000,000 µs ÷ {shown(figures.get('pages uvicorn-prepared', 'us'), ' µs')} a delivery to pages ÷ {PACE} frames a second "
            f"= {shown(people, ' pages', 0)}, in rooms of a thousand that each render their own; of programs, or of pages in one room so large that "
            f"rendering no longer counts, ÷ {shown(figures.get('many', 'us'), ' µs')} = {shown(followers_per_core(figures, 'many'), '', 0)}. "
            f"A fact costs {shown(fixed_ms(figures), ' ms')} once per process before it is rendered, whoever follows."
        ),
        f"- **Memory**: {shown(memory, ' KiB')} a socket.",
        (
            f"- **Arrivals**: {shown(arrivals(figures), ' a second', 0)} and core; a page that lost its socket comes back after 0.3 to 4 seconds, chosen at random, "
            f"so a hall of a thousand asks {shown(1_000 / SPREAD, '', 0)} a second; if that fails, within fifteen seconds."
        ),
        (
            f"- **Network**: {shown(bytes_a_second(figures), ' MiB/s')} from a full process if every frame were a page’s fragment; "
            "this bends before the processor does."
        ),
        (
            "- **Processes per machine**: its cores, less one for PostgreSQL and one for pages. Each process reads and renders each fact of the "
            "topics followed there: with P processes a fact is rendered P times, which bends when facts × rendering reaches a core: "
            f"{shown(figures.get('pages uvicorn-prepared', 'us'), ' µs')} a delivery to 1,000 pages, against {shown(figures.get('fan-out uvicorn-prepared', 'us'), ' µs')} without a fragment."
        ),
        (
            f"- **Redis** carries one message per fact and process, not per person: {shown(redis, ' µs', 2)} of its core per delivery at 1,000 followers a "
            "process, and less the larger the rooms. It bends last."
        ),
        (
            f"- **PostgreSQL** carries the acts and one small query per process, topic and fact, and one per process each five seconds. Ballots as sets: "
            f"{shown(ballots_of_postgres(figures), ' a second', 0)} and core of its own, until the disk’s commits bend it. A reader’s copy may take the pages; the log is "
            "read from the first."
        ),
        (
            "- **One topic** has one row that numbers its facts: acts on one topic commit one after the other. A hundred rooms do not wait for each other; "
            "one room that writes more facts a second than a commit takes does. Ballots write no fact."
        ),
        "",
        (
            "**What would refute it**: two machines, four socket processes each, one PostgreSQL and one Redis on a third; "
            "eight crowds of 1,000 on the same room, five facts a second for ten minutes, then 5,000 ballots in ten seconds. The arithmetic is wrong if p99 to the last "
            "follower passes 60 ms with every core below seven tenths, if Redis or PostgreSQL uses more than a fifth of a core for the facts, "
            "or if deliveries per core differ by more than a fifth from the line above."
        ),
        "",
    ]
