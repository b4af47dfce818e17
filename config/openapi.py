"""The REST interface as a document for programs and as a page for people, made once per process and language."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema, extend_schema_view
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request


@cache
def schema(language: str) -> dict[str, Any]:
    """The OpenAPI document, the same for all who ask; it takes seconds to make."""
    with override(language):
        found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return found


@extend_schema_view(get=extend_schema(exclude=True))
class SchemaView(SpectacularAPIView):
    """`/api/schema/`, in YAML or JSON; what was written once is sent to whoever asks next."""

    written: dict[tuple[str, str], str | bytes] = {}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The document in the format and the language asked for."""
        renderer, language = request.accepted_renderer, get_language() or ""
        place = (renderer.media_type, language)
        if place not in self.written:
            self.written[place] = renderer.render(schema(language), renderer.media_type, {})
        name = f'inline; filename="ecossolies.{renderer.format}"'
        return HttpResponse(
            self.written[place], content_type=renderer.media_type, headers={"Content-Disposition": name}
        )


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every address and method of the document, one line each."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "id": said.get("operationId"),
            "text": said.get("description", ""),
        }
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    ]


def api_docs(request: HttpRequest) -> HttpResponse:
    """The REST interface, read from the same document as programs read."""
    return render(
        request, "pages/api.html", {"operations": operations(schema(get_language() or "")), "nav": "more"}
    )
