"""Facts in the forms followers asked for: JSON for programs, one fragment per language for pages."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils import translation

from realtime.frames import encode
from realtime.limits import MAX_FRAGMENT
from realtime.log import events_after, events_after_each, last_seq
from realtime.models import LoggedEvent
from realtime.topics import CrowdTopic, LiveTopic

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


class Reading(NamedTuple):
    """A topic to read on after a number, in these forms."""

    live: CrowdTopic
    pk: int
    topic: str
    low: int
    forms: frozenset[str]


def read(live: LiveTopic, pk: int, topic: str, low: int, forms: Collection[str]) -> Batch:
    """Read the next facts and encode them once per form; called in a thread."""
    events, last = events_after(topic, low), None
    if not events or events[0].seq != low + 1:
        # Asked first and read again after: what was told in between must not look forgotten.
        last, events = last_seq(topic), events_after(topic, low)
    first, upto = (events[0].seq, events[-1].seq) if events else (0, 0)
    return Batch(low, first, upto, last, {form: encoded(live, pk, events, form) for form in forms})


def read_each(asked: Sequence[Reading]) -> list[Batch]:
    """The same as `read` for many topics: one query, and one rendering per noun and language, for all of them."""
    found = events_after_each({one.topic: one.low for one in asked})
    texts: dict[tuple[str, str], list[str]] = {}
    forms = {(id(one.live), form): one.live for one in asked for form in one.forms}
    for (noun, form), live in forms.items():
        told = [one for one in asked if id(one.live) == noun and form in one.forms and found[one.topic]]
        fragments = rendered_each(live, [(one.pk, found[one.topic]) for one in told], form)
        for one, some in zip(told, fragments, strict=True):
            texts[one.topic, form] = told_as(found[one.topic], some)
    return [batch_of(one, found[one.topic], texts) for one in asked]


def batch_of(
    asked: Reading, events: Sequence[LoggedEvent], texts: Mapping[tuple[str, str], list[str]]
) -> Batch:
    """What was read with others; a log that does not go on from the number is asked alone."""
    if not events:
        return read(asked.live, asked.pk, asked.topic, asked.low, asked.forms)
    encoded = {form: texts[asked.topic, form] for form in asked.forms}
    return Batch(asked.low, events[0].seq, events[-1].seq, None, encoded)


def rendered_each(
    live: CrowdTopic, asked: Sequence[tuple[int, Sequence[LoggedEvent]]], form: str
) -> Sequence[Sequence[str] | None]:
    """The fragments of many topics in one language; where they cannot be had together, each is rendered alone."""
    if form == "json" or not asked:
        return [None] * len(asked)
    language = form.removeprefix("html:")
    with translation.override(language):
        try:
            return [[checked(html) for html in one] for one in live.render_each(asked, language)]
        except Exception:
            return [rendered(live, pk, events, language) for pk, events in asked]


def encoded(live: LiveTopic, pk: int, events: Sequence[LoggedEvent], form: str) -> list[str]:
    """Each event as the text of its JSON object, with its fragment when pages asked."""
    return told_as(events, None if form == "json" else rendered(live, pk, events, form.removeprefix("html:")))


def told_as(events: Sequence[LoggedEvent], fragments: Sequence[str] | None) -> list[str]:
    """The texts of events, with their fragments if there are any."""
    if fragments is None:
        return [encode(fields(event)) for event in events]
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
