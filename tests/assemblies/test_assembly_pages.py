"""Every page of an assembly: who opens it, what it says, and the forms that work without a script."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.models import Assembly, Officer, Resolution
from assemblies.services import appoint_officer, check_in, close_assembly, move_to_item
from cooperation.models import LegalEntity, Membership, Person
from tests import dom
from tests.assemblies import scene
from tests.assemblies.facts import Meeting
from votes.entries import in_groups
from votes.models import Poll
from workshops.models import Forwarding

pytestmark = pytest.mark.django_db
Clients = dict[str, Client]


@pytest.fixture
def today(association: LegalEntity, alice: Person) -> Assembly:
    """An assembly open now: a discussion, then a resolution."""
    return scene.held_today(association, alice)


@pytest.fixture
def later(association: LegalEntity, alice: Person) -> Assembly:
    """An assembly to prepare, in forty days."""
    soon = timezone.now() + timedelta(days=40)
    return scene.prepared(association, alice, starts_at=soon, at=timezone.now())


@pytest.fixture
def forwarding(association: LegalEntity, alice: Person, bob: Person) -> Forwarding:
    """A proposal of Bob's that Alice's workshop forwarded."""
    return scene.forwarded(association, alice, bob, alice)


def text_of(client: Client, path: str) -> str:
    """The page's words, on one line, with plain spaces."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return " ".join(response.content.decode().replace("\xa0", " ").replace("\u202f", " ").split())


PAGES = ["", "convocation/", "projecteur/", "pv/"]


@pytest.mark.parametrize("page", PAGES)
def test_members_read_the_pages_of_an_assembly_and_strangers_do_not(
    room_clients: Clients, today: Assembly, page: str
) -> None:
    path = f"/assemblees/{today.pk}/{page}"
    assert [room_clients[who].get(path).status_code for who in ("alice", "bob", "charlie", "nobody")] == [
        200,
        200,
        404,
        302,
    ]


def test_the_desk_is_for_officers(room_clients: Clients, today: Assembly) -> None:
    path = f"/assemblees/{today.pk}/accueil/"
    assert [room_clients[who].get(path).status_code for who in ("alice", "bob", "charlie", "nobody")] == [
        200,
        404,
        404,
        302,
    ]


def test_preparing_is_for_the_board(room_clients: Clients, later: Assembly) -> None:
    path = f"/assemblees/{later.pk}/preparer/"
    assert [room_clients[who].get(path).status_code for who in ("alice", "bob", "charlie", "nobody")] == [
        200,
        404,
        404,
        302,
    ]
    assert [room_clients[who].get(f"/assemblees/{later.pk}/").status_code for who in ("alice", "bob")] == [
        200,
        404,
    ]


def test_beginning_one_is_for_the_board(room_clients: Clients, association: LegalEntity) -> None:
    path = "/assemblees/nouvelle/"
    assert [room_clients[who].get(path).status_code for who in ("alice", "bob", "charlie", "nobody")] == [
        200,
        403,
        403,
        302,
    ]


def test_the_list_shows_each_what_they_may_read(
    room_clients: Clients, today: Assembly, later: Assembly
) -> None:
    assert today.title in text_of(room_clients["alice"], "/assemblees/")
    assert later.title in text_of(room_clients["alice"], "/assemblees/")
    bobs = text_of(room_clients["bob"], "/assemblees/")
    assert today.title in bobs
    assert later.title not in bobs
    assert "Préparer une assemblée" not in bobs
    assert today.title not in text_of(room_clients["charlie"], "/assemblees/")


def test_an_assembly_is_prepared_by_plain_forms(
    room_clients: Clients, association: LegalEntity, alice: Person, bob: Person
) -> None:
    client = room_clients["alice"]
    scene.assembly_body(association)
    starts = (timezone.localtime() + timedelta(days=30)).strftime("%Y-%m-%dT14:00")
    made = client.post(
        "/assemblees/nouvelle/",
        {
            "entity": association.pk,
            "kind": "ordinary",
            "title": "AG",
            "starts_at": starts,
            "place": "Le Solilab",
        },
    )
    assembly = Assembly.objects.get()
    path = f"/assemblees/{assembly.pk}/preparer/"
    assert (made.status_code, made["Location"]) == (303, path)
    point = {"title": "Quitus", "text": "Quitus est donné.", "kind": "ordinary", "minutes": 5}
    assert client.post(f"{path}points/", point).status_code == 303
    assert client.post(f"{path}bureau/", {"person": bob.pk, "role": "chair"}).status_code == 303
    assert "Quitus est donné." in text_of(client, path)
    assert client.post(f"{path}convoquer/").status_code == 303
    assembly.refresh_from_db()
    assert (assembly.state, assembly.resolutions.get().text) == ("convened", "Quitus est donné.")
    assert "Quitus est donné." in text_of(room_clients["bob"], f"/assemblees/{assembly.pk}/convocation/")


