"""The doors to an act beside the socket: the plain form and the REST API, with the same keys and refusals."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from rest_framework.exceptions import Throttled, ValidationError

from cooperation.models import Person
from realtime.commands import Caller
from realtime.doors import as_form, perform
from realtime.models import Act, LoggedEvent
from realtime.refused import Refused, sentence_of, status_of
from realtime.rest import exception_handler
from tests.realtime.domain import NOTE_ADD, WallTopic

KEY = "5f0e2f0c-3f4f-4b4e-9d7e-1c2d3e4f5a6b"
JSON = {"Accept": "application/json"}


@pytest.fixture
def bobs(db: None, walls: WallTopic, bob: Person) -> Client:
    """Bob's browser."""
    client = Client()
    client.force_login(bob)
    return client


def test_a_form_does_the_act_and_goes_where_it_says(bobs: Client, bob: Person) -> None:
    answer = bobs.post("/walls/1/", {"text": "hello", "key": KEY, "for": "3"})
    assert (answer.status_code, answer["Location"]) == (303, "/walls/1/")
    assert Act.objects.get().answer["hat"] == 3
    assert LoggedEvent.objects.get().data["by"] == bob.pk


def told(answer: HttpResponse) -> list[str]:
    """What the next page will say."""
    return [str(message) for message in get_messages(answer.wsgi_request)]  # type: ignore[attr-defined]


def test_a_form_that_leads_back_to_the_page_it_stood_on_is_said_to_have_been_received(bobs: Client) -> None:
    here = {"Referer": "http://testserver/walls/1/?page=2"}
    assert told(bobs.post("/walls/1/whisper/", {"text": "hello"}, headers=here)) == ["C’est reçu."]


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("hello", {"Referer": "http://testserver/"}),
        ("hello", {}),
        ("hello", {**JSON, "Referer": "http://testserver/walls/1/"}),
        ("full", {"Referer": "http://testserver/walls/1/"}),
    ],
)
def test_a_form_that_leads_elsewhere_a_program_and_a_refusal_are_told_nothing_there(
    bobs: Client, text: str, headers: dict[str, str]
) -> None:
    assert told(bobs.post("/walls/1/", {"text": text}, headers=headers)) == []


def test_a_form_sent_twice_with_its_key_is_done_once(bobs: Client) -> None:
    for _ in range(2):
        assert bobs.post("/walls/1/", {"text": "hello", "key": KEY}).status_code == 303
    assert LoggedEvent.objects.count() == 1


def test_a_form_without_a_key_is_done(bobs: Client) -> None:
    assert bobs.post("/walls/1/", {"text": "hello"}).status_code == 303
    assert LoggedEvent.objects.count() == 1


def test_what_was_typed_without_a_session_is_there_after_the_login(walls: WallTopic, bob: Person) -> None:
    client = Client()
    sent_away = client.post("/walls/1/", {"text": "long thought", "key": KEY})
    assert sent_away["Location"] == "/comptes/login/?next=/walls/1/"
    client.force_login(bob)
    page = client.get("/walls/1/").content.decode()
    assert '<textarea name="text">long thought</textarea>' in page
    assert "rien n’est parti" in page
    assert "long thought" not in client.get("/walls/1/").content.decode()
    assert LoggedEvent.objects.count() == 0


def test_what_is_private_is_not_kept_while_its_writer_logs_in(walls: WallTopic, bob: Person) -> None:
    client = Client()
    client.post("/walls/1/whisper/", {"text": "hush"})
    assert "hush" not in str(dict(client.session))
    client.force_login(bob)
    assert "hush" not in client.get("/walls/1/whisper/").content.decode()


def test_the_address_of_a_form_wins_over_its_fields(bobs: Client) -> None:
    bobs.post("/walls/1/", {"text": "hello", "wall": "2"})
    assert LoggedEvent.objects.get().data["wall"] == 1


def test_a_refused_form_is_shown_again_with_the_reason_and_what_was_typed(bobs: Client) -> None:
    answer = bobs.post("/walls/1/", {"text": "full", "key": KEY})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<p class="erreur" role="alert" tabindex="-1" autofocus>Le mur est plein : 3 notes.</p>' in page
    assert '<textarea name="text">full</textarea>' in page


def test_what_was_typed_is_escaped(bobs: Client) -> None:
    page = bobs.post("/walls/1/", {"text": "<script>" + "x" * 1000}).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_an_invalid_form_names_the_field(bobs: Client) -> None:
    page = bobs.post("/walls/1/", {"text": ""}).content.decode()
    assert '<p class="erreur" role="alert" tabindex="-1" autofocus>Texte : ' in page
    assert re.search("<b>.+</b>", page)


def test_the_page_of_a_form_is_shown_at_its_address(bobs: Client) -> None:
    page = bobs.get("/walls/1/").content.decode()
    assert "erreur" not in page
    assert '<textarea name="text"></textarea>' in page
    assert 'data-topic="wall:1" data-seq="1234"' in page
    assert '<span data-now="tally:1" data-field="notes">3</span>' in page


def test_each_form_carries_a_fresh_key_and_a_token(bobs: Client) -> None:
    keys = {re.findall('name="key" value="([^"]+)"', bobs.get("/walls/1/").content.decode())[0] for _ in "ab"}
    assert len(keys) == 2
    assert "csrfmiddlewaretoken" in bobs.get("/walls/1/").content.decode()


