"""`name__among=values` in a filter: `IN`, with the values as one array where the database knows arrays."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignObject, Lookup
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):
    """One of these values, which are as the field keeps them: keys, not objects.

    Two hundred parameters are two hundred placeholders to write, to find again and to fill, 6 µs each: a fifth of what
    a set of ballots took. The array says its type: PostgreSQL would take one of small numbers for another than the column's.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """`IN`, as everywhere."""
        return In(self.lhs, list(self.rhs)).as_sql(compiler, connection)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """An array of the column's type; empty, it holds nothing."""
        column, values = self.process_lhs(compiler, connection)
        kind = self.lhs.output_field.cast_db_type(connection)
        return f"{column} = ANY(%s::{kind}[])", [*values, list(self.rhs)]
