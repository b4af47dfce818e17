"""Erasing a rehearsal: the poll, its roll, what was cast and entered, the answers to its acts, what was told of it."""

from django.db import transaction

from cooperation.models import Notification
from realtime.forgetting import forget
from votes.models import Poll
from votes.rules import check_may_erase
from votes.services.closing import locked


@transaction.atomic
def erase_rehearsal(*, poll: Poll) -> None:
    """Erase a closed rehearsal, whole: nothing says any more that it took place, nor who said what.

    The caller has checked the right to, and tells its own topic to begin again. Raises `Refused`: `not_a_rehearsal`,
    `poll_still_open`.
    """
    row = locked(poll)
    check_may_erase(is_rehearsal=row.is_rehearsal, state=row.state)
    pk, page = row.pk, row.get_absolute_url()
    called = Notification.objects.filter(url__startswith=page)
    for notification in called.values_list("pk", flat=True):
        forget("notification", notification)
    called.delete()
    row.delete()
    forget("poll", pk, topics=[f"poll:{pk}", f"tellers:{pk}"])
