"""The proxies of a meeting at an instant: which hold by the law, which represent their giver now, who votes with them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from assemblies.models import Assembly, Attendance, Officer, Proxy
from cooperation.models import Membership, Person, Representation
from cooperation.rules import (
    BlankVote,
    Breach,
    Relation,
    StatutesRules,
    admission_breaches,
    blank_proxy_vote,
    proxies_count,
    proxy_breaches,
)
from cooperation.rules import Proxy as Given

Colleges = dict[int, set[int | None]]


@dataclass(frozen=True)
class Carried:
    """A proxy that represents its giver, and who votes with it: its holder, the chair, or nobody by hand."""

    proxy: Proxy
    voter_id: int | None


def colleges_of(people: Iterable[int], assembly: Assembly, on: date) -> Colleges:
    """The colleges of the members these persons are or speak for in the entity that meets; none is no member. Two queries."""
    asked = set(people)
    hats = Membership.objects.filter(entity=assembly.entity_id).as_of(on)
    found: Colleges = defaultdict(set)
    for person, college in hats.filter(person__in=asked).values_list("person", "college"):
        found[person].add(college)
    spoken = Representation.objects.as_of(on).filter(person__in=asked)
    for person, college in spoken.filter(
        organisation__memberships__in=hats.exclude(organisation=None)
    ).values_list("person", "organisation__memberships__college"):
        found[person].add(college)
    return found


def breaches_of(
    proxy: Proxy, rules: StatutesRules, assembly: Assembly, colleges: Colleges, held: int
) -> list[Breach]:
    """What the law and the statutes refuse in a proxy, given the others its holder has (V12)."""
    refused = admission_breaches(rules, is_blank=proxy.is_blank)
    if refused or proxy.holder_id is None:
        return refused
    mine = colleges.get(proxy.holder_id, set())
    bond = Relation.OTHER if proxy.bond == Proxy.Bond.MEMBER else Relation(proxy.bond)
    given = Given(
        relation=Relation.MEMBER if mine else bond,
        given_for=proxy.given_for,
        held_on=assembly.held_on,
        held=held,
        same_college=proxy.giver.college_id in mine,
        same_agenda=assembly.first_call_id is not None,
    )
    return proxy_breaches(rules, given)


def held_by(person: Person, assembly: Assembly, but: Proxy | None = None) -> int:
    """How many proxies of this meeting a person has accepted, besides this one."""
    mine = Proxy.objects.filter(assembly=assembly, holder=person)
    in_force = mine.filter(state__in=[Proxy.State.ACCEPTED, Proxy.State.SUSPENDED])
    others = in_force.exclude(pk=but.pk) if but is not None and but.pk is not None else in_force
    return others.count()


def lawful_in(assembly: Assembly, rules: StatutesRules, on: date) -> list[Carried]:
    """The proxies accepted that hold on this day, the first accepted first, whether or not their holder is there.

    Those of a giver who is there, or is no longer a member, and those over a cap, are left out.
    """
    if not proxies_count(rules):
        return []
    members = Membership.objects.filter(entity=assembly.entity_id).as_of(on)
    rows = list(Proxy.objects.filter(assembly=assembly, giver__in=members).accepted().whole())
    if not rows:
        return []
    colleges = colleges_of([row.holder_id for row in rows if row.holder_id], assembly, on)
    chair = chair_of(assembly)
    held: Counter[int] = Counter()
    found = []
    for row in rows:
        if not (row.is_blank or row.holder_id):
            continue
        if breaches_of(row, rules, assembly, colleges, held[row.holder_id or 0]):
            continue
        if row.holder_id:
            held[row.holder_id] += 1
        found.append(Carried(row, voter_of(row, rules, chair)))
    return found


def voter_of(proxy: Proxy, rules: StatutesRules, chair: int | None) -> int | None:
    """Who casts the ballot: the holder; of a blank proxy the chair where the statutes leave it to the chair."""
    if not proxy.is_blank:
        return proxy.holder_id
    return chair if chair_votes_freely(rules) else None


def chair_votes_freely(rules: StatutesRules) -> bool:
    """Whether the chair votes as they like with a proxy that names nobody."""
    return blank_vote(rules) is BlankVote.CHAIR


def blank_vote(rules: StatutesRules, *, is_backed: bool = True) -> BlankVote:
    """How a proxy that names nobody votes here."""
    return blank_proxy_vote(rules, is_backed_by_board=is_backed)


def votes_as_declared(rules: StatutesRules) -> bool:
    """Whether proxies that name nobody vote for what the board backs, and against the rest."""
    return proxies_count(rules) and blank_vote(rules) is BlankVote.FOR


def chair_of(assembly: Assembly) -> int | None:
    """Who chairs the meeting, the first named where several do."""
    chairs = Officer.objects.filter(assembly=assembly, role=Officer.Role.CHAIR)
    return chairs.order_by("pk").values_list("person_id", flat=True).first()


def carried_in(assembly: Assembly, rules: StatutesRules, on: date) -> list[Carried]:
    """The proxies that represent their giver now: lawful, and their holder is there.

    A member who holds one is there once the desk or the member said so; a holder who is no member came with the paper
    the desk entered; a blank one is with the chair.
    """
    lawful = lawful_in(assembly, rules, on)
    if not lawful:
        return []
    there = set(present_people(assembly))
    return [
        each
        for each in lawful
        if each.proxy.is_blank
        or each.proxy.holder_id in there
        or (each.proxy.is_paper and each.proxy.bond != Proxy.Bond.MEMBER)
    ]


def present_people(assembly: Assembly) -> QuerySet[Attendance, int | None]:
    """The persons who are there for a member."""
    return Attendance.objects.filter(assembly=assembly).present().values_list("person_id", flat=True)


def voters(carried: Sequence[Carried]) -> dict[int, int]:
    """Who votes for each member represented: membership → person."""
    return {each.proxy.giver_id: each.voter_id for each in carried if each.voter_id is not None}
