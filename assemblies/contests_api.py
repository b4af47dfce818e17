"""The acts of elections and choices: putting one on an agenda, its candidates, who withdraws."""

from django.urls import reverse
from django.utils import timezone

from assemblies import contest_inputs, services
from assemblies.api import Answer, Data, seen, seen_resolution
from assemblies.contest_rules import ElectionTerms
from assemblies.models import Assembly, Candidate, Resolution
from cooperation.models import GoverningBody, Person
from realtime.commands import Caller, Command
from realtime.refused import Refused

SAID = ("statement", "url", "group", "gender", "born_on")


def page_of(resolution: Resolution) -> str:
    """The page of its candidates."""
    return reverse("assemblies:contest-page", args=[resolution.assembly_id, resolution.pk])


def contest_add(caller: Caller, data: Data) -> Answer:
    """Put an election or a choice on the agenda."""
    row = seen(caller, data["assembly"])
    body = None
    if data["body"]:
        body = GoverningBody.objects.filter(pk=data["body"], entity=row.entity_id).first()
        if body is None:
            raise Refused("not_found")
    terms = ElectionTerms(
        seats=data["seats"],
        marks=data["marks"],
        ties=contest_inputs.TIES[data["ties"]],
        limits=data["limits"],
        aims_at_parity=data["aims_at_parity"],
        needs_majority=data["needs_majority"],
    )
    given = {name: data[name] for name in ("title", "text", "minutes", "kind", "method", "renewed_by")}
    made = services.add_contest(by=caller.person, assembly=row, terms=terms, body=body, at=caller.at, **given)
    return {"assembly": row.pk, "resolution": made.pk, "url": page_of(made)}


def candidate_add(caller: Caller, data: Data) -> Answer:
    """A candidate more."""
    resolution = seen_resolution(caller, data["resolution"])
    person = None
    if data["person"]:
        person = Person.objects.filter(pk=data["person"], is_active=True, is_guest=False).first()
        if person is None:
            raise Refused("not_found")
    given = {"label": data["name"], **{name: data[name] for name in SAID}}
    made = services.add_candidate(
        by=caller.person, resolution=resolution, person=person, at=caller.at, **given
    )
    return {"resolution": resolution.pk, "candidate": made.pk, "url": page_of(resolution)}


def candidate_withdraw(caller: Caller, data: Data) -> Answer:
    """A candidate who withdraws."""
    visible = Assembly.objects.visible_to(caller.person, timezone.localdate(caller.at))
    rows = Candidate.objects.filter(pk=data["candidate"], contest__resolution__assembly__in=visible)
    row = rows.select_related("contest__resolution__assembly").first()
    if row is None:
        raise Refused("not_found")
    services.withdraw_candidate(by=caller.person, candidate=row, at=caller.at)
    resolution = row.contest.resolution
    return {"resolution": resolution.pk, "url": page_of(resolution)}


CONTEST_ADD = Command("contest.add", contest_inputs.ContestAddIn, contest_add)
CANDIDATE_ADD = Command("candidate.add", contest_inputs.CandidateAddIn, candidate_add)
CANDIDATE_WITHDRAW = Command("candidate.withdraw", contest_inputs.CandidateIn, candidate_withdraw)

COMMANDS = (CONTEST_ADD, CANDIDATE_ADD, CANDIDATE_WITHDRAW)
