"""Amendments of a sealed roll: a line added or struck after the opening, by two officers, dated and chained."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cooperation.models import Membership, Person
from votes.models.polls import Poll
from votes.models.roll import Elector


class RollAmendmentQuerySet(models.QuerySet["RollAmendment"]):
    """Questions asked of amendments."""

    def in_force(self) -> Self:
        """The countersigned ones, in the order of their chain."""
        return self.filter(number__isnull=False).order_by("poll_id", "number")

    def waiting(self) -> Self:
        """Those proposed and neither countersigned nor dismissed."""
        return self.filter(number__isnull=True, dismissed_at__isnull=True).order_by("poll_id", "pk")

    def whole(self) -> Self:
        """With who proposed and who countersigned."""
        return self.select_related("elector", "proposed_by", "countersigned_by", "poll")


class RollAmendment(models.Model):
    """One change of a sealed roll. The seal stays as it is: amendments follow it, each holding the hash before it.

    `line` is the line in the form the seal takes; `number`, `hash` and `previous_hash` come with the second
    signature.
    """

    class Kind(models.TextChoices):
        ADD = "add", _("ligne ajoutée")
        STRIKE = "strike", _("ligne rayée")

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    elector = models.ForeignKey(
        Elector, on_delete=models.CASCADE, null=True, blank=True, related_name="amendments"
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    line = models.JSONField()
    reason = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    countersigned_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    countersigned_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    dismissed_at = models.DateTimeField(null=True, blank=True)
    signed = models.JSONField(null=True, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    objects = RollAmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["poll_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="one_amendment_per_number"),
            models.CheckConstraint(
                condition=Q(number__isnull=True, countersigned_at__isnull=True, hash="")
                | Q(number__gte=1, countersigned_at__isnull=False, elector__isnull=False)
                & ~Q(hash="")
                & ~Q(previous_hash=""),
                name="an_amendment_is_numbered_when_countersigned",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(countersigned_by=F("proposed_by")),
                name="countersigned_by_another_officer",
            ),
            models.CheckConstraint(
                condition=Q(dismissed_at__isnull=True) | Q(number__isnull=True),
                name="a_dismissed_amendment_changes_nothing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_amendment_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} amendment {self.number}"

    @property
    def label(self) -> str:
        """Whose line it is."""
        return str(self.line["label"])

    @property
    def is_addition(self) -> bool:
        """Whether it adds a line."""
        return self.kind == self.Kind.ADD

    def as_json(self) -> dict[str, Any]:
        """The amendment as the chain takes it, with its hashes; see `votes.rules.canonical_amendment`."""
        return {**(self.signed or {}), "previous": self.previous_hash, "hash": self.hash}
