"""Whether the database and the layer answer, and the REST interface as a page people can read."""

import logging
from collections.abc import Callable
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator

logger = logging.getLogger(__name__)


def answers(name: str, ask: Callable[[], object]) -> bool:
    """Whether a part we depend on answers; why not goes to the log, not to the visitor."""
    try:
        ask()
    except Exception:
        logger.warning("%s does not answer", name, exc_info=True)
        return False
    return True


def ask_database() -> None:
    """One trivial question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def ask_layer() -> None:
    """One message nobody waits for."""
    layer = get_channel_layer()
    assert layer is not None
    async_to_sync(layer.group_send)("healthz", {"type": "told"})


def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database and the layer answer, 503 otherwise."""
    found = {"database": answers("database", ask_database), "layer": answers("layer", ask_layer)}
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Every address and method of the schema, one line each."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "id": said.get("operationId"),
            "text": said.get("description", ""),
        }
        for path, methods in schema["paths"].items()
        for method, said in methods.items()
    ]


def api_docs(request: HttpRequest) -> HttpResponse:
    """The REST interface, read from the same schema as programs read."""
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return render(request, "pages/api.html", {"operations": operations(schema), "nav": "more"})
