"""The tellers' desk: the lines of the roll to enter, and the entries that wait for a second reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from votes.choices import choices_of, labels_of, spoilt_choice
from votes.methods import Choice
from votes.models import Elector, Poll, TellerEntry

LAST = 20  # readings set aside that the desk keeps in sight
WAITING = Prefetch("entries_by_hand", TellerEntry.objects.waiting().whole(), to_attr="waiting")


@dataclass(frozen=True)
class Row:
    """One line of the roll as the tellers see it: free, waiting, voted or struck."""

    line: Elector
    waiting: TellerEntry | None
    buttons: tuple[Choice, ...]

    @property
    def is_free(self) -> bool:
        """Whether a ballot may be entered for it."""
        return not (self.line.has_voted or self.line.is_struck or self.waiting)


@dataclass(frozen=True)
class Entry:
    """What one teller read and another has yet to confirm."""

    entry: TellerEntry
    said: tuple[Choice, ...]

    @property
    def line(self) -> Elector:
        """Whose ballot it is."""
        return self.entry.elector


def answers_in_one_touch(poll: Poll) -> tuple[Choice, ...]:
    """The choices of a ballot that is one choice, each a button; none where a ballot takes a form."""
    if poll.method != Poll.Method.RESOLUTION and poll.max_choices != 1:
        return ()
    return (*choices_of(poll), spoilt_choice())


def found_on_roll(poll: Poll, words: str) -> QuerySet[Elector]:
    """The lines whose name or number holds every word, in the order of the roll."""
    lines = Elector.objects.filter(poll=poll)
    for word in words.split()[:5]:
        number = Q(number=int(word)) if word.isascii() and word.isdigit() and len(word) < 9 else Q()
        lines = lines.filter(Q(label__icontains=word) | number)
    return lines.order_by("number")


def rows_of(poll: Poll, lines: Iterable[Elector]) -> list[Row]:
    """These lines with their ballot and what waits for them, in two queries."""
    wanted = [line.pk for line in lines]
    found = Elector.objects.filter(pk__in=wanted).select_related("ballot__cast_by").prefetch_related(WAITING)
    buttons = answers_in_one_touch(poll)
    return [row_of(line, buttons) for line in found.order_by("number")]


def row_of(line: Any, buttons: tuple[Choice, ...]) -> Row:
    """One line, once its waiting entry was fetched with it."""
    return Row(line, next(iter(line.waiting), None), buttons)


def entries_of(poll: Poll, entries: Iterable[TellerEntry]) -> list[Entry]:
    """These entries with what they say."""
    return [Entry(entry, tuple(labels_of(poll, entry.choices))) for entry in entries]


def set_aside_in(poll: Poll) -> list[Entry]:
    """The last entries of a poll that were set aside, the newest first."""
    return entries_of(poll, TellerEntry.objects.set_aside().whole().filter(poll=poll).order_by("-pk")[:LAST])


def waiting_in(poll: Poll) -> list[Entry]:
    """The entries of a poll that wait, the oldest first."""
    return entries_of(poll, TellerEntry.objects.waiting().whole().filter(poll=poll).order_by("pk"))
