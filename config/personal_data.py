"""What every floor holds about one person, as plain values they can take away (RGPD, art. 15 and 20)."""

from typing import Any

from django.db.models import F, Q

from assemblies.models import Attendance, Proxy
from cooperation.models import Person
from cooperation.personal_data import data_of
from decisions.models import Action, FollowUp
from votes.models import Ballot, Elector, Entry
from workshops.models import Comment, Participation, Proposal, ProposalVersion, Support


def everything(person: Person) -> dict[str, Any]:
    """The person's own data, floor by floor; of others, nothing."""
    return {
        **data_of(person),
        "actions": list(Action.objects.filter(pilot=person).values("title", "due_on", "progress", "state")),
        "follow_up": list(FollowUp.objects.filter(author=person).values("action", "at", "text", "progress")),
        "workshops": workshops_of(person),
        "votes": votes_of(person),
        "assemblies": list(attendance_of(person)),
        "proxies": list(proxies_of(person)),
    }


def workshops_of(person: Person) -> dict[str, Any]:
    """Where they took part, what they wrote, what they supported."""
    wrote = Comment.objects.filter(author=person)
    return {
        "participations": list(
            Participation.objects.filter(person=person).values("workshop__title", "role", "joined_at")
        ),
        "proposals": list(Proposal.objects.filter(author=person).values("number", "state", "created_at")),
        "versions": list(
            ProposalVersion.objects.filter(author=person).values(
                "proposal", "number", "title", "text", "created_at"
            )
        ),
        "comments": list(wrote.values("proposal", "kind", "text", "created_at", "withdrawn_at")),
        "supports": list(Support.objects.filter(person=person).values("version__title", "at")),
    }


def votes_of(person: Person) -> dict[str, Any]:
    """The rolls they are on, and the named ballots they cast."""
    lines = Elector.objects.filter(Q(titular=person) | Q(substitute=person) | Q(holder=person))
    cast = Ballot.objects.filter(cast_by=person)
    entries = Entry.objects.filter(poll__ballots__cast_by=person, ballot=F("poll__ballots__number"))
    return {
        "rolls": list(lines.values("poll__question", "label", "has_voted_at")),
        "ballots": list(cast.values("poll__question", "number", "choices", "channel", "received_at")),
        "entries": list(entries.order_by("pk").values("poll__question", "content")),
    }


def attendance_of(person: Person) -> Any:
    """When they came and left, as recorded at the desk."""
    return Attendance.objects.filter(person=person).values("assembly", "movement", "channel", "at")


def proxies_of(person: Person) -> Any:
    """The proxies they gave and those they were given, with the wish that was said."""
    mine = Proxy.objects.filter(Q(given_by=person) | Q(holder=person))
    return mine.values("assembly", "state", "wish", "is_blank", "given_at", "accepted_at", "ended_at")
