"""A public draw: whoever has the seed and the names draws the same order, on any machine, in any language."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable


def canonical_name(name: str) -> str:
    """The one form of a name that a draw hashes: NFC letters, runs of spaces made one, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def commitment(seed: str) -> str:
    """What is published before the count: SHA-256 of the seed's UTF-8 bytes, in hexadecimal.

    A short seed can be guessed from it: take at least sixteen random bytes, or dice thrown in public. Raises
    ValueError for a seed without anything in it.
    """
    return hashlib.sha256(_bytes(seed)).hexdigest()


def verify_commitment(seed: str, committed: str) -> bool:
    """Whether the seed revealed with the result is the one committed before the count."""
    return hmac.compare_digest(commitment(seed).encode(), committed.strip().lower().encode())


def draw_digest(seed: str, stage: int, name: str) -> str:
    """SHA-256, in hexadecimal, of seed, stage and canonical name, one to a line (UTF-8, line feeds between).

    The name and the stage hold no line feed, so that two different draws never hash the same bytes. Raises
    ValueError for an empty seed or a stage below zero.
    """
    if stage < 0:
        raise ValueError("a stage is never negative")
    return hashlib.sha256(b"\n".join((_bytes(seed), str(stage).encode(), _name(name)))).hexdigest()


def draw_order(seed: str, stage: int, names: Iterable[str]) -> tuple[str, ...]:
    """The names in the order drawn: from the smallest digest to the largest.

    Nothing else orders them: neither the file, nor ids, nor the order given. Raises ValueError when two names
    have the same canonical form, for an empty seed, or a stage below zero.
    """
    given = tuple(names)
    if len({canonical_name(name) for name in given}) < len(given):
        raise ValueError("two names to draw are the same: distinguish them")
    return tuple(sorted(given, key=lambda name: draw_digest(seed, stage, name)))


def _bytes(seed: str) -> bytes:
    if not seed.strip():
        raise ValueError("a seed is never empty")
    return _encoded(seed)


def _name(name: str) -> bytes:
    return _encoded(canonical_name(name))


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("a seed or a name is not a text") from error
