"""Coming in: an address, a code by e-mail, and nothing that says who is known here."""

import re

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.core import mail
from django.core.checks import run_checks
from django.test import Client
from django.utils import timezone
from django.utils.translation import get_language
from pytest_django import Settings

from cooperation.checks import demo_stays_local
from cooperation.login import demo_accounts
from cooperation.models import Person
from cooperation.services import guest_named, set_language

LOGIN, CODE = "/comptes/login/", "/comptes/login/code/confirm/"


def ask(client: Client, email: str, next_page: str = "") -> str:
    """Ask for a code; where the page leads."""
    response = client.post(
        f"{LOGIN}?next={next_page}" if next_page else LOGIN, {"email": email, "next": next_page}
    )
    return str(response["Location"])


def sent_code() -> str:
    found = re.search(r"\b(\d{6})\b", mail.outbox[-1].subject)
    assert found
    return found[1]


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_code_comes_by_mail_in_its_subject_and_opens_the_door(bob: Person) -> None:
    client = Client()
    assert ask(client, "BOB@example.org").startswith(CODE)
    assert re.fullmatch(r"\d{6} est votre code pour entrer sur Écossolies", mail.outbox[0].subject)
    assert sent_code() in mail.outbox[0].body
    response = client.post(CODE, {"code": sent_code()})
    assert (response.status_code, response["Location"], is_in(client)) == (302, "/", True)


