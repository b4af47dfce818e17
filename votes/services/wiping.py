"""Wiping emptied boxes from the files of the database, where a deleted row stays readable for a while."""

import logging
from secrets import SystemRandom

from django.db import DatabaseError, connection, transaction

from votes.models import EmptiedBox, SecretBallot

logger = logging.getLogger(__name__)

BOX = SecretBallot._meta.db_table
PATIENCE = 3_000  # milliseconds for the table to be free; the next reader tries again


def wipe_boxes() -> None:
    """Leave nothing of emptied boxes in the tables' files. What cannot be had now is had by the next reader.

    Called outside a transaction. What the write-ahead log, the free blocks of the disk and the backups taken while
    the polls were open still hold is named in docs/privacy.md.
    """
    if not EmptiedBox.objects.filter(is_wiped=False).exists():
        return
    try:
        if connection.vendor == "postgresql":
            rewrite_box()
        else:
            vacuum()
    except DatabaseError as error:
        logger.warning("Emptied boxes wait to be wiped: %s.", type(error).__name__)


@transaction.atomic
def rewrite_box() -> None:
    """On PostgreSQL: a new file for the table, the old one dropped; ballots of polls still open are shuffled into it.

    TRUNCATE gives the table a new file whatever snapshots are still being read, where VACUUM would wait for them.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
        cursor.execute(f"LOCK TABLE {BOX} IN ACCESS EXCLUSIVE MODE")
        waiting = list(EmptiedBox.objects.filter(is_wiped=False).values_list("pk", flat=True))
        kept = list(SecretBallot.objects.all())
        cursor.execute(f"TRUNCATE {BOX}")
    SystemRandom().shuffle(kept)
    SecretBallot.objects.bulk_create(kept, batch_size=500)
    EmptiedBox.objects.filter(pk__in=waiting).update(is_wiped=True)


def vacuum() -> None:
    """On SQLite: the file written anew without its free pages, and its journal cut to nothing."""
    waiting = list(EmptiedBox.objects.filter(is_wiped=False).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        try:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
            cursor.execute("VACUUM")
            is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
    if not is_busy:
        EmptiedBox.objects.filter(pk__in=waiting).update(is_wiped=True)
