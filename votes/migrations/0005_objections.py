import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("votes", "0004_secret"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ObjectionNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                (
                    "treatment",
                    models.CharField(
                        choices=[
                            ("integrated", "intégrée à la proposition"),
                            ("withdrawn", "retirée"),
                            ("maintained", "maintenue"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objection_notes",
                        to="votes.poll",
                    ),
                ),
            ],
            options={
                "ordering": ["poll_id", "at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_note_is_about_an_objection"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("treatment__in", ["integrated", "withdrawn", "maintained"])),
                        name="an_objection_is_integrated_withdrawn_or_maintained",
                    ),
                ],
            },
        ),
    ]
