"""The words templates have for polls: a card, a picture of the result, who one votes for."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from votes import wording
from votes.calls import choices_said
from votes.cards import Card, cards_of
from votes.choices import choices_of
from votes.entries import in_groups
from votes.few import warnings_of
from votes.methods import Choice, Picture, method_of
from votes.methods.consent import Objection
from votes.models import Poll, Result, RollAmendment
from votes.picture import picture_of
from votes.services.objections import objections_in

register = template.Library()
register.filter("hour", wording.hour)
register.filter("second", wording.second)
register.filter("moment", wording.moment)


@register.simple_tag
def poll_card(poll: Poll) -> Card:
    """The card of a poll: the one prepared with its neighbours, or one made now."""
    prepared: Card | None = getattr(poll, "card", None)
    return prepared or cards_of([poll], timezone.now())[poll.pk]


@register.simple_tag
def poll_picture(poll: Poll, result: Result) -> Picture:
    """The counted result as a page shows it."""
    return picture_of(poll, result)


@register.simple_tag
def poll_amendments(poll: Poll) -> list[RollAmendment]:
    """How its roll was amended since the opening."""
    return list(RollAmendment.objects.in_force().whole().filter(poll=poll))


@register.simple_tag
def poll_choices(poll: Poll) -> list[Choice]:
    """The choices its ballot offers."""
    return choices_of(poll)


@register.simple_tag(takes_context=True)
def poll_said(context: Context, poll: Poll) -> list[str]:
    """What the reader said in a changeable poll; in a live fragment nothing, the page's script marks it."""
    me = context.get("me")
    if me is None or context.get("request") is None:
        return []
    known: list[str] | None = getattr(poll, "said", None)
    if known is not None:
        return known
    return [said.partition("-")[2] for said in choices_said(me, [poll])]


@register.simple_tag
def poll_few(poll: Poll) -> list[str]:
    """What is to be said of colleges too small for a secret."""
    return warnings_of(poll)


@register.simple_tag
def poll_objections(poll: Poll) -> list[Objection]:
    """The objections a reader may see at this instant."""
    return objections_in(poll, timezone.now())


@register.filter
def ballot_template(poll: Poll) -> str:
    """The controls of its ballot."""
    return method_of(poll).ballot_template


@register.simple_tag
def poll_ballot(poll: Poll, chosen: Sequence[str]) -> Any:
    """What the controls of its ballot are drawn from, with what was chosen so far."""
    return method_of(poll).ballot(poll, chosen)


@register.filter
def ballot_script(poll: Poll) -> str:
    """The script its ballot is better with, "" for none: it works without."""
    return method_of(poll).script


@register.filter
def answers_template(poll: Poll) -> str:
    """What its card shows of an indicative poll."""
    return method_of(poll).answers_template


@register.filter
def seal(digest: str) -> str:
    """A hash whole, in groups of four, as people read and compare it; the tools that check take it with its spaces."""
    return in_groups(digest)


@register.filter
def said_template(poll: Poll) -> str:
    """How what a ballot says is shown again."""
    return method_of(poll).said_template


@register.filter
def ballot_style(poll: Poll) -> str:
    """The stylesheet its ballot needs besides, "" for none."""
    return method_of(poll).stylesheet
