"""The choices a ballot page offers, and the words for what a ballot carries."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from votes.models import Poll
from votes.rules import ABSTAIN, AGAINST, BLANK, FOR, canonical_choices

ICONS = {FOR: "check", AGAINST: "cross", ABSTAIN: "abstention", BLANK: "blank"}


@dataclass(frozen=True)
class Choice:
    """One thing a ballot may say: the value it carries, the words people read, the sign beside them."""

    value: str
    label: str
    icon: str
    url: str = ""


def words() -> dict[str, str]:
    """The fixed choices as a ballot page offers them, in the active language."""
    return {FOR: _("Pour"), AGAINST: _("Contre"), ABSTAIN: _("Je m’abstiens"), BLANK: _("Vote blanc")}


def choices_of(poll: Poll) -> list[Choice]:
    """The choices a ballot page offers, in their order. Reads the options of an approval."""
    said = words()
    fixed = [Choice(BLANK, said[BLANK], ICONS[BLANK])] if poll.allows_blank else []
    if poll.method == Poll.Method.RESOLUTION:
        return [Choice(value, said[value], ICONS[value]) for value in (FOR, AGAINST, ABSTAIN)] + fixed
    asked = [Choice(str(option.position), option.label, "check", option.url) for option in poll.options.all()]
    return asked + fixed


def labels_of(poll: Poll, choices: Collection[str]) -> list[Choice]:
    """The choices a ballot carries, as people read them."""
    offered = {choice.value: choice for choice in choices_of(poll)}
    return [offered[value] for value in canonical_choices(choices) if value in offered]
