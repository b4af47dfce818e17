"""The act of noting what became of an objection, the same for its three doors."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from realtime.commands import Caller, Command
from realtime.refused import Refused
from votes.models import ObjectionNote, Poll
from votes.officers import is_officer
from votes.services.objections import treat_objection


class TreatIn(serializers.Serializer[Any]):
    """An objection, known by its reason; what it became; a word of why."""

    poll = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=300)
    treatment = serializers.ChoiceField(
        choices=ObjectionNote.Treatment.choices, label=_("Ce qu’elle devient")
    )
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


def objection_treat(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Note it, for whoever runs the workshop or holds office in the assembly. A stranger finds no poll."""
    poll = Poll.objects.filter(pk=data["poll"]).visible_to(caller.person, caller.at).first()
    if poll is None:
        raise Refused("not_found")
    note = treat_objection(
        poll=poll,
        reason=data["reason"],
        treatment=data["treatment"],
        note=data["note"],
        by=caller.person,
        leads=is_officer(poll.parent, caller.person),
        at=caller.at,
    )
    page = reverse("votes:poll-result", args=[poll.pk])
    return {"note": note.pk, "url": f"{page}#poll-{poll.pk}-objections"}


OBJECTION_TREAT = Command("objection.treat", TreatIn, objection_treat)
