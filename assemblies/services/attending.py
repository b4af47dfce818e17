"""The attendance log: members arrive and leave, at the desk or at a distance; a line is never changed."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from assemblies.events import MemberArrived, MemberLeft
from assemblies.models import Assembly, Attendance
from assemblies.quorum import present_in, rules_in_force
from assemblies.rights import role_of
from assemblies.rules import check_may_arrive, check_may_enter, check_may_leave, check_may_move
from assemblies.services.locking import locked
from assemblies.services.suspending import check_may_come, set_aside, take_again
from cooperation.models import Membership, Person, Representation
from realtime.publish import publish, touch

REMOTE = Attendance.Channel.REMOTE


def voice_of(membership: Membership, on: date) -> Person | None:
    """Who speaks for a member when nobody is named: the member itself, or the organisation's titular."""
    if membership.person_id is not None:
        return membership.person
    spoken = Representation.objects.as_of(on).filter(organisation=membership.organisation_id)
    titular = spoken.select_related("person").filter(role=Representation.Role.TITULAR).first()
    return titular.person if titular else None


def speaks_for(person: Person | None, membership: Membership, on: date) -> bool:
    """Whether the person is this member, or its titular or substitute on this day."""
    return person is not None and Membership.objects.of(person, on).filter(pk=membership.pk).exists()


@transaction.atomic
def check_in(
    *,
    by: Person,
    assembly: Assembly,
    membership: Membership,
    at: datetime,
    person: Person | None = None,
    channel: str = Attendance.Channel.DESK,
) -> Attendance:
    """Write that a member arrived, with the person who speaks for it (by default the member or its titular).

    An officer enters who is in the room; members enter themselves at a distance where the statutes allow it.
    Raises `Refused`: `not_convened`, `not_the_day`, `assembly_closed`, `statutes_missing`, `remote_not_allowed`,
    `not_an_officer`, `desk_only`, `not_a_member_today`, `not_a_representative`, `already_present`, and `V13` for
    a member who gave a proxy that the statutes do not let be withdrawn in session. The proxy of who arrives waits.
    """
    assembly = locked(assembly)
    on = timezone.localdate(at)
    check_may_move(state=assembly.state, on=on, held_on=assembly.held_on)
    mine = speaks_for(by, membership, on)
    person = person or (by if mine and channel == REMOTE else voice_of(membership, on))
    check_may_enter(
        is_officer=role_of(by, assembly) is not None,
        speaks_for=mine and person == by,
        is_remote=channel == REMOTE,
        allows_remote=rules_in_force(assembly, on).allows_remote_voting,
    )
    of_the_entity = Membership.objects.filter(entity=assembly.entity_id).as_of(on)
    check_may_arrive(
        is_in_good_standing=of_the_entity.filter(pk=membership.pk).exists(),
        speaks_for=speaks_for(person, membership, on),
        is_present=is_present(assembly, membership),
    )
    check_may_come(assembly, membership, at)
    return write_movement(assembly, membership, person, Attendance.Movement.ARRIVED, channel, by, at)


@transaction.atomic
def check_out(*, by: Person, assembly: Assembly, membership: Membership, at: datetime) -> Attendance:
    """Write that a member left: said by the desk, or by who speaks for the member. A proxy of theirs holds again.

    Raises `Refused`: `not_convened`, `not_the_day`, `assembly_closed`, `not_an_officer`, `not_present`.
    """
    assembly = locked(assembly)
    on = timezone.localdate(at)
    check_may_move(state=assembly.state, on=on, held_on=assembly.held_on)
    arrival = present_in(assembly).filter(membership=membership).select_related("person").first()
    check_may_leave(
        is_officer=role_of(by, assembly) is not None,
        speaks_for=speaks_for(by, membership, on),
        is_present=arrival is not None,
    )
    person, channel = (arrival.person, arrival.channel) if arrival else (None, Attendance.Channel.DESK)
    return write_movement(assembly, membership, person, Attendance.Movement.LEFT, channel, by, at)


def is_present(assembly: Assembly, membership: Membership) -> bool:
    """Whether the member's last movement is an arrival."""
    return present_in(assembly).filter(membership=membership).exists()


def write_movement(
    assembly: Assembly,
    membership: Membership,
    person: Person | None,
    movement: str,
    channel: str,
    by: Person,
    at: datetime,
) -> Attendance:
    """One more line of the log, and what becomes of the member's proxy, told to the hall and to the desk."""
    line = Attendance.objects.create(
        assembly=assembly,
        membership=membership,
        person=person,
        movement=movement,
        channel=channel,
        by=by,
        at=at,
    )
    arrived = movement == Attendance.Movement.ARRIVED
    fact = (MemberArrived if arrived else MemberLeft)(assembly.pk, membership.pk)
    proxies = (set_aside if arrived else take_again)(assembly, membership)
    publish([(fact, assembly.topic), (fact, assembly.desk_topic), *proxies])
    touch(assembly.topic)
    return line
