"""The pages of decisions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def action_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One action."""
    return render(request, "decisions/action.html")


def decision_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision."""
    return render(request, "decisions/decision.html")