def test_points_move_change_and_go_by_plain_forms(
    room_clients: Clients, later: Assembly, alice: Person
) -> None:
    first, second = scene.with_agenda(later, alice)
    client, path = room_clients["alice"], f"/assemblees/{later.pk}/preparer/points"
    assert client.post(f"{path}/{second.pk}/deplacer/", {"direction": "up"}).status_code == 303
    assert (
        client.post(f"{path}/{first.pk}/", {"title": "Accueil", "text": "", "minutes": 5}).status_code == 303
    )
    assert list(later.agenda.values_list("title", flat=True)) == ["Point 2", "Accueil"]
    assert client.post(f"{path}/{first.pk}/retirer/").status_code == 303
    assert later.agenda.count() == 1


def test_a_forwarded_proposal_is_taken_up_by_a_plain_form(
    room_clients: Clients, later: Assembly, forwarding: Forwarding
) -> None:
    path = f"/assemblees/{later.pk}/preparer/"
    page = text_of(room_clients["alice"], path)
    assert "Un lieu mutualisé" in page
    assert f"/fil/proposition/{forwarding.version.proposal_id}/" in page
    answer = room_clients["alice"].post(f"{path}transmises/{forwarding.pk}/", {"kind": "ordinary"})
    assert answer.status_code == 303
    assert later.resolutions.get().version == forwarding.version


def test_a_notice_that_leaves_too_late_is_refused_with_its_article(
    room_clients: Clients, association: LegalEntity, alice: Person
) -> None:
    soon = timezone.now() + timedelta(days=5)
    assembly = scene.prepared(association, alice, starts_at=soon, at=timezone.now())
    scene.with_agenda(assembly, alice)
    path = f"/assemblees/{assembly.pk}/preparer/"
    assert "il fallait convoquer le" in text_of(room_clients["alice"], path)
    refused = room_clients["alice"].post(f"{path}convoquer/")
    assert refused.status_code == 422
    assert "Règle V09, statuts de l’entité." in refused.content.decode()


def test_what_was_typed_is_given_back_when_it_is_refused(room_clients: Clients, later: Assembly) -> None:
    refused = room_clients["alice"].post(
        f"/assemblees/{later.pk}/preparer/points/", {"title": "Quitus <b>", "text": " ", "kind": "ordinary"}
    )
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Écrivez le texte exact" in page
    assert 'value="Quitus &lt;b&gt;"' in page


def test_an_organisation_arrives_by_one_tap_on_who_came(
    room_clients: Clients, association: LegalEntity, today: Assembly, bob: Person, charlie: Person
) -> None:
    copeau = scene.organisation(association, "Le Bon Copeau", 40, titular=charlie, substitute=bob)
    client, path = room_clients["alice"], f"/assemblees/{today.pk}/accueil/"
    page = text_of(client, f"{path}?q=copeau")
    assert "Charlie, titulaire" in page
    assert "Bob, suppléance" in page
    tap = {"membership": copeau.pk, "person": bob.pk, "desk": 1, "q": "copeau"}
    answer = client.post(f"{path}arrivees/", tap)
    assert (answer.status_code, answer["Location"]) == (303, f"{path}?q=copeau")
    assert "là depuis" in text_of(client, f"{path}?q=copeau")
    twice = client.post(f"{path}arrivees/", tap)
    assert twice.status_code == 422
    assert "déjà compté présent" in twice.content.decode()
    assert client.post(f"{path}departs/", tap).status_code == 303
    assert "départ à" in text_of(client, f"{path}?q=copeau")


