"""Pages for what Django itself refuses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: say what to do, lose nothing that was stored."""
    return render(request, "403_csrf.html", status=403)
