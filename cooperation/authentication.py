"""How a program says who it is: the token of a person."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from cooperation.accounts import person_of_token
from cooperation.models import Person


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; the token is one person's and only its digest is stored."""

    def authenticate(self, request: Request) -> tuple[Person, str] | None:
        """The person and the token, None when the request carries no token."""
        parts = get_authorization_header(request).decode("latin-1").split()
        if len(parts) != 2 or parts[0].lower() != "bearer":
            return None
        person = person_of_token(parts[1])
        if person is None:
            raise AuthenticationFailed("invalid_token", code="invalid_token")
        return person, parts[1]

    def authenticate_header(self, request: Request) -> str:
        """What a 401 announces."""
        return "Bearer"
