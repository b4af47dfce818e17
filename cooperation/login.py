"""The two steps of logging in, an address then the code it received; in the demo both are shown on the page."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account import app_settings
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.module_loading import import_string

from cooperation.models import Person


class RequestCode(RequestLoginCodeView):
    """Step 1: the address. A known and an unknown one lead to the same page."""

    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the accounts of the demo, in the demo only."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        return {**shown, "step": 1, "demo_accounts": demo_accounts()}


class ConfirmCode(ConfirmLoginCodeView):
    """Step 2: the code, a few tries, a few minutes."""

    template_name = "account/confirm_login_code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how long and how often one may still try, and the code itself in the demo only."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        state = self._process.state
        sent_at = datetime.fromtimestamp(state["at"], UTC)
        return {
            **shown,
            "step": 2,
            "attempts_left": app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS - state["failed_attempts"],
            "valid_until": sent_at + timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT),
            "demo_code": self._process.code if settings.DEMO else "",
        }


def demo_accounts() -> Sequence[dict[str, str]]:
    """The accounts anyone may try in the demo, with what each can do; none anywhere else."""
    if not settings.DEMO:
        return []
    told = import_string(settings.DEMO_ACCOUNTS)
    known = set(Person.objects.filter(email__in=[row[0] for row in told]).values_list("email", flat=True))
    return [
        {"email": email, "name": f"{given} {family}".strip(), "what": what}
        for email, given, family, what in told
        if email in known
    ]


def to_login(request: HttpRequest) -> HttpResponse:
    """Where the pages we do not have (signing up, passwords) lead: to the login page."""
    return HttpResponseRedirect(reverse("account_login"))


def admin_login(request: HttpRequest) -> HttpResponse:
    """The admin has no password form: the staff comes in by code; whoever is in and is not staff finds nothing."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.GET.get("next", reverse("admin:index")))
