"""Secret polls: the box while it is open, and what is left of it once counted. Nothing here leads to the roll.

No elector, no number, no instant, no key, no number that grows: a row is known by a random UUID. The polls are named
without a constraint of the database, so that emptying the box never waits for the row of a poll, nor the other way.
"""

import uuid

from django.db import models

from votes.models.polls import Poll


class SecretBallot(models.Model):
    """A ballot in an open box: what it says, its tracking code, its college where the votes are weighed by college."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    college = models.CharField(max_length=2, blank=True)
    choices = models.JSONField()
    code = models.CharField(max_length=14)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "code"], name="one_secret_ballot_per_code")]

    def __str__(self) -> str:
        return "a secret ballot"


class CountedCode(models.Model):
    """The tracking code of a ballot that was counted. Which ballot, nothing says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    code = models.CharField(max_length=14)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "code"], name="one_counted_code_per_code")]

    def __str__(self) -> str:
        return self.code


class CountedBallot(models.Model):
    """A ballot as it was counted. Whose, and under which code, nothing says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    college = models.CharField(max_length=2, blank=True)
    choices = models.JSONField()

    def __str__(self) -> str:
        return "a counted ballot"


class EmptiedBox(models.Model):
    """That the box of a poll was emptied; `is_wiped` once nothing of it is left in the files of the database either."""

    poll = models.OneToOneField(
        Poll, on_delete=models.CASCADE, primary_key=True, db_constraint=False, related_name="+"
    )
    is_wiped = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"emptied box of {self.poll_id}"
