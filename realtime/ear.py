"""The hub's ear on the channel layer: one channel per process, subscribed again whenever it goes deaf."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from uuid import uuid4

from channels.layers import BaseChannelLayer

from realtime.layer import PROCESS, group_of, new_layer

logger = logging.getLogger(__name__)

PROBE_SECONDS = 1.0  # a message to oneself, to hear that one hears
DEAF_SECONDS = 2.5
RETRY_SECONDS = 0.5


class Ear:
    """Hears hints in the groups it was asked to hear. Deaf, it retries for ever and tells nobody off.

    `told(topic, seq)` is called for each hint of another process, `present(topic, process, people)` when one says whom
    it serves; `recovered()` after each subscription, since hints may have been lost before.
    """

    def __init__(
        self,
        told: Callable[[str, int | None], None],
        groups: Callable[[], Iterable[str]],
        recovered: Callable[[], None],
        present: Callable[[str, str, list[int]], None],
    ) -> None:
        self.told, self.groups, self.recovered, self.present = told, groups, recovered, present
        self.layer: BaseChannelLayer | None = None
        self.channel = ""
        self.joined: set[str] = set()
        self.heard_at = 0.0
        self.is_well = True
        self.probe_group = f"probe.{uuid4().hex}"

    async def run(self) -> None:
        """Hear until cancelled; returns at once when there is no other process to hear."""
        while (layer := new_layer()) is not None:
            try:
                await self.hear(layer)
            except Exception as error:
                if self.is_well:
                    logger.warning("The channel layer is away, the log stands in: %r", error)
                self.is_well = False
            finally:
                self.layer = None
                with suppress(Exception):
                    await asyncio.wait_for(layer.flush(), DEAF_SECONDS)
            await asyncio.sleep(RETRY_SECONDS)

    async def hear(self, layer: BaseChannelLayer) -> None:
        """Subscribe, then receive; fails as soon as a message to oneself is not heard any more."""
        async with asyncio.timeout(DEAF_SECONDS):
            self.channel, self.joined = await layer.new_channel("hub"), set()  # type: ignore[call-arg]
        self.layer = layer  # before joining: what is followed meanwhile joins by itself
        await self.join_all(layer)
        self.heard_at = time.monotonic()
        self.is_well = True
        self.recovered()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.receive(layer))
            tasks.create_task(self.probe(layer))

    async def receive(self, layer: BaseChannelLayer) -> None:
        """Take messages as they come."""
        while True:
            message = await layer.receive(self.channel)
            self.heard_at = time.monotonic()
            if message.get("by") == PROCESS:
                continue
            if message.get("type") == "hints":
                for topic, seq in message["hints"]:
                    self.told(topic, seq)
            elif message.get("type") == "present":
                self.present(message["topic"], message["by"], message["people"])

    async def probe(self, layer: BaseChannelLayer) -> None:
        """Send oneself a message each second, and leave the groups nobody here asks for any more."""
        while True:
            await asyncio.wait_for(layer.group_send(self.probe_group, {"type": "probe"}), DEAF_SECONDS)
            await asyncio.sleep(PROBE_SECONDS)
            if time.monotonic() - self.heard_at > DEAF_SECONDS:
                raise ConnectionError("a message to oneself did not arrive")
            await self.join_all(layer)
            await self.leave_others(layer)

    async def join_all(self, layer: BaseChannelLayer) -> None:
        """Join the groups of all that is followed here, and one's own."""
        await self.join(layer, {self.probe_group, *self.groups()})

    async def leave_others(self, layer: BaseChannelLayer) -> None:
        """Leave the groups of what nobody follows here any more."""
        for group in self.joined - {self.probe_group, *self.groups()}:
            if group not in self.groups():  # it may be followed again by now
                self.joined.discard(group)
                async with asyncio.timeout(DEAF_SECONDS):
                    await layer.group_discard(group, self.channel)

    async def join(self, layer: BaseChannelLayer, groups: Iterable[str]) -> None:
        """Join the groups not joined yet; fails when the layer does not take one of them in time."""
        for group in groups:
            if group not in self.joined:
                async with asyncio.timeout(DEAF_SECONDS):
                    await layer.group_add(group, self.channel)
                self.joined.add(group)

    async def say_present(self, topic: str, people: Iterable[int]) -> None:
        """Say whom this process serves; lost, it is said again in a few seconds."""
        if self.layer is not None:
            message = {"type": "present", "topic": topic, "people": list(people), "by": PROCESS}
            with suppress(Exception):
                await asyncio.wait_for(self.layer.group_send(group_of(topic), message), RETRY_SECONDS)

    async def listen_to(self, group: str) -> None:
        """Join a topic's group before its log is read: what falls between all the same, the pulse finds.

        Never waits for long.
        """
        if self.layer is not None and group not in self.joined:
            with suppress(Exception):
                await asyncio.wait_for(self.join(self.layer, [group]), RETRY_SECONDS)
