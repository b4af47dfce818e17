"""Voting on a resolution: the roll, the quorum and the rules are fixed when it opens; the result binds."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any, TypedDict

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assemblies.contest_rules import check_counts_heads, is_settled
from assemblies.events import ResolutionAdopted, ResolutionRejected
from assemblies.models import Assembly, Resolution
from assemblies.proxies import Carried, carried_in, lawful_in, voters
from assemblies.quorum import is_extraordinary, members_of, rules_in_force, taking_part
from assemblies.rules import (
    check_is_voting,
    check_may_open_vote,
    check_no_rehearsal,
    check_on_agenda,
    check_quorum,
)
from assemblies.services.blanks import vote_as_declared
from assemblies.services.locking import locked_resolution
from assemblies.services.meeting import check_conducts, count_quorum, has_rehearsal, record_quorum
from assemblies.services.seating import elected, seat_elected, setup_at, standing
from cooperation.models import Membership, Person, Representation
from cooperation.models.members import MembershipQuerySet
from cooperation.rules import Pooling, StatutesRules
from cooperation.sentences import say
from cooperation.services import write_notices
from decisions.services import record_decision
from realtime.facts import Fact
from realtime.publish import publish
from votes.counting.resolution_rules import ResolutionRules
from votes.models import Poll, Result, TellerEntry
from votes.rules import check_nothing_waits
from votes.services import Parent, RollLine, close_poll, declare_result, open_poll
from workshops.chain import contributors_of

College = tuple[str, str, Fraction]
Voices = dict[tuple[int, str], int]


class OnBallot(TypedDict, total=False):
    """What an election or a choice adds to a poll, as `open_poll` takes it."""

    options: list[tuple[str, str]]
    details: list[dict[str, Any]]
    setup: dict[str, Any]
    max_choices: int | None


def voices_of(members: list[Membership], on: date) -> Voices:
    """Who speaks for each organisation on this day: (organisation, role) → person."""
    organisations = [row.organisation_id for row in members if row.organisation_id is not None]
    spoken = Representation.objects.as_of(on).filter(organisation__in=organisations)
    return {
        (org, role): person
        for org, role, person in spoken.values_list("organisation_id", "role", "person_id")
    }


def roll_line(member: Membership, voices: Voices, holder: int | None = None) -> RollLine:
    """The line of one member: one head, one ballot, cast by the member, one of its representatives, or its proxy."""
    organisation = member.organisation_id
    if organisation is None:
        titular, substitute = member.person_id, None
    else:
        titular = voices.get((organisation, Representation.Role.TITULAR))
        substitute = voices.get((organisation, Representation.Role.SUBSTITUTE))
    return RollLine(
        label=member.name,
        membership_id=member.pk,
        titular_id=titular,
        substitute_id=substitute,
        holder_id=None if holder in (titular, substitute) else holder,
        college=member.college.letter if member.college else "",
    )


def roll_of(assembly: Assembly, rules: StatutesRules, on: date, carried: Sequence[Carried]) -> list[RollLine]:
    """Every member in good standing where the statutes allow remote voting, else those there or represented."""
    if not rules.allows_remote_voting:
        return lines_of_those_there(assembly, on, carried)
    return lines_of(members_of(assembly, on), on, voters(lawful_in(assembly, rules, on)))


def lines_of_present(assembly: Assembly, on: date) -> list[RollLine]:
    """The lines of those who are there or represented now, among the members in good standing on this day."""
    return lines_of_those_there(assembly, on, carried_in(assembly, rules_in_force(assembly, on), on))


def lines_of_those_there(assembly: Assembly, on: date, carried: Sequence[Carried]) -> list[RollLine]:
    """The lines of those who are there, and of those these proxies represent."""
    members = members_of(assembly, on).filter(taking_part(assembly, carried))
    return lines_of(members, on, voters(carried))


def lines_of(members: MembershipQuerySet, on: date, holders: Mapping[int, int]) -> list[RollLine]:
    """The lines of these members, each with who speaks for it on this day, and who holds its proxy."""
    rows = list(members.with_party().order_by("college__letter", "register_number"))
    voices = voices_of(rows, on)
    return [roll_line(row, voices, holders.get(row.pk)) for row in rows]


def colleges_of(rules: StatutesRules) -> list[College]:
    """Letter, name and exact weight of each college, where votes are weighed by colleges."""
    if rules.pooling is Pooling.NONE:
        return []
    return [(weight.college, weight.label, weight.share) for weight in rules.weights]


@transaction.atomic
def open_vote(
    *,
    by: Person,
    resolution: Resolution,
    at: datetime,
    closes_at: datetime | None = None,
    secrecy: str = Poll.Secrecy.NAMED,
    allows_change: bool = False,
) -> Poll:
    """Put the resolution being discussed to a binding vote, once its quorum is counted and kept.

    Raises `Refused`: `not_an_officer`, `assembly_not_open`, `vote_is_open`, `resolution_decided`,
    `item_not_current`, `rehearsal_is_on`, `statutes_missing`, `V11`, `quorum_not_met`, and what `open_poll` raises.
    """
    resolution = locked_resolution(resolution)
    assembly = resolution.assembly
    check_vote(by, resolution)
    counted = count_quorum(assembly, at, resolution.kind)
    rules, lines, quorum, carried = counted
    check_on_agenda(rules.profile, is_on_agenda=resolution.item.assembly_id == assembly.pk)
    check_quorum(is_met=quorum.met, derivation=" ".join(say(sentence, _) for sentence in quorum.derivation))
    poll = open_poll(
        parent=Parent(assembly.topic, assembly.title, assembly.get_absolute_url()),
        question=resolution.title,
        text=resolution.text,
        method=resolution.choice.method if resolution.choice else Poll.Method.RESOLUTION,
        is_binding=True,
        shows=Poll.Shows.DECLARATION,
        secrecy=secrecy_of(resolution, rules, secrecy),
        roll=roll_of(assembly, rules, timezone.localdate(at), carried),
        rules=ResolutionRules.from_statutes(rules, extraordinary=is_extraordinary(resolution)),
        colleges=colleges_of(rules),
        present={line.college: line.present for line in lines},
        members={line.college: line.members for line in lines},
        closes_at=closes_at,
        allows_change=allows_change,
        opened_by=by,
        at=at,
        **asked_by(resolution, rules, at),
    )
    record_quorum(assembly, counted, at, resolution.kind, resolution)
    resolution.poll, resolution.state = poll, Resolution.State.VOTING
    resolution.save(update_fields=["poll", "state"])
    vote_as_declared(resolution, poll, rules, carried, by, at)
    return poll


def check_vote(by: Person, resolution: Resolution) -> None:
    """The bureau opens the vote of the point being discussed, when nothing else is voted or rehearsed."""
    assembly = resolution.assembly
    check_conducts(by, assembly)
    check_may_open_vote(
        assembly=assembly.state,
        resolution=resolution.state,
        item_is_current=resolution.item.state == resolution.item.State.CURRENT,
    )
    check_no_rehearsal(is_on=has_rehearsal(assembly))


def asked_by(resolution: Resolution, rules: StatutesRules, at: datetime) -> OnBallot:
    """The candidates and the setting of an election or a choice; nothing for a vote for or against."""
    contest = resolution.choice
    if contest is None:
        return {}
    check_counts_heads(rules)
    on_ballot = standing(contest)
    return {
        "options": [(each.label, each.url) for each in on_ballot],
        "details": [each.details for each in on_ballot],
        "setup": setup_at(contest, timezone.localdate(at)),
        "max_choices": contest.max_choices,
    }


def secrecy_of(resolution: Resolution, rules: StatutesRules, asked: str) -> str:
    """Secret where the chair says so, and wherever the statutes want elections secret."""
    contest = resolution.choice
    return Poll.Secrecy.SECRET if contest and contest.is_election and rules.secret_elections else asked


def poll_of(resolution: Resolution) -> Poll:
    """The poll of a resolution at vote. Raises `Refused("no_vote_open")`."""
    check_is_voting(resolution=resolution.state)
    assert resolution.poll is not None
    return resolution.poll


@transaction.atomic
def close_vote(*, by: Person, resolution: Resolution, at: datetime) -> Poll:
    """Take no ballot any more.

    Raises `Refused`: `not_an_officer`, `no_vote_open`, `entries_wait` while a teller's entry is not confirmed, and
    what `close_poll` raises.
    """
    resolution = locked_resolution(resolution)
    check_conducts(by, resolution.assembly)
    poll = poll_of(resolution)
    if poll.is_open(at):
        check_nothing_waits(waiting=TellerEntry.objects.waiting().of(poll).count())
    return close_poll(poll=poll, at=at)


@transaction.atomic
def declare(*, by: Person, resolution: Resolution, at: datetime) -> Result:
    """Declare the result: an adopted resolution becomes a decision of the register, and its authors are told.

    Raises `Refused`: `not_an_officer`, `no_vote_open`, and what `declare_result` raises.
    """
    resolution = locked_resolution(resolution)
    assembly = resolution.assembly
    check_conducts(by, assembly)
    result = declare_result(poll=poll_of(resolution), at=at)
    contest = resolution.choice
    said_yes = is_settled(result.outcome, is_election=contest.is_election if contest else None)
    fact = adopt(resolution, result, at) if said_yes else reject(resolution)
    seat_elected(resolution, result, at)
    contributors = contributors_of(resolution.version) if resolution.version else set()
    told = write_notices(
        people=contributors, sentence=lambda: fate_words(resolution), url=place_in_minutes(resolution), at=at
    )
    publish([(fact, assembly.topic), *told])
    return result


def adopt(resolution: Resolution, result: Result, at: datetime) -> Fact:
    """Record the decision an adopted resolution is, or what was elected or chosen."""
    assembly = resolution.assembly
    resolution.decision = record_decision(
        entity=assembly.entity,
        body=assembly.body,
        title=resolution.title,
        text=text_decided(resolution, result),
        decided_on=timezone.localdate(at),
        source_title=assembly.title,
        source_url=place_in_minutes(resolution),
        at=at,
    )
    resolution.state = Resolution.State.ADOPTED
    resolution.save(update_fields=["state", "decision"])
    return ResolutionAdopted(assembly.pk, resolution.pk, resolution.decision.pk)


def text_decided(resolution: Resolution, result: Result) -> str:
    """The text as it was put to the vote, with who was elected or what was chosen."""
    contest = resolution.choice
    if contest is None:
        return resolution.text
    names = ", ".join(each.label for each in elected(contest, result))
    said = _("Siège obtenu : %(names)s.") if contest.is_election else _("Choix de l’assemblée : %(names)s.")
    return f"{resolution.text}\n\n{said % {'names': names}}"


def reject(resolution: Resolution) -> Fact:
    """Keep that the assembly said no."""
    resolution.state = Resolution.State.REJECTED
    resolution.save(update_fields=["state"])
    return ResolutionRejected(resolution.assembly.pk, resolution.pk)


def place_in_minutes(resolution: Resolution) -> str:
    """Where the minutes hold this resolution: its text, its quorum, its result."""
    page = reverse("assemblies:assembly-minutes", args=[resolution.assembly_id])
    return f"{page}#{resolution.anchor}"


def fate_words(resolution: Resolution) -> str:
    """What those who wrote the source of a resolution read."""
    words = {"title": resolution.title}
    if resolution.decision is None:
        return _("L’assemblée n’a pas adopté « %(title)s », à laquelle vous avez contribué.") % words
    words["reference"] = resolution.decision.reference
    return (
        _("L’assemblée a adopté « %(title)s », à laquelle vous avez contribué : décision %(reference)s.")
        % words
    )
