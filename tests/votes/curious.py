"""What a curious operator can read of a database: hidden orders, hidden columns, dumps, the files themselves."""

import os
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from django.conf import settings
from django.db import connection, models

PAGE = {"postgresql": 8192, "sqlite": 4096}


def on_postgresql() -> bool:
    """Which of the two databases this is."""
    return connection.vendor == "postgresql"


def physical(model: type[models.Model], column: str) -> list[str]:
    """The values of a column in the order in which the rows lie in the table."""
    order = "ctid" if on_postgresql() else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY {order}")
        return [str(value) for (value,) in cursor.fetchall()]


def writers(model: type[models.Model]) -> list[int]:
    """On PostgreSQL, the hidden number of the transaction that wrote each row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT xmin::text::bigint FROM {model._meta.db_table}")
        return [number for (number,) in cursor.fetchall()]


def likeness(one: Sequence[object], other: Sequence[object]) -> float:
    """How much two orders of the same things are alike: Kendall's tau, 1 the same, 0 nothing, -1 reversed."""
    place = {thing: number for number, thing in enumerate(other)}
    assert sorted(map(str, one)) == sorted(map(str, other))
    signs = [1 if place[first] < place[second] else -1 for first, second in combinations(one, 2)]
    return sum(signs) / len(signs)


def rows() -> Iterable[tuple[str, str]]:
    """Every row of every table as text, with the name of its table: what a dump holds."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield table, " ".join(map(str, row))


def files() -> dict[str, bytes]:
    """The files in which the database lies, by name, as a thief of the disk reads them; the write-ahead log of PostgreSQL aside."""
    if not on_postgresql():
        path = Path(str(settings.DATABASES["default"]["NAME"]))
        parts = [path, path.with_name(f"{path.name}-wal")]
        return {part.name: part.read_bytes() for part in parts if part.exists()}
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        folder = Path(os.environ["STACK_POSTGRES_DATA"]) / "base" / str(cursor.fetchone()[0])
    return {part.name: part.read_bytes() for part in folder.iterdir() if part.is_file()}


def pages() -> Iterable[bytes]:
    """The pages of those files."""
    size = PAGE[connection.vendor]
    for content in files().values():
        for start in range(0, len(content), size):
            yield content[start : start + size]


def file_of(model: type[models.Model]) -> str:
    """On PostgreSQL, the name of the file of a table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filepath(%s)", [model._meta.db_table])
        return str(cursor.fetchone()[0]).rpartition("/")[2]
