"""The topics people can follow: noun → who may, what is told, the latest value. The `urls.py` of the websocket."""

from realtime.topics import LiveTopic

TOPICS: dict[str, LiveTopic] = {}
