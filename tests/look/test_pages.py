"""The base page, the gallery, the pages of refusal: they render for a stranger and name themselves."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from config.errors import csrf_failure
from config.gallery import BOARDS
from cooperation.models import Person

pytestmark = pytest.mark.urls("tests.look.urls")


@pytest.mark.parametrize("name", ["gallery", *(f"gallery-{board}" for board in BOARDS)])
@pytest.mark.django_db
def test_each_sample_page_renders_whole(client: Client, name: str) -> None:
    html = client.get(reverse(name)).content.decode()
    assert html.rstrip().endswith("</html>")
    assert html.count('id="contenu"') == 1


@pytest.mark.django_db
def test_the_page_is_in_the_reader_s_language(client: Client) -> None:
    assert (
        '<html lang="fr">' in client.get("/composants/", headers={"accept-language": "fr"}).content.decode()
    )
    assert (
        '<html lang="en">' in client.get("/composants/", headers={"accept-language": "en"}).content.decode()
    )


@pytest.mark.django_db
def test_a_stranger_is_offered_to_log_in(client: Client) -> None:
    assert "Se connecter" in client.get("/composants/", headers={"accept-language": "fr"}).content.decode()


@pytest.mark.django_db
def test_a_person_finds_their_badge_and_what_is_unread(client: Client, alice: Person) -> None:
    client.force_login(alice)
    html = client.get("/composants/").content.decode()
    assert alice.name in html
    assert "Se connecter" not in html


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_a_page_of_failure_needs_neither_person_nor_database(name: str) -> None:
    assert "<h1>" in render_to_string(name)


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_what_to_do(client: Client) -> None:
    answer = client.get("/nulle-part/", headers={"accept-language": "fr"})
    assert answer.status_code == 404
    assert "Le fil se perd ici" in answer.content.decode()


def test_an_old_form_is_told_that_nothing_left(rf: RequestFactory) -> None:
    answer = csrf_failure(rf.post("/"))
    assert answer.status_code == 403
    assert "n’est pas parti" in answer.content.decode()


@pytest.mark.django_db
def test_the_first_step_of_logging_in_asks_one_thing(client: Client) -> None:
    html = client.get(reverse("account_login"), headers={"accept-language": "fr"}).content.decode()
    assert html.count('type="email"') == 1
    assert "Recevoir mon code" in html


@pytest.mark.django_db
def test_a_wrong_address_is_kept_and_explained(client: Client) -> None:
    html = client.post(
        reverse("account_login"), {"email": "pas une adresse"}, headers={"accept-language": "fr"}
    ).content.decode()
    assert 'value="pas une adresse"' in html
    assert "Rien n’est parti" in html


@pytest.mark.django_db
def test_a_wrong_code_tells_what_is_kept(client: Client, alice: Person) -> None:
    client.post(reverse("account_login"), {"email": alice.email}, headers={"accept-language": "fr"})
    html = client.post(
        reverse("account_confirm_login_code"), {"code": "000000"}, headers={"accept-language": "fr"}
    ).content.decode()
    assert "votre adresse est gardée" in html
    assert 'aria-invalid="true"' in html
