"""Joining, leaving, and speaking for an organisation."""

from datetime import date

import pytest
from django.utils import timezone

from cooperation.models import College, LegalEntity, Membership, Organisation, Person, Representation
from cooperation.rules import Base, Majority, Pooling, Profile, StatutesRules
from cooperation.services import (
    admit_member,
    adopt_statutes,
    end_membership,
    guest_named,
    name_representative,
)
from realtime.refused import Refused

DAY = date(2008, 3, 15)


@pytest.fixture
def copeau(db: None) -> Organisation:
    return Organisation.objects.create(name="Le Bon Copeau", kind="cooperative")


def admit(entity: LegalEntity, **who: object) -> Membership:
    return admit_member(entity=entity, admitted_on=DAY, at=timezone.now(), **who)


def test_a_new_member_gets_the_next_number_of_the_register(
    entity: LegalEntity, alice: Person, charlie: Person
) -> None:
    membership = admit(entity, person=charlie)
    assert membership.register_number == 2
    assert list(Membership.objects.of(charlie, DAY)) == [membership]


def test_who_joins_is_told(entity: LegalEntity, charlie: Person) -> None:
    admit(entity, person=charlie)
    assert charlie.notifications.get().sentence == (
        "Charlie : l’adhésion à Les Écossolies est admise, numéro 1 au registre."
    )


def test_a_member_is_admitted_once(entity: LegalEntity, bob: Person) -> None:
    with pytest.raises(Refused, match="already_member"):
        admit(entity, person=bob)


def test_a_member_is_one_party(entity: LegalEntity, charlie: Person, copeau: Organisation) -> None:
    with pytest.raises(Refused, match="member_is_one_party"):
        admit(entity, person=charlie, organisation=copeau)
    with pytest.raises(Refused, match="member_is_one_party"):
        admit(entity)


def test_a_guest_is_not_admitted(entity: LegalEntity) -> None:
    with pytest.raises(Refused, match="guest_not_allowed"):
        admit(entity, person=guest_named(name="Idriss", at=timezone.now()))


def test_a_college_of_another_entity_is_refused(entity: LegalEntity, charlie: Person) -> None:
    other = LegalEntity.objects.create(name="Lieux communs", slug="lieux-communs", legal_form="scic_sas")
    college = College.objects.create(entity=other, letter="A", name="Fondateurs")
    with pytest.raises(Refused, match="college_elsewhere"):
        admit(entity, person=charlie, college=college)


def test_where_statutes_weigh_colleges_a_member_has_one(entity: LegalEntity, charlie: Person) -> None:
    colleges = [College.objects.create(entity=entity, letter=letter, name=letter) for letter in "ABC"]
    rules = StatutesRules(
        profile=Profile.ASSOCIATION_1901,
        pooling=Pooling.PROPORTIONAL,
        base=Base.EXPRESSED,
        ordinary=Majority.from_json({"threshold": "1/2", "strict": True}),
        extraordinary=Majority.from_json({"threshold": "2/3", "strict": False}),
    )
    adopt_statutes(
        entity=entity,
        rules=rules,
        weights=dict.fromkeys(colleges, 1),
        in_force_from=DAY,
        by=None,
        at=timezone.now(),
    )
    with pytest.raises(Refused, match="college_missing"):
        admit(entity, person=charlie)
    assert admit(entity, person=charlie, college=colleges[0]).college == colleges[0]


def test_a_member_who_left_is_not_in_good_standing_from_that_day(entity: LegalEntity, bob: Person) -> None:
    membership = end_membership(membership=bob.memberships.get(), on=DAY, at=timezone.now())
    assert not Membership.objects.of(bob, DAY).exists()
    assert Membership.objects.of(bob, date(2008, 3, 14)).exists()
    with pytest.raises(Refused, match="membership_ended"):
        end_membership(membership=membership, on=DAY, at=timezone.now())


def test_a_membership_does_not_end_before_it_begins(entity: LegalEntity, bob: Person) -> None:
    with pytest.raises(Refused, match="ends_before_it_begins"):
        end_membership(membership=bob.memberships.get(), on=date(2006, 1, 1), at=timezone.now())


def test_who_left_may_join_again_under_a_new_number(entity: LegalEntity, alice: Person, bob: Person) -> None:
    end_membership(membership=bob.memberships.get(), on=date(2008, 1, 1), at=timezone.now())
    assert admit(entity, person=bob).register_number == 3


def name(copeau: Organisation, person: Person, role: str = "titular", since: date = DAY) -> Representation:
    return name_representative(organisation=copeau, person=person, role=role, since=since, at=timezone.now())


def test_a_representative_wears_the_hat_of_the_organisation(
    entity: LegalEntity, copeau: Organisation, charlie: Person
) -> None:
    membership = admit(entity, organisation=copeau)
    name(copeau, charlie)
    assert list(Membership.objects.of(charlie, DAY)) == [membership]
    assert charlie.notifications.get().sentence == "Vous représentez désormais Le Bon Copeau (titulaire)."


def test_a_new_titular_closes_the_earlier_one_the_day_before(
    copeau: Organisation, alice: Person, bob: Person
) -> None:
    earlier = name(copeau, alice, since=date(2007, 1, 1))
    name(copeau, bob)
    earlier.refresh_from_db()
    assert earlier.until == date(2008, 3, 14)
    assert Representation.objects.as_of(DAY).get().person == bob


def test_a_substitute_stands_beside_the_titular(copeau: Organisation, alice: Person, bob: Person) -> None:
    name(copeau, alice)
    name(copeau, bob, role="substitute")
    assert Representation.objects.as_of(DAY).count() == 2


def test_naming_again_on_the_same_day_corrects(copeau: Organisation, alice: Person, bob: Person) -> None:
    name(copeau, alice)
    name(copeau, bob)
    assert Representation.objects.get().person == bob


def test_nobody_is_titular_and_substitute_at_once(copeau: Organisation, alice: Person) -> None:
    name(copeau, alice)
    with pytest.raises(Refused, match="already_represents"):
        name(copeau, alice, role="substitute")


def test_nobody_is_named_before_a_later_one(copeau: Organisation, alice: Person, bob: Person) -> None:
    name(copeau, alice)
    with pytest.raises(Refused, match="named_later"):
        name(copeau, bob, since=date(2007, 1, 1))


def test_a_guest_represents_nobody(copeau: Organisation) -> None:
    with pytest.raises(Refused, match="guest_not_allowed"):
        name(copeau, guest_named(name="Idriss", at=timezone.now()))
