"""Where a member finds the proxies, and whose screens are told when one changes."""

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.live import desk
from assemblies.models import Assembly, Proxy
from assemblies.services import accept_proxy, give_proxy
from cooperation.live import person as person_topic
from cooperation.models import LegalEntity, Membership, Person
from cooperation.rules import BlankProxies
from realtime.models import LoggedEvent
from tests.assemblies import scene

pytestmark = pytest.mark.django_db
Clients = dict[str, Client]
ASKS = "Donner ou porter un pouvoir"


@pytest.fixture
def convened(association: LegalEntity, alice: Person) -> Assembly:
    """A meeting of today, its doors not open yet."""
    scene.give_statutes(association, allows_remote_voting=False, blank_proxies=BlankProxies.CHAIR)
    return scene.held_today(association, alice, upto="convened")


@pytest.fixture
def offered(convened: Assembly, alice: Person, bob: Person, bobs: Membership) -> Proxy:
    """Bob offers his voice to Alice."""
    return give_proxy(by=bob, assembly=convened, giver=bobs, holder=alice, at=timezone.now())


def read(client: Client, path: str) -> str:
    """What one reads there."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def fragments(topic: str, shown: object) -> list[str]:
    """What a topic was told, as pages get it."""
    events = list(LoggedEvent.objects.filter(topic__name=topic).order_by("seq"))
    return shown.render(int(topic.split(":")[1]), events, "fr")  # type: ignore[attr-defined,no-any-return]


def test_the_notice_leads_a_member_to_the_proxies(room_clients: Clients, convened: Assembly) -> None:
    path = f"/assemblees/{convened.pk}/"
    html = read(room_clients["bob"], f"{path}convocation/")
    assert "Qui ne peut pas venir donne pouvoir à quelqu’un" in html
    assert f'href="{path}pouvoirs/"' in html


def test_a_notice_that_has_not_left_leads_to_no_proxy(
    room_clients: Clients, association: LegalEntity, alice: Person
) -> None:
    scene.give_statutes(association)
    draft = scene.held_today(association, alice, upto="prepared")
    assert ASKS not in read(room_clients["alice"], f"/assemblees/{draft.pk}/convocation/")


@pytest.mark.parametrize("page", ["", "assemblees/{pk}/", "assemblees/{pk}/pouvoirs/"])
def test_the_pages_of_who_is_offered_a_proxy_are_fetched_anew(
    room_clients: Clients, offered: Proxy, alice: Person, page: str
) -> None:
    assert "data-tells" in fragments(f"person:{alice.pk}", person_topic)[-1]
    assert "data-told" in read(room_clients["alice"], "/" + page.format(pk=offered.assembly_id))


def test_the_desks_list_of_proxies_is_fetched_anew_when_one_is_accepted(
    room_clients: Clients, offered: Proxy, alice: Person
) -> None:
    accept_proxy(by=alice, proxy=offered, at=timezone.now())
    topic = offered.assembly.desk_topic
    html = read(room_clients["alice"], f"/assemblees/{offered.assembly_id}/accueil/pouvoirs/")
    assert f'data-topic="{topic}"' in html
    assert "data-told" in html
    assert "data-tells" in fragments(topic, desk)[-1]


def test_what_was_typed_for_one_member_is_kept_for_that_member_alone(
    room_clients: Clients, offered: Proxy, association: LegalEntity, alice: Person, bob: Person
) -> None:
    mine = Membership.objects.get(entity=association, person=alice)
    path = f"/assemblees/{offered.assembly_id}/pouvoirs/"
    sent = {"membership": mine.pk, "holder": "", "wish": "Contre la première"}
    answer = room_clients["alice"].post(f"{path}donner/", sent)
    assert answer.status_code == 422
    assert answer.content.decode().count("Contre la première") == 1