def test_a_form_without_its_token_is_refused(bob: Person, walls: WallTopic) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob)
    assert client.post("/walls/1/", {"text": "hello"}).status_code == 403
    assert not LoggedEvent.objects.exists()


def test_nobody_in_particular_is_sent_to_log_in_and_back(db: None, walls: WallTopic) -> None:
    answer = Client().post("/walls/1/", {"text": "hello"})
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/walls/1/")
    assert not LoggedEvent.objects.exists()


def test_a_script_gets_the_answer_as_the_socket_gives_it(bobs: Client, bob: Person) -> None:
    answer = bobs.post("/walls/1/", {"text": "hello", "key": KEY}, headers=JSON).json()
    assert answer["done"] == KEY
    assert answer["data"]["by"] == bob.pk


@pytest.mark.parametrize(
    ("wall", "text", "status", "code"),
    [(1, "full", 403, "wall_full"), (1, "", 422, "invalid"), (404, "hello", 404, "not_found")],
)
def test_a_script_is_refused_by_name(bobs: Client, wall: int, text: str, status: int, code: str) -> None:
    answer = bobs.post(f"/walls/{wall}/", {"text": text, "key": KEY}, headers=JSON)
    assert answer.status_code == status
    assert answer.json().keys() == {"failed", "code", "message", "errors"}
    assert (answer.json()["failed"], answer.json()["code"]) == (KEY, code)


def test_what_is_not_there_is_not_found_on_the_page_too(bobs: Client) -> None:
    assert bobs.post("/walls/404/", {"text": "hello"}).status_code == 404


def test_a_key_used_on_the_form_counts_on_the_socket(bobs: Client, bob: Person) -> None:
    first = bobs.post("/walls/1/", {"text": "hello", "key": KEY, "tags": ["a", "b"]}, headers=JSON).json()[
        "data"
    ]
    data = as_form({"wall": "1", "text": "hello", "tags": ["a", "b"]})
    caller = Caller(bob, None)  # type: ignore[arg-type]
    assert perform(NOTE_ADD, caller, uuid4().__class__(KEY), data) == first
    assert LoggedEvent.objects.count() == 1


def test_a_program_posts_json_and_gets_the_answer(bobs: Client, bob: Person) -> None:
    url, body = "/api/walls/1/notes/", {"text": "hello", "for": 5}
    first = bobs.post(url, body, "application/json", headers={"Idempotency-Key": KEY})
    again = bobs.post(url, body, "application/json", headers={"Idempotency-Key": KEY})
    assert first.status_code == 200
    assert first.json() == again.json()
    assert (first.json()["by"], first.json()["hat"]) == (bob.pk, 5)
    assert LoggedEvent.objects.count() == 1


def test_a_program_with_a_key_of_other_content_is_refused(bobs: Client) -> None:
    for text in ("hello", "other"):
        answer = bobs.post(
            "/api/walls/1/notes/", {"text": text}, "application/json", headers={"Idempotency-Key": KEY}
        )
    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")


ERRORS = [
    ({"text": "full"}, 403, "wall_full"),
    ({"text": ""}, 422, "invalid"),
    ({"text": "hello", "for": "x"}, 422, "invalid"),
    ([], 400, "parse_error"),
]


@pytest.mark.parametrize(("body", "status", "code"), ERRORS)
def test_every_rest_error_has_one_shape(bobs: Client, body: Any, status: int, code: str) -> None:
    answer = bobs.post("/api/walls/1/notes/", body, "application/json")
    assert answer.status_code == status
    assert answer.json().keys() == {"code", "message", "errors"}
    assert answer.json()["code"] == code


def test_a_program_that_is_nobody_is_refused_by_name(db: None, walls: WallTopic) -> None:
    answer = Client().post("/api/walls/1/notes/", {"text": "hello"}, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "login_required")


def test_a_key_that_is_none_is_refused(bobs: Client) -> None:
    answer = bobs.post(
        "/api/walls/1/notes/", {"text": "hello"}, "application/json", headers={"Idempotency-Key": "mine"}
    )
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["key"])


def test_reading_where_only_acting_is_possible_is_refused_in_the_same_shape(bobs: Client) -> None:
    answer = bobs.get("/api/walls/1/notes/")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


def test_the_frameworks_own_errors_take_the_shape() -> None:
    invalid = exception_handler(ValidationError({"rows": [{"name": ["missing"]}, {}]}), {})
    slowed = exception_handler(Throttled(wait=3), {})
    assert invalid is not None
    assert slowed is not None
    assert (invalid.status_code, invalid.data["errors"]) == (422, {"rows.0.name": ["missing"]})
    assert (slowed.status_code, slowed.data["code"], slowed.headers["Retry-After"]) == (429, "throttled", "3")
    assert exception_handler(RuntimeError(), {}) is None


def test_a_refusal_has_its_sentence_and_its_status(walls: WallTopic) -> None:
    assert sentence_of(Refused("wall_full", count=3)) == "Le mur est plein : 3 notes."
    assert (status_of("wall_full"), status_of("not_found"), status_of("anything")) == (403, 404, 409)


@pytest.mark.logs_errors
def test_a_refusal_without_a_sentence_is_still_told() -> None:
    assert sentence_of(Refused("never_written"))
