"""The acts of tellers, the same for their three doors: enter, confirm, set aside."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from rest_framework import serializers

from realtime.commands import Caller, Command
from realtime.refused import Refused, sentence_of
from votes.api import BallotIn
from votes.models import Ballot, Elector, Poll, TellerEntry
from votes.officers import is_officer
from votes.services import confirm_entries, enter_ballot, set_aside_entry

Answer = dict[str, Any]


class EntryIn(BallotIn):
    """A ballot read by a teller: for which line, on paper or by a raised hand; `["spoilt"]` when it cannot be read."""

    elector = serializers.IntegerField(min_value=1)
    channel = serializers.ChoiceField(choices=TellerEntry.Channel.choices, label=_("Reçu"))
    toggle = None  # type: ignore[assignment]  # a teller enters a whole ballot


class ConfirmIn(serializers.Serializer[Any]):
    """What another teller entered, read again."""

    poll = serializers.IntegerField(min_value=1)
    entries = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=500)


class EntrySetAsideIn(serializers.Serializer[Any]):
    """An entry taken out, and why."""

    entry = serializers.IntegerField(min_value=1)
    reason = serializers.ChoiceField(choices=TellerEntry.Reason.choices, label=_("Motif"))


def kept(caller: Caller, pk: int) -> Poll:
    """The poll, for the officers of the place it was opened in. Raises `Refused("not_found")` for anybody else."""
    poll = Poll.objects.filter(pk=pk).first()
    if poll is None or not is_officer(poll.parent, caller.person):
        raise Refused("not_found")
    return poll


def desk(poll: Poll, **query: str) -> str:
    """The tellers' page."""
    page = reverse("votes:poll-tellers", args=[poll.pk])
    return f"{page}?{urlencode(query)}" if query else page


def ballot_enter(caller: Caller, data: Mapping[str, Any]) -> Answer:
    """Write what was read; a different teller confirms."""
    poll = kept(caller, data["poll"])
    line = Elector.objects.filter(poll=poll, pk=data["elector"]).first()
    if line is None:
        raise Refused("not_found")
    entry = enter_ballot(
        poll=poll,
        elector=line,
        choices=data.get("choices", []),
        channel=data["channel"],
        by=caller.person,
        at=caller.at,
    )
    words = {"message": say("Noté : une autre personne du scrutin confirme.")}
    return {"poll": poll.pk, "entry": entry.pk, **words, "url": desk(poll, canal=data["channel"])}


def entry_confirm(caller: Caller, data: Mapping[str, Any]) -> Answer:
    """Cast what was read twice; what could not be cast is told line by line."""
    poll = kept(caller, data["poll"])
    answers = confirm_entries(poll=poll, entries=data["entries"], by=caller.person, at=caller.at)
    cast = [entry.pk for entry, answer in answers if isinstance(answer, Ballot)]
    refused = [
        {"entry": entry.pk, "code": answer.code, "message": sentence_of(answer)}
        for entry, answer in answers
        if isinstance(answer, Refused)
    ]
    message = ngettext("%(count)s bulletin est compté.", "%(count)s bulletins sont comptés.", len(cast))
    return {
        "poll": poll.pk,
        "cast": cast,
        "refused": refused,
        "message": message % {"count": len(cast)},
        "url": desk(poll),
    }


def entry_set_aside(caller: Caller, data: Mapping[str, Any]) -> Answer:
    """Take an entry out."""
    entry = TellerEntry.objects.select_related("poll").filter(pk=data["entry"]).first()
    if entry is None:
        raise Refused("not_found")
    poll = kept(caller, entry.poll_id)
    set_aside_entry(entry=entry, reason=data["reason"], by=caller.person, at=caller.at)
    return {"poll": poll.pk, "entry": entry.pk, "url": desk(poll)}


BALLOT_ENTER = Command("ballot.enter", EntryIn, ballot_enter, target="elector")
ENTRY_CONFIRM = Command("entry.confirm", ConfirmIn, entry_confirm, target="entries")
ENTRY_SET_ASIDE = Command("entry.set_aside", EntrySetAsideIn, entry_set_aside)

COMMANDS = (BALLOT_ENTER, ENTRY_CONFIRM, ENTRY_SET_ASIDE)
