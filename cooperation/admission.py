"""The rules of joining, representing and holding office: pure functions, values in, refusal out."""

from collections.abc import Collection
from datetime import date

from realtime.refused import Refused


def check_may_join(*, is_member: bool, is_guest: bool) -> None:
    """One membership at a time per entity, and a guest is admitted under a name and an address first.

    Raises `Refused`: `already_member`, `guest_not_allowed`.
    """
    if is_guest:
        raise Refused("guest_not_allowed")
    if is_member:
        raise Refused("already_member")


def check_college(*, college_entity: int | None, entity: int, has_weights: bool) -> None:
    """A member has exactly one college where the statutes weigh by colleges, and it is of the same entity.

    Raises `Refused`: `college_missing`, `college_elsewhere`.
    """
    if college_entity is None and has_weights:
        raise Refused("college_missing")
    if college_entity is not None and college_entity != entity:
        raise Refused("college_elsewhere")


def check_may_leave(*, admitted_on: date | None, ended_on: date | None, on: date) -> None:
    """Only a running membership ends, not before its admission.

    Raises `Refused`: `membership_ended`, `ends_before_it_begins`.
    """
    if ended_on is not None:
        raise Refused("membership_ended")
    if admitted_on is None or on < admitted_on:
        raise Refused("ends_before_it_begins")


def check_may_represent(
    *, is_guest: bool, role: str, roles_held: Collection[str], is_named_later: bool
) -> None:
    """A person speaks for an organisation in one role; nobody is named before a later one in that role.

    Raises `Refused`: `guest_not_allowed`, `already_represents`, `named_later`.
    """
    if is_guest:
        raise Refused("guest_not_allowed")
    if any(held != role for held in roles_held):
        raise Refused("already_represents")
    if is_named_later:
        raise Refused("named_later")


def check_may_hold_office(*, is_guest: bool, is_in_office: bool, seats: int | None, taken: int) -> None:
    """A seat is free, and the person does not hold one already.

    Raises `Refused`: `guest_not_allowed`, `already_in_office`, `no_seat_left`.
    """
    if is_guest:
        raise Refused("guest_not_allowed")
    if is_in_office:
        raise Refused("already_in_office")
    if seats is not None and taken >= seats:
        raise Refused("no_seat_left", seats=seats)


def check_may_end_office(*, since: date, until: date | None, on: date) -> None:
    """A term of office that still runs on that day ends, not before it began.

    Raises `Refused`: `ends_before_it_begins`, `mandate_ended`.
    """
    if on < since:
        raise Refused("ends_before_it_begins")
    if until is not None and until < on:
        raise Refused("mandate_ended")
