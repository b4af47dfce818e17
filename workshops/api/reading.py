"""What programs read of the workshops: rooms, proposals, comments, with filters and pages."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import generics, serializers

from workshops.models import Comment, Proposal, ProposalVersion, Step, Theme, Workshop


class StepOut(serializers.ModelSerializer[Step]):
    """A step."""

    class Meta:
        model = Step
        fields = [
            "id",
            "position",
            "kind",
            "title",
            "instruction",
            "minutes",
            "state",
            "started_at",
            "ends_at",
        ]


class ThemeOut(serializers.ModelSerializer[Theme]):
    """A theme of the board."""

    class Meta:
        model = Theme
        fields = ["id", "title", "position"]


class WorkshopOut(serializers.ModelSerializer[Workshop]):
    """A workshop, as a line of the list. Its join code is shown in the hall, not here."""

    entity = serializers.CharField(source="entity.slug")
    series = serializers.CharField(source="series.title", default=None)
    people = serializers.IntegerField()
    proposals = serializers.IntegerField(source="contributions")

    class Meta:
        model = Workshop
        fields = [
            "id",
            "entity",
            "series",
            "title",
            "question",
            "place",
            "starts_at",
            "access",
            "welcomes_guests",
            "state",
            "people",
            "proposals",
        ]


class WorkshopWhole(WorkshopOut):
    """A workshop with its steps and themes."""

    steps = StepOut(many=True)
    themes = ThemeOut(many=True)

    class Meta(WorkshopOut.Meta):
        fields = [*WorkshopOut.Meta.fields, "steps", "themes"]


class VersionOut(serializers.ModelSerializer[ProposalVersion]):
    """A version of a text."""

    class Meta:
        model = ProposalVersion
        fields = ["id", "number", "title", "text", "created_at"]


class ProposalOut(serializers.ModelSerializer[Proposal]):
    """A proposal with its current text; a hidden or withdrawn one tells only that it is, and why."""

    author = serializers.CharField(source="author.name")
    organisation = serializers.CharField(source="author_organisation")
    sector = serializers.CharField(source="author_sector")
    version = serializers.SerializerMethodField()
    tombstone = serializers.SerializerMethodField()
    supports = serializers.IntegerField(source="supports_count")
    comments = serializers.IntegerField(source="comments_count")
    merged_into = serializers.IntegerField()

    class Meta:
        model = Proposal
        fields = [
            "id",
            "workshop",
            "number",
            "author",
            "organisation",
            "sector",
            "theme",
            "state",
            "state_reason",
            "created_at",
            "version",
            "tombstone",
            "supports",
            "comments",
            "merged_into",
        ]

    @extend_schema_field(VersionOut)
    def get_version(self, proposal: Proposal) -> dict[str, Any] | None:
        """The current text, unless it is gone."""
        return (
            None if proposal.is_gone or proposal.version is None else dict(VersionOut(proposal.version).data)
        )

    def get_tombstone(self, proposal: Proposal) -> str | None:
        """Why there is no text any more."""
        if proposal.hidden_at is not None:
            return proposal.hidden_reason
        return proposal.state_reason if proposal.is_gone else None


class ProposalWhole(ProposalOut):
    """A proposal with all its versions."""

    versions = serializers.SerializerMethodField()

    class Meta(ProposalOut.Meta):
        fields = [*ProposalOut.Meta.fields, "versions"]

    @extend_schema_field(VersionOut(many=True))
    def get_versions(self, proposal: Proposal) -> list[dict[str, Any]]:
        """Every text it has had, unless it is gone."""
        rows = proposal.versions.none() if proposal.is_gone else proposal.versions.order_by("number")
        return [dict(row) for row in VersionOut(rows, many=True).data]


class CommentOut(serializers.ModelSerializer[Comment]):
    """A comment; a hidden or withdrawn one tells only that it is, and why."""

    author = serializers.CharField(source="author.name")
    text = serializers.SerializerMethodField()
    tombstone = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = ["id", "proposal", "version", "parent", "author", "kind", "text", "created_at", "tombstone"]

    def get_text(self, comment: Comment) -> str:
        """The words, unless they are gone."""
        return "" if comment.is_gone else comment.text

    def get_tombstone(self, comment: Comment) -> str | None:
        """Why there are no words any more: the reason, empty when the author withdrew them."""
        return comment.hidden_reason if comment.is_gone else None


class WorkshopFilter(django_filters.FilterSet):
    """Which workshops."""

    entity = django_filters.CharFilter(field_name="entity__slug")

    class Meta:
        model = Workshop
        fields = ["state", "access", "series", "entity"]


class ProposalFilter(django_filters.FilterSet):
    """Which proposals; `alive` leaves out what was merged, set aside, withdrawn or hidden."""

    alive = django_filters.BooleanFilter(method="only_alive")

    class Meta:
        model = Proposal
        fields = ["workshop", "state", "theme", "author", "alive"]

    def only_alive(self, rows: QuerySet[Proposal], name: str, value: bool) -> QuerySet[Proposal]:
        """Those the room still carries."""
        return rows.filter(pk__in=Proposal.objects.alive().values("pk")) if value else rows


class CommentFilter(django_filters.FilterSet):
    """Which comments."""

    workshop = django_filters.NumberFilter(field_name="proposal__workshop")

    class Meta:
        model = Comment
        fields = ["proposal", "workshop", "kind", "parent"]


class Workshops(generics.ListAPIView[Workshop]):
    """The workshops the caller may see."""

    serializer_class = WorkshopOut
    filterset_class = WorkshopFilter
    queryset = Workshop.objects.all()

    def get_queryset(self) -> QuerySet[Workshop]:
        """Among those the caller may see."""
        return Workshop.objects.visible_to(self.request.user).with_place()


class WorkshopDetail(generics.RetrieveAPIView[Workshop]):
    """One workshop."""

    serializer_class = WorkshopWhole
    queryset = Workshop.objects.all()

    def get_queryset(self) -> QuerySet[Workshop]:
        """Among those the caller may see."""
        rows = Workshop.objects.visible_to(self.request.user).with_place()
        return rows.prefetch_related("steps", "themes")


class Proposals(generics.ListAPIView[Proposal]):
    """The proposals the caller may see."""

    serializer_class = ProposalOut
    filterset_class = ProposalFilter
    queryset = Proposal.objects.all()

    def get_queryset(self) -> QuerySet[Proposal]:
        """Among those the caller may see."""
        return Proposal.objects.visible_to(self.request.user).with_card()


class ProposalDetail(generics.RetrieveAPIView[Proposal]):
    """One proposal."""

    serializer_class = ProposalWhole
    queryset = Proposal.objects.all()

    def get_queryset(self) -> QuerySet[Proposal]:
        """Among those the caller may see."""
        return Proposal.objects.visible_to(self.request.user).with_card()


class Comments(generics.ListAPIView[Comment]):
    """The comments the caller may see."""

    serializer_class = CommentOut
    filterset_class = CommentFilter
    queryset = Comment.objects.all()

    def get_queryset(self) -> QuerySet[Comment]:
        """Among those the caller may see."""
        return Comment.objects.visible_to(self.request.user).select_related("author")
