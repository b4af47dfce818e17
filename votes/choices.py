"""The choices a ballot page offers, and the words for what a ballot carries."""

from collections.abc import Collection
from typing import Any

from django.http import QueryDict

from votes.methods import Choice, method_of
from votes.models import Poll


def choices_of(poll: Poll) -> list[Choice]:
    """The choices a ballot page offers, in their order. Reads the options of a poll that has some."""
    return method_of(poll).choices(poll)


def choices_in(data: Any) -> list[str]:
    """What a form or a program says in `choices`, and in `choices-1`, `choices-2`…: one field per option of a ballot.

    A field left empty says nothing.
    """
    names = [name for name in data if name == "choices" or name.startswith("choices-")]
    said: list[str] = []
    for name in names:
        value = data.getlist(name) if isinstance(data, QueryDict) else data[name]
        said += value if isinstance(value, list) else [value]
    return [value for value in said if value != ""]


def labels_of(poll: Poll, choices: Collection[str]) -> list[Choice]:
    """The choices a ballot carries, as people read them."""
    return method_of(poll).said(poll, choices)
