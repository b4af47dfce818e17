"""The acts of a rehearsal: open it, close it, erase it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import CharField, Serializer

from assemblies import inputs, services
from assemblies.api import answer, seen
from realtime.commands import Caller, Command

Data = Mapping[str, Any]


class RehearsalIn(Serializer):
    """An assembly, and what one rehearses on."""

    assembly = inputs.target()
    question = CharField(label=_("Question"), max_length=200)


def rehearsal_open(caller: Caller, data: Data) -> dict[str, Any]:
    """Open a poll to learn on."""
    row = seen(caller, data["assembly"])
    poll = services.open_rehearsal(by=caller.person, assembly=row, question=data["question"], at=caller.at)
    return answer("page", row, poll=poll.pk)


def rehearsal_close(caller: Caller, data: Data) -> dict[str, Any]:
    """Close it, and show what a result looks like."""
    row = seen(caller, data["assembly"])
    result = services.close_rehearsal(by=caller.person, assembly=row, at=caller.at)
    return answer("page", row, poll=result.poll_id)


def rehearsal_erase(caller: Caller, data: Data) -> dict[str, Any]:
    """Erase it; the answer says nothing of it."""
    row = seen(caller, data["assembly"])
    services.end_rehearsal(by=caller.person, assembly=row, at=caller.at)
    return answer("page", row)


REHEARSAL_OPEN = Command("rehearsal.open", RehearsalIn, rehearsal_open)
REHEARSAL_CLOSE = Command("rehearsal.close", inputs.AssemblyIn, rehearsal_close)
REHEARSAL_ERASE = Command("rehearsal.erase", inputs.AssemblyIn, rehearsal_erase)

COMMANDS = (REHEARSAL_OPEN, REHEARSAL_CLOSE, REHEARSAL_ERASE)
