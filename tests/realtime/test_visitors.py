"""Who may open a socket: a page of this very host, or a program with a token."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.utils import timezone
from websockets.exceptions import InvalidStatus

from cooperation.accounts import digest_of_token
from cooperation.models import ApiToken, Person
from realtime.hub import recheck_rights
from realtime.visitors import Visitor, is_same_origin, people_of, visitors_of
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


def handshake(cookie: str = "", **more: str) -> dict[str, Any]:
    """A handshake of a page of this host."""
    headers = {"host": "localhost", "origin": "http://localhost", "cookie": cookie, **more}
    return {"headers": [(name.encode(), text.encode()) for name, text in headers.items()], "scheme": "ws"}


def visitor_of(scope: dict[str, Any]) -> Visitor | Exception | None:
    """One that comes alone."""
    (found,) = visitors_of([scope])
    return found


@pytest.mark.parametrize("many", [1, 40])
def test_the_visitors_of_any_number_of_handshakes_are_found_in_two_queries(
    db: None, bob: Person, alice: Person, django_assert_num_queries: Callable[[int], Any], many: int
) -> None:
    scopes = [handshake(cookie_of(bob if number % 2 else alice)) for number in range(many)]
    with django_assert_num_queries(2):
        found = visitors_of(scopes)
    assert [isinstance(one, Visitor) and (one.person, one.language) for one in found] == [
        ((bob if number % 2 else alice).pk, "fr") for number in range(many)
    ]


def session(person: Person, **changed: Any) -> str:
    """A cookie whose session says something else than the login left in it."""
    cookie = cookie_of(person)
    store = SessionStore(cookie.partition("=")[2])
    store.update(changed)
    store.save()
    return cookie


def test_each_of_a_set_is_who_django_says_alone(db: None, bob: Person, alice: Person, settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "an older key", []
    older = cookie_of(bob)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the key of today", ["an older key"]
    gone = Person.objects.create_user("gone@example.org", given_name="Gone")
    cookies = [
        cookie_of(bob),
        session(bob, _auth_user_hash="0" * 64),
        session(bob, _auth_user_backend="nobody.Backend"),
        session(bob, _auth_user_id="none of ours"),
        session(bob, _auth_user_id="999999"),
        cookie_of(gone),
        "sessionid=nosuchsession",
        "",
        older,
        cookie_of(alice),
    ]
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    scopes = [handshake(cookie) for cookie in cookies]
    alone = [visitor_of(scope) for scope in scopes]
    assert visitors_of(scopes) == alone
    assert Session.objects.filter(pk=older.partition("=")[2]).exists(), "the browser keeps its session"
    who = [one.person if isinstance(one, Visitor) else type(one) for one in alone]
    assert who == [bob.pk, None, None, ValidationError, None, None, None, None, bob.pk, alice.pk]


def test_only_what_is_beyond_question_is_answered_for_a_set(db: None, bob: Person) -> None:
    plain, questionable = cookie_of(bob), session(bob, _auth_user_hash="0" * 64)
    keys = [cookie.partition("=")[2] for cookie in (plain, questionable)]
    assert people_of(keys) == {keys[0]: bob}


def test_foreigners_and_failures_hinder_nobody(db: None, bob: Person) -> None:
    foreign = handshake(cookie_of(bob), origin="https://evil.example")
    broken = handshake(session(bob, _auth_user_id="none of ours"))
    first, second, third = visitors_of([foreign, broken, handshake(cookie_of(bob))])
    assert first is None
    assert isinstance(second, ValidationError)
    assert isinstance(third, Visitor)


def test_a_cookie_that_no_database_can_be_asked_about_hinders_nobody(db: None, bob: Person) -> None:
    nul = handshake('sessionid="\\000"')
    foreign = handshake('sessionid="\\000"', origin="https://evil.example")
    stranger, refused, known = visitors_of([nul, foreign, handshake(cookie_of(bob))])
    assert isinstance(stranger, Visitor)
    assert stranger.person is None
    assert refused is None
    assert isinstance(known, Visitor)
    assert known.person == bob.pk


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
