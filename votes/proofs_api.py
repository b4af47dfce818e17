"""What programs read to check a named poll: its heads while it is open, its export once counted."""

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from realtime.refused import Refused
from votes.export import export_of, has_chain, has_export
from votes.models import Poll, Step
from votes.reading import seen
from votes.services import read_result
from votes.views.results import may_read_roll

MOST = 1000


class HeadOut(serializers.ModelSerializer[Step]):
    """One step of the chain, without its content."""

    class Meta:
        model = Step
        fields = ["number", "kind", "at", "head", "signature"]


class HeadsOut(serializers.ModelSerializer[Poll]):
    """The chain of a poll as it stands: its key, its last head, its steps."""

    key = serializers.CharField(source="key_fingerprint")
    chain = serializers.SerializerMethodField()

    class Meta:
        model = Poll
        fields = ["id", "key", "public_key", "head", "steps", "entries_written", "chain"]

    @extend_schema(responses=HeadOut(many=True))
    def get_chain(self, poll: Poll) -> Any:
        """The steps after the one asked, a thousand at most."""
        return HeadOut(poll.chain.filter(number__gt=self.context["after"])[:MOST], many=True).data


class PollHeads(APIView):
    """The heads of a named poll, for who may see it; `?after=41` gives those after step 41."""

    @extend_schema(responses=HeadsOut, parameters=[OpenApiParameter("after", OpenApiTypes.INT)])
    def get(self, request: Request, poll: int) -> Response:
        """Empty hands when the poll has no chain: `not_found`."""
        found = chained(request, poll)
        after = request.query_params.get("after", "")
        number = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else -1
        return Response(HeadsOut(found, context={"after": number}).data)


class PollExport(APIView):
    """The export of a counted poll, for who may read its roll; docs/proofs.md says what is in it."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, poll: int) -> Response:
        """409 `poll_still_open` or `result_not_yet` before its result shows."""
        found = seen(request, poll, timezone.now())
        if not has_export(found) or not may_read_roll(request, found):
            raise Refused("not_found")
        result = read_result(poll=found, at=timezone.now())
        return Response(export_of(Poll.objects.get(pk=found.pk), result))


def chained(request: Request, poll: int) -> Poll:
    """The poll, if the caller may see it and it has a chain. Raises `Refused("not_found")`."""
    found = seen(request, poll, timezone.now())
    if not has_chain(found):
        raise Refused("not_found")
    return found
