"""Empties the boxes of secret polls that are over and that nobody has read, and wipes what waits to be wiped."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from votes.models import EmptiedBox, Poll
from votes.services.secret import empty_box


class Command(BaseCommand):
    """`manage.py empty_boxes`: for a timer; running it again changes nothing."""

    help = "Empty the boxes of secret polls that are over."

    def handle(self, *args: Any, **options: Any) -> None:
        """Every secret poll that is not open and whose box is not wiped."""
        at = timezone.now()
        wiped = EmptiedBox.objects.filter(is_wiped=True).values("pk")
        over = Poll.objects.filter(secrecy=Poll.Secrecy.SECRET).exclude(pk__in=wiped)
        for poll in over.exclude(pk__in=Poll.objects.open(at).values("pk")):
            empty_box(poll=poll, at=at)
        left = EmptiedBox.objects.filter(is_wiped=False).count()
        self.stdout.write(
            f"{left} left to be wiped." if left else "Every box of a secret poll that is over is empty."
        )
