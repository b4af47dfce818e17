"""Static files: under hashed names, and whole under an asynchronous server, which cannot stream from a synchronous file."""

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Files under names that change with what is in them, scripts that import each other included."""

    support_js_module_import_aggregation = True


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise, silent under ASGI too: our files are small enough to be sent in one piece."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> StreamingHttpResponse | HttpResponse:
        """The file as WhiteNoise answers it, read whole when the server is asynchronous."""
        streamed: StreamingHttpResponse = WhiteNoiseMiddleware.serve(static_file, request)
        if not isinstance(request, ASGIRequest):
            return streamed
        content = b"".join(streamed)
        streamed.close()
        return HttpResponse(content, status=streamed.status_code, headers=dict(streamed.items()))
