"""Charlie, logged in and member of nothing, and nobody at all, at every door: refused by name, told nothing."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from config.commands import COMMANDS
from config.refusals import SENTENCES
from config.topics import TOPICS
from cooperation.models import Person
from realtime.commands import Caller
from realtime.doors import perform
from realtime.models import Act
from realtime.refused import Refused
from tests.journey import cast
from tests.journey.addresses import addresses
from tests.journey.world import World, numbers, standing

pytestmark = pytest.mark.django_db

alice, bob, charlie = cast.alice, cast.bob, cast.charlie

SECRET = "Chuchotis"
# Pages anybody may open: they say nothing of anybody. The room's own door is for who has its code.
PUBLIC = {"/", "/plus/", "/healthz", "/accessibilite/", "/ateliers/", "/rejoindre/", "/comptes/inactive/"}
PUBLIC |= {"/confidentialite/", "/moi/efface/"}
PUBLIC |= {"/reseau/", "/reseau/agenda/", "/comptes/login/", "/comptes/signup/", "/api/schema/", "/api/docs/"}
PUBLIC |= {"/votes/recount.py"}
# Charlie's own pages.
OWN = {
    "/moi/",
    "/moi/nom/",
    "/moi/notifications/",
    "/moi/notifications/lues/",
    "/moi/donnees.json",
    "/moi/jetons/",
    "/moi/effacer/",
}
OWN |= {
    "/moi/langue/",
    "/moi/casquette/",
    "/comptes/logout/",
    "/api/me/",
    "/api/me/name/",
    "/api/notifications/",
    "/api/notifications/read/",
}
# Lists open to every account: empty for a stranger.
LISTS = {"/fil/", "/votes/", "/assemblees/", "/decisions/", "/actions/", "/conseil/"}
REFUSED = {301, 302, 401, 403, 404, 405, 409}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Everything has happened once, in words that no stranger may read."""
    with standing(SECRET, django_db_blocker) as found:
        yield found


def client_of(person: Person | None) -> Client:
    """A browser, logged in or not."""
    client = Client(REMOTE_ADDR="192.0.2.7")  # from elsewhere: the machine itself may read its numbers
    if person is not None:
        client.force_login(person)
    return client


def door_of_the_room(found: Mapping[str, str]) -> str:
    """The one page of the room that its code opens."""
    return f"/rejoindre/{found['code']}/"


def opened(client: Client, found: Mapping[str, str]) -> dict[str, str]:
    """The addresses that answered with a page, and what it said."""
    told = {}
    for address in addresses(found):
        answer = client.get(address)
        assert answer.status_code in {200, *REFUSED}, (address, answer.status_code)
        if answer.status_code == 200:
            told[address] = answer.getvalue().decode()
    return told


@pytest.mark.once
def test_nobody_reads_only_the_public_pages(world: World) -> None:
    found = numbers(world)
    told = opened(client_of(None), found)
    assert set(told) - PUBLIC == {door_of_the_room(found)}
    assert not [address for address in PUBLIC & set(told) if SECRET in told[address]]


@pytest.mark.once
def test_a_stranger_reads_only_public_pages_and_his_own(world: World, charlie: Person) -> None:
    found = numbers(world)
    told = opened(client_of(charlie), found)
    api = {address for address in told if address.startswith("/api/")} - PUBLIC - OWN
    assert all('"results":[]' in told[address] for address in api), api
    own = OWN | {
        f"/moi/jetons/{found['token']}/fermer/"
    }  # his profile: the form of a token that is not his does nothing
    assert set(told) - api <= PUBLIC | own | LISTS | {door_of_the_room(found)}
    assert not [address for address in set(told) - {door_of_the_room(found)} if SECRET in told[address]]


def test_the_members_do_read_what_strangers_may_not(world: World, bob: Person) -> None:
    told = opened(client_of(bob), numbers(world))
    assert len([page for page in told.values() if SECRET in page]) > 30


def plausible(world: World) -> dict[str, dict[str, Any]]:
    """What each act was given when those who may did it; and for those nobody did yet."""
    found = numbers(world)
    later = {"assembly": found["assembly"], "starts_at": timezone.now().isoformat()}
    not_done = {
        "assembly.close": {"assembly": found["assembly"]},
        "assembly.call_again": later,
        "code.enter": {"code": "ZZZZZZ"},
    }
    return {**world.done, **not_done}


# What anybody with an account may do: it concerns their own things only.
HIS_OWN = {"person.rename", "notifications.read"}


def rows() -> dict[str, int]:
    """How many rows there are of everything."""
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


@pytest.mark.once
def test_every_act_is_refused_by_name_to_a_stranger_and_to_nobody(world: World, charlie: Person) -> None:
    given = plausible(world)
    assert set(given) == set(COMMANDS)
    before = rows()
    for name in sorted(set(given) - HIS_OWN):
        for person, codes in (
            (charlie, set(SENTENCES) - {"invalid", "login_required"}),
            (None, {"login_required"}),
        ):
            with pytest.raises(Refused) as refused:
                perform(COMMANDS[name], Caller(person, timezone.now()), uuid4(), given[name])
            assert refused.value.code in codes, (name, refused.value.code)
    assert rows() == before


