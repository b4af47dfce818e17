"""The quorum as it stands: members and those present, college by college, under the statutes in force."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from assemblies.models import Assembly, Attendance, Resolution
from assemblies.proxies import Carried, carried_in
from cooperation.models import College, Membership, Statutes
from cooperation.models.members import MembershipQuerySet
from cooperation.rules import Presence, Quorum, StatutesRules, quorum_met, quorum_rule
from realtime.refused import Refused


def statutes_in_force(assembly: Assembly, on: date) -> Statutes:
    """The statutes that rule this assembly on this day. Raises `Refused("statutes_missing")`."""
    found = Statutes.objects.in_force(assembly.entity, on)
    if found is None:
        raise Refused("statutes_missing")
    found.entity = assembly.entity
    return found


def rules_in_force(assembly: Assembly, on: date) -> StatutesRules:
    """Those statutes as plain values. Raises `Refused("statutes_missing")`."""
    return statutes_in_force(assembly, on).as_rules()


def members_of(assembly: Assembly, on: date) -> MembershipQuerySet:
    """The members in good standing of the entity that meets."""
    return Membership.objects.filter(entity=assembly.entity_id).as_of(on)


def present_in(assembly: Assembly) -> QuerySet[Attendance]:
    """One line of the log for each member who is there."""
    return Attendance.objects.filter(assembly=assembly).present()


def heads_by_college(members: QuerySet[Membership]) -> Mapping[str, int]:
    """How many of these members each college has; the empty letter holds those of no college."""
    counted = members.order_by().values_list("college__letter").annotate(heads=Count("pk"))
    return {letter or "": heads for letter, heads in counted}


def presences(
    assembly: Assembly, rules: StatutesRules, on: date, carried: Sequence[Carried] | None = None
) -> tuple[Presence, ...]:
    """The heads of every college, those there and those represented by a proxy (E12).

    Empty colleges of the statutes are told too; members of no college are one line, without name. `carried` are the
    proxies that represent their giver, where the caller has read them.
    """
    everyone = members_of(assembly, on)
    members = heads_by_college(everyone)
    given = carried_in(assembly, rules, on) if carried is None else carried
    there = heads_by_college(everyone.filter(taking_part(assembly, given)))
    shares = {weight.college: weight.share for weight in rules.weights}
    names = dict(College.objects.filter(entity=assembly.entity_id).values_list("letter", "name"))
    letters = sorted({*members, *shares}) or [""]
    return tuple(
        Presence(
            letter, members.get(letter, 0), there.get(letter, 0), shares.get(letter), names.get(letter, "")
        )
        for letter in letters
    )


def taking_part(assembly: Assembly, carried: Sequence[Carried]) -> Q:
    """The members who are there, in person or represented."""
    there = present_in(assembly).order_by().values("membership_id")
    return Q(pk__in=there) | Q(pk__in=[each.proxy.giver_id for each in carried])


def quorum_of(
    assembly: Assembly, rules: StatutesRules, lines: tuple[Presence, ...], *, extraordinary: bool
) -> Quorum:
    """The verdict of the statutes, and of the law of the form, on these heads."""
    return quorum_met(quorum_rule(rules, extraordinary=extraordinary, call=assembly.call), lines)


def quorum_now(assembly: Assembly, at: datetime, *, extraordinary: bool | None = None) -> Quorum:
    """The quorum of the members present at this instant.

    By default for the resolutions the assembly mostly takes: extraordinary ones in an extraordinary assembly.
    Raises `Refused("statutes_missing")`.
    """
    on = timezone.localdate(at)
    rules = rules_in_force(assembly, on)
    if extraordinary is None:
        extraordinary = assembly.kind == Assembly.Kind.EXTRAORDINARY
    return quorum_of(assembly, rules, presences(assembly, rules, on), extraordinary=extraordinary)


def is_extraordinary(resolution: Resolution) -> bool:
    """Whether a resolution needs what the statutes ask of extraordinary decisions."""
    return resolution.kind == Resolution.Kind.EXTRAORDINARY
