"""Acts of the facilitator: themes, merges, hiding, entering for somebody, polls, the projector, fates."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cooperation.models import GoverningBody, Sector
from realtime.commands import Caller, Command
from votes.counting.score import Missing
from votes.models import Poll
from workshops import rules, services
from workshops.api.fields import (
    BackField,
    CommentIn,
    Numbers,
    OneOrNone,
    ProposalIn,
    Words,
    WorkshopIn,
    comment_for,
    found,
    place_of,
    proposal_for,
    proposals_for,
    room_for,
    theme_in,
)
from workshops.asking import GRADES, setup_of
from workshops.models import Proposal, Theme, Workshop


class ThemeAddIn(WorkshopIn):
    """A theme to add."""

    title = Words(label=_("Thème"))


def theme_add(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Add a theme to the board."""
    room = room_for(caller, data["workshop"])
    theme = services.add_theme(by=caller.person, workshop=room, title=data["title"], at=caller.at)
    return {"theme": theme.pk, "url": f"{room.get_absolute_url()}#theme-{theme.pk}"}


class ThemeIn(ProposalIn):
    """Where a proposal belongs: a theme by its number, or by its title, known or new; neither for no theme."""

    theme = OneOrNone()
    title = Words(default="", label=_("Thème"))
    back = BackField()


