"""Writes many rows by the quickest way their database has."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models

AS_THEY_ARE = (
    models.IntegerField,
    models.TextField,
    models.CharField,
    models.UUIDField,
    models.ForeignKey,
)


def write_rows(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model: by COPY on PostgreSQL, by one INSERT elsewhere. On PostgreSQL their keys stay unknown here.

    Raises what the database refuses, as `bulk_create` does. An INSERT of two hundred rows spends most of its time
    on quoting their JSON into a statement.
    """
    if not rows:
        return
    if connection.vendor == "postgresql":
        copy(rows)
    else:
        type(rows[0])._default_manager.bulk_create(rows)


def write_keyed(rows: Sequence[models.Model]) -> None:
    """The same for rows whose keys are asked for."""
    if rows and connection.vendor == "postgresql":
        for row, key in zip(rows, keys_for(rows), strict=True):
            row.pk = key
    write_rows(rows)


def keys_for(rows: Sequence[models.Model]) -> list[int]:
    """As many of the keys that PostgreSQL gives next to rows of this model."""
    meta = rows[0]._meta
    asked = [connection.ops.quote_name(meta.db_table), meta.pk.column, len(rows)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", asked)
        return [key for (key,) in cursor.fetchall()]


def copy(rows: Sequence[models.Model]) -> None:
    """Send rows of one model to PostgreSQL, with their keys where they have one."""
    meta, quote = rows[0]._meta, connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if not field.primary_key or rows[0].pk is not None]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    into = f"COPY {quote(meta.db_table)} ({columns}) FROM STDIN"
    values = [value_of(field) for field in fields]
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(into) as lines:
        for row in rows:
            lines.write_row([value(row) for value in values])
            row._state.adding = False


def value_of(field: Any) -> Callable[[models.Model], Any]:
    """How the value of a field is had from a row: as it is where the driver needs no help, as Django saves it elsewhere."""
    if isinstance(field, AS_THEY_ARE):
        return attrgetter(field.attname)
    return lambda row: field.get_db_prep_save(field.pre_save(row, True), connection)
