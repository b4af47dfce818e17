"""A rehearsal: the hall learns to vote on a poll that decides nothing and is erased whole."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.events import HallChanged
from assemblies.models import Assembly
from assemblies.proxies import carried_in
from assemblies.quorum import presences, rules_in_force
from assemblies.rules import check_in_session, check_may_rehearse, check_no_open_vote
from assemblies.services.locking import locked
from assemblies.services.meeting import check_conducts
from assemblies.services.voting import colleges_of, roll_of
from cooperation.models import Person
from realtime.publish import publish
from realtime.refused import Refused
from votes.counting.resolution_rules import ResolutionRules
from votes.models import Poll, Result
from votes.services import Parent, close_poll, count_poll, open_poll
from votes.services.rehearsing import erase_rehearsal


def rehearsal_in(assembly: Assembly) -> Poll | None:
    """The rehearsal of this meeting, None when there is none."""
    return Poll.objects.of(assembly.topic).filter(is_rehearsal=True).first()


@transaction.atomic
def open_rehearsal(*, by: Person, assembly: Assembly, question: str, at: datetime) -> Poll:
    """Open a poll to learn on, under the very rules and roll of a resolution; it binds nobody.

    Raises `Refused`: `not_an_officer`, `assembly_not_open`, `vote_is_open`, `rehearsal_is_on`, `question_missing`,
    `statutes_missing`, and what `open_poll` raises.
    """
    assembly = locked(assembly)
    check_conducts(by, assembly)
    check_in_session(state=assembly.state)
    check_no_open_vote(assembly.resolutions.values_list("state", flat=True))
    check_may_rehearse(is_on=rehearsal_in(assembly) is not None, question=question)
    on = timezone.localdate(at)
    rules = rules_in_force(assembly, on)
    carried = carried_in(assembly, rules, on)
    lines = presences(assembly, rules, on, carried)
    return open_poll(
        parent=Parent(assembly.topic, assembly.title, assembly.get_absolute_url()),
        question=question.strip(),
        method=Poll.Method.RESOLUTION,
        is_binding=False,
        is_rehearsal=True,
        shows=Poll.Shows.CLOSE,
        roll=roll_of(assembly, rules, on, carried),
        rules=ResolutionRules.from_statutes(rules),
        colleges=colleges_of(rules),
        present={line.college: line.present for line in lines},
        members={line.college: line.members for line in lines},
        opened_by=by,
        at=at,
    )


def poll_rehearsed(assembly: Assembly) -> Poll:
    """The rehearsal of this meeting. Raises `Refused("no_rehearsal")`."""
    found = rehearsal_in(assembly)
    if found is None:
        raise Refused("no_rehearsal")
    return found


@transaction.atomic
def close_rehearsal(*, by: Person, assembly: Assembly, at: datetime) -> Result:
    """Close the rehearsal and count it, so that the hall sees what a result looks like.

    Raises `Refused`: `not_an_officer`, `no_rehearsal`.
    """
    assembly = locked(assembly)
    check_conducts(by, assembly)
    poll = close_poll(poll=poll_rehearsed(assembly), at=at)
    return count_poll(poll=poll, at=at)


@transaction.atomic
def end_rehearsal(*, by: Person, assembly: Assembly, at: datetime) -> None:
    """Erase the rehearsal, whole. Raises `Refused`: `not_an_officer`, `no_rehearsal`, `poll_still_open`."""
    assembly = locked(assembly)
    check_conducts(by, assembly)
    erase_rehearsal(poll=poll_rehearsed(assembly))
    publish([(HallChanged(assembly.pk), assembly.topic)])
