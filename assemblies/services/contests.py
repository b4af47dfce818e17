"""Putting an election or a choice on the agenda: its method and setting, then its candidates."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from assemblies.contest_rules import (
    ElectionTerms,
    check_candidate,
    check_counts_heads,
    check_group,
    check_takes_candidates,
)
from assemblies.models import Assembly, Candidate, Contest, Resolution
from assemblies.quorum import rules_in_force
from assemblies.rules import check_kind
from assemblies.services.agenda import check_may_write_agenda, last_item, table
from assemblies.services.locking import locked, locked_resolution
from assemblies.services.preparing import check_preparer
from cooperation.models import GoverningBody, Membership, Person
from realtime.refused import Refused
from votes.methods import METHODS
from votes.models import Poll

WAYS = [name for name in METHODS if name not in ("resolution", "consent", "gradients")]


@transaction.atomic
def add_contest(
    *,
    by: Person,
    assembly: Assembly,
    title: str,
    method: str,
    terms: ElectionTerms,
    at: datetime,
    text: str = "",
    minutes: int = 20,
    kind: str = Resolution.Kind.ORDINARY,
    body: GoverningBody | None = None,
    renewed_by: int = 1,
) -> Resolution:
    """Put an election or a choice at the end of the agenda; its candidates come after.

    Raises `Refused`: `not_on_board`, `agenda_closed`, `same_agenda`, `wrong_kind_of_assembly`, `statutes_missing`,
    `weighed_by_college`, `setup_unreadable`, `not_found` for a body of another entity.
    """
    assembly = locked(assembly)
    check_may_write_agenda(by, assembly, at)
    check_kind(assembly=assembly.kind, resolution=kind)
    check_counts_heads(rules_in_force(assembly, timezone.localdate(at)))
    if body is not None and body.entity_id != assembly.entity_id:
        raise Refused("not_found")
    item = last_item(assembly, title, "", minutes)
    resolution = table(item, kind=kind, title=title, text=text.strip() or title)
    is_election = method in (Poll.Method.ELECTION, Poll.Method.SCOTTISH_STV)
    Contest.objects.create(
        resolution=resolution,
        method=method,
        setup=setup_of(method, terms),
        max_choices=terms.marks if method == Poll.Method.APPROVAL else None,
        body=body if is_election else None,
        renewed_by=renewed_by,
    )
    return resolution


def setup_of(method: str, terms: ElectionTerms) -> dict[str, Any]:
    """The setting a method needs, read as it will be when the poll opens. Raises `Refused("setup_unreadable")`."""
    given: dict[str, Any] = {}
    if method == Poll.Method.ELECTION:
        given = terms.setup()
    if method == Poll.Method.SCOTTISH_STV:
        given = {"seats": terms.seats}
    METHODS[method].check_setup(given, max(terms.seats, 2))
    return given


@transaction.atomic
def add_candidate(
    *, by: Person, resolution: Resolution, at: datetime, person: Person | None = None, **said: Any
) -> Candidate:
    """A candidate, or an option: `label`, `statement`, `url`, `group`, `gender`, `born_on`.

    Raises `Refused`: `not_on_board`, `not_found`, `resolution_decided`, `agenda_closed`, `candidate_unnamed`,
    `candidate_twice`, `unknown_group`, `not_a_member_today` for someone who is nobody here.
    """
    resolution, contest = open_contest(by, resolution, at)
    hat = hat_of(person, resolution.assembly, timezone.localdate(at)) if person else None
    label = str(said.pop("label", "")).strip() or (person.name if person else "")
    names = list(contest.candidates.values_list("label", flat=True))
    check_candidate(
        names=names, name=label, seats_someone=contest.body_id is not None, has_person=person is not None
    )
    check_group(str(said.get("group", "")), [group["group"] for group in contest.groups])
    return Candidate.objects.create(
        contest=contest,
        position=len(names) + 1,
        label=label,
        person=person,
        membership=hat,
        **kept(contest, said),
    )


def open_contest(by: Person, resolution: Resolution, at: datetime) -> tuple[Resolution, Contest]:
    """The resolution, held, and what it elects, to whoever prepares the assembly while candidates may come."""
    resolution = locked_resolution(resolution)
    check_preparer(by, resolution.assembly, at)
    contest = Contest.objects.filter(resolution=resolution).select_related("body").first()
    if contest is None:
        raise Refused("not_found")
    check_takes_candidates(
        is_election=contest.is_election,
        is_tabled=resolution.state == Resolution.State.TABLED,
        is_prepared=resolution.assembly.state == Assembly.State.PREPARED,
    )
    return resolution, contest


def hat_of(person: Person, assembly: Assembly, on: date) -> Membership:
    """The membership that lets this person stand."""
    found = Membership.objects.of(person, on).filter(entity=assembly.entity_id).first()
    if found is None:
        raise Refused("not_a_member_today")
    return found


def kept(contest: Contest, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a candidate: a birth date where age settles ties, a gender where parity is aimed at, no more."""
    known = {name: said[name] for name in ("statement", "url", "group") if said.get(name)}
    if "age" in contest.setup.get("ties", []):
        known["born_on"] = said.get("born_on")
    if contest.setup.get("parity"):
        known["gender"] = said.get("gender") or ""
    return known


@transaction.atomic
def withdraw_candidate(*, by: Person, candidate: Candidate, at: datetime) -> None:
    """Before the notice leaves, a candidate is taken off; after it, the withdrawal is kept and said.

    Raises `Refused`: `not_on_board`, `resolution_decided`, `agenda_closed`.
    """
    resolution, contest = open_contest(by, candidate.contest.resolution, at)
    row = contest.candidates.get(pk=candidate.pk)
    if resolution.assembly.state == Assembly.State.PREPARED:
        row.delete()
        renumber(contest)
    elif row.withdrew_at is None:
        row.withdrew_at = at
        row.save(update_fields=["withdrew_at"])


def renumber(contest: Contest) -> None:
    """Candidates keep their order, from 1."""
    for position, row in enumerate(contest.candidates.order_by("position"), start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
