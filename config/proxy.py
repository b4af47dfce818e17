"""Behind a proxy the client's address is what our own proxy says; from anybody else such headers are only words."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FORWARDED_FOR, FORWARDED_PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"


def read(address: str) -> IPv4Address | IPv6Address | None:
    """The address this text says, None for a text that says none."""
    try:
        return ip_address(address)
    except ValueError:
        return None


def is_in(address: str, networks: list) -> bool:
    """Whether an address, as text, belongs to one of these networks; no address belongs to none."""
    found = read(address)
    return found is not None and any(found in network for network in networks)


def client_of(forwarded: str) -> str | None:
    """The last address of the list that is not a proxy of ours: what stands before it the client may have written."""
    for word in reversed(forwarded.split(",")):
        address = word.strip()
        if not is_in(address, settings.TRUSTED_PROXIES):
            return address if read(address) else None
    return None


class ProxyMiddleware:
    """First of all: `REMOTE_ADDR` becomes the client's, for rate limits, and no stranger says that TLS was spoken.

    A list of addresses that no proxy of ours brought stays where it is: `/metrics` takes it for what it is, a request
    that came from elsewhere.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Believe our proxies, and nobody else."""
        if is_in(request.META.get("REMOTE_ADDR", ""), settings.TRUSTED_PROXIES):
            client = client_of(request.META.pop(FORWARDED_FOR, ""))
            request.META["REMOTE_ADDR"] = client or request.META["REMOTE_ADDR"]
        else:
            request.META.pop(FORWARDED_PROTO, None)
        return self.get_response(request)
