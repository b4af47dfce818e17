"""Gives proxies in the demo: members who cannot come, each represented by one of the same college who does."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from assemblies.models import Assembly, Proxy
from assemblies.services import accept_proxy, give_proxy
from cooperation.models import Membership, Person


def give_proxies(
    assembly: Assembly, count: int, share: tuple[int, int], *, leave_out: Sequence[Person]
) -> list[Proxy]:
    """So many proxies, accepted the day before: givers and holders are persons, marked as invented.

    `share` says who comes, as `halls.welcome` takes it; those one logs in as are left out.
    """
    come, of = share
    at = assembly.starts_at - timedelta(days=1)
    members = Membership.objects.filter(
        entity=assembly.entity, person__is_fiction=True, person__is_active=True
    ).exclude(person__in=leave_out)
    rows = list(
        members.as_of(timezone.localdate(at)).select_related("person", "college").order_by("register_number")
    )
    there = [row for row in rows if row.register_number % of < come]
    made: list[Proxy] = []
    for giver in (row for row in rows if row.register_number % of >= come):
        holder = next((row for row in there if row.college_id == giver.college_id), None)
        if holder is None or len(made) == count:
            continue
        there.remove(holder)
        proxy = give_proxy(
            by=person_of(giver), assembly=assembly, giver=giver, holder=person_of(holder), at=at
        )
        made.append(accept_proxy(by=person_of(holder), proxy=proxy, at=at + timedelta(hours=2)))
    return made


def person_of(membership: Membership) -> Person:
    """The person a member is."""
    assert membership.person is not None
    return membership.person
