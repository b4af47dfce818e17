"""What the REST doors of decisions read: register, plans, actions, indicators."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import generics, serializers

from decisions import board
from decisions.models import Action, Decision, FollowUp, Indicator, Measure, Plan


class DecisionFilter(filters.FilterSet):
    """By entity, year, whether it is in force, words of the title."""

    entity = filters.CharFilter(field_name="entity__slug")
    in_force = filters.BooleanFilter(field_name="superseded_by", lookup_expr="isnull")
    q = filters.CharFilter(field_name="title", lookup_expr="icontains")

    class Meta:
        model = Decision
        fields = ["entity", "year", "in_force", "q"]


class DecisionOut(serializers.ModelSerializer[Decision]):
    """One line of a register."""

    entity = serializers.CharField(source="entity.slug")
    body = serializers.CharField(source="body.name", default=None)

    class Meta:
        model = Decision
        fields = [
            "id",
            "reference",
            "entity",
            "body",
            "title",
            "text",
            "decided_on",
            "source_title",
            "source_url",
            "superseded_by",
        ]


class DecisionList(generics.ListAPIView[Decision]):
    """The registers, the latest decision first."""

    serializer_class = DecisionOut
    filterset_class = DecisionFilter

    def get_queryset(self) -> QuerySet[Decision]:
        """Those the caller may read."""
        return Decision.objects.visible_to(caller(self), timezone.localdate()).select_related(
            "entity", "body"
        )


class DecisionDetail(generics.RetrieveAPIView[Decision]):
    """One decision."""

    serializer_class = DecisionOut
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Decision]:
        """Those the caller may read."""
        return Decision.objects.visible_to(caller(self), timezone.localdate()).select_related(
            "entity", "body"
        )


class FollowUpOut(serializers.ModelSerializer[FollowUp]):
    """A dated note on an action."""

    author = serializers.CharField(source="author.name", default=None)

    class Meta:
        model = FollowUp
        fields = ["id", "at", "author", "text", "progress"]


class ActionFilter(filters.FilterSet):
    """By entity, plan, axis, state, pilot, decision, and due date."""

    entity = filters.CharFilter(field_name="axis__plan__entity__slug")
    plan = filters.NumberFilter(field_name="axis__plan")
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lt")

    class Meta:
        model = Action
        fields = ["entity", "plan", "axis", "state", "pilot", "decision", "due_before"]


class ActionOut(serializers.ModelSerializer[Action]):
    """One action of a plan."""

    axis = serializers.CharField(source="axis.title")
    pilot = serializers.CharField(source="pilot_name")
    is_late = serializers.SerializerMethodField()

    class Meta:
        model = Action
        fields = [
            "id",
            "reference",
            "axis",
            "title",
            "text",
            "decision",
            "pilot",
            "starts_on",
            "due_on",
            "progress",
            "state",
            "is_late",
        ]

    def get_is_late(self, action: Action) -> bool:
        """Whether it runs past its due date today."""
        return action.is_late(timezone.localdate())


class ActionDetailOut(ActionOut):
    """One action with its follow-up."""

    follow_ups = FollowUpOut(many=True)

    class Meta(ActionOut.Meta):
        fields = [*ActionOut.Meta.fields, "follow_ups"]


class ActionList(generics.ListAPIView[Action]):
    """Actions, by axis and number."""

    serializer_class = ActionOut
    filterset_class = ActionFilter

    def get_queryset(self) -> QuerySet[Action]:
        """Those the caller may read."""
        return board.with_parties(Action.objects.visible_to(caller(self), timezone.localdate())).order_by(
            "axis__number", "number", "pk"
        )


class ActionDetail(generics.RetrieveAPIView[Action]):
    """One action, its notes included."""

    serializer_class = ActionDetailOut
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Action]:
        """Those the caller may read."""
        return board.with_parties(
            Action.objects.visible_to(caller(self), timezone.localdate())
        ).prefetch_related("follow_ups__author")


class PlanOut(serializers.ModelSerializer[Plan]):
    """A plan and the titles of its axes."""

    entity = serializers.CharField(source="entity.slug")
    axes = serializers.SerializerMethodField()

    class Meta:
        model = Plan
        fields = ["id", "entity", "title", "since", "until", "decision", "axes"]

    def get_axes(self, plan: Plan) -> list[dict[str, Any]]:
        """Number, title and pk of each axis."""
        return [{"id": axis.pk, "number": axis.number, "title": axis.title} for axis in plan.axes.all()]


class PlanList(generics.ListAPIView[Plan]):
    """Plans of actions, the latest first."""

    serializer_class = PlanOut
    filterset_fields = {"entity__slug": ["exact"]}

    def get_queryset(self) -> QuerySet[Plan]:
        """Those the caller may read."""
        return (
            Plan.objects.visible_to(caller(self), timezone.localdate())
            .select_related("entity")
            .prefetch_related("axes")
        )


class MeasureOut(serializers.ModelSerializer[Measure]):
    """One dated value."""

    class Meta:
        model = Measure
        fields = ["on", "value", "note"]


class IndicatorOut(serializers.ModelSerializer[Indicator]):
    """An indicator with its measures and its target."""

    entity = serializers.CharField(source="entity.slug")
    measures = MeasureOut(many=True)

    class Meta:
        model = Indicator
        fields = [
            "id",
            "entity",
            "name",
            "unit",
            "target",
            "target_direction",
            "target_on",
            "source",
            "measures",
        ]


class IndicatorList(generics.ListAPIView[Indicator]):
    """Indicators, with every measure."""

    serializer_class = IndicatorOut
    filterset_fields = {"entity__slug": ["exact"]}

    def get_queryset(self) -> QuerySet[Indicator]:
        """Those the caller may read."""
        return (
            Indicator.objects.visible_to(caller(self), timezone.localdate())
            .select_related("entity")
            .prefetch_related("measures")
        )


def caller(view: generics.GenericAPIView[Any]) -> Any:
    """Who asks: REST is behind a login or a token."""
    return view.request.user
