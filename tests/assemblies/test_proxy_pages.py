"""The pages and doors of proxies: given, accepted, carried to the ballot box, read in the minutes; strangers see nothing."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.chain import todo
from assemblies.live import desk
from assemblies.models import Assembly, Proxy
from assemblies.services import check_in
from config.erasure import erase_person
from config.personal_data import everything
from cooperation.models import LegalEntity, Membership, Person
from cooperation.rules import BlankProxies
from realtime.models import LoggedEvent
from tests import dom
from tests.assemblies import scene
from tests.assemblies.proxying import given
from votes.models import Poll

pytestmark = pytest.mark.django_db
Clients = dict[str, Client]


@pytest.fixture
def convened(association: LegalEntity, alice: Person) -> Assembly:
    """A meeting of today, its doors not open yet; only those there or represented are on its rolls."""
    scene.give_statutes(association, allows_remote_voting=False, blank_proxies=BlankProxies.CHAIR)
    return scene.held_today(association, alice, upto="convened")


@pytest.fixture
def alices(association: LegalEntity, alice: Person) -> Membership:
    return Membership.objects.get(entity=association, person=alice)


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_a_proxy_goes_from_the_form_to_the_minutes(
    room_clients: Clients,
    convened: Assembly,
    alice: Person,
    bob: Person,
    bobs: Membership,
    alices: Membership,
) -> None:
    path, chair, giver = f"/assemblees/{convened.pk}/", room_clients["alice"], room_clients["bob"]
    assert "Donner ou porter un pouvoir" in text_of(giver, path)
    form = {"membership": bobs.pk, "holder": alice.pk, "wish": "Pour la première"}
    assert giver.post(f"{path}pouvoirs/donner/", form).status_code == 303
    proxy = Proxy.objects.get()
    assert [item.url for item in todo(alice, timezone.now())][:1] == [f"{path}pouvoirs/"]
    assert "On vous propose de porter un pouvoir." in text_of(chair, path)
    assert "Pour la première" in text_of(chair, f"{path}pouvoirs/")
    assert chair.post(f"{path}pouvoirs/{proxy.pk}/accepter/").status_code == 303
    assert "Alice le porte." in text_of(giver, f"{path}pouvoirs/")
    check_in(by=alice, assembly=convened, membership=alices, at=timezone.now())
    assert "Dont 1 membre représenté par un pouvoir." in text_of(giver, path)
    poll = voted_by_forms(chair, convened)
    cast_for(chair, poll, alices, bobs)
    resolution = convened.resolutions.get()
    for act in ("clore", "proclamer"):
        assert chair.post(f"{path}resolutions/{resolution.pk}/{act}/").status_code == 303
    minutes = text_of(giver, f"{path}pv/")
    for words in ("Membres représentés : 1.", "dont 1 pouvoir", "2 bulletins reçus pour 2 inscrits"):
        assert words in minutes


def voted_by_forms(chair: Client, assembly: Assembly) -> Poll:
    """The chair opens the session, comes to the resolution and puts it to the vote."""
    path, resolution = f"/assemblees/{assembly.pk}/", assembly.resolutions.get()
    assert chair.post(f"{path}ouvrir/").status_code == 303
    assert chair.post(f"{path}points/{resolution.item_id}/aborder/").status_code == 303
    assert chair.post(f"{path}resolutions/{resolution.pk}/ouvrir/", {"minutes": ""}).status_code == 303
    return Poll.objects.get(resolution=resolution)


def cast_for(client: Client, poll: Poll, own: Membership, represented: Membership) -> None:
    """Who holds a proxy votes twice: in their own name, then in the other's, and reads so."""
    assert "Vous votez en votre nom" in text_of(client, f"/votes/{poll.pk}/")
    lines = {line.membership_id: line for line in poll.electors.all()}
    held = lines[represented.pk]
    shown = text_of(client, f"/votes/{poll.pk}/?ligne={held.pk}")
    assert "Par pouvoir, vous votez au nom de" in shown
    for membership in (own, represented):
        ballot = {"choices": "for", "elector": lines[membership.pk].pk, "key": str(uuid4())}
        answer = client.post(f"/votes/{poll.pk}/voter/", ballot)
        assert answer.status_code == 303
    assert "par pouvoir" in text_of(client, answer["Location"])


def test_the_desk_enters_a_paper_and_takes_it_back(
    room_clients: Clients, convened: Assembly, alice: Person, bobs: Membership
) -> None:
    path, desk = f"/assemblees/{convened.pk}/accueil/", room_clients["alice"]
    form = {"membership": bobs.pk, "holder": alice.pk, "paper": "1"}
    assert desk.post(f"{path}pouvoirs/saisir/", form)["Location"] == f"{path}pouvoirs/"
    assert "à Alice" in text_of(desk, f"{path}pouvoirs/")
    assert "pouvoir à Alice, accepté" in text_of(desk, path)
    proxy = Proxy.objects.get()
    assert desk.post(f"{path}pouvoirs/{proxy.pk}/retirer/", {"desk": "1"}).status_code == 303
    assert "1 pouvoir décliné ou retiré" in text_of(desk, f"{path}pouvoirs/")


