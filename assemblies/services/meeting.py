"""The session: opening it, moving from point to point, ending it, and the second call when a quorum lacked."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from assemblies.events import AssemblyClosed, AssemblyOpened, ItemStarted
from assemblies.models import AgendaItem, Assembly, Officer, Proxy, QuorumRecord, Resolution
from assemblies.proxies import Carried, carried_in
from assemblies.quorum import presences, quorum_of, rules_in_force
from assemblies.rights import role_of
from assemblies.rules import (
    check_in_session,
    check_may_call_again,
    check_may_conduct,
    check_may_open,
    check_no_open_vote,
    check_no_rehearsal,
)
from assemblies.services.agenda import last_item, table
from assemblies.services.locking import locked, locked_item
from assemblies.services.preparing import check_preparer, left_undecided
from cooperation.models import Person
from cooperation.rules import Presence, Quorum, StatutesRules
from cooperation.sentences import Sentence
from realtime.publish import publish
from realtime.refused import Refused
from votes.models import Poll


def check_conducts(by: Person, assembly: Assembly) -> None:
    """Refuse an act of the session to who is neither its chair nor its secretary."""
    check_may_conduct(role=role_of(by, assembly), conducting=Officer.CONDUCTING)


@transaction.atomic
def open_assembly(*, by: Person, assembly: Assembly, at: datetime) -> Assembly:
    """Open the session of a convened assembly, on its day.

    Raises `Refused`: `not_an_officer`, `not_convened`, `not_the_day`, `already_open`, `assembly_closed`,
    `chair_missing`.
    """
    assembly = locked(assembly)
    check_conducts(by, assembly)
    check_may_open(
        state=assembly.state,
        on=timezone.localdate(at),
        held_on=assembly.held_on,
        has_chair=assembly.officers.filter(role=Officer.Role.CHAIR).exists(),
    )
    assembly.state, assembly.opened_at = Assembly.State.OPEN, at
    assembly.save(update_fields=["state", "opened_at"])
    publish([(AssemblyOpened(assembly.pk), assembly.topic)])
    return assembly


@transaction.atomic
def move_to_item(*, by: Person, item: AgendaItem, at: datetime) -> AgendaItem:
    """Bring the hall to a point of the agenda; the one before is done.

    Raises `Refused`: `not_an_officer`, `assembly_not_open`, `vote_is_open`.
    """
    item = locked_item(item)
    assembly = item.assembly
    check_conducts(by, assembly)
    check_in_session(state=assembly.state)
    check_no_open_vote(assembly.resolutions.values_list("state", flat=True))
    finish_current(assembly)
    item.state, item.started_at = AgendaItem.State.CURRENT, at
    item.save(update_fields=["state", "started_at"])
    publish([(ItemStarted(assembly.pk, item.pk), assembly.topic)])
    return item


def has_rehearsal(assembly: Assembly) -> bool:
    """Whether an exercise is going on, or waits to be erased."""
    return Poll.objects.of(assembly.topic).filter(is_rehearsal=True).exists()


def finish_current(assembly: Assembly) -> None:
    """The point being discussed, if any, is done."""
    assembly.agenda.filter(state=AgendaItem.State.CURRENT).update(state=AgendaItem.State.DONE)


@transaction.atomic
def close_assembly(*, by: Person, assembly: Assembly, at: datetime) -> Assembly:
    """End the session. When resolutions were left without a vote, the quorum each kind had then is kept.

    Source: R225-107. Raises `Refused`: `not_an_officer`, `assembly_not_open`, `rehearsal_is_on`, `vote_is_open`.
    """
    assembly = locked(assembly)
    check_conducts(by, assembly)
    check_in_session(state=assembly.state)
    check_no_rehearsal(is_on=has_rehearsal(assembly))
    resolutions = list(assembly.resolutions.all())
    check_no_open_vote(row.state for row in resolutions)
    finish_current(assembly)
    for kind in sorted({row.kind for row in resolutions if row.state == Resolution.State.TABLED}):
        record_quorum(assembly, count_quorum(assembly, at, kind), at, kind)
    assembly.state, assembly.closed_at = Assembly.State.CLOSED, at
    assembly.save(update_fields=["state", "closed_at"])
    publish([(AssemblyClosed(assembly.pk), assembly.topic)])
    return assembly


Counted = tuple[StatutesRules, tuple[Presence, ...], Quorum, list[Carried]]


def count_quorum(assembly: Assembly, at: datetime, kind: str) -> Counted:
    """The statutes in force, the heads of each college and the verdict for a kind of resolution at this instant.

    With the proxies that represent somebody, which are part of it.
    """
    on = timezone.localdate(at)
    rules = rules_in_force(assembly, on)
    carried = carried_in(assembly, rules, on)
    lines = presences(assembly, rules, on, carried)
    extraordinary = kind == Resolution.Kind.EXTRAORDINARY
    return rules, lines, quorum_of(assembly, rules, lines, extraordinary=extraordinary), carried


def record_quorum(
    assembly: Assembly, counted: Counted, at: datetime, kind: str, resolution: Resolution | None = None
) -> QuorumRecord:
    """Keep the quorum as it was counted: figures of each college, verdict, derivation."""
    rules, lines, quorum, carried = counted
    labels = {line.college: line.label for line in lines}
    figures = quorum.as_json()
    for college in figures["colleges"]:  # type: ignore[attr-defined]
        college["label"] = labels[college["name"]]
    used = Proxy.objects.filter(pk__in=[each.proxy.pk for each in carried], used_at__isnull=True)
    used.update(used_at=at)
    represented = [represented_sentence(len(carried)).as_json()] if carried else []
    return QuorumRecord.objects.create(
        assembly=assembly,
        resolution=resolution,
        at=at,
        is_met=quorum.met,
        figures={
            **figures,
            "kind": kind,
            "call": assembly.call,
            "per_college": rules.quorum_per_college,
            "represented": len(carried),
        },
        derivation=[*(sentence.as_json() for sentence in quorum.derivation), *represented],
    )


def represented_sentence(count: int) -> Sentence:
    """How many of those counted are represented."""
    return Sentence(gettext_noop("Parmi eux, représentés par un pouvoir : %(count)s."), {"count": count})


@transaction.atomic
def call_again(
    *,
    by: Person,
    assembly: Assembly,
    starts_at: datetime,
    at: datetime,
    place: str = "",
    remote_link: str = "",
) -> Assembly:
    """Prepare the second call of an assembly that lacked its quorum: same agenda, same officers, its own notice.

    Sources: L225-98, L225-105 al. 4. Raises `Refused`: `not_on_board`, `assembly_not_closed`,
    `already_called_again`, `quorum_was_met`, `date_is_past`.
    """
    first = locked(assembly)
    check_preparer(by, first, at)
    check_may_call_again(
        state=first.state,
        call=first.call,
        has_second=Assembly.objects.filter(first_call=first).exists(),
        lacked_quorum=first.quorums.filter(is_met=False).exists(),
    )
    if timezone.localdate(starts_at) < timezone.localdate(at):
        raise Refused("date_is_past")
    second = Assembly.objects.create(
        entity=first.entity,
        body=first.body,
        kind=first.kind,
        title=first.title,
        call=2,
        first_call=first,
        place=place or first.place,
        remote_link=remote_link,
        starts_at=starts_at,
    )
    copy_what_is_left(first, second)
    return second


def copy_what_is_left(first: Assembly, second: Assembly) -> None:
    """The officers, the proxies (R225-79), and the points never reached or that lacked their quorum, word for word."""
    Officer.objects.bulk_create(
        [Officer(assembly=second, person_id=row.person_id, role=row.role) for row in first.officers.all()]
    )
    keep_proxies(first, second)
    for old in left_undecided(first).select_related("resolution__version"):
        item = last_item(second, old.title, old.text, old.minutes)
        resolution = getattr(old, "resolution", None)
        if resolution is not None:
            table(
                item,
                kind=resolution.kind,
                title=resolution.title,
                text=resolution.text,
                version=resolution.version,
            )


def keep_proxies(first: Assembly, second: Assembly) -> None:
    """A proxy serves the next call on the same agenda; nobody is there yet, so none waits."""
    kept = list(Proxy.objects.running().filter(assembly=first))
    for proxy in kept:
        is_offered = proxy.state == Proxy.State.OFFERED
        proxy.pk, proxy.assembly, proxy.used_at = None, second, None
        proxy.state = Proxy.State.OFFERED if is_offered else Proxy.State.ACCEPTED
    Proxy.objects.bulk_create(kept)
