"""What one person follows: what they are told, and how many things they have not read."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count
from django.template.loader import render_to_string

from cooperation.models import Notification, Person
from realtime.models import LoggedEvent


class PersonTopic:
    """`person:<pk>`: nobody else may follow it."""

    refusal = "not_you"

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        """Only the person themselves, as long as the account is open."""
        return self.may_follow_each([(pk, people)])[0]

    def may_follow_each(self, asked: Sequence[tuple[int, Collection[int | None]]]) -> list[set[int | None]]:
        """The same of many topics, in one query."""
        wanted = [pk for pk, people in asked if pk in people]
        open_accounts = set(
            Person.objects.filter(pk__among=wanted, is_active=True).values_list("pk", flat=True)
        )
        return [{one for one in people if one == pk and one in open_accounts} for pk, people in asked]

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        """A notification as the line of the person's page; nothing when it is gone."""
        return self.render_each([(pk, events)], language)[0]

    def render_each(
        self, asked: Sequence[tuple[int, Sequence[LoggedEvent]]], language: str
    ) -> list[list[str]]:
        """The same of many people, in one query."""
        told = [
            event.data["notification"] for _, events in asked for event in events if event.type == "notified"
        ]
        notices = Notification.objects.in_bulk(told)
        return [[self.fragment(pk, event, notices) for event in events] for pk, events in asked]

    def fragment(self, pk: int, event: LoggedEvent, notices: dict[int, Notification]) -> str:
        """The fragment of one fact, for the person it was told."""
        notice = notices.get(event.data["notification"]) if event.type == "notified" else None
        if notice is None or notice.person_id != pk:
            return ""
        return render_to_string("cooperation/_notice.html", {"notice": notice, "is_live": True})

    def now(self, pk: int) -> dict[str, Any] | None:
        """How many notifications wait; the badge counts to 99."""
        return self.now_each([pk])[0]

    def now_each(self, pks: Sequence[int]) -> list[dict[str, Any]]:
        """The same of many people, in one query."""
        unread = Notification.objects.filter(person__among=pks).unread().order_by().values_list("person")
        counts = dict(unread.annotate(count=Count("pk")))
        return [{"unread": min(99, counts.get(pk, 0))} for pk in pks]


person = PersonTopic()
