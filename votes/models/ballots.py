"""Ballots of named polls, and the result counted from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cooperation.models import Person
from votes.models.entries import Step
from votes.models.polls import Poll
from votes.models.roll import Elector


class Ballot(models.Model):
    """What one elector cast. The key was made on the elector's device: the same key is the same ballot."""

    class Channel(models.TextChoices):
        WEB = "web", _("en ligne")
        PAPER = "paper", _("sur papier")
        HAND = "hand", _("à main levée")
        PROXY = "proxy", _("par pouvoir sans nom")

    # No index of its own: that of (poll, number) begins with it.
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots", db_index=False)
    elector = models.OneToOneField(Elector, on_delete=models.CASCADE, related_name="ballot")
    number = models.PositiveIntegerField()
    choices = models.JSONField()
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.WEB)
    key = models.UUIDField()
    cast_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    received_at = models.DateTimeField()
    entry = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["poll_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="one_ballot_per_number"),
            models.UniqueConstraint(fields=["poll", "key"], name="one_ballot_per_key"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="ballots_count_from_one"),
        ]

    # The step of the chain in which its last entry was just written; not kept here.
    step: Step | None = None

    def __str__(self) -> str:
        return f"{self.poll_id} no. {self.number}"

    @property
    def code(self) -> str:
        """The key in a form people can compare: its first ten characters, in groups."""
        text = self.key.hex[:10].upper()
        return f"{text[:4]} {text[4:8]} {text[8:]}"


class Result(models.Model):
    """The count of a closed poll with its derivation: sentences as message and values, so both languages can say them."""

    poll = models.OneToOneField(Poll, on_delete=models.CASCADE, related_name="result")
    outcome = models.JSONField()
    derivation = models.JSONField()
    engine = models.CharField(max_length=20)
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"result of {self.poll_id}"
