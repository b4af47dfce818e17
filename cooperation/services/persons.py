"""What a person does about themselves: guests' names, languages, tokens for programs."""

from datetime import datetime, timedelta

from django.db import transaction

from cooperation.models import ApiToken, Person
from cooperation.tokens import digest_of_token, new_token
from realtime.refused import Refused

MOST_TOKENS = 20
USE_IS_NOTED_EVERY = timedelta(hours=1)


def guest_named(*, name: str, at: datetime) -> Person:
    """Make a guest of a workshop: a name is enough. Raises `Refused("name_missing")`."""
    words = " ".join(name.split())[:80]
    if not words:
        raise Refused("name_missing")
    return Person.objects.create_user(None, given_name=words, is_guest=True)


def rename(*, person: Person, given_name: str, family_name: str) -> None:
    """Correct one's own name. Raises `Refused("name_missing")`."""
    given, family = " ".join(given_name.split())[:80], " ".join(family_name.split())[:80]
    if not given:
        raise Refused("name_missing")
    person.given_name, person.family_name = given, family
    person.save(update_fields=["given_name", "family_name"])


def set_language(*, person: Person, language: str) -> None:
    """Read the platform in this language. Raises `Refused("unknown_language")`."""
    if language not in dict(Person._meta.get_field("language").flatchoices):
        raise Refused("unknown_language")
    person.language = language
    person.save(update_fields=["language"])


@transaction.atomic
def issue_token(*, person: Person, label: str, at: datetime) -> tuple[ApiToken, str]:
    """Make a token for the person's programs: its words are returned once and never stored.

    Raises `Refused`: `guest_not_allowed`, `name_missing`, `too_many_tokens`.
    """
    if person.is_guest:
        raise Refused("guest_not_allowed")
    words = " ".join(label.split())[:80]
    if not words:
        raise Refused("name_missing")
    if person.tokens.live(at).count() >= MOST_TOKENS:
        raise Refused("too_many_tokens", most=MOST_TOKENS)
    secret = new_token()
    row = ApiToken.objects.create(person=person, label=words, digest=digest_of_token(secret), created_at=at)
    return row, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, at: datetime) -> ApiToken:
    """Close the door a token opens; a revoked token stays revoked since its first revocation."""
    row = ApiToken.objects.select_for_update().get(pk=token.pk)
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
    return row


def note_use(*, token: ApiToken, at: datetime) -> None:
    """Remember that a token served, to the hour: its owner sees which ones sleep."""
    if token.last_used_at is None or at - token.last_used_at >= USE_IS_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
