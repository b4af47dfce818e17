"""Proposals with immutable versions, their themes, supports and lineage."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cooperation.models import Person
from workshops.models.counting import count_of
from workshops.models.rooms import Participation, Workshop


class Theme(models.Model):
    """A cluster of proposals in one workshop."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["workshop_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "position"], name="one_theme_per_position")
        ]

    def __str__(self) -> str:
        return self.title


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Questions asked of proposals."""

    def visible_to(self, person: Any) -> Self:
        """Those of the workshops this person may see."""
        return self.filter(workshop__in=Workshop.objects.visible_to(person))

    def alive(self) -> Self:
        """Those still carried: neither merged, set aside, withdrawn nor hidden."""
        return self.filter(state__in=Proposal.ALIVE, hidden_at__isnull=True)

    def remarks_counted(self) -> dict[int, int]:
        """How many remarks can be read under each of these, by key; nothing else is fetched."""
        shown = Q(comments__hidden_at__isnull=True, comments__withdrawn_at__isnull=True)
        return dict(self.order_by().values_list("pk").annotate(n=Count("comments", filter=shown)))

    def supports_counted(self) -> dict[int, int]:
        """How many people stand behind the current version of each of these, by key."""
        return dict(self.order_by().values_list("pk").annotate(n=Count("version__supports")))

    def with_card(self) -> Self:
        """Fetch all a card shows, in one query: text, author in the room, counts, what it was merged into."""
        author = Participation.objects.filter(workshop=OuterRef("workshop"), person=OuterRef("author"))
        remarks = Comment.objects.filter(
            proposal=OuterRef("pk"), hidden_at__isnull=True, withdrawn_at__isnull=True
        )
        union = Lineage.objects.filter(
            parent__proposal=OuterRef("pk"), kind=Lineage.Kind.MERGED_FROM
        ).order_by("pk")
        return self.select_related("workshop", "author", "entered_by", "theme", "version").annotate(
            supports_count=count_of(Support.objects.filter(version=OuterRef("version")), "version"),
            comments_count=count_of(remarks, "proposal"),
            author_organisation=Subquery(author.values("organisation__name")[:1]),
            author_sector=Subquery(author.values("sector__name")[:1]),
            merged_into=Subquery(union.values("child__proposal_id")[:1]),
            merged_into_number=Subquery(union.values("child__proposal__number")[:1]),
        )


class Proposal(models.Model):
    """A contribution of the room. Its text lives in immutable versions; `version` is the current one."""

    class State(models.TextChoices):
        OPEN = "open", _("ouverte")
        MERGED = "merged", _("fusionnée")
        KEPT = "kept", _("gardée pour plus tard")
        SET_ASIDE = "set_aside", _("écartée")
        FORWARDED = "forwarded", _("transmise")
        WITHDRAWN = "withdrawn", _("retirée")

    ALIVE = (State.OPEN, State.KEPT, State.FORWARDED)

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proposals")
    entered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    theme = models.ForeignKey(
        Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    version = models.ForeignKey(
        "ProposalVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    state_reason = models.CharField(max_length=300, blank=True)
    state_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=300, blank=True)
    hidden_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    # When it took its place under its theme: the board shows the latest first.
    placed_at = models.DateTimeField()

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["workshop_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "number"], name="one_proposal_per_number"),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(state_reason=""), name="set_aside_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_reason=""), name="hidden_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id} no. {self.number}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("workshops:proposal-page", args=[self.pk])

    @property
    def is_alive(self) -> bool:
        """Whether the room still carries it."""
        return self.state in self.ALIVE and self.hidden_at is None

    @property
    def is_gone(self) -> bool:
        """Whether only a tombstone is left to read."""
        return self.hidden_at is not None or self.state == self.State.WITHDRAWN


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
        verbose_name_plural = "lineage"
        constraints = [
            models.UniqueConstraint(fields=["child", "parent"], name="one_edge_between_versions"),
            models.CheckConstraint(
                condition=~Q(child=models.F("parent")), name="no_version_descends_from_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} → {self.child_id}"


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions asked of comments."""

    def visible_to(self, person: Any) -> Self:
        """Those of the workshops this person may see."""
        return self.filter(proposal__workshop__in=Workshop.objects.visible_to(person))

    def with_names(self) -> Self:
        """Fetch all a comment shows: its author as the room sees them, and which version it speaks of."""
        author = Participation.objects.filter(
            workshop=OuterRef("proposal__workshop"), person=OuterRef("author")
        )
        return self.select_related("author", "version", "proposal__workshop", "parent__author").annotate(
            author_organisation=Subquery(author.values("organisation__name")[:1])
        )

    def with_names_in(self, workshop: Workshop) -> Self:
        """The same of one room that is known, for the few remarks of a fact: less is fetched, and in fewer columns."""
        author = Participation.objects.filter(workshop=workshop, person=OuterRef("author"))
        rows = self.filter(proposal__workshop=workshop).select_related("author", "version")
        return rows.prefetch_related("parent__author").annotate(
            author_organisation=Subquery(author.values("organisation__name")[:1])
        )


class Comment(models.Model):
    """A threaded remark on a proposal, made while one version was current."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        FOR = "for", _("pour")
        AGAINST = "against", _("contre")
        SUGGESTION = "suggestion", _("suggestion")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    # The first comment of the thread, for an answer: threads are read on two levels.
    root = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="thread")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=300, blank=True)
    hidden_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["proposal_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_reason=""),
                name="comment_hidden_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_gone(self) -> bool:
        """Whether only a tombstone is left to read."""
        return self.hidden_at is not None or self.withdrawn_at is not None
