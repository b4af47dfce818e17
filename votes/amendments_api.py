"""The acts of amending a sealed roll, the same for their three doors: propose, countersign, dismiss."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from realtime.commands import Caller, Command
from realtime.refused import Refused
from votes.models import Elector, Poll, RollAmendment
from votes.officers import is_officer
from votes.services import countersign, dismiss_amendment, propose_addition, propose_strike

Answer = dict[str, Any]


def reason() -> serializers.CharField:
    """Why the roll changes."""
    return serializers.CharField(label=_("Motif"), max_length=300)


class AdditionIn(serializers.Serializer[Any]):
    """A member who came after the opening, and why the line is added."""

    membership = serializers.IntegerField(min_value=1, label=_("Membre"))
    poll = serializers.IntegerField(min_value=1)
    reason = reason()


class StrikeIn(serializers.Serializer[Any]):
    """A line that has not voted, and why it is struck."""

    elector = serializers.IntegerField(min_value=1)
    poll = serializers.IntegerField(min_value=1)
    reason = reason()


class AmendmentIn(serializers.Serializer[Any]):
    """An amendment that waits."""

    amendment = serializers.IntegerField(min_value=1)


def kept(caller: Caller, pk: int) -> Poll:
    """The poll, for the officers of the place it was opened in. Raises `Refused("not_found")` for anybody else."""
    poll = Poll.objects.filter(pk=pk).first()
    if poll is None or not is_officer(poll.parent, caller.person):
        raise Refused("not_found")
    return poll


def waiting(caller: Caller, pk: int) -> RollAmendment:
    """The amendment, for those officers."""
    amendment = RollAmendment.objects.select_related("poll").filter(pk=pk).first()
    if amendment is None:
        raise Refused("not_found")
    kept(caller, amendment.poll_id)
    return amendment


def answer(amendment: RollAmendment) -> Answer:
    """The amendment, and the roll it is shown on."""
    page = reverse("votes:poll-roll", args=[amendment.poll_id])
    said = {"poll": amendment.poll_id, "amendment": amendment.pk, "number": amendment.number}
    return {**said, "hash": amendment.hash, "url": f"{page}#amendements"}


def roll_add(caller: Caller, data: Mapping[str, Any]) -> Answer:
    """Propose to add a line."""
    poll, told = kept(caller, data["poll"]), {"by": caller.person, "at": caller.at}
    return answer(propose_addition(poll=poll, membership=data["membership"], reason=data["reason"], **told))


def roll_strike(caller: Caller, data: Mapping[str, Any]) -> Answer:
    """Propose to strike a line."""
    poll = kept(caller, data["poll"])
    elector = Elector.objects.select_related("poll").filter(pk=data["elector"], poll=poll).first()
    if elector is None:
        raise Refused("not_found")
    return answer(propose_strike(elector=elector, reason=data["reason"], by=caller.person, at=caller.at))


def roll_countersign(caller: Caller, data: Mapping[str, Any]) -> Answer:
    """Sign as the second officer."""
    amendment = waiting(caller, data["amendment"])
    return answer(countersign(amendment=amendment, by=caller.person, at=caller.at))


def roll_dismiss(caller: Caller, data: Mapping[str, Any]) -> Answer:
    """Let a proposal fall."""
    amendment = waiting(caller, data["amendment"])
    return answer(dismiss_amendment(amendment=amendment, by=caller.person, at=caller.at))


ROLL_ADD = Command("roll.add", AdditionIn, roll_add)
ROLL_STRIKE = Command("roll.strike", StrikeIn, roll_strike)
ROLL_COUNTERSIGN = Command("roll.countersign", AmendmentIn, roll_countersign)
ROLL_DISMISS = Command("roll.dismiss", AmendmentIn, roll_dismiss)

COMMANDS = (ROLL_ADD, ROLL_STRIKE, ROLL_COUNTERSIGN, ROLL_DISMISS)