def test_who_is_no_member_holds_a_paper_where_the_statutes_say_so(
    room_clients: Clients, association: LegalEntity, convened: Assembly, bobs: Membership
) -> None:
    path, desk = f"/assemblees/{convened.pk}/accueil/pouvoirs/", room_clients["alice"]
    form = {"membership": bobs.pk, "name": "Camille", "bond": "spouse", "paper": "1"}
    refused = desk.post(f"{path}saisir/", form)
    assert refused.status_code == 422
    assert "statuts de l’entité" in refused.content.decode()
    scene.give_statutes(association, allows_remote_voting=False, proxy_holders="family")
    assert desk.post(f"{path}saisir/", form).status_code == 303
    assert "à Camille, conjoint·e" in text_of(desk, path)


@pytest.mark.parametrize("who", ["bob", "charlie", "nobody"])
def test_the_desk_of_proxies_is_for_officers(room_clients: Clients, convened: Assembly, who: str) -> None:
    answer = room_clients[who].get(f"/assemblees/{convened.pk}/accueil/pouvoirs/")
    assert answer.status_code == (302 if who == "nobody" else 404)


def test_a_stranger_neither_reads_nor_answers_a_proxy(
    room_clients: Clients, convened: Assembly, alice: Person, bobs: Membership
) -> None:
    proxy = given(convened, bobs, alice, timezone.now())
    charlie, path = room_clients["charlie"], f"/assemblees/{convened.pk}/pouvoirs/"
    assert charlie.get(path).status_code == 404
    for act in ("accepter", "decliner", "retirer"):
        assert charlie.post(f"{path}{proxy.pk}/{act}/").status_code == 404
    for act in ("accept", "decline", "revoke"):
        assert (
            charlie.post(f"/api/proxies/{proxy.pk}/{act}/", content_type="application/json").status_code
            == 404
        )
    assert charlie.get("/api/proxies/").json()["count"] == 0
    proxy.refresh_from_db()
    assert proxy.state == "offered"


def test_programs_give_accept_and_read_proxies(
    room_clients: Clients, convened: Assembly, alice: Person, bobs: Membership
) -> None:
    body = {"membership": bobs.pk, "holder": alice.pk}
    made = room_clients["bob"].post(
        f"/api/assemblies/{convened.pk}/proxies/", body, content_type="application/json"
    )
    assert made.json()["state"] == "offered"
    pk = made.json()["proxy"]
    done = room_clients["alice"].post(f"/api/proxies/{pk}/accept/", content_type="application/json")
    assert done.json()["state"] == "accepted"
    (row,) = room_clients["alice"].get(f"/api/proxies/?assembly={convened.pk}").json()["results"]
    assert (row["giver"], row["holder"], row["state"]) == ("Bob", "Alice", "accepted")


def test_no_fact_says_who_gave_a_proxy_to_whom(convened: Assembly, alice: Person, bobs: Membership) -> None:
    given(convened, bobs, alice, timezone.now(), wish="Contre")
    told = {event.type: event.data for event in LoggedEvent.objects.filter(type__contains="prox")}
    assert told["proxies.changed"] == {"assembly": convened.pk}
    assert told["proxy.moved"] == {"assembly": convened.pk, "membership": bobs.pk}


def test_the_page_makes_as_many_queries_for_one_proxy_as_for_many(
    room_clients: Clients, association: LegalEntity, convened: Assembly, alice: Person, alices: Membership
) -> None:
    pages = [
        f"/assemblees/{convened.pk}/{page}"
        for page in ("", "pouvoirs/", "accueil/", "accueil/pouvoirs/", "pv/")
    ]
    members, counts = scene.persons(association, 9), []
    check_in(by=alice, assembly=convened, membership=alices, at=timezone.now())
    for lot in (members[:1], members[1:]):
        for each in lot:
            proxy = given(convened, each, alice, timezone.now())
            Proxy.objects.filter(pk=proxy.pk).update(
                state="accepted", accepted_at=timezone.now(), used_at=timezone.now()
            )
        counts.append([queries_of(room_clients["alice"], page) for page in pages])
    assert counts[0] == counts[1]


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_an_erased_person_leaves_no_wish_and_no_running_proxy(
    convened: Assembly, alice: Person, bob: Person, bobs: Membership
) -> None:
    given(convened, bobs, alice, timezone.now(), wish="Contre, sans hésiter")
    assert everything(bob)["proxies"][0]["wish"] == "Contre, sans hésiter"
    erase_person(person=bob, at=timezone.now())
    kept = Proxy.objects.get()
    assert (kept.wish, kept.state) == ("", "revoked")


def test_the_desk_hears_of_a_proxy_and_its_row_is_that_of_a_reload(
    room_clients: Clients, convened: Assembly, alice: Person, bobs: Membership
) -> None:
    address = f"/assemblees/{convened.pk}/accueil/"
    old = region(room_clients["alice"], address)
    seq = LoggedEvent.objects.filter(topic__name=convened.desk_topic).count()
    given(convened, bobs, alice, timezone.now())
    events = list(LoggedEvent.objects.filter(topic__name=convened.desk_topic, seq__gt=seq))
    for html in desk.render(convened.pk, events, "fr"):
        dom.apply(old, html)
    assert old.shape() == region(room_clients["alice"], address).shape()
    assert desk.may_follow_many(convened.pk, [alice.pk, bobs.person_id, None]) == {alice.pk}


def region(client: Client, address: str) -> dom.Node:
    """The members at the desk, as the page shows them."""
    page = dom.parse(client.get(address).content.decode())
    return next(node for node in page.walk() if node.attrs.get("id") == "emarge")
