"""What each act of an assembly needs; the first field is what the act is about."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.fields import empty
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    IntegerField,
    Serializer,
    URLField,
)

from assemblies.models import Assembly, Attendance, Officer, Resolution
from votes.models import Poll

LONGEST_TEXT = 20_000


class MaybeNumber(IntegerField):
    """A number that may be left out: an empty field of a form is none, by every door."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, default=None, allow_null=True, **options)

    def run_validation(self, data: Any = empty) -> int | None:
        """An empty text is nothing."""
        found: int | None = super().run_validation(None if data == "" else data)
        return found


def target() -> IntegerField:
    """The number of what the act is about."""
    return IntegerField(min_value=1)


def title(limit: int = 200) -> CharField:
    """A title people read."""
    return CharField(label=_("Titre"), max_length=limit)


def words(label: Any) -> CharField:
    """A text that may be empty, its lines kept."""
    return CharField(
        label=label,
        required=False,
        default="",
        allow_blank=True,
        max_length=LONGEST_TEXT,
        trim_whitespace=False,
    )


def place() -> CharField:
    """Where people meet; empty when it is only at a distance."""
    return CharField(label=_("Lieu"), required=False, default="", allow_blank=True, max_length=160)


def remote_link() -> URLField:
    """The address of the meeting at a distance."""
    return URLField(label=_("Lien à distance"), required=False, default="", allow_blank=True, max_length=200)


def minutes(default: int) -> IntegerField:
    """The time foreseen for a point."""
    return IntegerField(label=_("Durée prévue"), required=False, default=default, min_value=1, max_value=600)


class AssemblyIn(Serializer):
    """An assembly."""

    assembly = target()


class AssemblyPrepareIn(Serializer):
    """The entity that meets, and what, when, where."""

    entity = target()
    kind = ChoiceField(label=_("Nature"), choices=Assembly.Kind.choices)
    title = title(160)
    starts_at = DateTimeField(label=_("Jour et heure"))
    place = place()
    remote_link = remote_link()


class AssemblyChangeIn(Serializer):
    """What, when, where."""

    assembly = target()
    title = title(160)
    starts_at = DateTimeField(label=_("Jour et heure"))
    place = place()
    remote_link = remote_link()


class CallAgainIn(Serializer):
    """When and where the second call meets."""

    assembly = target()
    starts_at = DateTimeField(label=_("Jour et heure"))
    place = place()
    remote_link = remote_link()


class OfficerAppointIn(Serializer):
    """Who holds which office."""

    assembly = target()
    person = IntegerField(label=_("Personne"), min_value=1)
    role = ChoiceField(label=_("Rôle"), choices=Officer.Role.choices)


class OfficerIn(Serializer):
    """An office."""

    officer = target()


class ItemIn(Serializer):
    """A point of the agenda."""

    item = target()


class ItemAddIn(Serializer):
    """A new point; with a kind it is voted."""

    assembly = target()
    title = title()
    text = words(_("Texte"))
    minutes = minutes(10)
    kind = ChoiceField(
        label=_("Vote"), required=False, default="", allow_blank=True, choices=Resolution.Kind.choices
    )


class ItemChangeIn(Serializer):
    """A point rewritten."""

    item = target()
    title = title()
    text = words(_("Texte"))
    minutes = minutes(10)


class ItemMoveIn(Serializer):
    """A point one place up or down."""

    item = target()
    direction = ChoiceField(choices=[("up", _("monter")), ("down", _("descendre"))])


class TakeUpIn(Serializer):
    """A forwarded version, taken up by an assembly."""

    forwarding = target()
    assembly = target()
    kind = ChoiceField(
        label=_("Vote"), required=False, default=Resolution.Kind.ORDINARY, choices=Resolution.Kind.choices
    )
    minutes = minutes(20)


class CheckOutIn(Serializer):
    """A member who leaves; `desk` and `q` say from which page, and what it was searching."""

    membership = target()
    assembly = target()
    desk = BooleanField(required=False, default=False)
    q = CharField(required=False, default="", allow_blank=True, max_length=80)


class CheckInIn(CheckOutIn):
    """A member who arrives, through whom, by which way."""

    person = MaybeNumber(min_value=1)
    channel = ChoiceField(required=False, default=Attendance.Channel.DESK, choices=Attendance.Channel.choices)


class ResolutionIn(Serializer):
    """A resolution."""

    resolution = target()


class VoteOpenIn(Serializer):
    """A resolution put to the vote, for some minutes or until it is closed; named, unless the chair chooses the secret."""

    resolution = target()
    minutes = MaybeNumber(label=_("Durée du vote"), min_value=1, max_value=1440)
    secrecy = ChoiceField(
        label=_("Secret"), required=False, default=Poll.Secrecy.NAMED, choices=Poll.Secrecy.choices
    )
    allows_change = BooleanField(label=_("Modifiable"), required=False, default=False)
