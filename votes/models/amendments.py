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

    `number`, `hash` and `previous_hash` come with the second signature. Until then `line` is the line an addition would
    seal; from then on it is the line without its names, which are those of `elector`. The hash covers no name and no
    reason: `signed` holds commitments, and `salt` opens that of the reason and of the two officers. Erasing a person
    empties `reason` and `salt`, and every later amendment still follows.
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
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    line = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    countersigned_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
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
            models.CheckConstraint(
                condition=~Q(reason="") | Q(number__isnull=False, salt=""),
                name="an_amendment_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} amendment {self.number}"

    @property
    def label(self) -> str:
        """Whose line it is, while that may be said."""
        return self.elector.shown if self.elector else str(self.line["label"])

    @property
    def is_addition(self) -> bool:
        """Whether it adds a line."""
        return self.kind == self.Kind.ADD

    def as_json(self) -> dict[str, Any]:
        """The amendment as the export says it: what was hashed, its hashes, and the words unless they were erased."""
        said = {**(self.signed or {}), "previous": self.previous_hash, "hash": self.hash}
        if not self.salt:
            return said
        by = {"proposed_by": self.proposed_by_id, "countersigned_by": self.countersigned_by_id}
        return {**said, "reason": self.reason, **by, "salt": self.salt}
