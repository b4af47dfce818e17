"""`manage.py demo --size hall`: everybody on one roll, in session, and a session for each when it is a demo."""

from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from assemblies.models import Assembly
from cooperation.models import Membership, Person
from votes.models import Ballot, Poll

pytestmark = pytest.mark.django_db

SIZE = 25


def load(*words: str) -> str:
    """Load it, small; what it says."""
    said = StringIO()
    call_command("demo", "--size", "hall", "--members", str(SIZE), *words, stdout=said)
    return said.getvalue()


def test_every_member_is_on_the_roll_of_the_vote_that_is_open() -> None:
    said = load()
    hall = Assembly.objects.get()
    assert (hall.state, hall.get_absolute_url() in said) == (Assembly.State.OPEN, True)
    poll = Poll.objects.open(timezone.now()).get()
    assert (poll.parent, poll.is_binding, poll.electors.count()) == (hall.topic, True, SIZE)
    assert not Person.objects.filter(is_fiction=False).exists()


def test_loading_it_twice_changes_nothing() -> None:
    load()
    load()
    assert (Poll.objects.count(), Membership.objects.count()) == (1, SIZE)


def test_each_session_votes_for_its_own_member(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO = True
    file = tmp_path / "cookies"
    load("--sessions", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    cookies, poll = file.read_text().splitlines(), Poll.objects.get()
    assert len(set(cookies)) == SIZE
    for cookie in cookies[:3]:
        client = Client(headers={"cookie": cookie})
        ballot = {"key": str(uuid4()), "poll": poll.pk, "choices": "for"}
        assert client.post(f"{poll.get_absolute_url()}voter/", ballot).status_code == 303
    voted = Ballot.objects.values_list("elector__titular", flat=True)
    assert list(voted) == list(Person.objects.order_by("pk").values_list("pk", flat=True)[:3])


def test_there_are_no_sessions_for_everybody_outside_the_demo(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        load("--sessions", str(tmp_path / "cookies"))
    assert not Person.objects.exists()
