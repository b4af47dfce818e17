"""Ed25519 signatures checked by the `openssl` of the machine: for the recount, which has nothing but Python."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from votes.report import NotChecked

DER = bytes.fromhex("302a300506032b6570032100")
# RFC 8032, section 7.1, test 2: what an openssl that can check must accept, and its signature changed must refuse.
KNOWN = (
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "r",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
)


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


def check_with_openssl(public: str, signed: Sequence[tuple[str, str]]) -> int | None:
    """The place of the first signature that does not hold, None when all do. Raises NotChecked without a fit openssl."""
    with _folder() as folder:
        _check_fit(folder)
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            held = pool.map(lambda item: _holds(folder, f"{item[0]}", public, *item[1]), enumerate(signed))
            return next((place for place, is_held in enumerate(held) if not is_held), None)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="recount-") as folder:
        yield Path(folder)


def _check_fit(folder: Path) -> None:
    public, text, signature = KNOWN
    try:
        is_fit = _holds(folder, "fit", public, text, signature)
        is_fit = is_fit and not _holds(folder, "unfit", public, text, signature[::-1])
    except OSError as error:
        raise NotChecked(
            _("Les signatures n’ont pas été vérifiées : openssl n’est pas installé ici.")
        ) from error
    if not is_fit:
        raise NotChecked(
            _(
                "Les signatures n’ont pas été vérifiées : cet openssl ne sait pas vérifier Ed25519 (il faut la version 3)."
            )
        )


def _holds(folder: Path, name: str, public: str, text: str, signature: str) -> bool:
    """Whether openssl accepts one signature."""
    key, said, sign = (folder / f"{name}.{part}" for part in ("key", "text", "sign"))
    key.write_bytes(DER + bytes.fromhex(public))
    said.write_bytes(text.encode())
    sign.write_bytes(bytes.fromhex(signature))
    words = ["-verify", "-pubin", "-keyform", "DER", "-inkey", str(key), "-rawin", "-in", str(said)]
    done = subprocess.run(  # noqa: S603  (no shell; every argument is a path of ours)
        ["openssl", "pkeyutl", *words, "-sigfile", str(sign)],  # noqa: S607  (the machine's own)
        capture_output=True,
        check=False,
    )
    return done.returncode == 0
