"""What one person follows on every page: what they are told, and the call to vote the moment a poll opens."""

from collections.abc import Sequence

from cooperation.live import PersonTopic
from realtime.models import LoggedEvent
from votes.calls import render_calls


class PersonPageTopic(PersonTopic):
    """`person:<pk>` with the autopilot: the bar `appel` as it is now, whichever poll opened or closed."""

    CALLS = ("poll.opened", "poll.closed", "ballot.cast")

    def render_each(
        self, asked: Sequence[tuple[int, Sequence[LoggedEvent]]], language: str
    ) -> list[list[str]]:
        """Notifications as cooperation shows them, calls to vote as the bar of every page."""
        called = {pk for pk, events in asked if any(event.type in self.CALLS for event in events)}
        bars = render_calls(called) if called else {}
        return [
            [bars[pk] if event.type in self.CALLS else html for event, html in zip(events, some, strict=True)]
            for (pk, events), some in zip(asked, super().render_each(asked, language), strict=True)
        ]


person = PersonPageTopic()
