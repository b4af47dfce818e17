"""Facts in the forms followers asked for: JSON for programs, one fragment per language for pages."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from realtime.frames import encode
from realtime.limits import MAX_FRAGMENT
from realtime.log import events_after, last_seq
from realtime.models import LoggedEvent
from realtime.topics import LiveTopic

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Batch:
    """Facts read from the log after `low`, each encoded in every form.

    `first` and `upto` are the numbers at both ends (0 when nothing was read). `last` is the topic's last number,
    asked only when the facts do not follow `low` without a hole.
    """

    low: int
    first: int
    upto: int
    last: int | None
    encoded: dict[str, list[str]]

    def after(self, form: str, seq: int) -> list[str]:
        """The facts above this number."""
        return self.encoded[form][max(0, seq + 1 - self.first) :]


def read(live: LiveTopic, pk: int, topic: str, low: int, forms: Collection[str]) -> Batch:
    """Read the next facts and encode them once per form; called in a thread."""
    events, last = events_after(topic, low), None
    if not events or events[0].seq != low + 1:
        # Asked first and read again after: what was told in between must not look forgotten.
        last, events = last_seq(topic), events_after(topic, low)
    first, upto = (events[0].seq, events[-1].seq) if events else (0, 0)
    return Batch(low, first, upto, last, {form: encoded(live, pk, events, form) for form in forms})


def encoded(live: LiveTopic, pk: int, events: Sequence[LoggedEvent], form: str) -> list[str]:
    """Each event as the text of its JSON object, with its fragment when pages asked."""
    if form == "json":
        return [encode(fields(event)) for event in events]
    fragments = rendered(live, pk, events, form.removeprefix("html:"))
    return [encode({**fields(event), "html": html}) for event, html in zip(events, fragments, strict=True)]


def fields(event: LoggedEvent) -> dict[str, Any]:
    """What every form tells of an event."""
    return {
        "seq": event.seq,
        "type": event.type,
        "version": event.version,
        "at": event.at,
        "data": event.data,
    }


def rendered(live: LiveTopic, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
    """The fragments in one language. One that cannot be rendered is told without, and stops no other."""
    with translation.override(language):
        try:
            return [checked(html) for html in live.render(pk, events, language)]
        except Exception:
            if len(events) == 1:
                logger.exception("%s #%s has no fragment.", events[0].type, events[0].seq)
                return [""]
    return [rendered(live, pk, [event], language)[0] for event in events]


def checked(html: str) -> str:
    """A fragment of a length that can be sent. Raises `ValueError`."""
    if len(html) > MAX_FRAGMENT:
        raise ValueError(f"a fragment of {len(html)} characters")
    return html
