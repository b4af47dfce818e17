"""The keys that sign the chains of named polls: where they are, how one is made, how a head is signed.

`SIGNING_KEY` in the environment, or the file `SIGNING_KEY_FILE`, holds one key per word: 32 bytes in base64. The first
signs the polls that open; those after it finish the polls they opened. See docs/proofs.md.
"""

import base64
import binascii
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from realtime.refused import Refused
from votes.entries import fingerprint


@dataclass(frozen=True)
class Key:
    """One key: its private half to sign with, its public half in hexadecimal for everybody."""

    private: Ed25519PrivateKey
    public: str

    @property
    def fingerprint(self) -> str:
        """What people compare: SHA-256 of the public half."""
        return fingerprint(self.public)

    def sign(self, text: str) -> str:
        """The Ed25519 signature of a text, in hexadecimal."""
        return self.private.sign(text.encode()).hex()


def new_seed() -> str:
    """A fresh private key, as the file and the environment write it."""
    return base64.b64encode(os.urandom(32)).decode()


@lru_cache(maxsize=8)
def keys_in(text: str) -> tuple[Key, ...]:
    """The keys a text holds, the current one first. Raises `ImproperlyConfigured`."""
    return tuple(key_of(word) for word in text.split())


def key_of(seed: str) -> Key:
    """The key of 32 bytes in base64. Raises `ImproperlyConfigured`."""
    try:
        private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed, validate=True))
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured("A signing key is 32 bytes in base64.") from error
    return Key(private, private.public_key().public_bytes_raw().hex())


def is_in_environment() -> bool:
    """Whether the keys come from the environment: the file then is not read."""
    return bool(settings.SIGNING_KEY)


def key_file() -> Path:
    """Where the keys are kept when the environment does not hold them."""
    return Path(settings.SIGNING_KEY_FILE)


def keys() -> tuple[Key, ...]:
    """The keys of this server, the current one first; the first one is made when there is none yet."""
    if is_in_environment():
        return keys_in(settings.SIGNING_KEY)
    if not key_file().exists():
        write_first(key_file())
    return keys_in(key_file().read_text())


def current_key() -> Key:
    """The key that signs the polls that open now."""
    return keys()[0]


def key_for(public: str) -> Key:
    """The key a poll was opened with. Raises `Refused("signing_key_missing")` when this server no longer has it."""
    for key in keys():
        if key.public == public:
            return key
    raise Refused("signing_key_missing", fingerprint=fingerprint(public)[:16])


def write_first(path: Path) -> None:
    """Make the first key, once, whatever the number of processes that start together; only its owner reads the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mine = private_file(path, new_seed() + "\n")
    try:
        os.link(mine, path)
    except FileExistsError:
        return
    finally:
        mine.unlink()


def rotate() -> Key:
    """Put a new key first and keep the others. The environment's keys are for its owner to change.

    Raises `ImproperlyConfigured` when the keys come from the environment.
    """
    if is_in_environment():
        raise ImproperlyConfigured("The keys are in SIGNING_KEY: write the new one first there.")
    keys()
    before = key_file().read_text()
    private_file(key_file(), new_seed() + "\n" + before).replace(key_file())
    return current_key()


def private_file(path: Path, text: str) -> Path:
    """A file beside this one that only its owner reads, holding this text."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return beside
