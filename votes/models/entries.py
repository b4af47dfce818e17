"""What was written of a named poll, for ever: the steps of its chain and the entries of its ballots."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from votes.models.polls import Poll


class Step(models.Model):
    """One step of a poll's chain: what was sealed, a batch of ballots, an amendment, the result. Signed."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("ouverture")
        BALLOTS = "ballots", _("bulletins")
        AMENDMENT = "amendment", _("liste modifiée")
        RESULT = "result", _("dépouillement")

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="chain")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=Kind.choices)
    at = models.DateTimeField()
    content = models.JSONField(null=True)
    head = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["poll_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="one_step_per_number"),
            models.CheckConstraint(
                condition=Q(kind="ballots", content__isnull=True)
                | ~Q(kind="ballots") & Q(content__isnull=False),
                name="a_step_of_ballots_has_its_content_in_entries",
            ),
            models.CheckConstraint(
                condition=Q(kind="opening", number=0) | ~Q(kind="opening") & Q(number__gte=1),
                name="a_chain_starts_with_the_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} step {self.number}"


class Entry(models.Model):
    """One act of voting in the chain, with no link to a person: its line of the roll is a salted commitment."""

    # No index of its own: that of (poll, seq) begins with it.
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="entries", db_index=False)
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="entries")
    seq = models.PositiveIntegerField()
    ballot = models.PositiveIntegerField()
    content = models.JSONField()

    class Meta:
        ordering = ["poll_id", "seq"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["poll", "seq"], name="one_entry_per_place"),
            models.CheckConstraint(condition=Q(seq__gte=1, ballot__gte=1), name="entries_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} entry {self.seq}"
