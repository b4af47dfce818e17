"""Who may open a socket: a page of this very host, or a program with a token."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from websockets.exceptions import InvalidStatus

from cooperation.accounts import digest_of_token
from cooperation.models import ApiToken, Person
from realtime.hub import recheck_rights
from realtime.visitors import is_same_origin, visitor_of
from tests.realtime.conftest import Connect, cookie_of
from tests.realtime.phone import Phone


def test_a_page_of_this_host_is_its_person(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    assert page.answer(page.do("note.add", wall=1, text="hello"))["data"]["by"] == bob.pk


@pytest.mark.parametrize(
    "origin", [None, "null", "", "https://evil.example", "http://127.0.0.1", "http://127.0.0.1:1", "file://"]
)
@pytest.mark.everywhere
def test_a_foreign_or_missing_origin_is_refused(
    phone: Connect, bob: Person, origin: str | None, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    with pytest.raises(InvalidStatus, match="400|403"):
        phone(bob, origin=origin)


def test_a_session_that_is_none_is_nobody(served: str) -> None:
    page = Phone(served, cookie="sessionid=nosuchsession")
    assert page.joined("wall:1") == {"topic": "wall:1", "refused": "not_a_participant"}
    page.close()


@pytest.mark.everywhere
def test_another_path_is_refused(served: str) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        Phone(served + "/elsewhere")


@pytest.fixture
def token(bob: Person) -> str:
    """A live token of Bob."""
    ApiToken.objects.create(
        person=bob, digest=digest_of_token("secret"), label="script", created_at=timezone.now()
    )
    return "secret"


@pytest.mark.everywhere
def test_a_program_brings_a_token_instead_of_an_origin(phone: Connect, bob: Person, token: str) -> None:
    program = phone(None, origin=None, authorization=f"Bearer {token}")
    assert program.answer(program.do("note.add", wall=1, text="hello"))["data"]["by"] == bob.pk


def test_a_token_counts_from_any_origin(phone: Connect, token: str) -> None:
    program = phone(None, origin="https://partner.example", authorization=f"Bearer {token}")
    assert program.joined("wall:1")["upto"] == 0


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "Basic c2VjcmV0", "secret"])
def test_a_wrong_token_is_refused_whatever_the_cookie_says(
    phone: Connect, bob: Person, token: str, header: str
) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        phone(bob, authorization=header)


@pytest.mark.everywhere
def test_who_logged_out_is_let_go(phone: Connect, bob: Person, alice: Person) -> None:
    leaving, staying = phone(bob), phone(alice)
    leaving.joined("wall:1")
    sessions = [row.pk for row in Session.objects.all() if row.get_decoded()["_auth_user_id"] == str(bob.pk)]
    Session.objects.filter(pk__in=sessions).delete()
    recheck_rights()
    assert leaving.closed_with() == 4401
    assert staying.joined("wall:1")["upto"] == 0


def test_a_revoked_token_is_let_go(phone: Connect, token: str) -> None:
    program = phone(None, origin=None, authorization=f"Bearer {token}")
    program.joined("wall:1")
    ApiToken.objects.all().delete()
    recheck_rights()
    assert program.closed_with() == 4401


def test_who_is_deactivated_is_let_go(phone: Connect, bob: Person) -> None:
    page = phone(bob)
    page.joined("wall:1")
    Person.objects.filter(pk=bob.pk).update(is_active=False)
    recheck_rights()
    assert page.closed_with() == 4401


def test_an_expired_session_is_nobody(phone: Connect, bob: Person, served: str) -> None:
    cookie = cookie_of(bob)
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=1))
    page = Phone(served, cookie)
    assert page.joined("wall:1")["refused"] == "not_a_participant"
    page.close()


def test_the_visitor_is_found_in_two_queries(
    db: None, bob: Person, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    headers = [
        (b"host", b"localhost"),
        (b"origin", b"http://localhost"),
        (b"cookie", cookie_of(bob).encode()),
    ]
    with django_assert_max_num_queries(2):
        visitor = visitor_of({"headers": headers, "scheme": "ws"})
    assert visitor is not None
    assert (visitor.person, visitor.language) == (bob.pk, "fr")


ORIGINS = [
    ("http://localhost:8000", "localhost:8000", False, True),
    ("http://localhost", "localhost", False, True),
    ("http://localhost", "localhost:80", False, True),
    ("https://localhost", "localhost", True, True),
    ("https://localhost", "localhost:443", True, True),
    ("HTTPS://LOCALHOST", "localhost", True, True),
    ("http://localhost", "localhost", True, False),
    ("http://[::1]:8000", "[::1]:8000", False, True),
    ("http://localhost.evil.example", "localhost", False, False),
    ("http://localhost:8001", "localhost:8000", False, False),
    ("http://user@localhost", "localhost", False, False),
    ("ws://localhost", "localhost", False, False),
    ("http://localhost:99999", "localhost", False, False),
    ("http://", "", False, False),
    ("null", "localhost", False, False),
]


@pytest.mark.parametrize(("origin", "host", "secure", "same"), ORIGINS)
def test_origin_equals_host(origin: str, host: str, secure: bool, same: bool) -> None:
    assert is_same_origin(origin, host, secure) is same


def test_a_host_that_is_not_allowed_is_nobodys_origin() -> None:
    assert not is_same_origin("http://other.example", "other.example", False)


def test_the_proxys_word_counts_only_where_it_is_trusted(db: None, settings: Any) -> None:
    headers = [
        (b"host", b"backend"),
        (b"x-forwarded-host", b"localhost"),
        (b"x-forwarded-proto", b"https"),
        (b"origin", b"https://localhost"),
    ]
    assert visitor_of({"headers": headers, "scheme": "ws"}) is None
    settings.USE_X_FORWARDED_HOST = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert visitor_of({"headers": headers, "scheme": "ws"}) is not None
