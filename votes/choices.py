"""What a ballot may say: the choices of each method, in one canonical form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from realtime.refused import Refused
from votes.models import Poll

FOR, AGAINST, ABSTAIN, BLANK = "for", "against", "abstain", "blank"
ICONS = {FOR: "check", AGAINST: "cross", ABSTAIN: "abst", BLANK: "blanc"}


@dataclass(frozen=True)
class Choice:
    """One thing a ballot may say: the value it carries, the words people read, the sign beside them."""

    value: str
    label: str
    icon: str
    url: str = ""


def canonical(choices: Iterable[str]) -> list[str]:
    """The choices in one order, each once: two ballots that say the same are equal."""
    return sorted(set(choices), key=lambda choice: (len(choice), choice))


def allowed(poll: Poll, options: int) -> list[str]:
    """The values a ballot of this poll may carry; an approval names options by their position, from 1."""
    fixed = [BLANK] if poll.allows_blank else []
    if poll.method == Poll.Method.RESOLUTION:
        return [FOR, AGAINST, ABSTAIN, *fixed]
    return [*(str(position) for position in range(1, options + 1)), *fixed]


def check_choices(poll: Poll, choices: Sequence[str], options: int) -> None:
    """Refuse a ballot that says nothing, too much, or something this poll does not ask.

    Raises `Refused`: `choice_missing`, `unknown_choice`, `one_choice_only`, `too_many_choices`, `blank_stands_alone`.
    """
    said = set(choices)
    if not said:
        raise Refused("choice_missing")
    if not said <= set(allowed(poll, options)):
        raise Refused("unknown_choice")
    if poll.method == Poll.Method.RESOLUTION and len(said) > 1:
        raise Refused("one_choice_only")
    if BLANK in said and len(said) > 1:
        raise Refused("blank_stands_alone")
    if poll.max_choices is not None and len(said) > poll.max_choices:
        raise Refused("too_many_choices", most=poll.max_choices)


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


def labels_of(poll: Poll, choices: Iterable[str]) -> list[Choice]:
    """The choices a ballot carries, as people read them."""
    offered = {choice.value: choice for choice in choices_of(poll)}
    return [offered[value] for value in canonical(choices) if value in offered]
