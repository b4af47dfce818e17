"""The law of secret polls: which may be secret, how few voters are too few, what a tracking code looks like."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from fractions import Fraction

from realtime.refused import Refused

FEW = 5
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs, none that one takes for another
LENGTH = 12


def check_may_be_secret(
    *, secrecy: str, is_binding: bool, allows_change: bool, weights: Collection[Fraction]
) -> None:
    """Refuse a secret that could not be kept: one ballot per mandate, of one voice, which stays as it was cast.

    An indicative poll answers in one gesture and shows what one said: it is named. To change a ballot one must find
    it again; a ballot of several voices would name its line. Raises `Refused`: `secret_must_bind`,
    `secret_stays`, `secret_one_voice`.
    """
    if secrecy == "named":
        return
    if not is_binding:
        raise Refused("secret_must_bind")
    if allows_change:
        raise Refused("secret_stays")
    if any(weight != 1 for weight in weights):
        raise Refused("secret_one_voice")


def thin_colleges(voters: Mapping[str, int]) -> list[str]:
    """The colleges with somebody and fewer than five voters, in their order: no technique keeps their secret."""
    return [college for college, count in voters.items() if 0 < count < FEW]


def new_code() -> str:
    """A fresh tracking code, for a ballot page without a script: three groups of four signs, sixty random bits."""
    return grouped("".join(secrets.choice(ALPHABET) for _sign in range(LENGTH)))


def grouped(signs: str) -> str:
    """Twelve signs as people read them: « K7QF-2M9X-4TBN »."""
    return "-".join(signs[start : start + 4] for start in range(0, LENGTH, 4))


def read_code(text: str) -> str | None:
    """The code as it is kept, None when this is not one. Small letters, spaces and dashes do not matter."""
    signs = "".join(sign for sign in text.upper() if sign not in " -\u00a0")
    return grouped(signs) if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else None
