"""A rehearsal teaches the hall to vote, decides nothing, and leaves no trace."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from assemblies.models import Assembly, Officer
from assemblies.services import (
    appoint_officer,
    close_assembly,
    close_rehearsal,
    end_rehearsal,
    open_rehearsal,
    open_vote,
)
from config.commands import COMMANDS
from cooperation.models import Person
from decisions.models import Decision
from realtime.commands import Caller
from realtime.doors import perform
from realtime.refused import Refused
from tests.assemblies import scene
from votes.models import Elector, Poll, TellerEntry
from votes.services.rehearsing import erase_rehearsal

pytestmark = pytest.mark.django_db
QUESTION = "Voulez-vous une pause ?"


@pytest.fixture
def hall(association: Any, alice: Person, bob: Person) -> Assembly:
    """A session of today; Alice chairs, Bob and Dora count."""
    dora = Person.objects.create_user("dora@example.org", given_name="Dora")
    assembly = scene.held_today(association, alice, ("ordinary",))
    for person in (bob, dora):
        appoint_officer(
            by=alice, assembly=assembly, person=person, role=Officer.Role.TELLER, at=timezone.now()
        )
    scene.bring_to(assembly.resolutions.get(), alice, timezone.now())
    return assembly


def rows() -> dict[str, set[str]]:
    """Every row of every table, whole; the numbers of topics aside, which only grow."""
    tables = [model for model in apps.get_models() if model._meta.label != "realtime.Topic"]
    return {model._meta.label: set(map(written, model._base_manager.all())) for model in tables}


def written(row: Any) -> str:
    """A row as text."""
    return serializers.serialize("json", [row])


def do(command: str, by: Person, **data: Any) -> Mapping[str, Any]:
    """An act by the door all doors share, with its key."""
    return perform(COMMANDS[command], Caller(by, timezone.now()), uuid4(), data)


def rehearse(hall: Assembly, alice: Person, bob: Person) -> Poll:
    """Everything a hall may do in a rehearsal: vote online, on paper, amend the roll, close, read the result."""
    dora = Person.objects.get(given_name="Dora")
    do("rehearsal.open", alice, assembly=hall.pk, question=QUESTION)
    poll = Poll.objects.get(is_rehearsal=True)
    do("ballot.cast", bob, poll=poll.pk, choices=["for"])
    line = Elector.objects.get(poll=poll, titular=alice)
    do("ballot.enter", bob, poll=poll.pk, elector=line.pk, choices=["against"], channel="hand")
    do("roll.strike", bob, poll=poll.pk, elector=line.pk, reason="Pour essayer")
    do("entry.confirm", dora, poll=poll.pk, entries=[TellerEntry.objects.get().pk])
    do("rehearsal.close", alice, assembly=hall.pk)
    return poll


def test_a_rehearsal_leaves_no_trace_in_any_table(hall: Assembly, alice: Person, bob: Person) -> None:
    before = rows()
    poll = rehearse(hall, alice, bob)
    assert rows()["votes.Ballot"]
    do("rehearsal.erase", alice, assembly=hall.pk)
    left = {label: found - before[label] for label, found in rows().items() if found - before[label]}
    assert set(left) == {"realtime.Act", "realtime.LoggedEvent"}
    assert [len(found) for found in left.values()] == [1, 1]  # the last act, and « draw the hall again »
    told = "".join(text for found in left.values() for text in found)
    assert QUESTION not in told
    assert f'"poll": {poll.pk}' not in told
    assert {label: before[label] - found for label, found in rows().items() if before[label] - found} == {}


def test_a_rehearsal_is_voted_like_a_resolution_and_decides_nothing(
    hall: Assembly, alice: Person, bob: Person
) -> None:
    poll = rehearse(hall, alice, bob)
    assert (poll.is_binding, poll.is_formal, poll.head) == (False, True, "")
    assert not Decision.objects.exists()
    assert not hasattr(poll, "resolution")
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(is_binding=True)


@pytest.mark.parametrize("page", ["", "liste/", "resultat/"])
def test_every_page_says_that_it_is_an_exercise(
    hall: Assembly, alice: Person, bob: Person, page: str
) -> None:
    poll = open_rehearsal(by=alice, assembly=hall, question=QUESTION, at=timezone.now())
    client = Client()
    client.force_login(bob)
    html = client.get(f"/votes/{poll.pk}/{page}").content.decode()
    assert "Vote d’essai" in html
    assert "Vote qui engage" not in html
    for address in (hall.get_absolute_url(), f"{hall.get_absolute_url()}projecteur/", "/votes/"):
        assert "Vote d’essai" in client.get(address).content.decode(), address


def test_the_result_of_a_rehearsal_adopts_nothing_in_words(
    hall: Assembly, alice: Person, bob: Person
) -> None:
    poll = rehearse(hall, alice, bob)
    client = Client()
    client.force_login(bob)
    html = client.get(f"/votes/{poll.pk}/resultat/").content.decode()
    assert "Vote d’essai" in html
    assert 'class="verdict verdict--adoptee"' not in html
    assert "Adoptée</p>" not in html


def test_nothing_is_decided_beside_a_rehearsal(hall: Assembly, alice: Person) -> None:
    open_rehearsal(by=alice, assembly=hall, question=QUESTION, at=timezone.now())
    resolution = hall.resolutions.get()
    for act in (
        lambda: open_vote(by=alice, resolution=resolution, at=timezone.now()),
        lambda: close_assembly(by=alice, assembly=hall, at=timezone.now()),
        lambda: open_rehearsal(by=alice, assembly=hall, question=QUESTION, at=timezone.now()),
    ):
        with pytest.raises(Refused, match="rehearsal_is_on"):
            act()


def test_an_open_rehearsal_is_closed_before_it_is_erased(hall: Assembly, alice: Person) -> None:
    open_rehearsal(by=alice, assembly=hall, question=QUESTION, at=timezone.now())
    with pytest.raises(Refused, match="poll_still_open"):
        end_rehearsal(by=alice, assembly=hall, at=timezone.now())
    close_rehearsal(by=alice, assembly=hall, at=timezone.now() + timedelta(minutes=1))
    end_rehearsal(by=alice, assembly=hall, at=timezone.now())
    with pytest.raises(Refused, match="no_rehearsal"):
        end_rehearsal(by=alice, assembly=hall, at=timezone.now())


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_only_who_conducts_the_meeting_rehearses(
    hall: Assembly, bob: Person, charlie: Person, who: str
) -> None:
    with pytest.raises(Refused, match="not_an_officer"):
        open_rehearsal(
            by={"bob": bob, "charlie": charlie}[who], assembly=hall, question=QUESTION, at=timezone.now()
        )


def test_a_real_vote_is_never_erased(hall: Assembly, alice: Person) -> None:
    poll = open_vote(by=alice, resolution=hall.resolutions.get(), at=timezone.now())
    with pytest.raises(Refused, match="not_a_rehearsal"):
        erase_rehearsal(poll=poll)
