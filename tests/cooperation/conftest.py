"""A small network: an association with its board, a SCIC with its colleges, an organisation with its voice."""

from datetime import date
from fractions import Fraction

import pytest
from django.test import Client
from django.utils import timezone

from cooperation.models import College, GoverningBody, LegalEntity, Membership, Organisation, Person, Statutes
from cooperation.rules import Base, Majority, Pooling, Profile, StatutesRules
from cooperation.services import adopt_statutes, appoint, name_representative

LONG_AGO = date(2007, 1, 1)


@pytest.fixture
def client_of() -> object:
    """Makes a logged-in browser for a person."""

    def make(person: Person | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return make


@pytest.fixture
def board(entity: LegalEntity) -> GoverningBody:
    """The board of the association."""
    return GoverningBody.objects.create(
        entity=entity, kind="board", name="Conseil d’administration", seats=35
    )


@pytest.fixture
def seated(board: GoverningBody, alice: Person) -> Person:
    """Alice sits on the board."""
    appoint(body=board, person=alice, since=LONG_AGO, at=timezone.now())
    return alice


@pytest.fixture
def copeau(db: None) -> Organisation:
    """A co-operative."""
    return Organisation.objects.create(name="Le Bon Copeau", kind="cooperative", city="Rezé")


@pytest.fixture
def bob_for_copeau(entity: LegalEntity, copeau: Organisation, bob: Person) -> Membership:
    """The co-operative is a member, and Bob speaks for it."""
    name_representative(organisation=copeau, person=bob, role="titular", since=LONG_AGO, at=timezone.now())
    return Membership.objects.create(
        entity=entity, organisation=copeau, register_number=7, applied_on=LONG_AGO, admitted_on=LONG_AGO
    )


@pytest.fixture
def scic(db: None) -> LegalEntity:
    """The SCIC beside the association."""
    return LegalEntity.objects.create(name="Lieux communs", slug="lieux-communs", legal_form="scic_sas")


@pytest.fixture
def colleges(scic: LegalEntity) -> list[College]:
    """Its four colleges."""
    names = ["Fondateurs", "Salariat", "Usagers", "Partenaires"]
    return [
        College.objects.create(entity=scic, letter=letter, name=name)
        for letter, name in zip("ABCD", names, strict=True)
    ]


def rules_of(profile: Profile, pooling: Pooling = Pooling.PROPORTIONAL, **fields: object) -> StatutesRules:
    """Ordinary rules, any field of which may differ."""
    given: dict[str, object] = {
        "profile": profile,
        "pooling": pooling,
        "base": Base.EXPRESSED,
        "ordinary": Majority(Fraction(1, 2), True),
        "extraordinary": Majority(Fraction(2, 3), False),
        "quorum_first": Fraction(1, 5),
    }
    return StatutesRules(**{**given, **fields})  # type: ignore[arg-type]


def adopt(
    entity: LegalEntity, rules: StatutesRules, points: dict[College, int], **fields: object
) -> Statutes:
    """Adopt statutes, founding ones unless said otherwise."""
    given: dict[str, object] = {"in_force_from": date(2026, 1, 1), "by": None, "at": timezone.now(), **fields}
    return adopt_statutes(entity=entity, rules=rules, weights=points, **given)  # type: ignore[arg-type]


@pytest.fixture
def in_force(scic: LegalEntity, colleges: list[College], seated: Person) -> Statutes:
    """Statutes of the SCIC, whose board Alice sits on too."""
    council = GoverningBody.objects.create(entity=scic, kind="board", name="Conseil coopératif")
    appoint(body=council, person=seated, since=LONG_AGO, at=timezone.now())
    return adopt(
        scic,
        rules_of(Profile.SCIC_SAS),
        dict(zip(colleges, [40, 25, 25, 10], strict=True)),
        in_force_from=LONG_AGO,
    )


def typed(
    scic: LegalEntity, colleges: list[College], points: list[int], **fields: object
) -> dict[str, object]:
    """The form of the next statutes, filled; any field may differ."""
    form = {
        "entity": scic.pk,
        "in_force_from": "2027-01-01",
        "decided_by": "AGE du 12 décembre 2026",
        "pooling": "proportional",
        "base": "expressed",
        "ordinary": "1/2",
        "ordinary_is_strict": "true",
        "extraordinary": "3/4",
        "quorum_first": "1/5",
        "quorum_second": "0",
        "notice_days_first": "15",
        "notice_days_second": "15",
        **{f"points.{college.pk}": given for college, given in zip(colleges, points, strict=True)},
    }
    return {**form, **fields}