@pytest.mark.parametrize("words", ["copeau", "Char", "40", "bon cop"])
def test_the_desk_finds_a_member_by_name_representative_or_number(
    room_clients: Clients, association: LegalEntity, today: Assembly, charlie: Person, words: str
) -> None:
    scene.organisation(association, "Le Bon Copeau", 40, titular=charlie)
    scene.persons(association, 3)
    page = text_of(room_clients["alice"], f"/assemblees/{today.pk}/accueil/?q={words}")
    assert "1 membre trouvé" in page
    assert "Le Bon Copeau" in page


def test_the_desk_says_when_nobody_is_found(room_clients: Clients, today: Assembly) -> None:
    assert "Personne de ce nom au registre" in text_of(
        room_clients["alice"], f"/assemblees/{today.pk}/accueil/?q=zzz"
    )


def test_a_member_takes_part_at_a_distance_from_the_live_page(
    room_clients: Clients, today: Assembly, bobs: Membership
) -> None:
    client, path = room_clients["bob"], f"/assemblees/{today.pk}/"
    assert "Je participe à distance" in text_of(client, path)
    arrival = {"membership": bobs.pk, "channel": "remote"}
    assert client.post(f"{path}presence/arriver/", arrival)["Location"] == path
    assert "dans l’assemblée" in text_of(client, path)
    assert client.post(f"{path}presence/partir/", {"membership": bobs.pk})["Location"] == path
    assert "pas encore là" in text_of(client, path)


def test_a_whole_session_is_held_by_plain_forms(
    room_clients: Clients, association: LegalEntity, alice: Person, bobs: Membership
) -> None:
    assembly = scene.held_today(association, alice, upto="convened")
    resolution, client, path = (
        assembly.resolutions.get(),
        room_clients["alice"],
        f"/assemblees/{assembly.pk}/",
    )
    vote = f"{path}resolutions/{resolution.pk}"
    assert client.post(f"{path}ouvrir/").status_code == 303
    assert client.post(f"{path}points/{resolution.item_id}/aborder/").status_code == 303
    assert "Le vote s’ouvrira ici même." in text_of(room_clients["bob"], path)
    assert client.post(f"{vote}/ouvrir/", {"minutes": ""}).status_code == 303
    resolution.refresh_from_db()
    bob = room_clients["bob"]
    assert f"/votes/{resolution.poll_id}/" in text_of(bob, path)
    elector = resolution.poll.electors.get(membership=bobs)
    ballot = {"choices": "for", "elector": elector.pk, "key": str(uuid4())}
    assert bob.post(f"/votes/{resolution.poll_id}/voter/", ballot).status_code == 303
    assert client.post(f"{vote}/clore/").status_code == 303
    assert "Le vote est clos." in text_of(bob, path)
    assert client.post(f"{vote}/proclamer/").status_code == 303
    page = text_of(bob, path)
    assert "Adoptée" in page
    assert "Inscrite au registre" in page
    assert client.post(f"{path}lever/").status_code == 303
    assert "La séance est levée." in text_of(bob, path)


def test_the_officers_bar_is_for_officers(room_clients: Clients, today: Assembly) -> None:
    for who, is_officer in (("alice", True), ("bob", False)):
        body = dom.parse(room_clients[who].get(f"/assemblees/{today.pk}/").content.decode()).walk()
        classes = next(node for node in body if node.tag == "body").attrs["class"]
        assert ("role-officer" in classes) is is_officer


ACTS = [
    "ouvrir/",
    "lever/",
    "points/{item}/aborder/",
    "resolutions/{res}/ouvrir/",
    "resolutions/{res}/clore/",
    "resolutions/{res}/proclamer/",
]


@pytest.mark.parametrize("act", ACTS)
def test_an_act_of_the_session_is_refused_to_members_and_hidden_from_strangers(
    room_clients: Clients, today: Assembly, act: str
) -> None:
    resolution = today.resolutions.get()
    path = f"/assemblees/{today.pk}/" + act.format(item=resolution.item_id, res=resolution.pk)
    assert room_clients["bob"].post(path).status_code == 422
    assert "bureau de l’assemblée" in room_clients["bob"].post(path).content.decode()
    assert room_clients["charlie"].post(path).status_code == 404
    assert room_clients["nobody"].post(path).status_code == 302


PREPARING = {
    "modifier/": {"title": "A", "starts_at": "2030-01-01T10:00"},
    "convoquer/": {},
    "points/": {"title": "A"},
    "points/{item}/": {"title": "A"},
    "points/{item}/deplacer/": {"direction": "up"},
    "points/{item}/retirer/": {},
    "bureau/": {"person": 1, "role": "chair"},
    "bureau/{officer}/retirer/": {},
    "transmises/1/": {},
}


