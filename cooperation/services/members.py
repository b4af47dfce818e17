"""Admitting members, ending a membership, naming who speaks for an organisation."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from cooperation.admission import check_college, check_may_join, check_may_leave, check_may_represent
from cooperation.models import (
    Category,
    College,
    LegalEntity,
    Membership,
    Organisation,
    Person,
    Representation,
    Statutes,
)
from cooperation.rules import Profile, member_count_breaches
from cooperation.services.notices import Words, write_notices
from cooperation.services.statutes import refuse_unlawful
from realtime.publish import publish
from realtime.refused import Refused


@transaction.atomic
def admit_member(
    *,
    entity: LegalEntity,
    admitted_on: date,
    at: datetime,
    person: Person | None = None,
    organisation: Organisation | None = None,
    category: str = Category.MEMBER,
    college: College | None = None,
    applied_on: date | None = None,
) -> Membership:
    """Admit a person or an organisation: the next number of the entity's register, and a notice to who joins.

    Raises `Refused`: `member_is_one_party`, `guest_not_allowed`, `already_member`, `college_missing`,
    `college_elsewhere`, and `V07` where the form holds no more members.
    """
    check_party(person, organisation)
    LegalEntity.objects.select_for_update().get(pk=entity.pk)
    register = Membership.objects.filter(entity=entity)
    running = register.filter(ended_on__isnull=True, person=person, organisation=organisation)
    check_may_join(is_member=running.exists(), is_guest=bool(person and person.is_guest))
    check_college(
        college_entity=college.entity_id if college else None,
        entity=entity.pk,
        has_weights=weighs_colleges(entity, admitted_on),
    )
    members = register.as_of(admitted_on).count() + 1
    refuse_unlawful(member_count_breaches(Profile(entity.legal_form), members))
    membership = Membership.objects.create(
        entity=entity,
        person=person,
        organisation=organisation,
        category=category,
        college=college,
        register_number=(register.aggregate(last=Max("register_number"))["last"] or 0) + 1,
        applied_on=applied_on or admitted_on,
        admitted_on=admitted_on,
    )
    tell(membership, admitted_on, lambda: welcome(membership), at)
    return membership


def check_party(person: Person | None, organisation: Organisation | None) -> None:
    """A member is one or the other. Raises `Refused("member_is_one_party")`."""
    if (person is None) == (organisation is None):
        raise Refused("member_is_one_party")


def weighs_colleges(entity: LegalEntity, on: date) -> bool:
    """Whether the statutes in force on that day give weights to colleges."""
    statutes = Statutes.objects.in_force(entity, on)
    return statutes is not None and statutes.weights.exists()


def tell(membership: Membership, on: date, sentence: Words, at: datetime) -> None:
    """Tell who hears for a member, and lead to the member's line."""
    url = reverse("cooperation:member-page", args=[membership.pk])
    publish(write_notices(people=speakers(membership, on), sentence=sentence, url=url, at=at))


def speakers(membership: Membership, on: date) -> list[Person]:
    """Who hears for a member: the person, or the representatives of the organisation."""
    if membership.person:
        return [membership.person]
    named = Representation.objects.as_of(on).filter(organisation=membership.organisation_id)
    return [row.person for row in named.select_related("person")]


def welcome(membership: Membership) -> str:
    """What a new member reads."""
    return _("%(member)s : l’adhésion à %(entity)s est admise, numéro %(number)s au registre.") % {
        "member": membership.name,
        "entity": membership.entity.name,
        "number": membership.register_number,
    }


@transaction.atomic
def end_membership(*, membership: Membership, on: date, at: datetime) -> Membership:
    """End a membership on a day: from that day on the member is not in good standing.

    Raises `Refused`: `membership_ended`, `ends_before_it_begins`.
    """
    row = Membership.objects.select_for_update(of=("self",)).with_party().get(pk=membership.pk)
    check_may_leave(admitted_on=row.admitted_on, ended_on=row.ended_on, on=on)
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    words = {"member": row.name, "entity": row.entity.name}
    tell(row, on, lambda: _("%(member)s : l’adhésion à %(entity)s a pris fin.") % words, at)
    return row


@transaction.atomic
def name_representative(
    *,
    organisation: Organisation,
    person: Person,
    role: str,
    since: date,
    at: datetime,
    until: date | None = None,
) -> Representation:
    """Name who speaks for an organisation, as titular or substitute; the one before leaves the day before.

    Raises `Refused`: `guest_not_allowed`, `already_represents`, `named_later`.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    running = Representation.objects.filter(organisation=organisation).as_of(since)
    later = Representation.objects.filter(organisation=organisation, role=role, since__gt=since)
    check_may_represent(
        is_guest=person.is_guest,
        role=role,
        roles_held=[row.role for row in running.filter(person=person)],
        is_named_later=later.exists(),
    )
    running.filter(role=role, since=since).delete()
    running.filter(role=role).update(until=since - timedelta(days=1))
    named = Representation.objects.create(
        organisation=organisation, person=person, role=role, since=since, until=until
    )
    publish(
        write_notices(
            people=[person], sentence=lambda: spoken_for(named), url=reverse("cooperation:profile"), at=at
        )
    )
    return named


def spoken_for(named: Representation) -> str:
    """What a new representative reads."""
    return _("Vous représentez désormais %(organisation)s (%(role)s).") % {
        "organisation": named.organisation.name,
        "role": Representation.Role(named.role).label,
    }
