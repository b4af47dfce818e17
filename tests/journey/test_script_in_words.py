"""Script in every text field, kept or thrown back: people read it as text, no page runs it."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoDbBlocker

from config.commands import COMMANDS
from config.topics import TOPICS
from cooperation.models import Person
from realtime.models import Topic
from tests.journey import cast
from tests.journey.addresses import addresses
from tests.journey.world import World, numbers, standing, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

alice, bob = cast.alice, cast.bob

SCRIPT = "'\"><svg onload=x>"  # leaves an attribute, then an element; short enough for the shortest field
RAW = "<svg onload=x"
# The place of a second call is the same column, shown by the same templates, as the place of a first.
SAME_AS_ANOTHER = {("assembly.call_again", "place")}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Everything has happened once, and every word of it is script."""
    with standing(SCRIPT, django_db_blocker) as found:
        yield found


def pages(person: Person, found: dict[str, str]) -> dict[str, str]:
    """Every page of the platform that this person may open, as it is sent."""
    client = Client()
    client.force_login(person)
    answers = {
        address: client.get(address) for address in [*addresses(found), f"/votes/{found['poll']}/resultat/"]
    }
    return {
        address: answer.content.decode()
        for address, answer in answers.items()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    }


def test_every_text_field_of_every_act_was_written(world: World) -> None:
    every = {(name, text) for name in COMMANDS for text in texts_of(name)}
    assert every - world.written == SAME_AS_ANOTHER
    assert len(every) > 45


def test_no_page_runs_the_script_somebody_wrote(world: World, alice: Person, bob: Person) -> None:
    found = numbers(world)
    for person in (alice, bob):
        shown = pages(person, found)
        assert [address for address, html in shown.items() if RAW in html] == []
        assert len([html for html in shown.values() if escape(SCRIPT) in html]) > 20


def test_no_fragment_runs_it_either(world: World) -> None:
    told = []
    for topic in Topic.objects.all():
        noun, pk = topic.name.split(":")
        events = list(topic.events.order_by("seq"))
        told += TOPICS[noun].render(int(pk), events, "fr") if events else []
    assert not [html for html in told if RAW in html]
    assert len([html for html in told if escape(SCRIPT) in html]) > 20


HOLDING = [
    "/?{0}={0}",
    "/ateliers/?serie={0}&page={0}",
    "/ateliers/{workshop}/?proposition={0}",
    "/ateliers/{workshop}/regrouper/?proposals={0}",
    "/assemblees/{assembly}/accueil/?q={0}",
    "/reseau/membres/?q={0}&recherche={0}&page={0}",
    "/decisions/?q={0}&annee={0}&page={0}",
    "/actions/?etat={0}&axe={0}&q={0}",
    "/votes/{poll}/?ligne={0}",
    "/rejoindre/{0}/",
    "/comptes/login/?next={0}",
    "/{0}/",
]


def test_no_page_throws_back_what_an_address_holds(world: World, alice: Person) -> None:
    found = plain(numbers(world))
    for address in HOLDING:
        client = Client()
        if "comptes" not in address:
            client.force_login(alice)
        answer = client.get(address.format(quote(SCRIPT, safe=""), **found))
        assert answer.status_code < 500, address
        assert RAW not in answer.content.decode(), address


def plain(found: dict[str, str]) -> dict[str, str]:
    """The numbers that have a plain name."""
    return {name: number for name, number in found.items() if "/" not in name}


def test_no_refused_form_throws_back_what_was_typed(world: World, alice: Person) -> None:
    client = Client()
    client.force_login(alice)
    shown = 0
    fields = {text for name in COMMANDS for text in texts_of(name)} | {
        "q",
        "code",
        "next",
        "choices",
        "email",
        "key",
    }
    for address in addresses(numbers(world)):
        if "/logout/" in address or address.startswith("/api/"):
            continue
        answer = client.post(address, dict.fromkeys(fields, SCRIPT))
        assert answer.status_code < 500, address
        if not answer.get("Content-Type", "text/html").startswith("text/html"):
            assert answer["X-Content-Type-Options"] == "nosniff", address
            continue
        assert RAW not in answer.content.decode(), address
        shown += escape(SCRIPT) in answer.content.decode()
    assert shown > 20


def test_the_code_typed_at_the_door_comes_back_as_text() -> None:
    answer = Client().post("/rejoindre/", {"code": SCRIPT})
    assert answer.status_code == 404
    assert RAW not in answer.content.decode()


def test_a_name_at_the_door_is_text_in_the_room(world: World, alice: Person) -> None:
    found = numbers(world)
    Client().post(f"/rejoindre/{found['code']}/", {"name": SCRIPT})
    client = Client()
    client.force_login(alice)
    html = client.get(f"/ateliers/{found['workshop']}/").content.decode()
    assert escape(SCRIPT) in html
    assert RAW not in html
