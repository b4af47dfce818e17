"""`/metrics`, for a Prometheus of these networks or with the token: what this process holds and what it counted."""

import os
import secrets
from collections import Counter
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from config.proxy import FORWARDED_FOR, is_in
from realtime import bursts, hub
from realtime.consumer import Connection
from realtime.metrics import kind_of


class Held(Collector):
    """What this process holds now: sockets, followers, what waits, the pool. Read from a thread, nothing is changed."""

    def describe(self) -> list[Metric]:
        """Nothing ahead of time: the registry need not ask to know."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The gauges of every hub of this process."""
        hubs = list(hub.hubs.values())
        sockets = [socket for one in hubs for socket in list(one.sockets)]
        yield gauge("ecossolies_sockets", "Open sockets.", len(sockets))
        yield followers(hubs)
        yield from queues([socket for socket in sockets if isinstance(socket, Connection)])
        yield from pool()


def gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    """One number."""
    return GaugeMetricFamily(name, text, value=value)


def followers(hubs: list[hub.Hub]) -> GaugeMetricFamily:
    """How many follow topics of each kind: never which."""
    found: Counter[str] = Counter()
    for one in hubs:
        for name, feed in list(one.feeds.items()):
            found[kind_of(name)] += len(feed.followers)
    family = GaugeMetricFamily(
        "ecossolies_followers", "Followers, by the kind of the topic.", labels=["kind"]
    )
    for kind, count in sorted(found.items()):
        family.add_metric([kind], count)
    return family


def queues(sockets: list[Connection]) -> Iterator[Metric]:
    """What waits: frames for slow readers, acts for their turn."""
    waiting = [len(socket.outbox.frames) for socket in sockets]
    yield gauge("ecossolies_frames_waiting", "Frames queued for all sockets.", sum(waiting))
    yield gauge(
        "ecossolies_frames_waiting_most", "Frames queued for the slowest socket.", max(waiting, default=0)
    )
    acts = sum(len(socket.acts) for socket in sockets) + sum(one.size for one in list(bursts.bursts.values()))
    yield gauge("ecossolies_acts_waiting", "Acts received and not begun.", acts)


def pool() -> Iterator[Metric]:
    """The connections to PostgreSQL of this process; nothing where there is no pool."""
    found = getattr(connection, "pool", None) if connection.vendor == "postgresql" else None
    if found is None:
        return
    stats = found.get_stats()
    for key, text in (
        ("pool_size", "Connections to the database."),
        ("pool_available", "Connections to the database that are idle."),
        ("requests_waiting", "Threads that wait for a connection to the database."),
    ):
        yield gauge(f"ecossolies_database_{key}", text, stats.get(key, 0))


@cache
def registry() -> CollectorRegistry:
    """This process's numbers; those of all WSGI workers together where they share a folder."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return together
    REGISTRY.register(Held())
    return REGISTRY


def may_read(request: HttpRequest) -> bool:
    """Whether this is a program of the listed networks that came by itself, or one that brings the token."""
    _, _, token = request.headers.get("Authorization", "").partition("Bearer ")
    if settings.METRICS_TOKEN and secrets.compare_digest(token.encode(), settings.METRICS_TOKEN.encode()):
        return True
    came_by_itself = FORWARDED_FOR not in request.META
    return came_by_itself and is_in(request.META.get("REMOTE_ADDR", ""), settings.METRICS_NETWORKS)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers, in Prometheus's text; to anybody else there is no such page."""
    if not may_read(request):
        raise Http404
    return HttpResponse(generate_latest(registry()), content_type=CONTENT_TYPE_LATEST)
