"""The topic `poll:<pk>`: who may follow it, how its facts become fragments, its turnout of this instant."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from realtime.models import LoggedEvent
from realtime.topics import find_topic
from votes.cards import cards_of, latest
from votes.models import Elector, Poll, Result


class PollTopic:
    """Followed by the electors and by whoever may follow the parent; told when it opens, closes, is declared."""

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        """The people of the roll, and those the parent lets follow."""
        parent = Poll.objects.filter(pk=pk).values_list("parent", flat=True).first()
        if parent is None:
            return set()
        pairs = Elector.objects.filter(poll=pk).values_list("titular_id", "substitute_id")
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


poll = PollTopic()
