"""Proposals with immutable versions, comments, supports, lineage, and where they were forwarded."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cooperation.models import GoverningBody, Person
from workshops.models.rooms import Workshop


class Theme(models.Model):
    """A cluster of proposals in one workshop."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["workshop_id", "position"]
        constraints = [models.UniqueConstraint(fields=["workshop", "position"], name="one_theme_per_position")]

    def __str__(self) -> str:
        return self.title


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Questions asked of proposals."""

    def visible_to(self, person: Person) -> Self:
        """Those of the workshops this person may see."""
        return self.filter(workshop__in=Workshop.objects.visible_to(person))


class Proposal(models.Model):
    """A contribution of the room. Its text lives in immutable versions; `version` is the current one."""

    class State(models.TextChoices):
        OPEN = "open", _("ouverte")
        MERGED = "merged", _("fusionnée")
        KEPT = "kept", _("gardée pour plus tard")
        SET_ASIDE = "set_aside", _("écartée")
        FORWARDED = "forwarded", _("transmise")
        WITHDRAWN = "withdrawn", _("retirée")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proposals")
    entered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals")
    version = models.ForeignKey("ProposalVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    state_reason = models.CharField(max_length=300, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["workshop_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "number"], name="one_proposal_per_number"),
            models.CheckConstraint(condition=~Q(state="set_aside") | ~Q(state_reason=""), name="set_aside_with_a_reason"),
            models.CheckConstraint(condition=Q(hidden_at__isnull=True) | ~Q(hidden_reason=""), name="hidden_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id} no. {self.number}"


class ProposalVersion(models.Model):
    """A text of a proposal, never changed once written: support, merges and resolutions point at it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["proposal_id", "number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """A threaded remark on a proposal."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        FOR = "for", _("pour")
        AGAINST = "against", _("contre")
        SUGGESTION = "suggestion", _("suggestion")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    created_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["proposal_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_reason=""), name="comment_hidden_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Support(models.Model):
    """A person stands behind one version."""

    version = models.ForeignKey(ProposalVersion, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="supports")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="one_support_per_person")]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.version_id}"


class Lineage(models.Model):
    """An edge between versions: what came out of what."""

    class Kind(models.TextChoices):
        MERGED_FROM = "merged_from", _("réunit")
        SPLIT_FROM = "split_from", _("détachée de")
        DERIVED_FROM = "derived_from", _("issue de")

    child = models.ForeignKey(ProposalVersion, on_delete=models.CASCADE, related_name="ancestors")
    parent = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="descendants")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "parent"], name="one_edge_between_versions"),
            models.CheckConstraint(condition=~Q(child=models.F("parent")), name="no_version_descends_from_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} → {self.child_id}"


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

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["version", "body"], name="forwarded_once_to_a_body")]

    def __str__(self) -> str:
        return f"{self.version} → {self.body}"
