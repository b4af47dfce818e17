"""Where a form goes next: a page of this site, never another one."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_place(request: HttpRequest, default: str = "/") -> str:
    """The posted `next` if it is a path of this host, else the default path."""
    wanted = request.POST.get("next", "")
    return wanted if is_local(wanted) else default


def is_local(url: str) -> bool:
    """Whether a URL stays on this host: a plain absolute path, with no scheme, host or backslash."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
