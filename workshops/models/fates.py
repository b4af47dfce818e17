"""What becomes of a version: asked about in a poll, handed to a governing body."""

from typing import Self

from django.db import models
from django.db.models import Q

from cooperation.models import GoverningBody, Person
from votes.models import Poll
from workshops.models.proposals import ProposalVersion


class PolledVersion(models.Model):
    """A version an indicative poll asks about; `position` is that of its option in an approval poll."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="polled_versions")
    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="polled")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["poll_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "version"], name="asked_once_in_a_poll"),
            models.UniqueConstraint(fields=["poll", "position"], name="one_polled_version_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.version} ? {self.poll_id}"


class ForwardingQuerySet(models.QuerySet["Forwarding"]):
    """Questions asked of the inbox of a governing body."""

    def waiting(self) -> Self:
        """Those no body has taken up yet."""
        return self.filter(taken_up_at__isnull=True)

    def with_place(self) -> Self:
        """Fetch what a line of an inbox shows."""
        return self.select_related("version__proposal__workshop", "version__proposal__author", "body", "by")


class Forwarding(models.Model):
    """A version handed to a governing body: its inbox. The body later takes it up."""

    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="forwardings")
    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="forwardings")
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    taken_up_at = models.DateTimeField(null=True, blank=True)
    taken_up_title = models.CharField(max_length=200, blank=True)
    taken_up_url = models.CharField(max_length=200, blank=True)

    objects = ForwardingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "body"], name="forwarded_once_to_a_body"),
            models.CheckConstraint(
                condition=Q(taken_up_at__isnull=True) | ~Q(taken_up_title=""),
                name="taken_up_under_a_title",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} → {self.body}"
