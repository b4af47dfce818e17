"""One act, three doors: the socket, the form and the REST API all run the same `Command`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rest_framework.serializers import Serializer


@dataclass(frozen=True)
class Caller:
    """Who acts, in which hat (a membership's pk, when the person wears several), at which server instant."""

    person: Any
    at: datetime
    hat: int | None = None


@dataclass(frozen=True)
class Command:
    """An act people can ask for: its name (`comment.add`), what it needs, and how to do it.

    `run` fetches the object among those the caller may see (else raises `Refused("not_found")`), calls the
    service, and returns the answer: a small JSON object; `url` in it is where a plain form goes next.
    """

    name: str
    serializer: type[Serializer]
    run: Callable[[Caller, Mapping[str, Any]], dict[str, Any]]