def test_the_mail_speaks_the_language_of_the_person(bob: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = []
    monkeypatch.setattr(DefaultAccountAdapter, "send_mail", lambda *words: heard.append(get_language()))
    set_language(person=bob, language="en")
    for email in ("bob@example.org", "who@example.org"):
        ask(Client(headers={"accept-language": "fr"}), email)
    assert heard == ["en", "fr"]


def test_an_unknown_address_leads_to_the_same_page_and_is_told_whom_to_ask(bob: Person) -> None:
    known, unknown = Client(), Client()
    assert ask(known, "bob@example.org") == ask(unknown, "who@example.org")
    pages = [client.get(CODE).content.decode() for client in (known, unknown)]
    hidden = [re.sub(r"bob@|who@|value=\"[^\"]{64}\"|data-server-now=\"[^\"]*\"", "", page) for page in pages]
    assert hidden[0] == hidden[1]
    assert mail.outbox[1].to == ["who@example.org"]
    assert "la personne qui tient le registre" in mail.outbox[1].body
    assert not re.search(r"\d{6}", mail.outbox[1].subject)


def test_an_unknown_address_never_gets_in(db: None) -> None:
    client = Client()
    ask(client, "who@example.org")
    for code in ("", "000000", "-", " "):
        assert client.post(CODE, {"code": code}).status_code == 200
    assert not is_in(client)


def test_somebody_whose_account_is_closed_gets_no_code(bob: Person) -> None:
    bob.is_active = False
    bob.save()
    ask(Client(), "bob@example.org")
    assert not re.search(r"\d{6}", mail.outbox[0].subject)


def test_a_wrong_code_says_how_many_tries_are_left_then_the_door_closes(bob: Person) -> None:
    client = Client()
    ask(client, "bob@example.org")
    wrong = "000000" if sent_code() != "000000" else "111111"
    page = client.post(CODE, {"code": wrong}).content.decode()
    assert "Ce code n’est pas le bon." in page
    assert "Il vous reste 4 essais" in page
    for _ in range(4):
        response = client.post(CODE, {"code": wrong})
    assert response["Location"].startswith("/comptes/login/")
    client.post(CODE, {"code": sent_code()})
    assert not is_in(client)


def test_the_field_to_fill_next_has_the_focus(bob: Person) -> None:
    client = Client()
    assert "autofocus" not in client.get(LOGIN).content.decode()
    wrong = client.post(LOGIN, {"email": "bob@"}).content.decode()
    assert re.search(r'<input id="email"[^>]* autofocus', wrong)
    ask(client, "bob@example.org")
    assert re.search(r'<input id="code"[^>]* autofocus', client.get(CODE).content.decode())


def test_the_code_of_one_browser_opens_no_other(bob: Person) -> None:
    mine, other = Client(), Client()
    ask(mine, "bob@example.org")
    code = sent_code()
    ask(other, "bob@example.org")
    if code != sent_code():
        other.post(CODE, {"code": code})
        assert not is_in(other)


def test_codes_are_not_sent_without_end_to_one_address(bob: Person) -> None:
    for _ in range(6):
        ask(Client(), "bob@example.org")
    response = Client().post(LOGIN, {"email": "bob@example.org"})
    assert response.status_code == 200
    assert "Trop d’essais en peu de temps" in response.content.decode()
    assert len(mail.outbox) == 6


def test_a_link_in_a_notice_lands_on_its_object_after_the_login(bob: Person) -> None:
    client = Client()
    assert ask(client, "bob@example.org", "/moi/notifications/") == f"{CODE}?next=%2Fmoi%2Fnotifications%2F"
    url = f"{CODE}?next=/moi/notifications/"
    assert (
        client.post(url, {"code": sent_code(), "next": "/moi/notifications/"})["Location"]
        == "/moi/notifications/"
    )


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_login_never_leads_to_another_site(url: str, bob: Person) -> None:
    client = Client()
    ask(client, "bob@example.org", url)
    response = client.post(f"{CODE}?next={url}", {"code": sent_code(), "next": url})
    assert (response["Location"], is_in(client)) == ("/", True)
    assert client.get(f"{LOGIN}?next={url}")["Location"] == "/"


def test_logging_out_is_a_form(room_clients: dict[str, Client]) -> None:
    client = room_clients["bob"]
    assert client.get("/comptes/logout/").status_code == 200
    assert is_in(client)
    client.post("/comptes/logout/")
    assert not is_in(client)


def test_nobody_signs_up_alone_nor_makes_a_password(room_clients: dict[str, Client]) -> None:
    assert Client().get("/comptes/signup/")["Location"] == LOGIN
    assert Client().post("/comptes/signup/", {"email": "new@example.org"})["Location"] == LOGIN
    closed = ["password/change/", "password/reset/", "password/set/", "email/", "reauthenticate/"]
    assert {room_clients["bob"].get(f"/comptes/{page}").status_code for page in closed} == {404}
    assert not Person.objects.filter(email="new@example.org").exists()


def test_a_guest_has_no_door_of_their_own(db: None) -> None:
    guest = guest_named(name="Idriss", at=timezone.now())
    assert not guest.has_usable_password()


# -- the demo


def test_outside_the_demo_no_account_and_no_code_is_shown(bob: Person) -> None:
    client = Client()
    ask(client, "bob@example.org")
    response = client.get(CODE)
    assert response.context["demo_code"] == ""
    assert sent_code() not in response.content.decode()
    assert list(demo_accounts()) == []


def test_the_demo_shows_its_accounts_and_the_code_on_the_page(db: None, settings: Settings) -> None:
    settings.DEMO = True
    Person.objects.create_user("nadege@demo.example", given_name="Nadège")
    client = Client()
    assert [account["email"] for account in demo_accounts()] == ["nadege@demo.example"]
    assert "nadege@demo.example" in client.get(LOGIN).content.decode()
    ask(client, "nadege@demo.example")
    assert sent_code() in client.get(CODE).content.decode()


@pytest.mark.parametrize(
    ("hosts", "site"),
    [
        (["ecossolies.example"], "http://localhost:8000"),
        (["*"], "http://localhost"),
        ([], "https://ecossolies.example"),
    ],
)
def test_the_demo_refuses_to_be_public(hosts: list[str], site: str, settings: Settings) -> None:
    settings.DEMO, settings.ALLOWED_HOSTS, settings.SITE_URL = True, hosts, site
    assert [error.id for error in demo_stays_local(None)] == ["cooperation.E001"]
    assert "cooperation.E001" in [error.id for error in run_checks()]


def test_the_demo_at_home_and_the_real_thing_anywhere_are_fine(settings: Settings) -> None:
    settings.DEMO, settings.ALLOWED_HOSTS, settings.SITE_URL = (
        True,
        ["localhost", "127.0.0.1"],
        "http://localhost:8000",
    )
    assert demo_stays_local(None) == []
    settings.DEMO, settings.ALLOWED_HOSTS = False, ["ecossolies.example"]
    assert demo_stays_local(None) == []
