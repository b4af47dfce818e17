"""The REST door of an act, and the one shape every REST error has: `{"code", "message", "errors"}`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.views import exception_handler as framework_handler

from realtime.commands import Caller, Command
from realtime.doors import Invalid, body_of, flat, hat_of, key_of, perform
from realtime.refused import Refused, sentence_of, status_of

NAMES = {"not_authenticated": "login_required"}
KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    description="The act's key: the same key and content gets the same answer and changes nothing.",
)
FAILURE = inline_serializer(
    "Failure",
    {
        "code": serializers.CharField(),
        "message": serializers.CharField(),
        "errors": serializers.DictField(child=serializers.ListField(child=serializers.CharField())),
    },
)


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Turn refusals, validation errors and the framework's own exceptions into the one error shape."""
    if isinstance(exc, exceptions.ValidationError):
        exc = Invalid(flat(exc.detail))
    if isinstance(exc, Refused):
        return Response(body_of(exc), status=status_of(exc.code))
    response = framework_handler(exc, context)
    if response is not None:
        response.data = {**named(exc), "errors": {}}
    return response


def named(exc: Exception) -> dict[str, str]:
    """The code and sentence of an exception that is not ours."""
    if isinstance(exc, Http404 | exceptions.NotFound):
        code = "not_found"
    elif isinstance(exc, PermissionDenied):
        code = "permission_denied"
    else:
        codes = exc.get_codes() if isinstance(exc, exceptions.APIException) else "error"
        code = NAMES.get(str(codes), str(codes))
    if code in ("not_found", "login_required", "permission_denied"):
        return {"code": code, "message": sentence_of(Refused(code))}
    return {"code": code, "message": str(getattr(exc, "detail", exc))}


class CommandView(APIView):
    """POST does the act; `rest_door` makes one such view per command."""

    command: Command

    @method_decorator(sensitive_variables())
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Do the act with the body, completed by the address, in the hat `for`, once per key."""
        if not isinstance(request.data, dict):
            raise exceptions.ParseError
        raw = {**request.data, **kwargs}
        caller = Caller(request.user, timezone.now(), hat_of(raw.pop("for", None)))
        key = key_of(request.headers.get("Idempotency-Key"))
        return Response(perform(self.command, caller, key, raw))


def rest_door(command: Command) -> Any:
    """A view for `POST`: the answer of the act as JSON, or the error shape (401, 403, 404, 409, 422, 429)."""
    name = command.name.replace(".", "_")
    schema = extend_schema(
        operation_id=name,
        request=command.serializer,
        parameters=[KEY],
        responses={
            200: OpenApiResponse(OpenApiTypes.OBJECT, "The answer of the act."),
            "4XX": OpenApiResponse(FAILURE, "Refused: the code names the fact."),
        },
    )
    view: type[CommandView] = type(
        f"{name.title().replace('_', '')}Door", (CommandView,), {"command": command}
    )
    return extend_schema_view(post=schema)(view).as_view()