def proposal_theme(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Put a proposal under a theme."""
    proposal = proposal_for(caller, data["proposal"])
    if data["title"].strip():
        theme: Theme | None = theme_titled(caller, proposal.workshop, data["title"])
    else:
        theme = theme_in(proposal.workshop, data["theme"])
    services.theme_proposal(by=caller.person, proposal=proposal, theme=theme, at=caller.at)
    return settled(proposal, data["back"])


def theme_titled(caller: Caller, room: Workshop, title: str) -> Theme:
    """The theme of the room with this title, added when there is none."""
    known = room.themes.filter(title__iexact=rules.checked_name(title)).first()
    if known is not None:
        return known
    return services.add_theme(by=caller.person, workshop=room, title=title, at=caller.at)


class MergeIn(WorkshopIn):
    """Proposals to make one of."""

    proposals = Numbers(default=list, label=_("Propositions à réunir"))
    title = Words(label=_("Titre de la proposition réunie"))
    text = Words(default="", label=_("Texte"))


def proposals_merge(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Make one proposal of several."""
    room = room_for(caller, data["workshop"])
    merged = services.merge_proposals(
        by=caller.person,
        proposals=proposals_for(caller, room, data["proposals"]),
        title=data["title"],
        text=data["text"],
        at=caller.at,
    )
    return {"proposal": merged.pk, "number": merged.number, "url": merged.get_absolute_url()}


class HideIn(ProposalIn):
    """A proposal to hide, and why."""

    reason = Words(label=_("Motif"))
    back = BackField()


def proposal_hide(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Hide a proposal with a reason."""
    proposal = proposal_for(caller, data["proposal"])
    services.hide_proposal(by=caller.person, proposal=proposal, reason=data["reason"], at=caller.at)
    return settled(proposal, data["back"])


class ProposalBackIn(ProposalIn):
    """A proposal, and where to go then."""

    back = BackField()


def proposal_show(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Let a hidden proposal be read again."""
    proposal = proposal_for(caller, data["proposal"])
    services.show_proposal(by=caller.person, proposal=proposal, at=caller.at)
    return settled(proposal, data["back"])


def settled(proposal: Proposal, back: str) -> dict[str, Any]:
    """The answer of an act on one proposal."""
    return {"proposal": proposal.pk, "url": place_of(proposal, back, f"#proposal-{proposal.pk}")}


class CommentHideIn(CommentIn):
    """A comment to hide, and why."""

    reason = Words(label=_("Motif"))
    back = BackField()


def comment_hide(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Hide a comment with a reason."""
    comment = comment_for(caller, data["comment"])
    services.hide_comment(by=caller.person, comment=comment, reason=data["reason"], at=caller.at)
    return {"comment": comment.pk, "url": place_of(comment.proposal, data["back"], f"#comment-{comment.pk}")}


class CommentShowIn(CommentIn):
    """A comment to show again."""

    back = BackField()


def comment_show(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Let a hidden comment be read again."""
    comment = comment_for(caller, data["comment"])
    services.show_comment(by=caller.person, comment=comment, at=caller.at)
    return {"comment": comment.pk, "url": place_of(comment.proposal, data["back"], f"#comment-{comment.pk}")}


class EnterIn(WorkshopIn):
    """What somebody without a phone says."""

    name = Words(label=_("Son nom"))
    title = Words(label=_("Sa proposition"))
    text = Words(default="", label=_("Précisions"))
    sector = OneOrNone()
    theme = OneOrNone()


def contribution_enter(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Enter a proposal for somebody without a phone."""
    room = room_for(caller, data["workshop"])
    sector = found(Sector.objects.filter(pk=data["sector"]).first()) if data["sector"] else None
    proposal = services.enter_contribution(
        by=caller.person,
        workshop=room,
        name=data["name"],
        title=data["title"],
        text=data["text"],
        sector=sector,
        theme=theme_in(room, data["theme"]),
        at=caller.at,
    )
    url = f"{room.get_absolute_url()}#proposal-{proposal.pk}"
    return {"proposal": proposal.pk, "number": proposal.number, "url": url}


class AskIn(WorkshopIn):
    """An indicative poll to open; `minutes` 0 leaves it open until the facilitator closes it.

    `dots` and `cap` (0: all on one option if one likes) are for dots, `highest` and `missing` for scores, `grades`, how
    many, for majority judgment.
    """

    question = Words(label=_("Question"))
    method = serializers.ChoiceField(choices=rules.ASKED, label=_("Forme"))
    proposals = Numbers(default=list, label=_("Propositions"))
    minutes = OneOrNone()
    dots = serializers.IntegerField(default=5, min_value=1, max_value=50, label=_("Gommettes par personne"))
    cap = OneOrNone(label=_("Au plus sur une même option"))
    highest = serializers.IntegerField(default=10, min_value=1, max_value=20, label=_("Note la plus haute"))
    missing = serializers.ChoiceField(choices=[str(each) for each in Missing], default=str(Missing.ABSENT))
    grades = serializers.ChoiceField(choices=GRADES, default=GRADES[0], label=_("Mentions"))


def consultation_open(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Open an indicative poll among the people in the room."""
    room = room_for(caller, data["workshop"])
    poll = services.open_indicative_poll(
        by=caller.person,
        workshop=room,
        question=data["question"],
        method=data["method"],
        proposals=proposals_for(caller, room, data["proposals"]),
        minutes=data["minutes"],
        setup=setup_of(data),
        at=caller.at,
    )
    return {"poll": poll.pk, "url": f"{room.get_absolute_url()}#poll-{poll.pk}"}


class PollIn(serializers.Serializer[Any]):
    """The poll an act is about."""

    poll = serializers.IntegerField(min_value=1)


def consultation_close(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Close an indicative poll and show its result."""
    poll = found(Poll.objects.filter(pk=data["poll"], parent__startswith="workshop:").first())
    room = room_for(caller, int(poll.parent.partition(":")[2]))
    services.close_indicative_poll(by=caller.person, poll=poll, at=caller.at)
    return {"poll": poll.pk, "url": f"{room.get_absolute_url()}#poll-{poll.pk}"}


class FocusIn(WorkshopIn):
    """What the projector shows: a proposal, a poll, or neither for the latest contributions."""

    proposal = OneOrNone()
    poll = OneOrNone()


def projector_focus(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Choose what the projector shows."""
    room = room_for(caller, data["workshop"])
    focus: Proposal | Poll | None = None
    if data["proposal"]:
        focus = proposal_for(caller, data["proposal"])
    elif data["poll"]:
        focus = found(Poll.objects.filter(pk=data["poll"], parent=room.topic).first())
    services.focus_projector(by=caller.person, workshop=room, focus=focus, at=caller.at)
    return {"workshop": room.pk, "url": room.get_absolute_url()}


class ForwardIn(ProposalIn):
    """To which governing body, and why."""

    body = serializers.IntegerField(min_value=1, label=_("Instance"))
    why = Words(default="", label=_("Pourquoi"))


def proposal_forward(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Hand the current version to a governing body."""
    proposal = proposal_for(caller, data["proposal"])
    body = found(GoverningBody.objects.filter(pk=data["body"]).first())
    forwarding = services.forward_proposal(
        by=caller.person, proposal=proposal, body=body, why=data["why"], at=caller.at
    )
    return {"forwarding": forwarding.pk, "url": f"{proposal.get_absolute_url()}#suite"}


class SetAsideIn(ProposalIn):
    """Why a proposal is set aside."""

    reason = Words(label=_("Motif"))


class KeepIn(ProposalIn):
    """Why a proposal is kept."""

    why = Words(default="", label=_("Pourquoi"))


def fate(service: Callable[..., Proposal], word: str | None) -> Callable[..., dict[str, Any]]:
    """A command that ends or reopens a proposal, with the words the service asks for."""

    def run(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
        proposal = proposal_for(caller, data["proposal"])
        words = {word: data[word]} if word else {}
        service(by=caller.person, proposal=proposal, at=caller.at, **words)
        return {"proposal": proposal.pk, "url": f"{proposal.get_absolute_url()}#suite"}

    return run


THEME_ADD = Command("theme.add", ThemeAddIn, theme_add)
PROPOSAL_THEME = Command("proposal.theme", ThemeIn, proposal_theme)
PROPOSALS_MERGE = Command("proposals.merge", MergeIn, proposals_merge)
PROPOSAL_HIDE = Command("proposal.hide", HideIn, proposal_hide)
PROPOSAL_SHOW = Command("proposal.show", ProposalBackIn, proposal_show)
COMMENT_HIDE = Command("comment.hide", CommentHideIn, comment_hide)
COMMENT_SHOW = Command("comment.show", CommentShowIn, comment_show)
CONTRIBUTION_ENTER = Command("contribution.enter", EnterIn, contribution_enter)
CONSULTATION_OPEN = Command("consultation.open", AskIn, consultation_open)
CONSULTATION_CLOSE = Command("consultation.close", PollIn, consultation_close)
PROJECTOR_FOCUS = Command("projector.focus", FocusIn, projector_focus)
PROPOSAL_FORWARD = Command("proposal.forward", ForwardIn, proposal_forward)
PROPOSAL_SET_ASIDE = Command("proposal.set_aside", SetAsideIn, fate(services.set_aside_proposal, "reason"))
PROPOSAL_KEEP = Command("proposal.keep", KeepIn, fate(services.keep_proposal, "why"))
PROPOSAL_REOPEN = Command("proposal.reopen", ProposalIn, fate(services.reopen_proposal, None))

COMMANDS = (
    THEME_ADD,
    PROPOSAL_THEME,
    PROPOSALS_MERGE,
    PROPOSAL_HIDE,
    PROPOSAL_SHOW,
    COMMENT_HIDE,
    COMMENT_SHOW,
    CONTRIBUTION_ENTER,
    CONSULTATION_OPEN,
    CONSULTATION_CLOSE,
    PROJECTOR_FOCUS,
    PROPOSAL_FORWARD,
    PROPOSAL_SET_ASIDE,
    PROPOSAL_KEEP,
    PROPOSAL_REOPEN,
)
