"""Where a form goes next: a page of this site, never another one."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def next_place(request: HttpRequest, default: str = "cooperation:profile") -> str:
    """The posted `next` if it is a path of this host, else the default page."""
    wanted = request.POST.get("next", "")
    if is_local(wanted):
        return wanted
    return reverse(default)


def is_local(url: str) -> bool:
    """Whether a URL stays on this host: a plain absolute path, with no scheme, host or backslash."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
