"""One file that holds the whole database, checked before it is used; never the key that signs polls (docs/proofs.md)."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import DatabaseError, connection

from votes.models import SecretBallot

FORMAT, VERSION = "ecossolies-backup", 1
MANIFEST, DATABASE = "manifest.json", "database"
CHUNK = 1024 * 1024
POSTGRES = "/usr/lib/postgresql"


class Unusable(Exception):
    """A backup that cannot be taken, or not be used: the sentence says why."""


# -- taking one


def write(path: Path, at: datetime, *, with_open_box: bool = False) -> dict[str, Any]:
    """Write a backup of the database as it is now, whole or not at all; what its manifest says.

    A file that exists is left alone. Only its owner may read it. Raises `Unusable`.
    """
    if path.exists():
        raise Unusable(f"{path} exists already: a backup does not replace another.")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        dump, archive = Path(folder) / DATABASE, Path(folder) / "archive"
        check_boxes(with_open_box)
        dump_to(dump)
        check_boxes(with_open_box)  # a ballot may have come meanwhile
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "at": at.isoformat(),
            "vendor": connection.vendor,
            "size": dump.stat().st_size,
            "sha256": digest_of(dump),
        }
        pack(archive, manifest, dump)
        with opened(archive):  # read back before it is called a backup
            archive.replace(path)
    sync(path.parent)
    return manifest


def check_boxes(with_open_box: bool) -> None:
    """A backup of an open box would keep the order of its ballots (docs/privacy.md). Raises `Unusable`."""
    try:
        is_open = SecretBallot.objects.exists()
    except DatabaseError as error:
        raise Unusable(f"The database does not answer, or was never migrated: {error}") from error
    if is_open and not with_open_box:
        raise Unusable(
            "A secret poll is under way, and a backup taken now would hold its box with the order of the ballots "
            "(docs/privacy.md). Take it after the count; or say --with-open-box, and destroy it after the count."
        )


def dump_to(dump: Path) -> None:
    """The database in a file, as of one instant, while everybody goes on writing. Raises `Unusable`."""
    if connection.vendor == "sqlite":
        copy_sqlite(Path(connection.settings_dict["NAME"]), dump)
        return
    run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}"])


def pack(archive: Path, manifest: dict[str, Any], dump: Path) -> None:
    """Both in one file, on the disk when this returns."""
    with os.fdopen(os.open(archive, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            text = json.dumps(manifest, indent=1).encode()
            head = tarfile.TarInfo(MANIFEST)
            head.size, head.mode = len(text), 0o600
            tar.addfile(head, io.BytesIO(text))
            tar.add(dump, DATABASE)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """A name that was just given survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def prune(folder: Path, keep: int) -> list[Path]:
    """Delete all but the last backups of a folder, by their names, which are instants; which were deleted."""
    old = sorted(folder.glob("ecossolies-*.backup"))[:-keep]
    for path in old:
        path.unlink()
    return old


# -- using one


@contextmanager
def opened(path: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """The manifest of a backup and its database, unpacked beside nothing of ours and checked. Raises `Unusable`."""
    with TemporaryDirectory(prefix="ecossolies-restore-") as folder:
        try:
            with tarfile.open(path) as tar:
                manifest = json.loads(member(tar, MANIFEST).read())
                dump = Path(folder) / DATABASE
                with dump.open("wb") as file:
                    shutil.copyfileobj(member(tar, DATABASE), file, CHUNK)
        except (OSError, tarfile.TarError, ValueError) as error:
            raise Unusable(f"{path} is not a backup that can be read: {error}") from error
        check(path, manifest, dump)
        yield manifest, dump


def member(tar: tarfile.TarFile, name: str) -> Any:
    """A part of the archive. Raises `ValueError` when it is not there."""
    try:
        found = tar.extractfile(name)
    except KeyError:
        found = None
    if found is None:
        raise ValueError(f"it holds no {name}")
    return found


def check(path: Path, manifest: Any, dump: Path) -> None:
    """Whether the parts are those that were written. Raises `Unusable`."""
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Unusable(f"{path} is not a backup of this platform.")
    if manifest.get("version") != VERSION:
        raise Unusable(f"{path} was written in version {manifest.get('version')}; this is version {VERSION}.")
    if manifest.get("size") != dump.stat().st_size or manifest.get("sha256") != digest_of(dump):
        raise Unusable(f"{path} is damaged: its hash is not the one written when it was taken.")


def restore(path: Path) -> dict[str, Any]:
    """Put a backup into an empty database, whole or not at all; what its manifest says. Raises `Unusable`."""
    with opened(path) as (manifest, dump):
        if manifest["vendor"] != connection.vendor:
            raise Unusable(f"{path} is of {manifest['vendor']}; this database is {connection.vendor}.")
        check_empty()
        if connection.vendor == "sqlite":
            connection.close()
            copy_sqlite(dump, Path(connection.settings_dict["NAME"]))
        else:
            words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
            run(["pg_restore", *words, f"--dbname={connection.settings_dict['NAME']}", str(dump)])
    return manifest


def check_empty() -> None:
    """Nothing is ever restored over something. Raises `Unusable`, naming the database."""
    tables = connection.introspection.table_names()
    if tables:
        name = connection.settings_dict["NAME"]
        raise Unusable(f"The database {name} is not empty: it has {len(tables)} tables. Name an empty one.")


# -- how


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy of a file that may be written meanwhile, self-contained and in one transaction."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
        other.execute("PRAGMA journal_mode=DELETE")


def run(words: list[str]) -> None:
    """A program of PostgreSQL on our database. Raises `Unusable` with its own words."""
    place = connection.settings_dict
    given = {
        "HOST": place["HOST"],
        "PORT": place["PORT"],
        "USER": place["USER"],
        "PASSWORD": place["PASSWORD"],
    }
    environment = {f"PG{name}": str(value) for name, value in given.items() if value}
    environment["PGDATABASE"] = str(place["NAME"])
    done = subprocess.run(  # noqa: S603  (our words, no shell)
        [program(words[0]), *words[1:]],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unusable(f"{words[0]}: {done.stderr.strip()}")


def program(name: str) -> str:
    """Where a program of PostgreSQL is; Debian keeps them by version. Raises `Unusable`."""
    kept = sorted(Path(POSTGRES).glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]), reverse=True)
    found = shutil.which(name) or (str(kept[0]) if kept else None)
    if found is None:
        raise Unusable(f"{name} is missing. On Debian or Ubuntu: sudo apt install postgresql-client")
    return found


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