@pytest.mark.parametrize("act", PREPARING)
def test_an_act_of_preparation_is_hidden_from_members_and_strangers(
    room_clients: Clients, later: Assembly, alice: Person, act: str
) -> None:
    item = scene.with_agenda(later, alice)[0]
    path = f"/assemblees/{later.pk}/preparer/" + act.format(item=item.pk, officer=later.officers.get().pk)
    for who, status in {"bob": 404, "charlie": 404, "nobody": 302}.items():
        assert room_clients[who].post(path, PREPARING[act]).status_code == status


def test_the_minutes_tell_what_was_recorded(
    room_clients: Clients,
    today: Assembly,
    association: LegalEntity,
    alice: Person,
    bob: Person,
    bobs: Membership,
) -> None:
    now = timezone.now()
    appoint_officer(by=alice, assembly=today, person=bob, role=Officer.Role.SECRETARY, at=now)
    check_in(by=alice, assembly=today, membership=bobs, at=now)
    Meeting(today, alice, bobs).decide(1, "for")
    close_assembly(by=alice, assembly=today, at=timezone.now())
    page = text_of(room_clients["bob"], f"/assemblees/{today.pk}/pv/")
    assert "envoyée à chaque membre par la plateforme le" in page
    for words in (
        "Secrétariat de séance",
        "Texte exact.",
        "Adoptée",
        "100 %",
        "Le calcul, phrase par phrase",
    ):
        assert words in page
    for words in ("Quorum, constaté à", "Membres présents : 1.", "Signature", "du registre"):
        assert words in page
    poll = Poll.objects.get()
    assert page.count(in_groups(poll.head)) == page.count(in_groups(poll.key_fingerprint)) == 1


def test_the_minutes_say_what_was_left_without_a_vote(
    room_clients: Clients, today: Assembly, alice: Person
) -> None:
    close_assembly(by=alice, assembly=today, at=timezone.now())
    page = text_of(room_clients["bob"], f"/assemblees/{today.pk}/pv/")
    assert "Résolutions laissées sans vote" in page
    assert "L’assemblée ne s’est pas prononcée." in page


def test_a_second_call_is_offered_where_the_quorum_lacked(
    room_clients: Clients, association: LegalEntity, alice: Person
) -> None:
    scene.give_statutes(association, quorum_first=scene.Fraction(1, 2))
    assembly = scene.held_today(association, alice)
    close_assembly(by=alice, assembly=assembly, at=timezone.now())
    path = f"/assemblees/{assembly.pk}/"
    assert "Préparer la deuxième convocation" in text_of(room_clients["alice"], path)
    assert "Préparer la deuxième convocation" not in text_of(room_clients["bob"], path)
    starts = (timezone.localtime() + timedelta(days=30)).strftime("%Y-%m-%dT14:00")
    made = room_clients["alice"].post(
        f"{path}deuxieme-convocation/", {"starts_at": starts, "place": "Le Solilab"}
    )
    second = Assembly.objects.get(first_call=assembly)
    assert made["Location"] == f"/assemblees/{second.pk}/preparer/"
    assert "son ordre du jour ne change pas" in text_of(room_clients["alice"], made["Location"])


def test_the_page_says_who_may_vote(room_clients: Clients, association: LegalEntity, alice: Person) -> None:
    for allowed, words in ((True, "dans la salle ou à distance"), (False, "les membres notés présents")):
        scene.give_statutes(association, allows_remote_voting=allowed)
        assembly = scene.held_today(association, alice)
        move_to_item(by=alice, item=assembly.resolutions.get().item, at=timezone.now())
        assert words in text_of(room_clients["bob"], f"/assemblees/{assembly.pk}/")


def test_a_script_in_a_title_is_text(room_clients: Clients, association: LegalEntity, alice: Person) -> None:
    bad = "<script>alert(1)</script>"
    assembly = scene.held_today(association, alice, title=bad)
    Resolution.objects.filter(assembly=assembly).update(title=bad, text=bad)
    assembly.agenda.update(title=bad, text=bad)
    for page in [*PAGES, "accueil/"]:
        html = room_clients["alice"].get(f"/assemblees/{assembly.pk}/{page}").content.decode()
        assert bad not in html
        assert "&lt;script&gt;alert(1)" in html
