"""Telling people, one sentence each: the notification in the page, and the fact that brings it there live."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import translation

from cooperation.events import Notified
from cooperation.models import Notification, Person
from realtime.facts import Fact
from realtime.publish import publish, touch

Words = str | Callable[[], str]
LONGEST = 300


@transaction.atomic
def write_notices(
    *, people: Iterable[Person], sentence: Words, url: str, at: datetime
) -> list[tuple[Fact, str]]:
    """Write a notification for each person and return its facts, for the caller's one `publish`.

    A service that tells facts of its own adds these to them, so that every topic of the act is locked in
    one order: `publish([(CommentAdded(…), "workshop:7"), *write_notices(…)])`. A sentence given as a
    function is called once per language, with that language active. A person named twice is told once.
    """
    once = {person.pk: person for person in people}.values()
    words = in_languages(sentence, {person.language for person in once})
    rows = [Notification(person=person, sentence=words[person.language], url=url, at=at) for person in once]
    written = Notification.objects.bulk_create(rows)
    for row in written:
        touch(topic_of(row.person_id))  # the badge counts one more
    return [(Notified(row.pk), topic_of(row.person_id)) for row in written]


def notify_all(*, people: Iterable[Person], sentence: Words, url: str, at: datetime) -> None:
    """Tell each of these people the sentence and where it leads: for acts without facts of their own."""
    with transaction.atomic():
        publish(write_notices(people=people, sentence=sentence, url=url, at=at))


def notify(*, person: Person, sentence: Words, url: str, at: datetime) -> None:
    """Tell one person one sentence (already in the person's language, or a function that says it)."""
    notify_all(people=[person], sentence=sentence, url=url, at=at)


@transaction.atomic
def read_notifications(*, person: Person, at: datetime, only: Sequence[int] | None = None) -> int:
    """Mark the person's notifications as read, all of them or those of these pks; how many changed."""
    rows = person.notifications.unread()
    if only is not None:
        rows = rows.filter(pk__in=only)
    changed = rows.update(read_at=at)
    if changed:
        touch(topic_of(person.pk))
    return changed


def topic_of(person: int) -> str:
    """The topic only this person may follow."""
    return f"person:{person}"


def in_languages(sentence: Words, languages: Iterable[str]) -> dict[str, str]:
    """The sentence in each of these languages, short enough for its column."""
    words = {}
    for language in languages:
        with translation.override(language):
            text = sentence if isinstance(sentence, str) else sentence()
        words[language] = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return words
