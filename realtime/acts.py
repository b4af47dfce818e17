"""An act with a key happens once: the same key and content gets the same answer and changes nothing."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from realtime.models import Act
from realtime.refused import Refused


def digest_of(command: str, data: Mapping[str, Any]) -> str:
    """The SHA-256 of a command and its data in canonical form."""
    text = json.dumps([command, data], cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def once(actor: str, key: UUID, command: str, data: Mapping[str, Any], at: datetime, run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Run the act, or return the stored answer when this actor's key has been answered already.

    The key and the answer are written in the transaction of the act. Only successes are stored.
    Raises `Refused("key_reused")` when the key was used with other content, and whatever `run` raises.
    """
    digest = digest_of(command, data)
    try:
        with transaction.atomic():
            earlier = Act.objects.filter(actor=actor, key=key).first()
            if earlier is None:
                answer = run()
                Act.objects.create(actor=actor, key=key, digest=digest, answer=answer, at=at)
                return answer
    except IntegrityError:
        # Either the same key won a race and is stored now, or the act itself broke a constraint.
        earlier = Act.objects.filter(actor=actor, key=key).first()
        if earlier is None:
            raise
    if earlier.digest != digest:
        raise Refused("key_reused")
    return earlier.answer
