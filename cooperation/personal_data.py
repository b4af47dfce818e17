"""What this floor holds about a person, as plain values they can take away (RGPD, art. 15 and 20)."""

from typing import Any

from cooperation.models import Membership, Person, Representation


def data_of(person: Person) -> dict[str, Any]:
    """The person's own data: identity, memberships, representations, mandates, notifications, tokens."""
    return {
        "person": {
            "id": person.pk,
            "email": person.email,
            "given_name": person.given_name,
            "family_name": person.family_name,
            "language": person.language,
            "is_guest": person.is_guest,
            "joined_at": person.joined_at,
            "last_login": person.last_login,
        },
        "memberships": [membership(row) for row in person.memberships.with_party()],
        "representations": [
            representation(row) for row in person.representations.select_related("organisation")
        ],
        "mandates": [
            {"body": row.body.name, "role": row.role, "since": row.since, "until": row.until}
            for row in person.mandates.select_related("body")
        ],
        "notifications": list(person.notifications.values("sentence", "url", "at", "read_at")),
        "tokens": list(person.tokens.values("label", "created_at", "last_used_at", "revoked_at")),
    }


def membership(row: Membership) -> dict[str, Any]:
    """One membership in plain values."""
    return {
        "entity": row.entity.name,
        "register_number": row.register_number,
        "category": row.category,
        "college": str(row.college) if row.college else None,
        "applied_on": row.applied_on,
        "admitted_on": row.admitted_on,
        "ended_on": row.ended_on,
    }


def representation(row: Representation) -> dict[str, Any]:
    """One representation in plain values."""
    return {
        "organisation": row.organisation.name,
        "role": row.role,
        "since": row.since,
        "until": row.until,
    }
