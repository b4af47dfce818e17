"""The seed of a public draw, beside its poll."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("votes", "0006_entries")]

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "poll",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="draw",
                        serialize=False,
                        to="votes.poll",
                    ),
                ),
                ("seed", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seed", ""), _negated=True), name="a_draw_has_its_seed"
                    )
                ],
            },
        ),
    ]
