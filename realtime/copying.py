"""Writes many rows whose keys nobody asks for, by the quickest way their database has."""

from collections.abc import Sequence

from django.db import connection, models


def write_rows(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model: by COPY on PostgreSQL, by one INSERT elsewhere. Their keys stay unknown here.

    Raises what the database refuses, as `bulk_create` does. An INSERT of two hundred rows spends most of its time
    on quoting their JSON into a statement.
    """
    if not rows:
        return
    if connection.vendor != "postgresql":
        type(rows[0])._default_manager.bulk_create(rows)
        return
    meta, quote = rows[0]._meta, connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    into = f"COPY {quote(meta.db_table)} ({columns}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(
                [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
            )
