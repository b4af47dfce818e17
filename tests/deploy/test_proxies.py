"""The address of the client is what a proxy of ours says, and nobody else's word."""

from ipaddress import ip_network

import pytest
from django.http import HttpRequest, HttpResponse
from pytest_django import Settings

from config.proxy import ProxyMiddleware


def seen(address: str, **headers: str) -> dict[str, str]:
    """What the platform sees of a request from this address."""
    request = HttpRequest()
    request.META = {
        "REMOTE_ADDR": address,
        **{f"HTTP_X_FORWARDED_{name}": said for name, said in headers.items()},
    }
    ProxyMiddleware(lambda _: HttpResponse())(request)
    return dict(request.META)


@pytest.fixture(autouse=True)
def our_proxies(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8"), ip_network("::1")]


def test_our_proxy_says_who_asks() -> None:
    assert seen("10.1.2.3", FOR="203.0.113.7", PROTO="https")["REMOTE_ADDR"] == "203.0.113.7"
    assert seen("::1", FOR="2001:db8::7")["REMOTE_ADDR"] == "2001:db8::7"


def test_what_a_client_wrote_before_our_proxies_is_not_believed() -> None:
    assert seen("10.1.2.3", FOR="198.51.100.1, 203.0.113.7, 10.9.9.9")["REMOTE_ADDR"] == "203.0.113.7"


def test_nonsense_leaves_the_address_of_the_proxy() -> None:
    for said in ("", "unknown", "10.0.0.1", "<script>", "203.0.113.7, nobody"):
        assert seen("10.1.2.3", FOR=said)["REMOTE_ADDR"] == "10.1.2.3", said


def test_a_stranger_neither_changes_address_nor_speaks_tls_by_saying_so() -> None:
    found = seen("203.0.113.9", FOR="198.51.100.1", PROTO="https")
    assert found["REMOTE_ADDR"] == "203.0.113.9"
    assert "HTTP_X_FORWARDED_PROTO" not in found


def test_tls_is_what_our_proxy_says(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for address, is_secure in (("10.1.2.3", True), ("203.0.113.9", False)):
        request = HttpRequest()
        request.META = {"REMOTE_ADDR": address, "HTTP_X_FORWARDED_PROTO": "https"}
        ProxyMiddleware(lambda _: HttpResponse())(request)
        assert request.is_secure() == is_secure


def test_nobody_is_believed_unless_named(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = []
    assert seen("127.0.0.1", FOR="198.51.100.1")["REMOTE_ADDR"] == "127.0.0.1"
