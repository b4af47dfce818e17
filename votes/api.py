"""The act of casting a ballot, the same for its three doors."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from realtime.commands import Caller, Command
from realtime.refused import Refused
from votes.calls import choices_said
from votes.choices import choices_in
from votes.methods import method_of
from votes.models import Ballot, Elector, Poll
from votes.secrecy import read_code
from votes.services import cast_ballot, cast_secret

LONGEST_CHOICE = 1_000  # a reason is cut by nobody: its method says how long it may be


class BallotIn(serializers.Serializer[Any]):
    """A ballot: in which poll, for which line of the roll when one holds several, and what it says.

    Where options are given something, a rank, a score, dots, a grade, `choices` are `position:value`: `["3:1", "1:2"]` ranks
    the third option first. `toggle` adds or takes away one answer of a changeable approval: one gesture of an indicative poll. `code` is the
    tracking code of a secret ballot, made on the device; a named ballot has none.
    """

    poll = serializers.IntegerField(min_value=1)
    elector = serializers.IntegerField(min_value=1, required=False)
    choices = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_CHOICE),
        required=False,
        max_length=200,
        label=_("Votre choix"),
    )
    toggle = serializers.CharField(max_length=20, required=False, label=_("Votre avis"))
    code = serializers.CharField(max_length=20, required=False, label=_("Code de suivi"))

    def to_internal_value(self, data: Any) -> Any:
        """One field per option, `choices-1`, `choices-2`…, says the same as the list `choices`."""
        if not any(str(name).startswith("choices-") for name in data):
            return super().to_internal_value(data)
        kept = {name: data.get(name) for name in data if not str(name).startswith("choices")}
        return super().to_internal_value({**kept, "choices": choices_in(data)})

    def validate_choices(self, choices: list[str]) -> list[str]:
        """The same choices in another order are the same ballot."""
        return sorted(choices)

    def validate_code(self, code: str) -> str:
        """The code as it is kept and published."""
        known = read_code(code)
        if known is None:
            raise serializers.ValidationError(
                say("Un code de suivi a douze signes, en trois groupes de quatre.")
            )
        return known


def covered(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the digest kept beside the act's key is taken of: of a secret ballot its poll and its line, never what it says."""
    return {name: data[name] for name in ("poll", "elector") if name in data} if "code" in data else data


def ballot_cast(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Cast the caller's ballot under the act's own key."""
    if caller.key is None:
        raise Refused("key_missing")
    elector = line_of(caller, data["poll"], data.get("elector"))
    if elector.poll.secrecy == Poll.Secrecy.SECRET:
        return secret_cast(caller, caller.key, elector, data)
    if "code" in data:
        raise Refused("code_unasked")
    choices = data.get("choices", [])
    if "toggle" in data:
        choices = toggled(elector, data["toggle"])
    ballot = cast_ballot(elector=elector, person=caller.person, choices=choices, key=caller.key, at=caller.at)
    return answer_of(caller, elector.poll, ballot)


def secret_cast(caller: Caller, key: UUID, elector: Elector, data: Mapping[str, Any]) -> dict[str, Any]:
    """Cast a secret ballot. The answer is kept beside the person: it says that a ballot was received, nothing else."""
    if "code" not in data:
        raise Refused("code_missing")
    said = {"choices": data.get("choices", []), "code": data["code"]}
    cast_secret(elector=elector, person=caller.person, key=key, at=caller.at, **said)
    receipt = reverse("votes:secret-receipt", args=[elector.poll_id, elector.pk])
    return {"poll": elector.poll_id, "received": True, "url": receipt}


def line_of(caller: Caller, poll: int, elector: int | None) -> Elector:
    """The line this ballot is for: the one named, the one of the hat, or the only one of the caller.

    Raises `Refused`: `not_found` where the caller may not see the poll, `not_on_roll`, `not_an_elector`, `which_hat`.
    """
    lines = list(Elector.objects.held_by(caller.person).filter(poll=poll).select_related("poll"))
    if not lines:
        seen = Poll.objects.filter(pk=poll).visible_to(caller.person, caller.at).exists()
        raise Refused("not_on_roll" if seen else "not_found")
    if elector is not None:
        lines = [line for line in lines if line.pk == elector]
    elif len(lines) > 1 and caller.hat is not None:
        lines = [line for line in lines if line.membership_id == caller.hat]
    if not lines:
        raise Refused("not_an_elector")
    if len(lines) > 1:
        raise Refused("which_hat")
    return lines[0]


def toggled(elector: Elector, choice: str) -> list[str]:
    """What the line says once this answer is given or taken back in one gesture."""
    earlier = Ballot.objects.filter(elector=elector).values_list("choices", flat=True).first() or []
    return method_of(elector.poll).toggled(earlier, choice, elector.poll)


def answer_of(caller: Caller, poll: Poll, ballot: Ballot) -> dict[str, Any]:
    """What the device hears: the number and the instant, and where to go; a changeable choice is simply noted."""
    answer: dict[str, Any] = {"poll": poll.pk, "ballot": ballot.pk, "number": ballot.number}
    if poll.allows_change and not poll.is_formal:
        siblings = Poll.objects.filter(parent=poll.parent)
        words = {"url": poll.get_absolute_url(), "message": say("Votre avis est noté.")}
        return {
            **answer,
            **words,
            "choices": ballot.choices,
            "mine": {"avis": choices_said(caller.person, siblings)},
        }
    receipt = reverse("votes:ballot-receipt", args=[poll.pk, ballot.pk])
    return {**answer, "received_at": ballot.received_at.isoformat(), "url": receipt}


BALLOT_CAST = Command("ballot.cast", BallotIn, ballot_cast, covered=covered, is_private=True)
