"""What the page of preparation shows: agenda, inbox, people to name, and whether the notice can still leave."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from assemblies.hall import Band, Point, band_of, points_of
from assemblies.models import Assembly, Officer
from assemblies.proxies import votes_as_declared
from assemblies.quorum import statutes_in_force
from assemblies.rules import last_day_to_convene, notice_asked
from cooperation.models import GoverningBody, LegalEntity, Mandate, Membership, Person
from realtime.refused import Refused
from workshops.models import Forwarding


@dataclass(frozen=True)
class Countdown:
    """The notice in days: how many it gives if it leaves today, how many are asked, the last day to send it."""

    given: int
    asked: int
    last_day: date

    @property
    def is_enough(self) -> bool:
        """Whether a notice sent today is early enough."""
        return self.given >= self.asked

    @property
    def left(self) -> int:
        """Days left to send it."""
        return self.given - self.asked


@dataclass(frozen=True)
class Preparation:
    """An assembly being prepared."""

    assembly: Assembly
    points: tuple[Point, ...]
    inbox: tuple[Forwarding, ...]
    officers: tuple[Officer, ...]
    board: tuple[Person, ...]
    others: tuple[Person, ...]
    countdown: Countdown | None
    band: Band | None
    takes_blank: bool = False

    @property
    def is_open(self) -> bool:
        """Whether date, place and officers may change."""
        return self.assembly.state == Assembly.State.PREPARED

    @property
    def agenda_is_open(self) -> bool:
        """Whether the agenda may change: not that of a second call."""
        return self.is_open and self.assembly.call == 1


def entities_prepared_by(person: Person | None, on: date) -> QuerySet[LegalEntity]:
    """The entities in whose board or executive the person sits."""
    mandates = Mandate.objects.as_of(on).filter(person=person, body__kind__in=GoverningBody.BOARDS)
    return LegalEntity.objects.filter(pk__in=mandates.values("body__entity_id"))


def inbox_of(assembly: Assembly) -> QuerySet[Forwarding]:
    """What was forwarded to a body of the entity and not taken up yet, the assembly's own first."""
    waiting = Forwarding.objects.filter(body__entity=assembly.entity_id, taken_up_at=None)
    return waiting.select_related("version__proposal__workshop", "version__author", "body").order_by(
        "-at", "-pk"
    )


def preparation_of(assembly: Assembly, at: datetime) -> Preparation:
    """Read what prepares an assembly, in a constant number of queries."""
    on = timezone.localdate(at)
    board, others = people_to_name(assembly, on)
    try:
        rules = statutes_in_force(assembly, on).as_rules()
    except Refused:
        rules = None
    countdown = None
    if rules is not None:
        last_day = last_day_to_convene(rules, call=assembly.call, held_on=assembly.held_on)
        countdown = Countdown((assembly.held_on - on).days, notice_asked(rules, assembly.call), last_day)
    return Preparation(
        assembly=assembly,
        points=points_of(assembly),
        inbox=tuple(inbox_of(assembly)[:50]),
        officers=tuple(assembly.officers.select_related("person")),
        board=board,
        others=others,
        countdown=countdown,
        band=band_of(assembly, rules, at, None) if rules is not None else None,
        takes_blank=rules is not None and votes_as_declared(rules),
    )


def people_to_name(assembly: Assembly, on: date) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Who may hold an office: people of the entity's bodies first, then its other members."""
    seated = Mandate.objects.as_of(on).filter(body__entity=assembly.entity_id).values("person_id")
    members = Membership.objects.filter(entity=assembly.entity_id).people(on).values("pk")
    everyone = Person.objects.filter(Q(pk__in=seated) | Q(pk__in=members), is_guest=False, is_active=True)
    in_order = everyone.order_by("family_name", "given_name", "pk")
    return tuple(in_order.filter(pk__in=seated)), tuple(in_order.exclude(pk__in=seated))