@pytest.mark.once
def test_his_own_acts_touch_nobody_else(world: World, charlie: Person, bob: Person) -> None:
    for name in HIS_OWN:
        perform(COMMANDS[name], Caller(charlie, timezone.now()), uuid4(), plausible(world)[name])
    charlie.refresh_from_db()
    assert (charlie.given_name, bob.notifications.unread().exists()) == (SECRET, True)


@pytest.mark.once
def test_no_topic_is_open_to_a_stranger(world: World, alice: Person, bob: Person, charlie: Person) -> None:
    found = numbers(world)
    places = {
        "person": alice.pk,
        "board": world.entity.pk,
        "facilitation": found["workshop"],
        "desk": found["assembly"],
        "tellers": found["poll"],
    }
    for noun, topic in TOPICS.items():
        pk = int(places.get(noun, found.get(noun, 0)))
        open_to = topic.may_follow_many(pk, [alice.pk, bob.pk, charlie.pk, None])
        assert (bob if noun == "tellers" else alice).pk in open_to, noun
        assert not {charlie.pk, None} & open_to, noun


@pytest.mark.once
def test_every_plain_form_and_every_endpoint_refuses_a_stranger(world: World, charlie: Person) -> None:
    found, before = numbers(world), rows()
    client = client_of(charlie)
    for address in addresses(found):
        if address in PUBLIC | OWN | LISTS or address.startswith(("/rejoindre/", "/comptes/")):
            continue
        for kind in ("application/x-www-form-urlencoded", "application/json"):
            answer = client.post(address, "{}" if "json" in kind else "", content_type=kind)
            assert answer.status_code in {302, 401, 403, 404, 405, 409, 415, 422}, (
                address,
                answer.status_code,
            )
    after = rows()
    assert {name for name in after if after[name] != before[name]} <= {"sessions.Session"}


@pytest.mark.once
def test_a_form_without_its_csrf_token_is_refused(world: World, alice: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    before = Act.objects.count()
    for address in addresses(numbers(world)):
        kind = "application/json" if address.startswith("/api/") else "application/x-www-form-urlencoded"
        answer = client.post(address, "", content_type=kind)
        assert answer.status_code in {403, 405}, (address, answer.status_code)
    assert Act.objects.count() == before


@pytest.mark.parametrize(
    "place", ["//evil.example/", "https://evil.example/", "/\\evil.example/", "javascript:alert(1)"]
)
@pytest.mark.once
def test_no_door_leads_outside(alice: Person, place: str) -> None:
    client = Client()
    client.post("/comptes/login/", {"email": alice.email, "next": place})
    code = re.findall(r"\b\d{6}\b", str(mail.outbox[-1].body))[0]
    answers = [client.post("/comptes/login/code/confirm/", {"code": code, "next": place})]
    assert "_auth_user_id" in client.session
    for address, data in (
        ("/moi/langue/", {"language": "fr"}),
        ("/moi/casquette/", {"hat": alice.memberships.get().pk}),
        ("/comptes/login/", {}),
        ("/comptes/logout/", {}),
    ):
        answers.append(client.post(f"{address}?{urlencode({'next': place})}", {**data, "next": place}))
    assert [answer.status_code for answer in answers] == [302] * 5
    assert {answer["Location"] for answer in answers} <= {"/", "/moi/", "/comptes/login/"}


def say(world: World, person: Person, key: Any, text: str) -> dict[str, Any]:
    """A remark, under a key."""
    data = {"proposal": numbers(world)["proposal"], "kind": "for", "text": text}
    return perform(COMMANDS["comment.add"], Caller(person, timezone.now()), key, data)


@pytest.mark.once
def test_a_key_used_again_with_other_content_is_refused(world: World, bob: Person) -> None:
    key = uuid4()
    first = say(world, bob, key, "Oui.")
    assert say(world, bob, key, "Oui.") == first
    with pytest.raises(Refused, match="key_reused"):
        say(world, bob, key, "Non.")


@pytest.mark.once
def test_another_persons_key_gives_ones_own_act_never_theirs(
    world: World, alice: Person, bob: Person
) -> None:
    key = uuid4()
    his, hers = say(world, bob, key, "Oui."), say(world, alice, key, "Oui.")
    assert his["comment"] != hers["comment"]


@pytest.mark.once
def test_wrong_join_codes_are_counted_and_then_refused(world: World, charlie: Person) -> None:
    codes = []
    for number in range(30):
        with pytest.raises(Refused) as refused:
            perform(
                COMMANDS["code.enter"], Caller(charlie, timezone.now()), None, {"code": f"ZZZZ{number:02}"}
            )
        codes.append(refused.value.code)
    assert (codes[0], codes[-1]) == ("code_unknown", "too_many_attempts")
