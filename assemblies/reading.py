"""What programs read of the assemblies: meetings with their agenda and figures, resolutions with their fate."""

from typing import Any

import django_filters as filters
from django.db.models import Count, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assemblies.hall import hall_of
from assemblies.live import figures
from assemblies.models import AgendaItem, Assembly, Candidate, Proxy, Resolution
from cooperation.models import Person
from realtime.refused import Refused
from votes.models import Poll


class AssemblyOut(serializers.ModelSerializer[Assembly]):
    """A meeting: what, when, where, and how far it is."""

    entity = serializers.CharField(source="entity.slug")
    body = serializers.CharField(source="body.name")
    resolutions = serializers.IntegerField(source="tabled")
    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = Assembly
        fields = [
            "id",
            "entity",
            "body",
            "kind",
            "title",
            "call",
            "first_call",
            "place",
            "remote_link",
            "starts_at",
            "notice_sent_on",
            "state",
            "opened_at",
            "closed_at",
            "resolutions",
            "url",
        ]


class ItemOut(serializers.ModelSerializer[AgendaItem]):
    """One point of the agenda."""

    resolution = serializers.IntegerField(source="resolution.pk", default=None)

    class Meta:
        model = AgendaItem
        fields = ["id", "position", "title", "text", "minutes", "state", "started_at", "resolution"]


class CandidateOut(serializers.ModelSerializer[Candidate]):
    """Who stands, or what may be chosen, in the order of the ballot."""

    withdrew = serializers.BooleanField(read_only=True)

    class Meta:
        model = Candidate
        fields = ["id", "position", "label", "statement", "url", "group", "withdrew"]


class ResolutionOut(serializers.ModelSerializer[Resolution]):
    """What is put to the vote: its exact source version, who stands, its poll, the decision it became, its quorum."""

    method = serializers.CharField(source="contest.method", default=Poll.Method.RESOLUTION)
    setup = serializers.JSONField(source="contest.setup", default=dict)
    candidates = CandidateOut(source="contest.candidates.all", many=True, default=list)
    item = serializers.IntegerField(source="item_id")
    proposal = serializers.IntegerField(source="version.proposal_id", default=None)
    decision = serializers.CharField(source="decision.reference", default=None)
    quorum = serializers.JSONField(source="quorum.figures", default=None)
    quorum_met = serializers.BooleanField(source="quorum.is_met", default=None)

    class Meta:
        model = Resolution
        fields = [
            "id",
            "assembly",
            "item",
            "number",
            "kind",
            "title",
            "text",
            "is_backed",
            "method",
            "setup",
            "candidates",
            "state",
            "proposal",
            "version",
            "poll",
            "decision",
            "quorum",
            "quorum_met",
        ]


class ProxyOut(serializers.ModelSerializer[Proxy]):
    """A proxy, for who gave it, holds it or keeps the desk; the wish is read on the page by its holder alone."""

    giver = serializers.CharField(source="giver.name")
    membership = serializers.IntegerField(source="giver_id")
    holder = serializers.CharField(source="holder.name", default=None)

    class Meta:
        model = Proxy
        fields = [
            "id",
            "assembly",
            "giver",
            "membership",
            "holder",
            "is_blank",
            "bond",
            "state",
            "is_paper",
            "given_at",
            "accepted_at",
            "used_at",
            "ended_at",
        ]


class ProxyFilter(filters.FilterSet):
    """By meeting and state."""

    class Meta:
        model = Proxy
        fields = ["assembly", "state"]


class AssemblyFilter(filters.FilterSet):
    """By entity, kind, state."""

    entity = filters.CharFilter(field_name="entity__slug")

    class Meta:
        model = Assembly
        fields = ["entity", "kind", "state"]


class ResolutionFilter(filters.FilterSet):
    """By assembly, entity, state, and the proposal it comes from."""

    entity = filters.CharFilter(field_name="assembly__entity__slug")
    proposal = filters.NumberFilter(field_name="version__proposal")

    class Meta:
        model = Resolution
        fields = ["assembly", "entity", "state", "kind", "proposal"]


def seen(request: Request) -> QuerySet[Assembly]:
    """The meetings the caller may read."""
    visible = Assembly.objects.visible_to(request.user, timezone.localdate())  # type: ignore[arg-type]
    return visible.select_related("entity", "body").annotate(tabled=Count("resolutions"))


class AssemblyList(generics.ListAPIView[Assembly]):
    """Meetings, the latest first."""

    serializer_class = AssemblyOut
    filterset_class = AssemblyFilter

    def get_queryset(self) -> QuerySet[Assembly]:
        """Those the caller may read."""
        return seen(self.request).order_by("-starts_at", "-pk")


class LiveOut(serializers.Serializer[Any]):
    """A meeting with its agenda and the figures of this instant."""

    assembly = AssemblyOut()
    agenda = ItemOut(many=True)
    now = serializers.DictField()


class AssemblyDetail(APIView):
    """One meeting: its agenda in order, who is there, the quorum, the vote."""

    @extend_schema(responses=LiveOut)
    def get(self, request: Request, assembly: int) -> Response:
        """Read it, 404 for who may not."""
        found = seen(request).filter(pk=assembly).first()
        if found is None:
            raise Refused("not_found")
        hall = hall_of(found, timezone.now())
        items = found.agenda.select_related("resolution").order_by("position")
        return Response(
            {
                "assembly": AssemblyOut(found).data,
                "agenda": ItemOut(items, many=True).data,
                "now": figures(hall),
            }
        )


class ResolutionList(generics.ListAPIView[Resolution]):
    """Resolutions, by assembly (the latest first) and number."""

    serializer_class = ResolutionOut
    filterset_class = ResolutionFilter

    def get_queryset(self) -> QuerySet[Resolution]:
        """Those of the meetings the caller may read."""
        return readable(self.request).order_by("-assembly__starts_at", "-assembly", "number")


class ProxyList(generics.ListAPIView[Proxy]):
    """The proxies the caller gave for a member, is offered or holds, or keeps at the desk; the latest first."""

    queryset = Proxy.objects.none()  # what the document of the interface reads
    serializer_class = ProxyOut
    filterset_class = ProxyFilter

    def get_queryset(self) -> QuerySet[Proxy]:
        """Those, and no other."""
        person = self.request.user
        assert isinstance(person, Person)
        return Proxy.objects.visible_to(person, timezone.localdate()).whole().order_by("-pk")


class ResolutionDetail(generics.RetrieveAPIView[Resolution]):
    """One resolution."""

    serializer_class = ResolutionOut
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Resolution]:
        """Those of the meetings the caller may read."""
        return readable(self.request)


def readable(request: Request) -> QuerySet[Resolution]:
    """The resolutions the caller may read, with all that is said of them."""
    return Resolution.objects.visible_to(request.user, timezone.localdate()).whole()  # type: ignore[arg-type]
