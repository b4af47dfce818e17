"""An act with a key happens once: the same key and content gets the same answer and changes nothing."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from realtime.copying import write_rows
from realtime.models import Act
from realtime.refused import Refused

Pair = tuple[str, UUID]


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
    return plain_each([answer])[0]


def plain_each(answers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same for several."""
    result: list[dict[str, Any]] = json.loads(json.dumps(answers, cls=ActEncoder))
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


@dataclass(frozen=True)
class Keyed:
    """An act by its actor and key, and the digest of what it says; what came at which instant."""

    actor: str
    key: UUID
    digest: str
    at: datetime

    @property
    def pair(self) -> Pair:
        """What an answer is found by."""
        return (self.actor, self.key)


def once_each(
    asked: Sequence[Keyed], run: Callable[[list[int]], Sequence[dict[str, Any] | Refused]]
) -> list[dict[str, Any] | Refused]:
    """The same for a set of acts, no two of one actor and key: `run` does those without an answer yet, by their places.

    Called in a transaction. A refused act is answered by its refusal and hinders no other. Raises `IntegrityError`
    when one of the keys won a race elsewhere (nothing of the set is kept then), and whatever `run` raises.
    """
    known = kept(asked)
    fresh = [place for place, one in enumerate(asked) if one.pair not in known]
    done = dict(zip(fresh, run(fresh), strict=True)) if fresh else {}
    said = {place: given for place, given in done.items() if not isinstance(given, Refused)}
    answers = dict(zip(said, plain_each(list(said.values())), strict=True))
    write_rows(
        [
            Act(actor=one.actor, key=one.key, digest=one.digest, answer=answers[place], at=one.at)
            for place, one in enumerate(asked)
            if place in answers
        ]
    )
    refused = [asked[place] for place, given in done.items() if isinstance(given, Refused)]
    # Refused here because the same key was done elsewhere meanwhile: then it has its answer.
    known |= kept(refused) if refused else {}
    found = {
        place: known_answer(known[one.pair], one) for place, one in enumerate(asked) if one.pair in known
    }
    told = {**done, **answers, **found}
    return [told[place] for place in range(len(asked))]


def kept(asked: Sequence[Keyed]) -> dict[Pair, Act]:
    """The acts already answered among these, in one query; a key that somebody else used too is not one of them."""
    pairs = {one.pair for one in asked}
    found = Act.objects.filter(key__among={one.key for one in asked})
    return {(act.actor, act.key): act for act in found if (act.actor, act.key) in pairs}


def known_answer(earlier: Act, one: Keyed) -> dict[str, Any] | Refused:
    """The answer kept for this actor and key, or that it was another act."""
    if earlier.digest != one.digest:
        return Refused("key_reused")
    stored: dict[str, Any] = earlier.answer
    return stored
