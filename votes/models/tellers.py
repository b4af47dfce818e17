"""What tellers enter by hand: a paper ballot or a raised hand waits for a second teller before it is cast."""

from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cooperation.models import Person
from votes.models.ballots import Ballot
from votes.models.polls import Poll
from votes.models.roll import Elector


class TellerEntryQuerySet(models.QuerySet["TellerEntry"]):
    """Questions asked of what tellers entered."""

    def waiting(self) -> Self:
        """Those neither cast nor set aside."""
        return self.filter(confirmed_at__isnull=True, set_aside_at__isnull=True)

    def set_aside(self) -> Self:
        """Those another teller read otherwise, or that were on the wrong line."""
        return self.filter(set_aside_at__isnull=False)

    def whole(self) -> Self:
        """With all that the desk says of them."""
        return self.select_related(
            "elector", "elector__ballot__cast_by", "entered_by", "confirmed_by", "set_aside_by"
        )

    def of(self, poll: Any) -> Self:
        """Those of one poll."""
        return self.filter(poll=poll)


class TellerEntry(models.Model):
    """A ballot read by one teller; it is cast, under `key`, only once a different teller has confirmed it."""

    class Channel(models.TextChoices):
        PAPER = Ballot.Channel.PAPER.value, _("bulletin papier")
        HAND = Ballot.Channel.HAND.value, _("main levée")

    class Reason(models.TextChoices):
        MISREAD = "misread", _("lu autrement")
        WRONG_LINE = "wrong_line", _("erreur de ligne")
        ALREADY_VOTED = "already_voted", _("cette ligne a déjà voté")

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="entries_by_hand")
    elector = models.ForeignKey(Elector, on_delete=models.CASCADE, related_name="entries_by_hand")
    choices = models.JSONField()
    channel = models.CharField(max_length=5, choices=Channel.choices)
    key = models.UUIDField(default=uuid4, unique=True)
    entered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    set_aside_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=13, choices=Reason.choices, blank=True)

    objects = TellerEntryQuerySet.as_manager()

    class Meta:
        ordering = ["poll_id", "pk"]
        verbose_name_plural = "teller entries"
        constraints = [
            models.UniqueConstraint(
                fields=["elector"],
                condition=Q(confirmed_at__isnull=True, set_aside_at__isnull=True),
                name="one_waiting_entry_per_line",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(entered_by__isnull=True)
                | ~Q(confirmed_by=F("entered_by")),
                name="confirmed_by_another_teller",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(set_aside_at__isnull=True),
                name="cast_or_set_aside_not_both",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True) | ~Q(reason=""), name="set_aside_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} line {self.elector_id}"

    @property
    def is_waiting(self) -> bool:
        """Whether it is neither cast nor set aside."""
        return self.confirmed_at is None and self.set_aside_at is None
