"""The choices a ballot page offers, and the words for what a ballot carries."""

from collections.abc import Collection, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from votes.counting.polls import SPOILT
from votes.methods import Choice, method_of
from votes.models import Ballot, Poll


def choices_of(poll: Poll) -> list[Choice]:
    """The choices a ballot page offers, in their order. Reads the options of a poll that has some."""
    return method_of(poll).choices(poll)


def choices_in(data: Any) -> list[str]:
    """What a form or a program says in `choices`, and in `choices-1`, `choices-2`…: one field per option of a ballot.

    A field left empty says nothing. What `choices-2` holds is about the second option: `5` is read as `2:5`, and what
    `choices-reason` holds as `reason:…`.
    """
    said: list[str] = []
    for name in data:
        about = name.partition("-")[2]
        if name != "choices" and not (about and name.startswith("choices-")):
            continue
        value = data.getlist(name) if isinstance(data, QueryDict) else data[name]
        values = [str(each) for each in (value if isinstance(value, list) else [value])]
        said += [named(about, each) for each in values if each.strip()]
    return said


def named(about: str, value: str) -> str:
    """A value with the name of what it is about, unless it says it already."""
    return value if not about or value.startswith(f"{about}:") else f"{about}:{value}"


def labels_of(poll: Poll, choices: Collection[str]) -> list[Choice]:
    """The choices a ballot carries, as people read them."""
    if is_spoilt(choices):
        return [spoilt_choice()]
    return method_of(poll).said(poll, choices)


def spoilt_choice() -> Choice:
    """What tellers enter for a ballot that cannot be read: counted apart, whatever the method."""
    return Choice(SPOILT, _("Bulletin nul"), "cross")


def is_spoilt(choices: Collection[str]) -> bool:
    """Whether this is a spoilt ballot."""
    return list(choices) == [SPOILT]


def check_choices(poll: Poll, choices: Sequence[str], channel: str, options: int) -> None:
    """Refuse what this poll does not ask. A spoilt ballot is entered by tellers, never sent by an elector.

    Raises `Refused` as the method says.
    """
    if channel == Ballot.Channel.WEB or not is_spoilt(choices):
        method_of(poll).check(poll, choices, options)


def canonical_choices(poll: Poll, choices: Collection[str]) -> list[str]:
    """The choices in one order: two ballots that say the same are equal."""
    return list(choices) if is_spoilt(choices) else method_of(poll).canonical(choices)
