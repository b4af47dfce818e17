"""The act of casting a ballot, the same for its three doors."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from realtime.commands import Command
from votes.casting import ballots_cast, one_of
from votes.choices import choices_in
from votes.secrecy import read_code

LARGEST_KEY = 2**63 - 1  # what a database takes
LONGEST_CHOICE = 1_000  # a reason is cut by nobody: its method says how long it may be


class BallotIn(serializers.Serializer[Any]):
    """A ballot: in which poll, for which line of the roll when one holds several, and what it says.

    Where options are given something, a rank, a score, dots, a grade, `choices` are `position:value`: `["3:1", "1:2"]` ranks
    the third option first. `toggle` adds or takes away one answer of a changeable approval: one gesture of an indicative poll. `code` is the
    tracking code of a secret ballot, made on the device; a named ballot has none.
    """

    poll = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY)
    elector = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY, required=False)
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


BALLOT_CAST = Command(
    "ballot.cast", BallotIn, one_of(ballots_cast), covered=covered, is_private=True, many=ballots_cast
)
