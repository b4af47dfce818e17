"""Polls of every way of voting, opened just now, and what their pages say."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from cooperation.models import Person
from tests.votes.conftest import cast, line_of, opened
from votes.models import Poll
from votes.services import close_poll

PLACES = [("Le lieu", "/ateliers/1/"), ("Les métiers", ""), ("La <b>gouvernance</b>", "")]
ONE = PLACES[:1]


def asked(
    method: str,
    people: Sequence[Person],
    guests: Sequence[Person] = (),
    /,
    *,
    binds: bool = False,
    **more: Any,
) -> Poll:
    """A poll on three options: indicative, shown live and changeable, unless it binds."""
    how = {} if binds else {"shows": "live", "allows_change": True}
    given = {"options": PLACES, "question": "Par quoi commencer ?", **how, **more}
    roll = [line_of(person) for person in people]
    roll += [line_of(person, is_guest=True, membership_id=None) for person in guests]
    return opened(roll, method=method, is_binding=binds, at=timezone.now() - timedelta(minutes=5), **given)


def say(poll: Poll, person: Person, *choices: str) -> None:
    """Cast a ballot now."""
    cast(poll, person, *choices, at=timezone.now())


def words(html: str) -> str:
    """A page as one line of plain words."""
    html = re.sub(r"<[^>]+>", " ", html)
    return re.sub(r"\s+", " ", html.replace("\u202f", " ").replace("\xa0", " ")).replace("&#x27;", "'")


def page(client: Client, poll: Poll, path: str = "") -> str:
    """A page of the poll, as it is sent."""
    answer = client.get(f"/votes/{poll.pk}/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def result(client: Client, poll: Poll) -> str:
    """The poll closes; its result in words."""
    close_poll(poll=poll, at=timezone.now())
    return words(page(client, poll, "resultat/"))


def send(client: Client, poll: Poll, step: str, **fields: Any) -> Any:
    """A form of the poll, as a browser without a script sends it: `_` in a name is `-`."""
    line = poll.electors.get(titular=client.session["_auth_user_id"])
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return client.post(f"/votes/{poll.pk}/{step}", {"key": uuid4(), "elector": line.pk, **named})


def by_rest(client: Client, poll: Poll, *choices: str) -> Any:
    """The same ballot by the REST door."""
    return client.post(
        f"/api/polls/{poll.pk}/cast/",
        {"choices": list(choices)},
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )


def checked(html: str) -> set[str]:
    """The values of what is ticked in a page."""
    return set(re.findall(r'value="([^"]+)" checked', html))
