"""Hints that a topic has news: straight to the hub of this process, through the channel layer to the others.

The layer is only a hint: whatever is lost here, the hub finds in the log within seconds.
"""

import asyncio
import logging
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol
from uuid import uuid4

from channels import DEFAULT_CHANNEL_LAYER
from channels.layers import BaseChannelLayer, InMemoryChannelLayer, channel_layers

from realtime.topics import answers_for_many, find_topic

logger = logging.getLogger(__name__)
PROCESS = uuid4().hex
SEND_SECONDS = 2.0
HINTS_AT_ONCE = 500  # in one message: some 15 KB

Hint = tuple[str, int | None]


class Listener(Protocol):
    """A hub: one per event loop."""

    loop: asyncio.AbstractEventLoop

    def told(self, topic: str, seq: int | None) -> None:
        """Called on the hub's loop: the topic has this number now, or (None) another latest value."""


listeners: set[Listener] = set()


def group_of(topic: str) -> str:
    """The channel-layer group of a topic; group names forbid the colon.

    Topics of a noun that answers for many share one: a hall follows a thousand of them, and who hears a hint about a
    topic that nobody follows here drops it.
    """
    found = find_topic(topic)
    return topic.partition(":")[0] if found and answers_for_many(found[0]) else topic.replace(":", ".")


def new_layer() -> BaseChannelLayer | None:
    """A layer of one's own that reaches other processes; None when there are none to reach."""
    if DEFAULT_CHANNEL_LAYER not in channel_layers:
        return None
    layer: BaseChannelLayer = channel_layers.make_backend(DEFAULT_CHANNEL_LAYER)
    # The in-memory layer reaches nobody that `listeners` does not, and its queues belong to one loop.
    return None if isinstance(layer, InMemoryChannelLayer) else layer


def hint(hints: Sequence[Hint]) -> None:
    """Tell every hub, from any thread, without ever waiting: an act does not depend on the layer."""
    for listener in list(listeners):
        for topic, seq in hints:
            try:
                listener.loop.call_soon_threadsafe(listener.told, topic, seq)
            except RuntimeError:
                listeners.discard(listener)  # its loop is closed
    carrier = herald()
    if carrier:
        carrier.tell(hints)


class Herald:
    """Carries hints to the other processes, on a thread and a loop of its own, several of a topic as one."""

    def __init__(self, layer: BaseChannelLayer) -> None:
        self.layer = layer
        self.pending: dict[tuple[str, bool], int | None] = {}
        self.lock = threading.Lock()
        self.loop = asyncio.new_event_loop()
        self.news = asyncio.Event()
        threading.Thread(
            target=self.loop.run_until_complete, args=[self.run()], name="herald", daemon=True
        ).start()

    def tell(self, hints: Sequence[Hint]) -> None:
        """Note the hints and wake the thread."""
        with self.lock:
            self.pending.update({(topic, seq is None): seq for topic, seq in hints})
        self.loop.call_soon_threadsafe(self.news.set)

    async def run(self) -> None:
        """Send what is pending, for ever; what the layer does not take in time is dropped."""
        while True:
            await self.news.wait()
            self.news.clear()
            with self.lock:
                batch, self.pending = self.pending, {}
            try:
                for group, hints in by_group(batch).items():
                    for start in range(0, len(hints), HINTS_AT_ONCE):
                        some = hints[start : start + HINTS_AT_ONCE]
                        await asyncio.wait_for(self.send(group, some), SEND_SECONDS)
            except Exception as error:
                logger.warning("The channel layer did not take a hint; the log has it. %r", error)

    async def send(self, group: str, hints: Sequence[Hint]) -> None:
        """One message to a group, signed by this process, which knows already."""
        message = {"type": "hints", "hints": hints, "by": PROCESS}
        await self.layer.group_send(group, message)


def by_group(pending: Mapping[tuple[str, bool], int | None]) -> dict[str, list[Hint]]:
    """What each group is to be told."""
    groups = defaultdict(list)
    for (topic, _), seq in pending.items():
        groups[group_of(topic)].append((topic, seq))
    return groups


@cache
def herald() -> Herald | None:
    """The herald of this process, started at its first hint; None when there is nobody else to reach."""
    layer = new_layer()
    return Herald(layer) if layer else None
