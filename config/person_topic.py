"""What one person follows on every page: what they are told, and the call to vote the moment a poll opens."""

from collections.abc import Sequence

from cooperation.live import PersonTopic
from realtime.models import LoggedEvent
from votes.calls import render_call


class PersonPageTopic(PersonTopic):
    """`person:<pk>` with the autopilot: the bar `appel` as it is now, whichever poll opened or closed."""

    CALLS = ("poll.opened", "poll.closed", "ballot.cast")

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        """Notifications as cooperation shows them, calls to vote as the bar of every page."""
        fragments = super().render(pk, events, language)
        if not any(event.type in self.CALLS for event in events):
            return fragments
        bar = render_call(pk)
        return [
            bar if event.type in self.CALLS else html for event, html in zip(events, fragments, strict=True)
        ]


person = PersonPageTopic()
