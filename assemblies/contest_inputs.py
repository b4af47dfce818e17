"""What it takes to put an election or a choice on an agenda, and its candidates."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework.fields import empty
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    Field,
    IntegerField,
    Serializer,
    URLField,
    ValidationError,
)

from assemblies.contest_rules import read_limits
from assemblies.inputs import MaybeNumber, minutes, target, title, words
from assemblies.models import Candidate, Resolution
from assemblies.services.contests import WAYS
from realtime.refused import Refused
from votes.models import Poll

TIES = {
    "none": (),
    "age": ("age",),
    "draw": ("draw",),
    "age_draw": ("age", "draw"),
    "second_round": ("second_round",),
}
MOST_SEATS = 200
LONGEST_STATEMENT = 1_000


@extend_schema_field(OpenApiTypes.STR)
class LimitsField(Field):
    """Groups and their seats, one to a line, read into limits."""

    default_error_messages = {
        "unreadable": _(
            "Cette ligne ne dit pas combien de sièges : « %(line)s ». Par exemple : Culture : 1 à 5."
        )
    }

    def to_internal_value(self, data: Any) -> list[dict[str, Any]]:
        """The limits. Raises ValidationError with the line that cannot be read."""
        try:
            return read_limits("\n".join(map(str, data)) if isinstance(data, list) else str(data))
        except Refused as refused:
            message = str(self.error_messages["unreadable"])
            raise ValidationError(message % {"line": refused.details.get("line", "")}) from refused

    def to_representation(self, value: Any) -> Any:
        """As it was given."""
        return value


@extend_schema_field(OpenApiTypes.STR)
class GroupField(Field):
    """The name of a group that has seats; the service knows which there are."""

    def to_internal_value(self, data: Any) -> str:
        """One line of text."""
        return " ".join(str(data).split())[:120]

    def to_representation(self, value: Any) -> Any:
        """As it is."""
        return value


class MaybeDay(DateField):
    """A day that may be left out."""

    def run_validation(self, data: Any = empty) -> Any:
        """An empty text is nothing."""
        return super().run_validation(None if data == "" else data)


class ContestAddIn(Serializer):
    """An election, or a choice among options."""

    assembly = target()
    title = title()
    text = words(_("Texte"))
    minutes = minutes(20)
    kind = ChoiceField(required=False, default=Resolution.Kind.ORDINARY, choices=Resolution.Kind.choices)
    method = ChoiceField(
        label=_("Façon de voter"), choices=[choice for choice in Poll.Method.choices if choice[0] in WAYS]
    )
    seats = IntegerField(label=_("Sièges"), required=False, default=1, min_value=1, max_value=MOST_SEATS)
    marks = MaybeNumber(label=_("Noms par bulletin"), min_value=1, max_value=MOST_SEATS)
    ties = ChoiceField(
        label=_("En cas d’égalité"), required=False, default="none", choices=[(name, name) for name in TIES]
    )
    needs_majority = BooleanField(required=False, default=False)
    aims_at_parity = BooleanField(required=False, default=False)
    limits = LimitsField(label=_("Groupes"), required=False, default=list)
    body = MaybeNumber(label=_("Instance"), min_value=1)
    renewed_by = IntegerField(required=False, default=1, min_value=1, max_value=6)


class CandidateAddIn(Serializer):
    """A candidate, or an option."""

    resolution = target()
    person = MaybeNumber(label=_("Personne"), min_value=1)
    name = CharField(label=_("Nom"), required=False, default="", allow_blank=True, max_length=200)
    statement = CharField(
        label=_("Présentation"), required=False, default="", allow_blank=True, max_length=LONGEST_STATEMENT
    )
    url = URLField(label=_("Lien"), required=False, default="", allow_blank=True, max_length=200)
    group = GroupField(label=_("Groupe"), required=False, default="")
    gender = ChoiceField(
        label=_("Genre déclaré"),
        required=False,
        default="",
        allow_blank=True,
        choices=Candidate.Gender.choices,
    )
    born_on = MaybeDay(label=_("Date de naissance"), required=False, default=None, allow_null=True)


class CandidateIn(Serializer):
    """A candidate."""

    candidate = target()
