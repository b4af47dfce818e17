"""The chain of a named poll: one signed step per act, each following from the one before, with no link to a person."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cooperation.models import LegalEntity, Person
from realtime.refused import Refused
from tests.votes.conftest import AT, cast, crowd, line_of, opened
from votes import keys
from votes.entries import START, commitment, next_head, signed_text
from votes.models import Ballot, Entry, Poll, Step
from votes.services import Cast, cast_ballots, close_poll, count_poll
from votes.services.chaining import sealed_fields

SOON = AT + timedelta(minutes=1)


@pytest.fixture
def own_keys(tmp_path: Path, settings: Any) -> Path:
    """A key file of this test alone."""
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", str(tmp_path / "keys" / "signing_key")
    return Path(settings.SIGNING_KEY_FILE)


def kinds(poll: Poll) -> list[str]:
    return list(poll.chain.values_list("kind", flat=True))


def test_a_chain_goes_from_the_opening_to_the_result(poll: Poll, alice: Person, bob: Person) -> None:
    cast(poll, alice, "for")
    cast(poll, bob, "against")
    close_poll(poll=poll, at=SOON + timedelta(minutes=1))
    count_poll(poll=poll, at=SOON + timedelta(minutes=2))
    assert kinds(poll) == ["opening", "ballots", "ballots", "result"]
    poll.refresh_from_db()
    assert (poll.steps, poll.entries_written, poll.head) == (4, 2, Step.objects.last().head)


def test_a_batch_is_one_step(entity: LegalEntity) -> None:
    poll = opened(crowd(entity, 5))
    electors = poll.electors.select_related("titular")
    cast_ballots([Cast(each, each.titular, ["for"], uuid4(), SOON) for each in electors])
    step = poll.chain.get(kind="ballots")
    assert [entry.seq for entry in step.entries.all()] == [1, 2, 3, 4, 5]
    assert step.head == next_head(
        poll.chain.get(number=0).head,
        "ballots",
        "2008-03-15T15:01:00.000000Z",
        [entry.content for entry in step.entries.all()],
    )


def test_each_head_is_signed_by_the_key_of_the_poll(poll: Poll, alice: Person) -> None:
    cast(poll, alice, "for")
    poll.refresh_from_db()
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(poll.public_key))
    for step in poll.chain.all():
        public.verify(bytes.fromhex(step.signature), signed_text(poll.pk, step.number, step.head).encode())
    with pytest.raises(InvalidSignature):
        public.verify(bytes.fromhex(step.signature), signed_text(poll.pk, 0, step.head).encode())


def test_an_entry_names_nobody_and_its_line_opens_the_commitment(poll: Poll, alice: Person) -> None:
    ballot = cast(poll, alice, "for")
    line = poll.electors.get(titular=alice)
    written = json.dumps(Entry.objects.get().content)
    assert commitment(sealed_fields(line), line.salt) == line.commitment
    assert line.commitment in written
    for told in (alice.name, str(ballot.key), line.salt):
        assert told not in written


def test_two_rolls_with_the_same_people_have_nothing_in_common(alice: Person) -> None:
    one, two = opened([line_of(alice)]), opened([line_of(alice)])
    assert one.electors.get().commitment != two.electors.get().commitment


def test_a_changed_ballot_is_a_new_entry_and_its_history_stays(indicative: Poll, alice: Person) -> None:
    cast(indicative, alice, "1", at=indicative.opened_at)
    ballot = cast(indicative, alice, "2", at=indicative.opened_at + timedelta(seconds=9))
    said = [(entry.content["choices"], entry.content["replaces"]) for entry in indicative.entries.all()]
    assert said == [(["1"], None), (["2"], 1)]
    assert {entry.ballot for entry in indicative.entries.all()} == {ballot.number}
    assert Ballot.objects.get().entry == 2


def test_the_same_key_again_writes_nothing(poll: Poll, alice: Person) -> None:
    key = uuid4()
    cast(poll, alice, "for", key=key)
    cast(poll, alice, "for", key=key)
    with pytest.raises(Refused):
        cast(poll, alice, "against")
    assert kinds(poll) == ["opening", "ballots"]


def test_a_poll_opened_before_there_were_chains_still_takes_ballots(poll: Poll, alice: Person) -> None:
    poll.chain.all().delete()
    Poll.objects.filter(pk=poll.pk).update(head="", steps=0)
    assert cast(poll, alice, "for").entry == 0
    assert not poll.chain.exists()


def test_a_poll_ends_with_the_key_that_opened_it(own_keys: Path, alice: Person, bob: Person) -> None:
    poll = opened([line_of(alice), line_of(bob)])
    before, after = keys.keys()[0], keys.rotate()
    cast(poll, alice, "for")
    assert before.public != after.public
    assert opened([line_of(alice)]).public_key == after.public
    poll.refresh_from_db()
    assert poll.public_key == before.public


def test_a_server_without_the_key_refuses_rather_than_leave_a_ballot_unsigned(
    own_keys: Path, alice: Person
) -> None:
    poll = opened([line_of(alice)])
    own_keys.unlink()
    with pytest.raises(Refused, match="signing_key_missing"), transaction.atomic():
        cast(poll, alice, "for")
    assert not Ballot.objects.exists()


def test_the_first_key_is_made_once_and_for_its_owner_only(own_keys: Path) -> None:
    first = keys.current_key()
    keys.write_first(own_keys)
    assert keys.current_key() == first
    assert own_keys.stat().st_mode & 0o777 == 0o600
    assert list(own_keys.parent.iterdir()) == [own_keys]


def test_the_keys_of_the_environment_come_first_and_are_for_its_owner_to_change(
    own_keys: Path, settings: Any
) -> None:
    settings.SIGNING_KEY = f"{keys.new_seed()} {keys.new_seed()}"
    assert len(keys.keys()) == 2
    assert not own_keys.exists()
    with pytest.raises(ImproperlyConfigured, match="SIGNING_KEY"):
        keys.rotate()


@pytest.mark.parametrize(
    "seed", ["court", "é", "AAAA", keys.new_seed()[:-4]], ids=["short", "accent", "three bytes", "cut"]
)
def test_a_malformed_key_is_refused(seed: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        keys.keys_in(seed)


moves = st.lists(st.tuples(st.integers(0, 3), st.sampled_from("12"), st.integers(0, 9)), max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves, cut=st.integers(1, 5))
def test_whatever_is_cast_every_entry_has_its_place_and_every_head_follows(
    indicative: Poll, moves: list[tuple[int, str, int]], cut: int
) -> None:
    before, head = indicative.chain.count(), START
    lines = list(indicative.electors.select_related("titular"))
    at = indicative.opened_at + timedelta(seconds=1)
    batch = [Cast(lines[who % 2], lines[who % 2].titular, [said], uuid4(), at) for who, said, _when in moves]
    for start in range(0, len(batch), cut):
        cast_ballots(batch[start : start + cut])
    indicative.refresh_from_db()
    entries = list(indicative.entries.values_list("seq", flat=True))
    assert entries == list(range(1, indicative.entries_written + 1))
    steps = list(indicative.chain.all())
    assert [step.number for step in steps] == list(range(indicative.steps))
    assert len(steps) == before + -(-len(batch) // cut)
    for step in steps:
        content = [entry.content for entry in step.entries.all()] if step.kind == "ballots" else step.content
        moment = f"{step.at:%Y-%m-%dT%H:%M:%S.%f}Z"
        head = next_head(head, step.kind, moment, content)
        assert head == step.head
