"""How people come in: a code sent by e-mail in their own language, and tokens for programs."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from cooperation.models import ApiToken, Person
from cooperation.services import note_use
from cooperation.tokens import digest_of_token


class Adapter(DefaultAccountAdapter):
    """Nobody signs up alone: a person exists because somebody admitted, invited or registered them."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("Ce code n’est pas le bon."),
        "rate_limited": _("Trop d’envois en peu de temps : attendez une minute, puis recommencez."),
        "too_many_login_attempts": _(
            "Trop d’essais en peu de temps : attendez une minute, puis demandez un nouveau code."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of the person's profile; to somebody unknown, in that of the page."""
        person = Person.objects.filter(email__iexact=email).first()
        with translation.override(person.language if person else translation.get_language()):
            super().send_mail(template_prefix, email, {**context, "person": person})


def person_of_token(token: str) -> Person | None:
    """The person whose live token this is."""
    found = ApiToken.objects.select_related("person").filter(digest=digest_of_token(token)).first()
    at = timezone.now()
    if found is None or not found.is_live(at) or not found.person.is_active:
        return None
    note_use(token=found, at=at)
    return found.person
