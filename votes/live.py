"""What is followed of a poll: `poll:<pk>`, by whoever votes or watches; `tellers:<pk>`, by its tellers alone."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from realtime.models import LoggedEvent
from realtime.topics import find_topic
from votes.cards import cards_of, latest
from votes.desk import entries_of, rows_of
from votes.models import Elector, Poll, Result, TellerEntry
from votes.officers import tellers_of

# The roll is a page of its own, which no fragment can redraw.
TELLS = "<template data-tells></template>"


class PollTopic:
    """Followed by the electors and by whoever may follow the parent; told when it opens, closes, is declared."""

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        """The people of the roll, and those the parent lets follow."""
        parent = Poll.objects.filter(pk=pk).values_list("parent", flat=True).first()
        if parent is None:
            return set()
        pairs = Elector.objects.filter(poll=pk).values_list("titular_id", "substitute_id", "holder_id")
        allowed: set[int | None] = {person for pair in pairs for person in pair if person is not None}
        found = find_topic(parent)
        if found is not None:
            allowed |= found[0].may_follow_many(found[1], people)
        return allowed & set(people)

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        """The card, the state above the ballot and the result, as they are now, wherever a page shows them."""
        poll = Poll.objects.filter(pk=pk).first()
        if poll is None:
            return ["" for _ in events]
        html = render_poll(poll)
        if any(event.type == "roll.amended" for event in events):
            html += TELLS
        # The state is the present one: the last fact carries it, those before need say nothing.
        return ["" for _ in events[:-1]] + [html for _ in events[-1:]]

    def now(self, pk: int) -> dict[str, Any] | None:
        """Turnout; the answers too where an indicative poll shows them live."""
        poll = Poll.objects.filter(pk=pk).first()
        return None if poll is None else latest(poll, timezone.now())


def render_poll(poll: Poll) -> str:
    """Every fragment a page may hold of this poll, in the active language."""
    at = timezone.now()
    cards_of([poll], at)
    result = Result.objects.filter(poll=poll).first() if poll.shows_result(at) else None
    return render_to_string("votes/_fragments.html", {"poll": poll, "result": result})


class TellersTopic:
    """Followed by the tellers of the poll: each line as it is entered, each entry until it is settled."""

    refusal = "not_a_teller"

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        """Those of these persons who count this poll."""
        poll = Poll.objects.filter(pk=pk).first()
        return set() if poll is None else set(people) & set(tellers_of(poll.parent))

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        """The line of each entry and the entry, as they are now."""
        poll = Poll.objects.filter(pk=pk).first()
        if poll is None:
            return ["" for _event in events]
        found = TellerEntry.objects.whole().filter(
            poll=poll, pk__in={event.data["entry"] for event in events}
        )
        entries = {entry.pk: entry for entry in found}
        rows = {row.line.pk: row for row in rows_of(poll, [entry.elector for entry in entries.values()])}
        items = {item.entry.pk: item for item in entries_of(poll, entries.values())}
        return [self.fragment(poll, entries.get(event.data["entry"]), rows, items) for event in events]

    def fragment(self, poll: Poll, entry: TellerEntry | None, rows: Any, items: Any) -> str:
        """What one entry changes at the desk."""
        if entry is None:
            return ""
        shown = {
            "poll": poll,
            "entry": entry,
            "row": rows[entry.elector_id],
            "item": items[entry.pk] if entry.is_waiting else None,
            "aside": items[entry.pk] if entry.set_aside_at else None,
            "channel": entry.channel,
        }
        return render_to_string("votes/_teller_fragment.html", shown)

    def now(self, pk: int) -> dict[str, Any] | None:
        """The poll's own topic has the turnout."""
        return None


poll = PollTopic()
tellers = TellersTopic()
