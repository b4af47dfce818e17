"""How people come in: a code sent by e-mail, and tokens for programs."""

import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

from cooperation.models import ApiToken, Person


class Adapter(DefaultAccountAdapter):
    """Nobody signs up alone: a person exists because somebody admitted, invited or registered them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


def digest_of_token(token: str) -> str:
    """What is stored of a token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_of_token(token: str) -> Person | None:
    """The person whose live token this is."""
    found = ApiToken.objects.select_related("person").filter(digest=digest_of_token(token)).first()
    if found is None or not found.is_live(timezone.now()) or not found.person.is_active:
        return None
    return found.person
