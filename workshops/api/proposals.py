"""Acts of the people in the room: contribute, revise, withdraw, comment, support."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from realtime.commands import Caller, Command
from workshops import services
from workshops.api.fields import (
    BackField,
    CommentIn,
    OneOrNone,
    ProposalIn,
    Words,
    WorkshopIn,
    comment_for,
    place_of,
    proposal_for,
    room_for,
    theme_in,
    version_for,
)
from workshops.models import Comment, ProposalVersion, Support


class SubmitIn(WorkshopIn):
    """A contribution."""

    title = Words(label=_("Votre proposition"))
    text = Words(default="", label=_("Précisions"))
    theme = OneOrNone()


def proposal_submit(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Put a proposal on the board."""
    room = room_for(caller, data["workshop"])
    proposal = services.submit_proposal(
        author=caller.person,
        workshop=room,
        title=data["title"],
        text=data["text"],
        theme=theme_in(room, data["theme"]),
        at=caller.at,
    )
    url = f"{room.get_absolute_url()}#proposal-{proposal.pk}"
    return {"proposal": proposal.pk, "number": proposal.number, "version": proposal.version_id, "url": url}


class ReviseIn(ProposalIn):
    """A new version."""

    title = Words(label=_("Votre proposition"))
    text = Words(default="", label=_("Précisions"))


def proposal_revise(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Write a new version."""
    proposal = proposal_for(caller, data["proposal"])
    version = services.revise_proposal(
        author=caller.person, proposal=proposal, title=data["title"], text=data["text"], at=caller.at
    )
    return {"version": version.pk, "number": version.number, "url": proposal.get_absolute_url()}


class WithdrawIn(ProposalIn):
    """Taking one's proposal back."""

    reason = Words(default="", label=_("Motif"))


def proposal_withdraw(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Take one's own proposal back."""
    proposal = proposal_for(caller, data["proposal"])
    services.withdraw_proposal(by=caller.person, proposal=proposal, reason=data["reason"], at=caller.at)
    return {"proposal": proposal.pk, "url": proposal.get_absolute_url()}


class RemarkIn(ProposalIn):
    """A comment."""

    kind = serializers.ChoiceField(choices=Comment.Kind.choices, label=_("Nature de votre avis"))
    text = Words(label=_("Votre avis"))
    parent = OneOrNone()  # type: ignore[assignment]
    back = BackField()


def comment_add(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Make a remark, or answer one."""
    proposal = proposal_for(caller, data["proposal"])
    parent = comment_for(caller, data["parent"]) if data["parent"] else None
    comment = services.add_comment(
        author=caller.person,
        proposal=proposal,
        kind=data["kind"],
        text=data["text"],
        parent=parent,
        at=caller.at,
    )
    return {"comment": comment.pk, "url": place_of(proposal, data["back"], f"#comment-{comment.pk}")}


class CommentBackIn(CommentIn):
    """A comment to take back, and where to go then."""

    back = BackField()


def comment_withdraw(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Take one's own comment back."""
    comment = comment_for(caller, data["comment"])
    services.withdraw_comment(by=caller.person, comment=comment, at=caller.at)
    return {"comment": comment.pk, "url": place_of(comment.proposal, data["back"], f"#comment-{comment.pk}")}


class VersionIn(serializers.Serializer[Any]):
    """The version an act is about."""

    version = serializers.IntegerField(min_value=1)
    back = BackField()


def version_support(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stand behind a version."""
    version = version_for(caller, data["version"])
    services.support_version(person=caller.person, version=version, at=caller.at)
    return supported(caller, version, data["back"])


def support_withdraw(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stand behind a version no longer."""
    version = version_for(caller, data["version"])
    services.withdraw_support(person=caller.person, version=version, at=caller.at)
    return supported(caller, version, data["back"])


def support_toggle(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """The one button of a card: support, or withdraw one's support."""
    version = version_for(caller, data["version"])
    if Support.objects.filter(version=version, person=caller.person).exists():
        return support_withdraw(caller, data)
    return version_support(caller, data)


def supported(caller: Caller, version: ProposalVersion, back: str) -> dict[str, Any]:
    """How many stand behind the version, and what the caller now supports in this room."""
    room = version.proposal.workshop
    mine = Support.objects.filter(person=caller.person, version__proposal__workshop=room)
    return {
        "supports": version.supports.count(),
        "mine": {"support": list(mine.order_by("version_id").values_list("version_id", flat=True))},
        "url": place_of(version.proposal, back, f"#proposal-{version.proposal_id}"),
    }


PROPOSAL_SUBMIT = Command("proposal.submit", SubmitIn, proposal_submit)
PROPOSAL_REVISE = Command("proposal.revise", ReviseIn, proposal_revise)
PROPOSAL_WITHDRAW = Command("proposal.withdraw", WithdrawIn, proposal_withdraw)
COMMENT_ADD = Command("comment.add", RemarkIn, comment_add)
COMMENT_WITHDRAW = Command("comment.withdraw", CommentBackIn, comment_withdraw)
VERSION_SUPPORT = Command("version.support", VersionIn, version_support)
SUPPORT_WITHDRAW = Command("support.withdraw", VersionIn, support_withdraw)
SUPPORT_TOGGLE = Command("support.toggle", VersionIn, support_toggle)

COMMANDS = (
    PROPOSAL_SUBMIT,
    PROPOSAL_REVISE,
    PROPOSAL_WITHDRAW,
    COMMENT_ADD,
    COMMENT_WITHDRAW,
    VERSION_SUPPORT,
    SUPPORT_WITHDRAW,
    SUPPORT_TOGGLE,
)
