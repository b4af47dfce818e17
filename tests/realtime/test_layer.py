"""The channel layer on Redis: a storm takes as many connections as it needs, and whoever hears nothing goes on listening."""

import asyncio
import gc
from collections.abc import AsyncIterator
from typing import Any

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer
from redis import Redis

from realtime.ear import Ear
from realtime.layer import new_layer
from tests.realtime.process import RedisProcess

pytestmark = pytest.mark.stack

STORM = 150  # redis-py's own limit is 100 connections


def on(layers: Any, redis: RedisProcess) -> Any:
    """The layer as the settings make it, on a Redis of one's own."""
    here = layers["default"]
    return {"default": {**here, "CONFIG": {**here["CONFIG"], "hosts": [redis.url]}}}


@pytest.fixture
async def layer(own_layer: None) -> AsyncIterator[RedisPubSubChannelLayer]:
    """A layer as the settings make it."""
    one = new_layer()
    assert isinstance(one, RedisPubSubChannelLayer)
    yield one
    await one.flush()


async def test_a_storm_of_consumers_is_heard_by_each(layer: RedisPubSubChannelLayer) -> None:
    names = [await layer.new_channel(f"storm-{number}") for number in range(STORM)]
    consumers = [asyncio.create_task(layer.receive(name)) for name in names]
    async with asyncio.timeout(10):
        for name in names:
            await layer.send(name, {"type": "told", "to": name})
        assert [message["to"] for message in await asyncio.gather(*consumers)] == names


async def test_what_nobody_follows_any_more_is_listened_to_no_more(
    redis: RedisProcess, settings: Any
) -> None:
    settings.CHANNEL_LAYERS = on(settings.CHANNEL_LAYERS, redis)
    followed, heard = {"wall.1", "wall.2"}, asyncio.Event()
    ear = Ear(print, lambda: followed, heard.set, print)
    hearing = asyncio.create_task(ear.run())
    with Redis.from_url(redis.url) as store:

        async def listened(count: int) -> None:
            async with asyncio.timeout(10):
                while len(store.pubsub_channels("*wall*")) != count:
                    await asyncio.sleep(0.05)

        await asyncio.wait_for(heard.wait(), 10)
        await listened(2)
        followed.remove("wall.1")
        await listened(1)
        followed.add("wall.1")
        await ear.listen_to("wall.1")
        await listened(2)
    hearing.cancel()
    await asyncio.wait([hearing])


@pytest.mark.long
async def test_a_consumer_that_hears_nothing_lives_longer_than_five_seconds(
    layer: RedisPubSubChannelLayer,
) -> None:
    """Five seconds is how long redis-py waits by itself for an answer."""
    consumer = asyncio.create_task(layer.receive("idle"))
    assert not (await asyncio.wait([consumer], timeout=6))[0]
    await layer.send("idle", {"type": "told"})
    async with asyncio.timeout(2):
        assert await consumer == {"type": "told"}


async def test_whoever_leaves_as_they_come_leaves_no_error_behind(redis: RedisProcess, settings: Any) -> None:
    settings.CHANNEL_LAYERS = on(settings.CHANNEL_LAYERS, redis)
    ear = Ear(print, lambda: ["wall.1"], print, print)
    with redis.frozen():
        hearing = asyncio.create_task(ear.run())
        await asyncio.wait([hearing], timeout=0.1)  # it is subscribing, and gets no answer
        hearing.cancel()
        await asyncio.wait([hearing])
    gc.collect()  # asyncio complains of an error nobody looked at once it is forgotten
