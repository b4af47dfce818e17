"""Whether the database, its tables and the layer are well."""

import asyncio
import logging
from collections.abc import Callable

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

logger = logging.getLogger(__name__)

LAYER_SECONDS = 2
is_migrated = False  # of this process


def finds(name: str, ask: Callable[[], str]) -> str:
    """What is wrong with a part we depend on, in a few words, nothing when all is well; the details go to the log."""
    try:
        return ask()
    except Exception:
        logger.warning("%s does not answer", name, exc_info=True)
        return "does not answer"


def ask_database() -> str:
    """One trivial question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def ask_migrations() -> str:
    """Whether the tables are those of this code; asked until they are, since they stay so."""
    global is_migrated
    if not is_migrated:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            return f"{len(missing)} to apply, first {missing[0][0].app_label}.{missing[0][0].name}"
        is_migrated = True
    return ""


def ask_layer() -> str:
    """One message nobody waits for; a layer that takes it too slowly does not answer."""
    layer = get_channel_layer()
    assert layer is not None

    async def send() -> None:
        await asyncio.wait_for(layer.group_send("healthz", {"type": "told"}), LAYER_SECONDS)

    async_to_sync(send)()
    return ""


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database, its migrations and the layer are well; 503 otherwise, and `wrong` says what is."""
    asked = {"database": ask_database, "migrations": ask_migrations, "layer": ask_layer}
    wrong = {name: words for name, ask in asked.items() if (words := finds(name, ask))}
    body = {**{name: name not in wrong for name in asked}, **({"wrong": wrong} if wrong else {})}
    return JsonResponse(body, status=503 if wrong else 200)
