"""« Moi »: name, language, hats, notices, tokens, data; each one's own and nobody else's."""

import json

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from cooperation.hats import hat_worn, hats_of
from cooperation.models import ApiToken, Membership, Person
from cooperation.services import guest_named, issue_token, notify
from cooperation.tokens import digest_of_token
from realtime.refused import Refused

OWN_PAGES = ["/moi/", "/moi/notifications/", "/moi/donnees.json"]
OUTSIDE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "\t//evil.example",
    "moi/",
    "",
]


@pytest.mark.parametrize("url", OWN_PAGES)
def test_nobody_in_particular_is_sent_to_log_in_and_comes_back(db: None, url: str) -> None:
    assert Client().get(url)["Location"] == f"/comptes/login/?next={url}"


def test_charlie_has_a_profile_that_says_he_is_member_of_nothing(room_clients: dict[str, Client]) -> None:
    page = room_clients["charlie"].get("/moi/").content.decode()
    assert "Vous n’êtes membre d’aucune structure aujourd’hui" in page


def test_the_profile_says_for_whom_one_votes(
    bob_for_copeau: Membership, room_clients: dict[str, Client]
) -> None:
    page = room_clients["bob"].get("/moi/").content.decode()
    assert "Je vote en tant que" in page
    assert "Le Bon Copeau" in page


# -- language


def test_the_language_is_kept_in_the_profile_and_in_a_cookie(
    bob: Person, room_clients: dict[str, Client]
) -> None:
    response = room_clients["bob"].post("/moi/langue/", {"language": "en", "next": "/moi/"})
    bob.refresh_from_db()
    assert (bob.language, response.cookies[settings.LANGUAGE_COOKIE_NAME].value) == ("en", "en")
    assert response["Location"] == "/moi/"
    assert '<html lang="en">' in room_clients["bob"].get("/moi/").content.decode()


def test_somebody_logged_out_chooses_a_language_too(db: None) -> None:
    client = Client()
    client.post("/moi/langue/", {"language": "en"})
    assert '<html lang="en">' in client.get("/reseau/").content.decode()


def test_an_unknown_language_is_not_found_and_looking_changes_nothing(
    room_clients: dict[str, Client],
) -> None:
    assert room_clients["bob"].post("/moi/langue/", {"language": "tlh"}).status_code == 404
    assert room_clients["bob"].get("/moi/langue/").status_code == 405


@pytest.mark.parametrize("url", OUTSIDE)
def test_a_form_never_leads_to_another_site(
    url: str, bob_for_copeau: Membership, room_clients: dict[str, Client]
) -> None:
    client = room_clients["bob"]
    assert client.post("/moi/langue/", {"language": "fr", "next": url})["Location"] == "/"
    hat = client.post("/moi/casquette/", {"hat": bob_for_copeau.pk, "next": url})
    assert hat["Location"] == "/moi/"


def test_a_form_without_its_token_is_refused(bob: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob)
    urls = ["/moi/langue/", "/moi/casquette/", "/moi/jetons/", "/moi/nom/", "/moi/notifications/lues/"]
    assert {client.post(url).status_code for url in urls} == {403}


# -- hats


def test_a_hat_is_worn_on_this_browser_until_another_is_taken(
    bob: Person, bob_for_copeau: Membership, room_clients: dict[str, Client]
) -> None:
    client = room_clients["bob"]
    client.post("/moi/casquette/", {"hat": bob_for_copeau.pk})
    request = client.get("/moi/").wsgi_request
    assert hat_worn(request, hats_of(bob)) == bob_for_copeau


def test_a_hat_that_is_no_longer_ones_own_falls(
    bob: Person, bob_for_copeau: Membership, room_clients: dict[str, Client]
) -> None:
    client = room_clients["bob"]
    client.post("/moi/casquette/", {"hat": bob_for_copeau.pk})
    bob.representations.all().delete()
    request = client.get("/moi/").wsgi_request
    assert hat_worn(request, hats_of(bob)) == bob.memberships.get()


@pytest.mark.parametrize("who", ["alice", "charlie"])
def test_nobody_takes_the_hat_of_another(
    who: str, bob_for_copeau: Membership, room_clients: dict[str, Client]
) -> None:
    assert room_clients[who].post("/moi/casquette/", {"hat": bob_for_copeau.pk}).status_code == 404
    assert room_clients[who].post("/moi/casquette/", {"hat": "x"}).status_code == 404


# -- notices


def test_following_a_notice_leads_to_its_object_and_marks_it_read(
    bob: Person, room_clients: dict[str, Client]
) -> None:
    notify(person=bob, sentence="Votre proposition avance.", url="/reseau/", at=timezone.now())
    notice = bob.notifications.get()
    assert room_clients["bob"].get(f"/moi/notifications/{notice.pk}/")["Location"] == "/reseau/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_a_notice_never_leads_to_another_site(bob: Person, room_clients: dict[str, Client]) -> None:
    notify(person=bob, sentence="Venez.", url="https://evil.example/", at=timezone.now())
    response = room_clients["bob"].get(f"/moi/notifications/{bob.notifications.get().pk}/")
    assert response["Location"] == "/moi/notifications/"


