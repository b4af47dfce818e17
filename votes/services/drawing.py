"""Committing to the seed of a public draw, before anyone votes."""

import secrets
from collections.abc import Iterable

from realtime.refused import Refused
from votes.counting.draw import canonical_name, commitment
from votes.models import Draw, Poll

BYTES = 16


def new_seed() -> str:
    """Sixteen bytes nobody guesses, in hexadecimal."""
    return secrets.token_hex(BYTES)


def committed(seed: str) -> dict[str, str]:
    """What the setup of the poll says of the seed from the opening on."""
    return {"commitment": commitment(seed)}


def keep_seed(poll: Poll, seed: str) -> None:
    """Keep the seed aside until the count; "" keeps nothing."""
    if seed:
        Draw.objects.create(poll=poll, seed=seed)


def check_distinct(names: Iterable[str]) -> None:
    """Refuse two options of one name: lots are drawn on names. Raises `Refused("options_alike")`."""
    given = [canonical_name(name) for name in names]
    if len(set(given)) < len(given):
        raise Refused("options_alike")
