"""What one person follows: what they are told, and how many things they have not read."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string

from cooperation.models import Notification, Person
from realtime.models import LoggedEvent


class PersonTopic:
    """`person:<pk>`: nobody else may follow it."""

    refusal = "not_you"

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        """Only the person themselves, as long as the account is open."""
        if pk not in people or not Person.objects.filter(pk=pk, is_active=True).exists():
            return set()
        return {pk}

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        """A notification as the line of the person's page; nothing when it is gone."""
        told = [event.data["notification"] for event in events if event.type == "notified"]
        notices = Notification.objects.filter(person=pk).in_bulk(told)
        return [self.fragment(event, notices) for event in events]

    def fragment(self, event: LoggedEvent, notices: dict[int, Notification]) -> str:
        """The fragment of one fact."""
        notice = notices.get(event.data["notification"]) if event.type == "notified" else None
        if notice is None:
            return ""
        return render_to_string("cooperation/_notice.html", {"notice": notice, "is_live": True})

    def now(self, pk: int) -> dict[str, Any] | None:
        """How many notifications wait; the badge counts to 99."""
        return {"unread": min(99, Notification.objects.filter(person=pk).unread().count())}


person = PersonTopic()
