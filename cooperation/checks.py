"""What must never be deployed: the demo, which shows login codes, behind a public name."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

LOCAL = {"localhost", ".localhost", "127.0.0.1", "[::1]", "::1", "testserver"}


@register(Tags.security)
def demo_stays_local(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse `DEMO=1` with a public host: anyone could log in as anybody."""
    if not settings.DEMO:
        return []
    named = [*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_URL).hostname or ""]
    public = sorted({name for name in named if name and name not in LOCAL})
    if not public:
        return []
    return [
        Error(
            f"DEMO=1 shows every login code on the page, and these hosts are public: {', '.join(public)}.",
            hint="Unset DEMO, or keep ALLOWED_HOSTS and SITE_URL on localhost.",
            id="cooperation.E001",
        )
    ]
