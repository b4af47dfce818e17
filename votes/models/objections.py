"""What became of the objections to a proposal: dated notes beside the count, which they never change."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cooperation.models import Person
from votes.models.polls import Poll


class ObjectionNote(models.Model):
    """What the facilitator noted of one objection, known by its reason: secret ballots have no other name.

    Notes are only ever added; the latest says where the objection stands.
    """

    class Treatment(models.TextChoices):
        INTEGRATED = "integrated", _("intégrée à la proposition")
        WITHDRAWN = "withdrawn", _("retirée")
        MAINTAINED = "maintained", _("maintenue")

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="objection_notes")
    reason = models.CharField(max_length=300)
    treatment = models.CharField(max_length=10, choices=Treatment.choices)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["poll_id", "at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_note_is_about_an_objection"),
            models.CheckConstraint(
                condition=Q(treatment__in=["integrated", "withdrawn", "maintained"]),
                name="an_objection_is_integrated_withdrawn_or_maintained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.treatment}: {self.reason}"
