"""The desk at the door: members to find, who speaks for each, and whether they are there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from assemblies.models import Assembly, Attendance, Proxy
from assemblies.quorum import members_of
from cooperation.models import Membership, Person, Representation


@dataclass(frozen=True)
class Voice:
    """A person who may come for a member: the member itself, or a representative in a role."""

    person: Person
    role: str = ""


@dataclass(frozen=True)
class Row:
    """One member at the desk; `proxy` is the one it gave, if it runs."""

    membership: Membership
    voices: tuple[Voice, ...]
    last: Attendance | None
    proxy: Proxy | None = None

    @property
    def is_present(self) -> bool:
        """Whether the member is there."""
        return self.last is not None and self.last.movement == Attendance.Movement.ARRIVED

    @property
    def has_left(self) -> bool:
        """Whether the member came and left."""
        return self.last is not None and not self.is_present


def found_at_desk(assembly: Assembly, words: str, on: date) -> QuerySet[Membership]:
    """The members in good standing whose name, organisation, representatives or number hold every word."""
    members = members_of(assembly, on).with_party()
    for word in words.split()[:5]:
        members = members.filter(matching(word, on))
    named = Coalesce("organisation__name", F("person__family_name"), F("person__given_name"))
    return members.order_by(named, "person__given_name", "register_number")


def matching(word: str, on: date) -> Q:
    """Whether a member answers to a word."""
    named = Q(person__given_name__icontains=word) | Q(person__family_name__icontains=word)
    speaking = Representation.objects.as_of(on).filter(named, organisation=OuterRef("organisation"))
    number = Q(register_number=int(word)) if word.isascii() and word.isdigit() and len(word) < 9 else Q()
    return named | Q(organisation__name__icontains=word) | Q(Exists(speaking)) | number


def rows_of(assembly: Assembly, members: Iterable[Membership], on: date) -> list[Row]:
    """These members with who speaks for them, their last movement and the proxy they gave, in three queries."""
    listed = list(members)
    spoken = Representation.objects.as_of(on).filter(organisation__in=[row.organisation_id for row in listed])
    voices: dict[int, list[Voice]] = defaultdict(list)
    for line in spoken.select_related("person").order_by("-role"):
        voices[line.organisation_id].append(Voice(line.person, str(line.get_role_display())))
    moved = Attendance.objects.filter(assembly=assembly, membership__in=listed).latest_moves()
    lasts = {line.membership_id: line for line in moved.select_related("person")}
    given = Proxy.objects.running().filter(assembly=assembly, giver__in=listed).select_related("holder")
    proxies = {proxy.giver_id: proxy for proxy in given}
    return [Row(row, voices_for(row, voices), lasts.get(row.pk), proxies.get(row.pk)) for row in listed]


def voices_for(membership: Membership, voices: dict[int, list[Voice]]) -> tuple[Voice, ...]:
    """Who may come for this member, the titular first."""
    if membership.person is not None:
        return (Voice(membership.person),)
    return tuple(voices.get(membership.organisation_id or 0, ()))
