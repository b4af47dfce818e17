"""The pages of cooperation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def profile(request: HttpRequest) -> HttpResponse:
    """The person's own page."""
    return render(request, "cooperation/profile.html")


def member_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One member."""
    return render(request, "cooperation/member.html")


def bodies(request: HttpRequest) -> HttpResponse:
    """The governing bodies."""
    return render(request, "cooperation/bodies.html")
