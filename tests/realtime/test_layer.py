"""The channel layer on Redis: a storm takes as many connections as it needs, and whoever hears nothing goes on listening."""

import asyncio
import gc
from collections.abc import AsyncIterator
from typing import Any

import pytest
from channels_redis.core import RedisChannelLayer

from realtime.ear import Ear
from realtime.layer import new_layer
from tests.realtime.process import RedisProcess

pytestmark = pytest.mark.stack

STORM = 150  # redis-py's own limit is 100 connections


@pytest.fixture
async def layer(own_layer: None) -> AsyncIterator[RedisChannelLayer]:
    """A layer as the settings make it."""
    one = new_layer()
    assert isinstance(one, RedisChannelLayer)
    yield one
    await one.close_pools()


async def test_a_storm_of_consumers_has_a_connection_for_each(layer: RedisChannelLayer) -> None:
    names = [f"storm-{number}" for number in range(STORM)]
    consumers = [asyncio.create_task(layer.receive(name)) for name in names]
    async with asyncio.timeout(10):
        while (await layer.connection(0).info("clients"))["blocked_clients"] < STORM:
            assert not any(consumer.done() for consumer in consumers), "nobody is refused"
        for name in names:
            await layer.send(name, {"type": "told", "to": name})
        assert [message["to"] for message in await asyncio.gather(*consumers)] == names


@pytest.mark.long
async def test_a_consumer_that_hears_nothing_lives_longer_than_five_seconds(layer: RedisChannelLayer) -> None:
    """Five seconds is how long redis-py waits by itself for an answer."""
    consumer = asyncio.create_task(layer.receive("idle"))
    assert not (await asyncio.wait([consumer], timeout=6))[0]
    await layer.send("idle", {"type": "told"})
    async with asyncio.timeout(2):
        assert await consumer == {"type": "told"}


async def test_whoever_leaves_as_they_come_leaves_no_error_behind(redis: RedisProcess, settings: Any) -> None:
    here = settings.CHANNEL_LAYERS["default"]
    hosts = [{**here["CONFIG"]["hosts"][0], "address": redis.url}]
    settings.CHANNEL_LAYERS = {"default": {**here, "CONFIG": {**here["CONFIG"], "hosts": hosts}}}
    ear = Ear(print, lambda: ["wall.1"], print, print)
    with redis.frozen():
        hearing = asyncio.create_task(ear.run())
        while ear.layer is None:
            await asyncio.sleep(0)
        await asyncio.wait([hearing], timeout=0.1)  # it is joining, and gets no answer
        hearing.cancel()
        await asyncio.wait([hearing])
    gc.collect()  # asyncio complains of an error nobody looked at once it is forgotten
