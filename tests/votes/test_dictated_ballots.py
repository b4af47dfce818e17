"""A secret ballot that says much can be signed with what it says: its voter reads so, and of a short one nothing."""

from typing import Any

import pytest
from django.test import Client

from cooperation.models import Person
from tests.votes.conftest import line_of
from tests.votes.secret_scene import opened_secret

WARNED = "peut servir de signature"
OPTIONS = [(f"Projet {number}", "") for number in range(1, 6)]


def page_of(person: Person, other: Person, **fields: Any) -> str:
    """The ballot of a secret vote, as this person reads it."""
    poll = opened_secret([line_of(person), line_of(other)], **fields)
    client = Client()
    client.force_login(person)
    return client.get(f"/votes/{poll.pk}/").content.decode()


@pytest.mark.parametrize("method", ["schulze", "majority_judgment"])
def test_who_ranks_or_grades_in_secret_is_told_that_a_pattern_may_be_dictated(
    method: str, alice: Person, bob: Person
) -> None:
    assert WARNED in page_of(alice, bob, method=method, options=OPTIONS)


def test_a_vote_for_or_against_leaves_no_room_for_a_pattern(alice: Person, bob: Person) -> None:
    assert WARNED not in page_of(alice, bob)


def test_the_page_on_privacy_tells_everybody(db: None) -> None:
    assert WARNED in Client().get("/confidentialite/").content.decode()
