"""An act with a key happens once: the same key and content gets the same answer and changes nothing."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from realtime.models import Act
from realtime.refused import Refused


class ActEncoder(DjangoJSONEncoder):
    """JSON of what serializers return: also model objects (by their key) and sets (sorted)."""

    def default(self, o: Any) -> Any:
        """Name what JSON has no word for."""
        if isinstance(o, models.Model):
            return f"{o._meta.label_lower}:{o.pk}"
        if isinstance(o, set | frozenset):
            return sorted(o, key=str)
        return super().default(o)


def digest_of(command: str, data: Mapping[str, Any]) -> str:
    """The SHA-256 of a command and its data in canonical form."""
    text = json.dumps(
        [command, data], cls=ActEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def plain(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The answer as JSON gives it back, so that the first answer and every later one are equal."""
    result: dict[str, Any] = json.loads(json.dumps(answer, cls=ActEncoder))
    return result


def once(
    actor: str,
    key: UUID,
    command: str,
    data: Mapping[str, Any],
    at: datetime,
    run: Callable[[], dict[str, Any]],
) -> dict[str, Any]:
    """Run the act, or return the stored answer when this actor's key has been answered already.

    The key and the answer are written in the transaction of the act. Only successes are stored.
    Raises `Refused("key_reused")` when the key was used with other content, and whatever `run` raises.
    """
    digest = digest_of(command, data)
    try:
        with transaction.atomic():
            earlier = Act.objects.filter(actor=actor, key=key).first()
            if earlier is None:
                answer = plain(run())
                Act.objects.create(actor=actor, key=key, digest=digest, answer=answer, at=at)
                return answer
    except (IntegrityError, Refused):
        # Either the same key won a race and is stored by now, or the act itself was refused.
        earlier = Act.objects.filter(actor=actor, key=key).first()
        if earlier is None:
            raise
    if earlier.digest != digest:
        raise Refused("key_reused")
    stored: dict[str, Any] = earlier.answer
    return stored
