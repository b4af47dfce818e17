"""The drill: a backup taken while people vote is restored elsewhere, proves the old poll and goes on with the open one."""

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from config import backups
from cooperation.models import Person
from tests.realtime.process import ROOT, database_url
from tests.votes.conftest import cast, line_of, opened
from votes.models import Poll, Result, SecretBallot
from votes.services import close_poll, count_poll

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def counted(alice: Person, bob: Person) -> Result:
    """A poll that is over: one for, one against."""
    poll = opened([line_of(alice), line_of(bob)])
    cast(poll, alice, "for")
    cast(poll, bob, "against")
    close_poll(poll=poll, at=poll.opened_at + timedelta(hours=1))
    return count_poll(poll=poll, at=poll.opened_at + timedelta(hours=1))


@pytest.fixture
def under_way(alice: Person, bob: Person) -> Poll:
    """A poll that is open now; Alice has voted, Bob has not."""
    poll = opened([line_of(alice), line_of(bob)], at=timezone.now() - timedelta(minutes=5))
    cast(poll, alice, "for", at=timezone.now())
    return poll


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the same kind."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.sqlite3'}"
        return
    name = f"restored_{uuid4().hex}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield database_url().rpartition("/")[0] + f"/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """One, of the tests' database as it is now."""
    call_command("backup", str(tmp_path / "night.backup"), stdout=StringIO())
    return tmp_path / "night.backup"


def refused(*words: str) -> str:
    """Why a command does not do it."""
    with pytest.raises(CommandError) as error:
        call_command(*words, stdout=StringIO())
    return str(error.value)


def test_the_drill(counted: Result, under_way: Poll, backup: Path, elsewhere: str, tmp_path: Path) -> None:
    words = [str(backup), str(counted.poll_id), str(under_way.pk), str(tmp_path / "export.json")]
    done = subprocess.run(
        [sys.executable, "-m", "tests.deploy.after_restore", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": elsewhere, "REDIS_URL": "", "EMBEDDED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {"outcome": counted.outcome, "number": 2, "line": 2}
    assert under_way.ballots.count() == 1, "the other database was not touched"


def test_a_database_that_holds_something_is_refused_by_its_name(backup: Path, alice: Person) -> None:
    said = refused("restore", str(backup))
    assert str(connection.settings_dict["NAME"]) in said
    assert "is not empty" in said
    assert Person.objects.get() == alice


def test_a_damaged_backup_is_not_used(backup: Path, tmp_path: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = tmp_path / "damaged.backup"
    damaged.write_bytes(content)
    assert "is damaged" in refused("restore", "--check", str(damaged))
    damaged.write_bytes(content[: len(content) // 3])
    assert "not a backup that can be read" in refused("restore", "--check", str(damaged))


def test_it_is_for_its_owner_and_holds_no_key(counted: Result, backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    with tarfile.open(backup) as tar:
        assert tar.getnames() == ["manifest.json", "database"]


def test_a_backup_replaces_none_and_leaves_nothing_half_written(backup: Path, alice: Person) -> None:
    before = backup.read_bytes()
    assert "exists already" in refused("backup", str(backup))
    opened([line_of(alice)])
    SecretBallot.objects.create(poll=Poll.objects.get(), code="0123456789", choices=["for"])
    assert "--with-open-box" in refused("backup", str(backup.with_name("other.backup")))
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_a_folder_keeps_the_last_ones(tmp_path: Path, alice: Person) -> None:
    for day in range(1, 4):
        (tmp_path / f"ecossolies-2025010{day}T043000Z.backup").write_text("old")
    call_command("backup", "--into", str(tmp_path), "--keep", "2", stdout=StringIO())
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept[0] == "ecossolies-20250103T043000Z.backup"
    assert len(kept) == 2
    with backups.opened(tmp_path / kept[1]) as (manifest, _dump):
        assert manifest["vendor"] == connection.vendor


def test_a_database_that_was_never_migrated_has_no_backup(tmp_path: Path) -> None:
    place = f"sqlite:///{tmp_path / 'nothing.sqlite3'}"
    done = subprocess.run(
        [sys.executable, "manage.py", "backup", str(tmp_path / "night.backup")],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": place, "REDIS_URL": "", "EMBEDDED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "never migrated" in done.stderr
    assert not (tmp_path / "night.backup").exists()
