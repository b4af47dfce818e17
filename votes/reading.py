"""What programs read of the votes: polls, one's own ballots, results."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cooperation.sentences import Sentence, say
from realtime.refused import Refused
from votes.choices import choices_of
from votes.methods import rule_of
from votes.models import Ballot, Elector, Poll, Result
from votes.services import published_lists, read_result

STANDING = Q(electors__is_struck=False)


def seen(request: Request, poll: int, at: datetime) -> Poll:
    """The poll, if the caller may see it. Raises `Refused("not_found")`."""
    found = (
        Poll.objects.filter(pk=poll)
        .visible_to(request.user, at)
        .annotate(lines=Count("electors", filter=STANDING))
        .first()
    )
    if found is None:
        raise Refused("not_found")
    return found


class ChoiceOut(serializers.Serializer[Any]):
    """One thing a ballot may say."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class PollOut(serializers.ModelSerializer[Poll]):
    """A poll: its question, its rule, its roll's seal, its turnout."""

    is_open = serializers.SerializerMethodField()
    electors = serializers.IntegerField(source="lines")
    rule = serializers.SerializerMethodField()
    choices = serializers.SerializerMethodField()

    class Meta:
        model = Poll
        fields = [
            "id",
            "parent",
            "parent_title",
            "parent_url",
            "question",
            "text",
            "method",
            "is_binding",
            "secrecy",
            "shows",
            "allows_change",
            "max_choices",
            "state",
            "is_open",
            "opened_at",
            "closes_at",
            "closed_at",
            "declared_at",
            "ballots_cast",
            "electors",
            "roll_hash",
            "rules",
            "rule",
            "choices",
        ]

    def get_is_open(self, poll: Poll) -> bool:
        """Whether a ballot would be in time at this instant."""
        return poll.is_open(timezone.now())

    def get_rule(self, poll: Poll) -> str:
        """The rule in words."""
        return rule_of(poll)

    @extend_schema(responses=ChoiceOut(many=True))
    def get_choices(self, poll: Poll) -> list[dict[str, str]]:
        """The values a ballot may carry, with their words."""
        return [{"value": choice.value, "label": choice.label} for choice in choices_of(poll)]


class PollFilter(django_filters.FilterSet):
    """`?open=true`, `?parent=workshop:7`, `?is_binding=true`."""

    open = django_filters.BooleanFilter(method="only_open", label="open")

    class Meta:
        model = Poll
        fields = ["parent", "is_binding"]

    def only_open(self, polls: Any, name: str, value: bool) -> Any:
        """Those that take a ballot at this instant, or the others."""
        at = timezone.now()
        return polls.open(at) if value else polls.exclude(pk__in=Poll.objects.open(at).values("pk"))


class PollList(generics.ListAPIView[Poll]):
    """The polls in which the caller is on the roll; with `parent`, all those of that place the caller may see."""

    serializer_class = PollOut
    filterset_class = PollFilter

    def get_queryset(self) -> QuerySet[Poll]:
        """Newest first."""
        parent = self.request.query_params.get("parent")
        if parent:
            polls = Poll.objects.of(parent).visible_to(self.request.user, timezone.now())
        else:
            polls = Poll.objects.held_by(self.request.user)
        return (
            polls.annotate(lines=Count("electors", filter=STANDING))
            .prefetch_related("options")
            .order_by("-pk")
        )


class PollDetail(APIView):
    """One poll."""

    @extend_schema(responses=PollOut)
    def get(self, request: Request, poll: int) -> Response:
        """The poll, if the caller may see it."""
        return Response(PollOut(seen(request, poll, timezone.now())).data)


class BallotOut(serializers.ModelSerializer[Ballot]):
    """A ballot, for the people of its line."""

    cast_by = serializers.CharField(source="cast_by.name", default=None)

    class Meta:
        model = Ballot
        fields = ["id", "number", "choices", "channel", "key", "received_at", "cast_by"]


class OwnLineOut(serializers.ModelSerializer[Elector]):
    """A line of the roll the caller may act on, with its ballot once cast; a secret ballot is nobody's."""

    ballot = BallotOut(default=None)
    has_voted = serializers.BooleanField()

    class Meta:
        model = Elector
        fields = ["id", "number", "label", "membership", "college", "is_guest", "has_voted", "ballot"]


class OwnBallots(APIView):
    """The caller's own lines in one poll, and what was cast for them."""

    @extend_schema(responses=OwnLineOut(many=True))
    def get(self, request: Request, poll: int) -> Response:
        """Empty for somebody who may see the poll and is not on its roll."""
        found = seen(request, poll, timezone.now())
        lines = Elector.objects.held_by(request.user).filter(poll=found).select_related("ballot__cast_by")
        return Response(OwnLineOut(lines, many=True).data)


class ResultOut(serializers.ModelSerializer[Result]):
    """A counted result: exact shares as text, and the derivation, as message and values and in words."""

    sentences = serializers.SerializerMethodField()

    class Meta:
        model = Result
        fields = ["outcome", "derivation", "sentences", "engine", "counted_at"]

    def get_sentences(self, result: Result) -> list[str]:
        """The derivation in words, in French."""
        return [say(Sentence.from_json(item)) for item in result.derivation]


class PollResult(APIView):
    """The result of a poll, once its rule lets it be seen."""

    @extend_schema(responses=ResultOut)
    def get(self, request: Request, poll: int) -> Response:
        """409 `poll_still_open` or `result_not_yet` before; the first reader counts."""
        at = timezone.now()
        return Response(ResultOut(read_result(poll=seen(request, poll, at), at=at)).data)


class SecretBallotOut(serializers.Serializer[Any]):
    """A ballot as it was counted: its college where votes are weighed by college, and what it says."""

    college = serializers.CharField()
    choices = serializers.ListField(child=serializers.CharField())


class ListsOut(serializers.Serializer[Any]):
    """What a counted secret poll publishes: two shuffled lists, that nothing joins."""

    codes = serializers.ListField(child=serializers.CharField())
    ballots = SecretBallotOut(many=True)


class SecretLists(APIView):
    """The codes counted and the ballots of a secret poll."""

    @extend_schema(responses=ListsOut)
    def get(self, request: Request, poll: int) -> Response:
        """409 `poll_still_open` or `result_not_yet` before; 404 for a poll that is not secret."""
        at = timezone.now()
        found = seen(request, poll, at)
        if found.secrecy != Poll.Secrecy.SECRET:
            raise Refused("not_found")
        read_result(poll=found, at=at)
        return Response(ListsOut(published_lists(found)).data)
