"""The REST doors of the votes: open polls, own ballots, results, and the same act under the same key."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cooperation.models import Person
from tests.votes.conftest import cast, line_of, opened
from votes.models import Ballot, Poll
from votes.services import Parent, RollLine, close_poll

Clients = dict[str, Client]


def post(client: Client, poll: Poll, key: object = None, **body: Any) -> Any:
    """Cast by the REST door."""
    headers = {"Idempotency-Key": str(key)} if key else {}
    return client.post(f"/api/polls/{poll.pk}/cast/", body, content_type="application/json", headers=headers)


def test_open_polls_of_the_caller_are_listed(
    live_poll: Poll, indicative: Poll, room_clients: Clients
) -> None:
    close_poll(poll=indicative, at=timezone.now())
    found = room_clients["bob"].get("/api/polls/?open=true").json()["results"]
    assert [poll["id"] for poll in found] == [live_poll.pk]
    assert (found[0]["electors"], found[0]["is_open"], found[0]["roll_hash"]) == (
        2,
        True,
        live_poll.roll_hash,
    )
    assert [choice["value"] for choice in found[0]["choices"]] == ["for", "against", "abstain", "blank"]
    closed = room_clients["bob"].get("/api/polls/?open=false").json()["results"]
    assert [poll["id"] for poll in closed] == [indicative.pk]


def test_polls_of_one_place_are_listed_for_who_may_follow_it(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = opened([line_of(bob)], parent=Parent(alice.actor, "Chez Alice", "/"), at=timezone.now())
    path = f"/api/polls/?parent={alice.actor}"
    assert [found["id"] for found in room_clients["alice"].get(path).json()["results"]] == [poll.pk]
    assert room_clients["charlie"].get(path).json()["results"] == []


def test_a_ballot_is_cast_and_read_back(live_poll: Poll, room_clients: Clients) -> None:
    key = uuid4()
    answer = post(room_clients["bob"], live_poll, key, choices=["for"]).json()
    assert (answer["number"], answer["poll"]) == (1, live_poll.pk)
    assert post(room_clients["bob"], live_poll, key, choices=["for"]).json() == answer
    (line,) = room_clients["bob"].get(f"/api/polls/{live_poll.pk}/ballot/").json()
    assert (line["label"], line["ballot"]["choices"], line["ballot"]["key"]) == ("Bob", ["for"], str(key))
    assert room_clients["alice"].get(f"/api/polls/{live_poll.pk}/ballot/").json()[0]["ballot"] is None


def test_the_order_in_which_options_are_named_does_not_make_another_ballot(
    indicative: Poll, room_clients: Clients
) -> None:
    key = uuid4()
    first = post(room_clients["bob"], indicative, key, choices=["1", "2"])
    assert post(room_clients["bob"], indicative, key, choices=["2", "1"]).json() == first.json()


@pytest.mark.parametrize(
    ("body", "code", "status"),
    [
        ({"choices": ["maybe"]}, "unknown_choice", 409),
        ({"choices": []}, "choice_missing", 409),
        ({"choices": "for"}, "invalid", 422),
        ({"choices": ["x" * 1_001]}, "invalid", 422),
        ({"choices": ["for"], "elector": 10**9}, "not_an_elector", 409),
    ],
)
def test_a_ballot_is_refused_by_name(
    live_poll: Poll, room_clients: Clients, body: dict[str, Any], code: str, status: int
) -> None:
    answer = post(room_clients["bob"], live_poll, uuid4(), **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Ballot.objects.exists()


def test_a_ballot_without_a_key_is_refused(live_poll: Poll, room_clients: Clients) -> None:
    assert post(room_clients["bob"], live_poll, choices=["for"]).json()["code"] == "key_missing"


def test_a_second_ballot_and_a_late_one_are_refused(live_poll: Poll, room_clients: Clients) -> None:
    post(room_clients["bob"], live_poll, uuid4(), choices=["for"])
    assert post(room_clients["bob"], live_poll, uuid4(), choices=["for"]).json()["code"] == "already_voted"
    close_poll(poll=live_poll, at=timezone.now())
    assert post(room_clients["alice"], live_poll, uuid4(), choices=["for"]).json()["code"] == "poll_closed"


def test_another_person_s_key_is_refused(live_poll: Poll, room_clients: Clients) -> None:
    key = uuid4()
    post(room_clients["bob"], live_poll, key, choices=["for"])
    answer = post(room_clients["alice"], live_poll, key, choices=["for"])
    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")


def test_a_key_with_another_content_is_refused(live_poll: Poll, room_clients: Clients) -> None:
    key = uuid4()
    post(room_clients["bob"], live_poll, key, choices=["for"])
    assert post(room_clients["bob"], live_poll, key, choices=["against"]).json()["code"] == "key_reused"


def test_the_hat_says_for_which_line(bob: Person, room_clients: Clients) -> None:
    poll = opened([line_of(bob), RollLine("Une autre", titular_id=bob.pk)], at=timezone.now())
    assert post(room_clients["bob"], poll, uuid4(), choices=["for"]).json()["code"] == "which_hat"
    hat = bob.memberships.get().pk
    body = {"choices": ["for"], "for": hat}
    assert post(room_clients["bob"], poll, uuid4(), **body).status_code == 200
    assert Ballot.objects.get().elector.membership_id == hat
    assert (
        post(room_clients["bob"], poll, uuid4(), **{**body, "for": 10**9}).json()["code"] == "not_an_elector"
    )


def test_who_may_see_a_poll_and_is_not_on_its_roll_is_told_so(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = opened([line_of(bob)], parent=Parent(alice.actor, "Chez Alice", "/"), at=timezone.now())
    assert post(room_clients["alice"], poll, uuid4(), choices=["for"]).json()["code"] == "not_on_roll"
    assert "pas sur la liste électorale" in room_clients["alice"].get(f"/votes/{poll.pk}/").content.decode()


def test_a_result_is_refused_by_name_until_it_may_be_read(
    live_poll: Poll, alice: Person, room_clients: Clients
) -> None:
    path = f"/api/polls/{live_poll.pk}/result/"
    assert room_clients["alice"].get(path).json()["code"] == "poll_still_open"
    Poll.objects.update(shows="declaration")
    cast(live_poll, alice, "for", at=timezone.now())
    close_poll(poll=live_poll, at=timezone.now())
    answer = room_clients["alice"].get(path)
    assert (answer.status_code, answer.json()["code"]) == (409, "result_not_yet")
    Poll.objects.update(shows="close")
    found = room_clients["alice"].get(path).json()
    assert (found["outcome"]["adopted"], found["outcome"]["for"]) == (True, "1")
    assert found["sentences"][-1].endswith("la résolution est adoptée.")


@pytest.mark.parametrize("path", ["", "ballot/", "result/"])
def test_a_stranger_reads_nothing_of_a_poll(live_poll: Poll, room_clients: Clients, path: str) -> None:
    page = f"/api/polls/{live_poll.pk}/{path}"
    answer = room_clients["charlie"].get(page)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert room_clients["nobody"].get(page).status_code == 401


def test_a_stranger_casts_nothing_by_the_api(live_poll: Poll, room_clients: Clients) -> None:
    answer = post(room_clients["charlie"], live_poll, uuid4(), choices=["for"])
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert post(room_clients["nobody"], live_poll, uuid4(), choices=["for"]).status_code in (401, 403)
    assert room_clients["charlie"].get("/api/polls/").json()["results"] == []


def test_ten_or_two_hundred_polls_are_listed_in_as_many_queries(alice: Person, room_clients: Clients) -> None:
    counts = []
    for size in (10, 190):
        for place in range(size):
            opened(
                [RollLine("Alice", titular_id=alice.pk)],
                method="approval",
                options=[("Un", ""), ("Deux", "")],
                question=f"Vote {place}",
                at=timezone.now() - timedelta(minutes=5),
            )
        with CaptureQueriesContext(connection) as found:
            assert len(room_clients["alice"].get("/api/polls/?limit=200").json()["results"]) == min(
                10 + (size > 10) * 190, 200
            )
        counts.append(len(found))
    assert counts[0] == counts[1]
