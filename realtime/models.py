"""The memory of the live part: numbered facts per topic, and the acts already answered."""

from django.db import models


class Topic(models.Model):
    """A thing that can be followed, `noun:pk`, and the number of the last fact told about it."""

    name = models.CharField(max_length=80, unique=True)
    last_seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} @{self.last_seq}"


class LoggedEvent(models.Model):
    """One fact of a topic. Holds ids and numbers, never people's text: nothing erased is ever replayed."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    type = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "seq"], name="one_fact_per_number")]
        ordering = ["topic_id", "seq"]

    def __str__(self) -> str:
        return f"{self.type} #{self.seq}"


class Act(models.Model):
    """A successful act and its answer: the same key of the same actor gets the same answer."""

    actor = models.CharField(max_length=80)
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        # The key first: a set of acts is looked for by its keys alone.
        constraints = [models.UniqueConstraint(fields=["key", "actor"], name="one_act_per_key")]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"
