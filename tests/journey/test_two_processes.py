"""Two server processes and the real rooms: what one is told the other tells, and a ballot survives a killed server."""

import json
import signal
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from cooperation.models import LegalEntity, Person
from realtime.models import Act
from realtime.publish import last_seq
from tests.journey.scene import Scene, build, vote_open
from tests.realtime.phone import Frame, Phone
from tests.realtime.phones import Open
from tests.realtime.process import RedisProcess, ServerProcess
from votes.models import Ballot, Poll
from workshops.models import Proposal

pytestmark = pytest.mark.stack

WORDS = "Il faudrait un atelier de bois ouvert le soir"


@pytest.fixture
def servers(transactional_db: None, redis: RedisProcess) -> Iterator[list[ServerProcess]]:
    """Two of them, as in production."""
    two = [ServerProcess(redis_url=redis.url, settings="config.settings") for _ in range(2)]
    yield [server.ready() for server in two]
    for server in two:
        server.end(signal.SIGKILL)


@pytest.fixture
def hall(
    servers: list[ServerProcess],
    entity: LegalEntity,
    alice: Person,
    bob: Person,
    nina: Person,
    charlie: Person,
) -> Scene:
    """A room that takes proposals."""
    return build(entity, alice, bob, nina, charlie)


def followed(phone: Phone, topic: str) -> Phone:
    """Follow a topic as its page does, from its present number."""
    phone.follow(topic, last_seq(topic), **{"as": "html"})
    phone.until(lambda frame: frame.get("topic") == topic and "upto" in frame)
    return phone


def told(phone: Phone, topic: str, kind: str, timeout: float) -> Frame:
    """The event of this kind, when it is told."""

    def wanted(frame: Frame) -> bool:
        return frame.get("topic") == topic and any(one["type"] == kind for one in frame.get("events", []))

    frame = phone.until(wanted, timeout)
    found: Frame = next(one for one in frame["events"] if one["type"] == kind)
    return found


def test_a_proposal_made_on_one_is_on_the_pages_of_the_other(hall: Scene, phone_at: Open) -> None:
    author, reader = phone_at(0, hall.bob), followed(phone_at(1, hall.nina), hall.room.topic)
    key = author.do("proposal.submit", workshop=hall.room.pk, title=WORDS)
    event = told(reader, hall.room.topic, "proposal.submitted", timeout=3)
    assert WORDS in event["html"]
    assert author.answer(key)["data"]["proposal"] == Proposal.objects.get().pk


def test_with_the_layer_blocked_it_still_arrives_within_six_seconds(
    hall: Scene, phone_at: Open, redis: RedisProcess
) -> None:
    author, reader = phone_at(0, hall.bob), followed(phone_at(1, hall.nina), hall.room.topic)
    with redis.frozen():
        sent = time.monotonic()
        key = author.do("proposal.submit", workshop=hall.room.pk, title=WORDS)
        assert author.answer(key, timeout=3)["done"] == key
        assert WORDS in told(reader, hall.room.topic, "proposal.submitted", timeout=6)["html"]
        assert time.monotonic() - sent < 6


def test_every_page_of_the_other_process_is_called_to_vote(hall: Scene, phone_at: Open) -> None:
    waiting = followed(phone_at(1, hall.nina), f"person:{hall.nina.pk}")
    poll = vote_open(hall)
    event = told(waiting, f"person:{hall.nina.pk}", "poll.opened", timeout=6)
    assert poll.get_absolute_url() in event["html"]


def cast(phone: Phone, poll: Poll, key: str) -> str:
    """A ballot over the socket, under this key."""
    return phone.do("ballot.cast", key, poll=poll.pk, choices=["for"])


def test_a_ballot_answered_just_before_kill_9_is_there_once_whoever_is_asked_again(
    hall: Scene, phone_at: Open, servers: list[ServerProcess]
) -> None:
    poll, key = vote_open(hall), str(uuid4())
    first = phone_at(0, hall.bob)
    answer = first.answer(cast(first, poll, key))
    servers[0].end(signal.SIGKILL)
    again = phone_at(1, hall.bob)
    assert again.answer(cast(again, poll, key)) == answer
    assert (Ballot.objects.count(), Act.objects.filter(key=key).count()) == (1, 1)


def test_a_ballot_on_its_way_at_kill_9_is_counted_once_when_sent_again(
    hall: Scene, phone_at: Open, servers: list[ServerProcess]
) -> None:
    poll, key = vote_open(hall), str(uuid4())
    cast(phone_at(0, hall.bob), poll, key)
    servers[0].end(signal.SIGKILL)
    again = phone_at(1, hall.bob)
    answer = again.answer(cast(again, poll, key))
    assert answer["data"]["number"] == 1
    assert Ballot.objects.get().key.hex == key.replace("-", "")


def test_the_plain_form_gives_the_answer_the_killed_server_gave(
    hall: Scene, phone_at: Open, servers: list[ServerProcess], client: Client
) -> None:
    poll, key = vote_open(hall), str(uuid4())
    phone = phone_at(0, hall.bob)
    answer = phone.answer(phone.do("ballot.cast", key, poll=str(poll.pk), choices="for"))
    servers[0].end(signal.SIGKILL)
    client.force_login(hall.bob)
    form = {"key": key, "poll": poll.pk, "choices": "for"}
    replayed = client.post(f"{poll.get_absolute_url()}voter/", form, headers={"Accept": "application/json"})
    assert json.loads(replayed.content) == answer
    assert Ballot.objects.count() == 1
