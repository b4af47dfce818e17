"""What a token for programs looks like, and the only trace of it we keep."""

import hashlib
import secrets


def new_token() -> str:
    """Words nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of_token(token: str) -> str:
    """What is stored of a token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()
