"""One act, three doors: the socket, the form and the REST API all run the same `Command`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from rest_framework.serializers import Serializer

from realtime.refused import Refused

Answer = dict[str, Any]


@dataclass(frozen=True)
class Caller:
    """Who acts, in which hat (a membership's pk, when the person wears several), at which server instant.

    `key` is the act's key, made on the person's device; a ballot keeps it as its own. `language` is the one to answer
    in, None for the active one: a set of acts is done in one thread, for people of several languages.
    """

    person: Any
    at: datetime
    hat: int | None = None
    key: UUID | None = None
    language: str | None = None

    @property
    def actor(self) -> str:
        """The name under which this person's acts are kept."""
        return f"person:{self.person.pk}"


@dataclass(frozen=True)
class Command:
    """An act people can ask for: its name (`comment.add`), what it needs, and how to do it.

    `run` fetches the object among those the caller may see (else raises `Refused("not_found")`), calls the
    service, and returns the answer: a small JSON object; `url` in it is where a plain form goes next.
    `is_private` says that what is typed in its form is never kept on the server when the act was not done.
    `target` names the field that holds the pk the act is about; by default the serializer's first field.
    `many` does a set of these acts in the transaction of its caller: for each, in the order asked, the answer `run`
    would give or the `Refused` it would raise. An act that has it may come in bursts: over the socket it is gathered
    with others and written with them (`realtime.bursts`); the form and REST do it alone.
    `covered` says what of its data the digest kept beside the key is taken of, where that is not all of it: a digest
    gives away what few values could have made.
    """

    name: str
    serializer: type[Serializer]
    run: Callable[[Caller, Mapping[str, Any]], dict[str, Any]]
    target: str | None = None
    covered: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict
    is_private: bool = False
    many: Callable[[Sequence[tuple[Caller, Mapping[str, Any]]]], Sequence[Answer | Refused]] | None = None

    @cached_property
    def target_field(self) -> str:
        """The field by which a page tells one form of this act from another."""
        return self.target or str(next(iter(self.serializer().fields), ""))


def commands() -> Mapping[str, Command]:
    """The `COMMANDS` of the module named by `settings.REALTIME_COMMANDS`: name → command."""
    found: Mapping[str, Command] = import_module(settings.REALTIME_COMMANDS).COMMANDS
    return found
