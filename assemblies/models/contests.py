"""What an assembly elects, or chooses among options: the method and its setting, the candidates."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assemblies.models.meetings import Resolution
from cooperation.models import GoverningBody, Membership, Person
from votes.models import Poll


class Contest(models.Model):
    """A resolution put to another vote than for or against: how it is counted, and the body its seats are in.

    `setup` is the method's setting; `renewed_by` how many parts the body is renewed in, one at a time (3 for thirds).
    """

    resolution = models.OneToOneField(Resolution, on_delete=models.CASCADE, related_name="contest")
    method = models.CharField(max_length=20, choices=Poll.Method.choices)
    setup = models.JSONField(default=dict, blank=True)
    max_choices = models.PositiveSmallIntegerField(null=True, blank=True)
    body = models.ForeignKey(
        GoverningBody, on_delete=models.PROTECT, null=True, blank=True, related_name="contests"
    )
    renewed_by = models.PositiveSmallIntegerField(_("renouvellement"), default=1)

    class Meta:
        ordering = ["resolution_id"]
        constraints = [
            models.CheckConstraint(condition=~Q(method="resolution"), name="a_contest_is_not_for_or_against"),
            models.CheckConstraint(condition=Q(renewed_by__gte=1), name="a_body_has_one_part_or_more"),
        ]

    def __str__(self) -> str:
        return str(self.resolution)

    @property
    def is_election(self) -> bool:
        """Whether people are elected, not options chosen."""
        return self.method in ELECTING

    @property
    def seats(self) -> int:
        """How many seats it fills; one for a choice."""
        return int(self.setup.get("seats", 1))

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The groups that have seats of their own."""
        return list(self.setup.get("limits") or [])


ELECTING = frozenset({Poll.Method.ELECTION, Poll.Method.SCOTTISH_STV})


class Candidate(models.Model):
    """A candidate, or an option, in the order of the ballot; who would hold the seat, when someone is elected."""

    class Gender(models.TextChoices):
        WOMAN = "F", _("femme")
        MAN = "H", _("homme")

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="candidates")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    statement = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    membership = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    group = models.CharField(max_length=120, blank=True)
    gender = models.CharField(max_length=1, blank=True, choices=Gender.choices)
    born_on = models.DateField(null=True, blank=True)
    withdrew_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["contest_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "position"], name="one_candidate_per_position"),
            models.UniqueConstraint(fields=["contest", "label"], name="candidates_have_their_own_names"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def withdrew(self) -> bool:
        """Whether the candidate withdrew after the notice left."""
        return self.withdrew_at is not None

    @property
    def details(self) -> dict[str, Any]:
        """What the method must know of this option."""
        said = {
            "sector": self.group,
            "gender": self.gender,
            "born_on": self.born_on.isoformat() if self.born_on else "",
            "statement": self.statement,
            "withdrew": self.withdrew,
        }
        return {name: value for name, value in said.items() if value}
