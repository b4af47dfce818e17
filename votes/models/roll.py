"""The roll: who may cast a ballot in one poll, for whom, in which college, sealed when the poll opens."""

from collections.abc import Collection
from fractions import Fraction
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from cooperation.models import Membership, Person
from votes.models.polls import Poll


class ElectorQuerySet(models.QuerySet["Elector"]):
    """Questions asked of a roll."""

    def held_by(self, person: Any) -> Self:
        """The lines on which this person may act: as titular, as substitute, or with a proxy."""
        if getattr(person, "pk", None) is None:
            return self.none()
        mine = Q(titular=person) | Q(substitute=person) | Q(holder=person)
        return self.filter(mine, is_struck=False)

    def held_by_any(self, people: Collection[int]) -> Self:
        """The lines on which one of these persons may act."""
        theirs = Q(titular__among=people) | Q(substitute__among=people) | Q(holder__among=people)
        return self.filter(theirs, is_struck=False)

    def standing(self) -> Self:
        """The lines that count: sealed or added, and not struck."""
        return self.filter(is_struck=False)


class Elector(models.Model):
    """One line of a sealed roll: one mandate, one ballot. `number` is its place in the canonical form.

    Whoever stands on it is not deleted: the seal and the commitment are over these keys. Once everything is counted
    `votes.services.erase_lines` empties the names, the keys and the salt, and leaves the commitment.
    """

    # No index of its own: that of (poll, number) begins with it. Marking who voted writes into none.
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="electors", db_index=False)
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=160)
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    titular = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    substitute = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    college = models.CharField(max_length=2, blank=True)
    weight_numerator = models.PositiveIntegerField(default=1)
    weight_denominator = models.PositiveIntegerField(default=1)
    is_guest = models.BooleanField(default=False)
    is_struck = models.BooleanField(default=False)
    salt = models.CharField(max_length=32, blank=True)
    commitment = models.CharField(max_length=64, blank=True)
    has_voted_at = models.DateTimeField(null=True, blank=True)
    # In a secret poll the key of the act stays here: the ballot has none.
    cast_key = models.UUIDField(null=True, blank=True, editable=False)

    objects = ElectorQuerySet.as_manager()

    class Meta:
        ordering = ["poll_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="one_elector_per_number"),
            models.UniqueConstraint(
                fields=["poll", "membership"],
                condition=Q(membership__isnull=False),
                name="one_elector_per_membership",
            ),
            models.UniqueConstraint(
                fields=["poll", "titular"],
                condition=Q(membership__isnull=True, titular__isnull=False),
                name="one_line_per_person_without_membership",
            ),
            models.CheckConstraint(
                condition=Q(weight_denominator__gte=1, weight_numerator__gte=1),
                name="elector_weight_is_something",
            ),
            models.CheckConstraint(
                condition=Q(is_struck=False) | Q(has_voted_at__isnull=True),
                name="a_line_that_voted_is_not_struck",
            ),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=models.F("titular")),
                name="a_substitute_is_someone_else",
            ),
            models.CheckConstraint(
                condition=Q(holder__isnull=True)
                | (Q(titular__isnull=True) | ~Q(holder=models.F("titular")))
                & (Q(substitute__isnull=True) | ~Q(holder=models.F("substitute"))),
                name="a_proxy_is_held_by_someone_else",
            ),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """Whose line it is, or that the name was erased."""
        return self.label or _("Nom effacé")

    @property
    def weight(self) -> Fraction:
        """The weight of this line's ballot before pooling; one head is 1."""
        return Fraction(self.weight_numerator, self.weight_denominator)

    @property
    def has_voted(self) -> bool:
        """Whether a ballot was received for this line."""
        return self.has_voted_at is not None

    @property
    def people(self) -> tuple[int | None, ...]:
        """Who may act on this line, where there is somebody: its titular, its substitute, who holds its proxy."""
        return (self.titular_id, self.substitute_id, self.holder_id)

    def may_act(self, person: Person) -> bool:
        """Whether this person is the line's titular or substitute, or holds its proxy."""
        return person.pk is not None and person.pk in self.people
