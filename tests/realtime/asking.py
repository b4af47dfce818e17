"""Acts as a socket hands them to a burst."""

from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from cooperation.models import Person
from realtime.bursts import Asked
from realtime.frames import Do
from realtime.visitors import Visitor


def asks(person: Person | None, text: str = "hello", key: UUID | None = None, **fields: Any) -> Asked:
    """A note on its way."""
    key = key or uuid4()
    data = {"wall": "1", "text": text, **fields.pop("data", {})}
    visitor = Visitor(person.pk if person else None, fields.pop("language", "fr"), "session")
    return Asked(visitor, Do("note.add", key, str(key), fields.pop("hat", None), data), timezone.now())
