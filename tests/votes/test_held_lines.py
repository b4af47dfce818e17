"""A proxy on the roll: sealed with its line, one ballot for the mandate, whoever casts it first."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from cooperation.models import LegalEntity, Person
from realtime.refused import Refused
from tests.votes.conftest import AT, cast, crowd, line_of, opened
from tests.votes.proofs import exported, vote
from tests.votes.recounting import recounted
from tests.votes.test_proofs import why
from votes.entries import PROXY, SEALED, commitment
from votes.models import Elector, Poll
from votes.rules import roll_hash
from votes.services import cast_ballot
from votes.services.chaining import sealed_fields

SOON = AT + timedelta(minutes=1)


@pytest.fixture
def held(alice: Person, bob: Person, charlie: Person) -> Poll:
    """Bob is away: Alice holds his proxy, and votes for herself too."""
    return opened([line_of(alice), line_of(bob, holder_id=alice.pk)])


def line(poll: Poll, titular: Person) -> Elector:
    return Elector.objects.get(poll=poll, titular=titular)


def test_whoever_holds_a_proxy_casts_one_ballot_per_mandate(held: Poll, alice: Person, bob: Person) -> None:
    for titular, said in ((alice, "for"), (bob, "against")):
        ballot = cast_ballot(
            elector=line(held, titular), person=alice, choices=[said], key=key(titular), at=SOON
        )
        assert (ballot.cast_by, ballot.elector.titular) == (alice, titular)
    assert held.ballots.count() == 2


def key(person: Person) -> UUID:
    return UUID(int=person.pk)


def test_the_giver_and_the_holder_are_one_mandate(held: Poll, alice: Person, bob: Person) -> None:
    cast(held, bob, "for")
    with pytest.raises(Refused, match="already_voted"):
        cast_ballot(elector=line(held, bob), person=alice, choices=["against"], key=key(alice), at=SOON)


def test_a_stranger_casts_nothing_for_who_gave_a_proxy(held: Poll, bob: Person, charlie: Person) -> None:
    with pytest.raises(Refused, match="not_an_elector"):
        cast_ballot(elector=line(held, bob), person=charlie, choices=["for"], key=key(bob), at=SOON)


def test_the_holder_is_sealed_and_a_line_without_one_is_written_as_before(
    held: Poll, alice: Person, bob: Person
) -> None:
    assert set(sealed_fields(line(held, alice))) == set(SEALED)
    given = sealed_fields(line(held, bob))
    assert given[PROXY] == alice.pk
    assert commitment(given, "sel") != commitment({**given, PROXY: bob.pk}, "sel")
    assert roll_hash([sealed_fields(each) for each in held.electors.all()]) == held.roll_hash


def test_nobody_holds_the_proxy_of_their_own_mandate(alice: Person, bob: Person) -> None:
    with pytest.raises(Refused, match="elector_twice"):
        opened([line_of(alice, holder_id=alice.pk)])


def test_the_export_of_a_poll_with_proxies_verifies_and_recounts(
    entity: LegalEntity, alice: Person, tmp_path: Path
) -> None:
    roll = crowd(entity, 3)
    poll = opened([line_of(alice), *(replace(each, holder_id=alice.pk) for each in roll)])
    vote(poll, [["for"], ["for"], ["against"]], random.Random(3))
    export = exported(poll)
    assert why(export) == ""
    assert (recounted(tmp_path, export).returncode, recounted(tmp_path, export).stderr) == (0, "")
    for each in export["roll"]["lines"]:
        if PROXY in each:
            each[PROXY] = 0
    assert "ligne" in why(export)
