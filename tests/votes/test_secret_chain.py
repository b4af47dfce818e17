"""The chain of a secret poll: opened, amended, closed on its lists; nothing in it is of a ballot, an order or an hour of voting."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from realtime.refused import Refused
from tests.votes.conftest import crowd, line_of
from tests.votes.proofs import why
from tests.votes.secret_scene import cast_all, count, opened_secret, send_secret
from tests.votes.test_chaining import kinds
from tests.votes.test_result_pages import text_of
from votes.cards import latest
from votes.entries import digest, in_groups, instant
from votes.export import export_of
from votes.models import Elector, Entry, Poll, SecretBallot
from votes.published import published_lists
from votes.services import close_poll, count_poll

Clients = dict[str, Client]
CLOSED_ON = {"closed_at", "salt", "ballots", "lists", "voted", "engine", "outcome", "derivation"}


@pytest.fixture
def secret(entity: LegalEntity, bob: Person) -> Poll:
    """A secret resolution of seven members; Bob is one."""
    return opened_secret([*crowd(entity, 6), line_of(bob)])


def test_a_secret_chain_goes_from_the_opening_to_the_lists_whatever_the_number_of_ballots(
    secret: Poll,
) -> None:
    before = list(secret.chain.values())
    cast_all(secret, "ffasb")
    assert list(secret.chain.values()) == before
    secret.refresh_from_db()
    assert (secret.head, secret.steps, secret.entries_written) == (before[0]["head"], 1, 0)
    count(secret)
    assert kinds(secret) == ["opening", "result"]
    assert not Entry.objects.filter(poll=secret).exists()


def test_the_last_step_holds_the_lists_the_marks_and_the_count_and_nothing_else(secret: Poll) -> None:
    cast_all(secret, "ffasb")
    result = count(secret)
    content, lists = secret.chain.get(kind="result").content, published_lists(secret)
    assert content.keys() == CLOSED_ON
    assert content["ballots"] == 5
    assert content["lists"] == {"codes": digest(lists["codes"]), "ballots": digest(lists["ballots"])}
    assert content["voted"] == digest([True] * 5 + [False] * 2)
    assert content["outcome"] == digest(result.outcome)


def test_the_lists_are_sealed_in_an_order_that_is_not_that_of_the_voting(entity: LegalEntity) -> None:
    sealed = []
    for start, order in ((100, 1), (200, -1)):
        poll = opened_secret(crowd(entity, 8, start=start))
        lines = list(poll.electors.select_related("titular").order_by("number"))[::order]
        for line, said in zip(lines, ["for", "against", "abstain", "for", "for"], strict=False):
            assert line.titular is not None
            send_secret(poll, line.titular, said)
        count(poll)
        sealed.append(poll.chain.get(kind="result").content["lists"]["ballots"])
        lists = published_lists(poll)
        assert lists["codes"] == sorted(lists["codes"])
    assert sealed[0] == sealed[1]


def test_no_step_holds_a_code_a_person_or_the_hour_of_a_vote(secret: Poll, bob: Person) -> None:
    cast_all(secret, "ffasbfa")
    count(secret)
    written = json.dumps(list(secret.chain.values("content", "head", "signature")))
    told = {instant(line.has_voted_at) for line in Elector.objects.filter(poll=secret) if line.has_voted_at}
    names = {line.label for line in Elector.objects.filter(poll=secret)}
    assert len(told) == 7
    for word in {*published_lists(secret)["codes"], *told, *names}:
        assert word not in written


def test_a_server_without_the_key_takes_no_ballot_whose_result_it_could_not_sign(
    bob: Person, settings: Any, tmp_path: Path
) -> None:
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", str(tmp_path / "signing_key")
    poll = opened_secret([line_of(bob)])
    Path(settings.SIGNING_KEY_FILE).unlink()
    with pytest.raises(Refused, match="signing_key_missing"):
        send_secret(poll, bob)
    assert not SecretBallot.objects.exists()
    assert not Elector.objects.get(poll=poll).has_voted


def test_a_ballot_received_while_an_officer_was_closing_is_in_the_lists_and_verified(
    secret: Poll, bob: Person
) -> None:
    at = timezone.now()
    close_poll(poll=secret, at=at + timedelta(seconds=30))
    send_secret(secret, bob)
    result = count_poll(poll=secret, at=at + timedelta(minutes=1))
    found = export_of(Poll.objects.get(pk=secret.pk), result)
    assert len(found["secret"]["codes"]) == 1
    assert why(json.loads(json.dumps(found))) == ""


def test_the_heads_of_a_secret_poll_are_read_where_those_of_a_named_one_are(
    secret: Poll, bob: Person, room_clients: Clients
) -> None:
    head = secret.head
    told = room_clients["bob"].get(f"/api/polls/{secret.pk}/heads/").json()
    assert (told["head"], told["key"], told["steps"]) == (head, secret.key_fingerprint, 1)
    assert latest(secret, timezone.now())["head"] == head
    page = text_of(room_clients["bob"], f"/votes/{secret.pk}/chaine/")
    assert "Un vote secret n’inscrit aucun bulletin dans sa chaîne." in page
    assert "Inscriptions" not in page
    for path in (f"/votes/{secret.pk}/chaine/", f"/api/polls/{secret.pk}/heads/"):
        assert room_clients["charlie"].get(path).status_code == 404
    send_secret(secret, bob)
    line = secret.electors.get(titular=bob)
    receipt = text_of(room_clients["bob"], f"/votes/{secret.pk}/recu-secret/{line.pk}/")
    count(secret)
    secret.refresh_from_db()
    shown = text_of(room_clients["bob"], f"/votes/{secret.pk}/resultat/")
    for words, where in ((head, receipt), (secret.head, shown)):
        assert in_groups(words) in where
        assert in_groups(secret.key_fingerprint) in where
    assert secret.head != head
    assert shown.count("Télécharger ce vote") == 1
