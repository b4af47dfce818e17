"""A secret vote: opened, cast with a code each, closed and counted; what tests of secrecy stand on."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from cooperation.models import Person
from realtime.commands import Caller
from realtime.doors import perform
from tests.votes.conftest import opened
from votes.api import BALLOT_CAST
from votes.models import Elector, Poll
from votes.secrecy import new_code
from votes.services import RollLine, close_poll, count_poll


def opened_secret(roll: Sequence[RollLine], **fields: Any) -> Poll:
    """A secret resolution opened five minutes ago."""
    return opened(roll, **{"secrecy": "secret", "at": timezone.now() - timedelta(minutes=5), **fields})


def send_secret(poll: Poll, person: Person, said: str = "for", **fields: Any) -> Any:
    """Cast by the act's own door."""
    key, code = fields.pop("key", None) or uuid4(), fields.pop("code", None) or new_code()
    data = {"poll": poll.pk, "choices": [said], "code": code, **fields}
    return perform(BALLOT_CAST, Caller(person, timezone.now()), key, data)


def cast_all(poll: Poll, said: str) -> dict[int, tuple[str, str]]:
    """One ballot per line of the roll, `f`, `a`, `s` or `b`; by line, the code and the choice, which only a test knows."""
    words = {"f": "for", "a": "against", "s": "abstain", "b": "blank"}
    known = {}
    for line, letter in zip(Elector.objects.filter(poll=poll).select_related("titular"), said, strict=False):
        code = new_code()
        assert line.titular is not None
        send_secret(poll, line.titular, words[letter], code=code)
        known[line.pk] = (code, words[letter])
    return known


def count(poll: Poll) -> Any:
    """Close and count."""
    return count_poll(poll=close_poll(poll=poll, at=timezone.now()), at=timezone.now())