def test_the_notice_of_another_is_not_found(bob: Person, room_clients: dict[str, Client]) -> None:
    notify(person=bob, sentence="Pour Bob.", url="/", at=timezone.now())
    url = f"/moi/notifications/{bob.notifications.get().pk}/"
    assert [room_clients[who].get(url).status_code for who in ("alice", "charlie")] == [404, 404]


def test_all_notices_are_marked_read_by_a_plain_form(bob: Person, room_clients: dict[str, Client]) -> None:
    notify(person=bob, sentence="Un.", url="/", at=timezone.now())
    response = room_clients["bob"].post("/moi/notifications/lues/")
    assert response["Location"] == "/moi/notifications/"
    assert not bob.notifications.unread().exists()


def test_what_was_said_is_shown_as_text_never_as_a_script(
    bob: Person, room_clients: dict[str, Client]
) -> None:
    bob.given_name = "<script>alert(1)</script>"
    bob.save()
    notify(person=bob, sentence="<img src=x onerror=alert(1)>", url="/", at=timezone.now())
    page = room_clients["bob"].get("/moi/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


# -- name


def test_a_person_corrects_their_name(bob: Person, room_clients: dict[str, Client]) -> None:
    room_clients["bob"].post("/moi/nom/", {"given_name": " Robert ", "family_name": "Le  Goff"})
    bob.refresh_from_db()
    assert bob.name == "Robert Le Goff"


def test_an_empty_name_is_refused_and_the_rest_is_kept(bob: Person, room_clients: dict[str, Client]) -> None:
    response = room_clients["bob"].post("/moi/nom/", {"given_name": "", "family_name": "Kept"})
    assert response.status_code == 422
    assert 'value="Kept"' in response.content.decode()
    bob.refresh_from_db()
    assert bob.given_name == "Bob"


# -- tokens


def test_a_token_is_shown_once_and_only_its_digest_is_kept(
    bob: Person, room_clients: dict[str, Client]
) -> None:
    response = room_clients["bob"].post("/moi/jetons/", {"label": "Tableur"})
    secret = response.context["secret"]
    assert secret in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert bob.tokens.get().digest == digest_of_token(secret)
    assert secret not in room_clients["bob"].get("/moi/").content.decode()


def test_a_token_opens_the_api_until_it_is_revoked(bob: Person, room_clients: dict[str, Client]) -> None:
    token, secret = issue_token(person=bob, label="Tableur", at=timezone.now())
    bearer = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/me/", headers=bearer).json()["id"] == bob.pk
    room_clients["bob"].post(f"/moi/jetons/{token.pk}/fermer/", {"token": token.pk})
    assert Client().get("/api/me/", headers=bearer).status_code == 401


def test_the_token_of_another_is_not_found(bob: Person, room_clients: dict[str, Client]) -> None:
    token, _ = issue_token(person=bob, label="Tableur", at=timezone.now())
    url = f"/moi/jetons/{token.pk}/fermer/"
    assert {room_clients[who].post(url, {"token": token.pk}).status_code for who in ("alice", "charlie")} == {
        404
    }
    assert ApiToken.objects.live(timezone.now()).exists()


def test_a_token_needs_a_name_and_there_are_not_many(bob: Person, room_clients: dict[str, Client]) -> None:
    response = room_clients["bob"].post("/moi/jetons/", {"label": "  "})
    assert (response.status_code, "Donnez un nom." in response.content.decode()) == (422, True)
    for number in range(20):
        issue_token(person=bob, label=str(number), at=timezone.now())
    with pytest.raises(Refused, match="too_many_tokens"):
        issue_token(person=bob, label="21", at=timezone.now())


def test_a_guest_has_no_token(db: None) -> None:
    with pytest.raises(Refused, match="guest_not_allowed"):
        issue_token(person=guest_named(name="Idriss", at=timezone.now()), label="x", at=timezone.now())


def test_a_token_remembers_to_the_hour_when_it_served(bob: Person) -> None:
    token, secret = issue_token(person=bob, label="Tableur", at=timezone.now())
    Client().get("/api/me/", headers={"Authorization": f"Bearer {secret}"})
    token.refresh_from_db()
    assert token.last_used_at is not None


# -- data


def test_a_person_takes_away_what_is_theirs_and_nothing_of_others(
    alice: Person, bob: Person, bob_for_copeau: Membership, room_clients: dict[str, Client]
) -> None:
    notify(person=alice, sentence="Pour Alice.", url="/", at=timezone.now())
    response = room_clients["bob"].get("/moi/donnees.json")
    data = json.loads(response.content)
    assert "attachment" in response["Content-Disposition"]
    assert data["person"]["email"] == "bob@example.org"
    assert data["memberships"][0]["register_number"] == 2
    assert data["representations"][0]["organisation"] == "Le Bon Copeau"
    assert set(data) >= {"person", "actions", "follow_up", "workshops", "votes", "assemblies"}
    assert "Alice" not in response.content.decode()
    assert "digest" not in response.content.decode()


def test_a_guest_is_named_and_nothing_more(db: None) -> None:
    guest = guest_named(name="  Idriss   B. ", at=timezone.now())
    assert (guest.name, guest.email, guest.is_guest) == ("Idriss B.", None, True)
    with pytest.raises(Refused, match="name_missing"):
        guest_named(name="   ", at=timezone.now())
