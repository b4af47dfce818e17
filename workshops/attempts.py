"""Join codes cannot be guessed: wrong ones are counted for ten minutes, and say the same whatever they hit."""

from collections.abc import Sequence
from typing import Any

from django.core.cache import cache

from realtime.refused import Refused
from workshops.models import Workshop
from workshops.rules import normal_code

WINDOW = 10 * 60
MOST = 10
# A whole hall comes through one address; a guesser who drops cookies meets this limit.
MOST_PER_ADDRESS = 100


def room_of(code: str, *, person: Any, callers: Sequence[str]) -> Workshop:
    """The room that has this code, for who may know that it exists.

    `callers` name who asks: `session:…`, `address:…`, `person:…`. Wrong codes are counted for each, and while
    one has too many, even the right code is refused: otherwise guessing would go on. A stranger is told the same
    of a code that does not exist and of one whose room is not open.
    Raises `Refused`: `too_many_attempts`, `code_unknown`.
    """
    check_attempts(callers)
    room = Workshop.objects.filter(join_code=normal_code(code)).first()
    if room is None or not (room.state == Workshop.State.OPEN or is_known_to(room, person)):
        note_wrong(callers)
        raise Refused("code_unknown")
    return room


def is_known_to(room: Workshop, person: Any) -> bool:
    """Whether this person may see the room without its code, and so be told what keeps it closed."""
    return person.pk is not None and Workshop.objects.visible_to(person).filter(pk=room.pk).exists()


def check_attempts(callers: Sequence[str]) -> None:
    """Raises `Refused("too_many_attempts")` while one of the callers has too many wrong codes."""
    counts = cache.get_many([key_of(caller) for caller in callers])
    if any(counts.get(key_of(caller), 0) >= limit_of(caller) for caller in callers):
        raise Refused("too_many_attempts")


def note_wrong(callers: Sequence[str]) -> None:
    """Count one wrong code for each caller; the count ends ten minutes after the first."""
    for caller in callers:
        key = key_of(caller)
        cache.add(key, 0, timeout=WINDOW)
        try:
            cache.incr(key)
        except ValueError:
            # It ended between the two lines: this is the first of a new window.
            cache.set(key, 1, timeout=WINDOW)


def limit_of(caller: str) -> int:
    """How many wrong codes this kind of caller may send in a window."""
    return MOST_PER_ADDRESS if caller.startswith("address:") else MOST


def key_of(caller: str) -> str:
    """The cache key of a caller's count."""
    return f"join-code:{caller}"
