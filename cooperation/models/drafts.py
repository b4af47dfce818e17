"""The next statutes while they are being written: one draft per entity, lawful, in force nowhere."""

from django.db import models

from cooperation.models.entities import LegalEntity
from cooperation.models.persons import Person
from cooperation.rules import StatutesRules


class StatutesDraft(models.Model):
    """What the next version would say. `rules` is `StatutesRules.to_json()`, `points` the colleges' points by pk."""

    entity = models.OneToOneField(LegalEntity, on_delete=models.CASCADE, related_name="draft")
    rules = models.JSONField()
    points = models.JSONField(default=dict)
    in_force_from = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.entity}: draft"

    def as_rules(self) -> StatutesRules:
        """The draft as plain values."""
        return StatutesRules.from_json(self.rules)
