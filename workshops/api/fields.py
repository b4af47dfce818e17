"""What every act of the workshops is made of: words as typed, and objects fetched among those the caller may see."""

from collections.abc import Iterable
from typing import Any, TypeVar

from rest_framework import serializers

from realtime.commands import Caller
from realtime.refused import Refused
from workshops import rules
from workshops.models import Comment, Participation, Proposal, ProposalVersion, Step, Theme, Workshop

ROOM, PAGE = "room", "page"
Thing = TypeVar("Thing")


class Words(serializers.CharField):
    """Words as they were typed: the law of the room measures them, and refuses by name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("allow_blank", True)
        kwargs.setdefault("trim_whitespace", False)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Drop the signs no text may hold before the framework sees them."""
        return "".join(
            sign for sign in super().to_internal_value(data) if sign in "\n\r\t" or not rules.is_hiding(sign)
        )


class OneOrNone(serializers.IntegerField):
    """An object by its number; 0, nothing, or a choice left empty, for none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        super().__init__(default=0, allow_null=True, **kwargs)

    def to_internal_value(self, data: Any) -> int:
        """A choice left empty is none."""
        return 0 if data == "" else super().to_internal_value(data)


class Numbers(serializers.ListField):
    """Several objects by their numbers; a form with one ticked box sends one."""

    child = serializers.IntegerField(min_value=1)

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        """A lone number is a list of one."""
        return super().to_internal_value([data] if isinstance(data, str | int) else data)


class BackField(serializers.ChoiceField):
    """Where a plain form goes next: the room, or the proposal's own page."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("default", ROOM)
        super().__init__(choices=[ROOM, PAGE], **kwargs)


class WorkshopIn(serializers.Serializer[Any]):
    """The room an act is about."""

    workshop = serializers.IntegerField(min_value=1)


class ProposalIn(serializers.Serializer[Any]):
    """The proposal an act is about."""

    proposal = serializers.IntegerField(min_value=1)


class CommentIn(serializers.Serializer[Any]):
    """The comment an act is about."""

    comment = serializers.IntegerField(min_value=1)


def found(thing: Thing | None) -> Thing:
    """The object, or the refusal that does not tell whether it exists."""
    if thing is None:
        raise Refused("not_found")
    return thing


def room_for(caller: Caller, pk: int) -> Workshop:
    """A workshop the caller may see."""
    return found(Workshop.objects.visible_to(caller.person).filter(pk=pk).first())


def proposal_for(caller: Caller, pk: int) -> Proposal:
    """A proposal the caller may see."""
    rows = Proposal.objects.visible_to(caller.person).select_related("workshop", "version")
    return found(rows.filter(pk=pk).first())


def proposals_for(caller: Caller, room: Workshop, pks: Iterable[int]) -> list[Proposal]:
    """Proposals the caller may see, of one room."""
    asked = set(pks)
    rows = list(room.proposals.filter(pk__in=asked))
    if len(rows) != len(asked):
        raise Refused("proposals_elsewhere")
    return rows


def version_for(caller: Caller, pk: int) -> ProposalVersion:
    """A version of a proposal the caller may see."""
    visible = Proposal.objects.visible_to(caller.person)
    rows = ProposalVersion.objects.select_related("proposal__workshop")
    return found(rows.filter(pk=pk, proposal__in=visible).first())


def comment_for(caller: Caller, pk: int) -> Comment:
    """A comment the caller may see."""
    rows = Comment.objects.visible_to(caller.person).select_related("proposal__workshop")
    return found(rows.filter(pk=pk).first())


def step_for(caller: Caller, pk: int) -> Step:
    """A step of a workshop the caller may see."""
    visible = Workshop.objects.visible_to(caller.person)
    return found(Step.objects.select_related("workshop").filter(pk=pk, workshop__in=visible).first())


def theme_in(room: Workshop, pk: int | None) -> Theme | None:
    """A theme of the room; none when none is named. Raises `Refused("theme_elsewhere")`."""
    if not pk:
        return None
    theme = room.themes.filter(pk=pk).first()
    if theme is None:
        raise Refused("theme_elsewhere")
    return theme


def participation_in(room: Workshop, pk: int) -> Participation:
    """Somebody in the room."""
    return found(room.participations.select_related("person").filter(pk=pk).first())


def place_of(proposal: Proposal, back: str, anchor: str = "") -> str:
    """Where to go after an act on a proposal: in the room with its discussion open, or on its own page."""
    if back == PAGE:
        return f"{proposal.get_absolute_url()}{anchor}"
    return f"{proposal.workshop.get_absolute_url()}?proposition={proposal.pk}{anchor}"
