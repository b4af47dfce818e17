"""Who is at the other end of a socket: Origin, session or token, language; all in one hop."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user, get_user_model
from django.http import HttpRequest, parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils import timezone, translation
from django.utils.module_loading import import_string

PORTS = {"http": "80", "https": "443"}


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person (by key) or nobody, in a language, by a session or by a token."""

    person: int | None
    language: str
    session: str | None = None
    token: str | None = None


def visitor_of(scope: Mapping[str, Any]) -> Visitor | None:
    """The visitor of a websocket's handshake; None when it must be refused. Queries: call it in a thread.

    A program brings `Authorization: Bearer …` and needs no Origin; whoever brings cookies must come from a page
    of this very host, since a browser sends the cookies whoever asks.
    """
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    language = headers.get("accept-language", "")
    if "authorization" in headers:
        return visitor_by_token(headers["authorization"], language)
    if not is_same_origin(headers.get("origin", ""), host_of(headers), is_secure(scope, headers)):
        return None
    return visitor_by_session(parse_cookie(headers.get("cookie", "")), language)


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


def visitor_by_session(cookies: Mapping[str, str], language: str) -> Visitor:
    """The person of the session, or nobody."""
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return Visitor(None, language_of(None, cookies, language))
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    person = get_user(request)
    if not person.is_authenticated:
        return Visitor(None, language_of(None, cookies, language))
    return Visitor(person.pk, language_of(person, cookies, language), session=key)


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
        get_user_model()._default_manager.filter(pk__in=people, is_active=True).values_list("pk", flat=True)
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
        rows = store.get_model_class().objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
        return set(rows.values_list("session_key", flat=True))
    return {key for key in keys if store().exists(key)}
