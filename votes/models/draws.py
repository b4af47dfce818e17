"""The seed of a public draw: committed when the poll opens, kept aside until the count reveals it."""

from django.db import models

from votes.models.polls import Poll


class Draw(models.Model):
    """What the ties of one poll are drawn by. Its SHA-256 is in the rules of the poll; nothing shows the seed itself."""

    poll = models.OneToOneField(Poll, on_delete=models.CASCADE, related_name="draw", primary_key=True)
    seed = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(seed=""), name="a_draw_has_its_seed")]

    def __str__(self) -> str:
        return f"draw of {self.poll_id}"
