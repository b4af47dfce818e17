"""A seat won: the term of office that the declared result of a poll gave."""

from django.db import models

from cooperation.models import Mandate
from votes.models.polls import Poll


class Seat(models.Model):
    """One seat: the poll that gave it, the option it went to, the mandate it became."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="seats")
    option = models.PositiveSmallIntegerField()
    mandate = models.OneToOneField(Mandate, on_delete=models.CASCADE, related_name="seat")

    class Meta:
        ordering = ["poll_id", "option"]
        constraints = [models.UniqueConstraint(fields=["poll", "option"], name="one_seat_per_option")]

    def __str__(self) -> str:
        return str(self.mandate)
