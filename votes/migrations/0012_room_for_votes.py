"""A line of a roll is marked as voted within its page, and the keys of polls are indexed once.

PostgreSQL writes a changed row anew; when its page has no room, all the indexes of the table are written too: nine for
`Elector`, which a hall of a thousand changes a thousand times in a minute. Half of each page is left free for that.
"""

from collections.abc import Callable

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def rolls(change: str) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    """Change how PostgreSQL fills the pages of rolls that are written from now on."""

    def run(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            table = editor.quote_name(apps.get_model("votes", "Elector")._meta.db_table)
            editor.execute(f"ALTER TABLE {table} {change}")

    return run


def poll_of(name: str) -> models.ForeignKey:
    """The key of the poll, without an index of its own."""
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name=name, to="votes.poll"
    )


class Migration(migrations.Migration):
    dependencies = [("votes", "0011_dots_by_their_name")]

    operations = [
        migrations.AlterField("ballot", "poll", poll_of("ballots")),
        migrations.AlterField("elector", "poll", poll_of("electors")),
        migrations.AlterField("entry", "poll", poll_of("entries")),
        migrations.RunPython(rolls("SET (fillfactor = 50)"), rolls("RESET (fillfactor)")),
    ]
