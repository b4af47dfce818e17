"""The topics people can follow: noun → who may, what is told, the latest value. The `urls.py` of the websocket."""

import assemblies.live
import decisions.live
import votes.live
import workshops.live
from config.person_topic import person
from realtime.topics import LiveTopic

TOPICS: dict[str, LiveTopic] = {
    "person": person,
    "board": decisions.live.topic,
    "poll": votes.live.poll,
    "tellers": votes.live.tellers,
    "workshop": workshops.live.workshop,
    "facilitation": workshops.live.facilitation,
    "assembly": assemblies.live.assembly,
    "desk": assemblies.live.desk,
}
