"""Who is at the other end of a socket: Origin, session or token, language; all in one hop."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user,
    get_user_model,
)
from django.http import HttpRequest, parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string

PORTS = {"http": "80", "https": "443"}


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person (by key) or nobody, in a language, by a session or by a token."""

    person: int | None
    language: str
    session: str | None = None
    token: str | None = None


def visitors_of(scopes: Sequence[Mapping[str, Any]]) -> list[Visitor | Exception | None]:
    """The visitors of websocket handshakes; None where one must be refused, what was raised where asking failed.

    Two queries for all who bring an open session. Call it in a thread.
    """
    asked = [headers_of(scope) for scope in scopes]
    known = people_of({key for headers in asked if (key := session_of(cookies_of(headers)))})
    return [attempt(scope, headers, known) for scope, headers in zip(scopes, asked, strict=True)]


def headers_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """The headers of a handshake, by their names in small letters."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def cookies_of(headers: Mapping[str, str]) -> dict[str, str]:
    """What the handshake remembers."""
    return parse_cookie(headers.get("cookie", ""))


def session_of(cookies: Mapping[str, str]) -> str | None:
    """The key of the session, if there is one; no key holds a NUL, about which PostgreSQL could not even be asked."""
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return key if key and "\0" not in key else None


def attempt(
    scope: Mapping[str, Any], headers: Mapping[str, str], known: Mapping[str, Any]
) -> Visitor | Exception | None:
    """The visitor of one handshake among others, none of which it may hinder."""
    try:
        return visitor_of(scope, headers, known)
    except Exception as error:
        return error


def visitor_of(
    scope: Mapping[str, Any], headers: Mapping[str, str], known: Mapping[str, Any]
) -> Visitor | None:
    """The visitor of a handshake, whose session's person may be `known`; None when it must be refused.

    A program brings `Authorization: Bearer …` and needs no Origin; whoever brings cookies must come from a page
    of this very host, since a browser sends the cookies whoever asks.
    """
    language = headers.get("accept-language", "")
    if "authorization" in headers:
        return visitor_by_token(headers["authorization"], language)
    if not is_same_origin(headers.get("origin", ""), host_of(headers), is_secure(scope, headers)):
        return None
    return visitor_by_session(cookies_of(headers), language, known)


def host_of(headers: Mapping[str, str]) -> str:
    """The host the client asked for, the proxy's word if it is trusted."""
    forwarded = headers.get("x-forwarded-host", "") if settings.USE_X_FORWARDED_HOST else ""
    return forwarded or headers.get("host", "")


def is_secure(scope: Mapping[str, Any], headers: Mapping[str, str]) -> bool:
    """Whether the client speaks TLS, to us or to our proxy."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        return headers.get(name.removeprefix("HTTP_").replace("_", "-").lower()) == value
    return scope.get("scheme") in ("wss", "https")


def is_same_origin(origin: str, host: str, secure: bool) -> bool:
    """Whether a page of this host asks. `ALLOWED_HOSTS = ["*"]` opens the host, never the comparison."""
    try:
        asked = urlsplit(origin)
        port = str(asked.port) if asked.port else PORTS.get(asked.scheme, "")
    except ValueError:
        return False
    domain, host_port = split_domain_port(host)
    allowed = settings.ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
    if not domain or asked.scheme not in PORTS or not validate_host(domain, allowed):
        return False
    if secure and asked.scheme != "https":
        return False
    asked_domain, _ = split_domain_port(asked.netloc)
    return asked_domain == domain and port == (host_port or PORTS[asked.scheme])


def visitor_by_token(authorization: str, language: str) -> Visitor | None:
    """The person whose token it is; None when it is nobody's."""
    kind, _, token = authorization.partition(" ")
    person = person_of_token(token.strip()) if kind.lower() == "bearer" and token.strip() else None
    if person is None:
        return None
    return Visitor(person.pk, language_of(person, {}, language), token=token.strip())


def person_of_token(token: str) -> Any:
    """What `settings.REALTIME_AUTHENTICATOR` says of a token: a person or None."""
    path = getattr(settings, "REALTIME_AUTHENTICATOR", None)
    authenticate: Callable[[str], Any] = import_string(path) if path else lambda _: None
    return authenticate(token)


def visitor_by_session(cookies: Mapping[str, str], language: str, known: Mapping[str, Any]) -> Visitor:
    """The person of the session, or nobody."""
    key = session_of(cookies)
    person = (known.get(key) or person_of(key)) if key else None
    if person is None:
        return Visitor(None, language_of(None, cookies, language))
    return Visitor(person.pk, language_of(person, cookies, language), session=key)


def person_of(session: str) -> Any:
    """Whoever Django says this session is of; None when it is nobody's."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session)
    person = get_user(request)
    return person if person.is_authenticated else None


def people_of(sessions: Collection[str]) -> dict[str, Any]:
    """The persons of the sessions about which there is no question, in two queries; Django answers for the others.

    Such a session is an open row that names a backend of the settings, an active person, and a hash that person has.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore
    if not sessions or not hasattr(store, "get_model_class"):
        return {}
    rows = store.get_model_class().objects.filter(session_key__among=sessions, expire_date__gt=timezone.now())
    said = {row.session_key: row.get_decoded() for row in rows}
    wanted = {str(one[SESSION_KEY]) for one in said.values() if str(one.get(SESSION_KEY)).isdigit()}
    active = get_user_model()._default_manager.filter(pk__among=wanted, is_active=True) if wanted else ()
    people = {str(person.pk): person for person in active}
    found = {key: people.get(str(one.get(SESSION_KEY))) for key, one in said.items()}
    return {key: person for key, person in found.items() if person and is_plainly(person, said[key])}


def is_plainly(person: Any, session: Mapping[str, Any]) -> bool:
    """Whether the session is of this person beyond question, by today's key or one that is being replaced.

    Django itself would renew a session of an older key: here no cookie can be given back, the browser would be lost.
    """
    said = session.get(HASH_SESSION_KEY, "")
    hashes = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    is_known = session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    return is_known and any(constant_time_compare(said, one) for one in hashes)


def language_of(person: Any, cookies: Mapping[str, str], accepted: str) -> str:
    """The language of the person's profile, as on pages; otherwise the browser's."""
    own = getattr(person, "language", None)
    if own:
        return str(own)
    request = HttpRequest()
    request.COOKIES = dict(cookies)
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    return translation.get_language_from_request(request)


def ended(visitors: Sequence[Visitor]) -> set[Visitor]:
    """Those whose session was closed, whose token was revoked, or who were deactivated; few queries for all."""
    sessions = live_sessions({visitor.session for visitor in visitors if visitor.session})
    tokens = {visitor.token for visitor in visitors if visitor.token}
    live_tokens = {token for token in tokens if person_of_token(token) is not None}
    people = {visitor.person for visitor in visitors if visitor.person is not None}
    active = set(
        get_user_model()
        ._default_manager.filter(pk__among=people, is_active=True)
        .values_list("pk", flat=True)
    )
    return {
        visitor
        for visitor in visitors
        if visitor.person not in active
        or (visitor.session is not None and visitor.session not in sessions)
        or (visitor.token is not None and visitor.token not in live_tokens)
    }


def live_sessions(keys: set[str]) -> set[str]:
    """Those of these sessions that are still open: one query where sessions are rows."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    if hasattr(store, "get_model_class"):
        rows = store.get_model_class().objects.filter(session_key__among=keys, expire_date__gt=timezone.now())
        return set(rows.values_list("session_key", flat=True))
    return {key for key in keys if store().exists(key)}
