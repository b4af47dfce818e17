"""What the live part counts for whoever looks after it: names of acts, codes, kinds of topics; never who, never what."""

import time
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prometheus_client import Counter, Histogram

from realtime.refused import Refused

P = ParamSpec("P")
R = TypeVar("R")

ACTS = Counter(
    "ecossolies_acts", "Acts, by name and by outcome: done, or the code of the refusal.", ["act", "outcome"]
)
RESETS = Counter(
    "ecossolies_resets",
    "Followers told to begin again, by the kind of the topic (workshop, poll…).",
    ["kind"],
)
BROADCASTS = Histogram(
    "ecossolies_broadcast_seconds",
    "From reading the log to frames queued for every follower that lacked them, by the kind of the topic.",
    ["kind"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)


def kind_of(topic: str) -> str:
    """The noun of a topic: `workshop` of `workshop:7`."""
    return topic.partition(":")[0]


def act_done(name: str) -> None:
    """An act was done, or answered again."""
    ACTS.labels(name, "done").inc()


def act_refused(name: str, code: str) -> None:
    """An act was refused, by this code."""
    ACTS.labels(name, code).inc()


def reset_told(topic: str) -> None:
    """A follower begins again."""
    RESETS.labels(kind_of(topic)).inc()


def counted(perform: Callable[P, R]) -> Callable[P, R]:
    """Count what the doors perform; the command comes first."""

    @wraps(perform)
    def performed(*args: P.args, **kwargs: P.kwargs) -> R:
        name: str = args[0].name  # type: ignore[attr-defined]
        try:
            answer = perform(*args, **kwargs)
        except Refused as refused:
            act_refused(name, refused.code)
            raise
        act_done(name)
        return answer

    return performed


def timed(told: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Time what a feed tells; the feed comes first."""

    @wraps(told)
    async def timing(*args: P.args, **kwargs: P.kwargs) -> R:
        feed: Any = args[0]
        begun = time.perf_counter()
        answer = await told(*args, **kwargs)
        BROADCASTS.labels(kind_of(feed.name)).observe(time.perf_counter() - begun)
        return answer

    return timing
