"""What every page knows: who reads it, and what calls them."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cooperation.models import Person
from realtime.publish import last_seq
from votes.calls import open_votes


def page(request: HttpRequest) -> dict[str, Any]:
    """`me`, the unread notifications, the open votes that wait for this person."""
    user = getattr(request, "user", None)
    me = user if isinstance(user, Person) else None
    at = timezone.now()
    # The person's own topic is on every page; its number is read before what it will keep fresh.
    mine = {"my_topic": f"person:{me.pk}", "my_seq": last_seq(f"person:{me.pk}")} if me else {}
    return {
        **mine,
        "me": me,
        "unread": me.notifications.unread().count() if me else 0,
        "open_votes": open_votes(me, at) if me else [],
        "server_now": at,
    }
