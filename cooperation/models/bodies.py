"""Governing bodies and the terms of office people hold in them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cooperation.models.entities import LegalEntity
from cooperation.models.members import Membership
from cooperation.models.persons import Person


class GoverningBodyQuerySet(models.QuerySet["GoverningBody"]):
    """Questions asked of bodies."""

    def led_by(self, person: Person, on: date) -> Self:
        """The bodies in which this person sits on this day."""
        if person.pk is None:
            return self.none()
        return self.filter(pk__in=Mandate.objects.as_of(on).filter(person=person).values("body_id"))


class GoverningBody(models.Model):
    """An assembly, a board of 35, an executive of 8: also the inbox of what workshops forward."""

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", _("assemblée générale")
        BOARD = "board", _("conseil d’administration")
        EXECUTIVE = "executive", _("bureau")
        SECTOR = "sector", _("groupe de secteur")
        COMMITTEE = "committee", _("commission")

    BOARDS = (Kind.BOARD, Kind.EXECUTIVE)

    entity = models.ForeignKey(LegalEntity, on_delete=models.CASCADE, related_name="bodies")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    term_years = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = GoverningBodyQuerySet.as_manager()

    class Meta:
        ordering = ["entity_id", "pk"]

    def __str__(self) -> str:
        return self.name


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Questions asked of terms of office."""

    def as_of(self, on: date) -> Self:
        """Those running on this day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)

    def on_board(self, entity: LegalEntity | int) -> Self:
        """Those in the board or the executive of an entity: the people who keep its register and its plan."""
        return self.filter(body__entity=entity, body__kind__in=GoverningBody.BOARDS)


class Mandate(models.Model):
    """A term of office: a person, a role in a body, from a date to a date; co-chairs may be several."""

    class Role(models.TextChoices):
        MEMBER = "member", _("membre")
        CHAIR = "chair", _("présidence")
        CO_CHAIR = "co_chair", _("coprésidence")
        TREASURER = "treasurer", _("trésorerie")
        SECRETARY = "secretary", _("secrétariat")

    body = models.ForeignKey(GoverningBody, on_delete=models.CASCADE, related_name="mandates")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates")
    membership = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="mandates"
    )
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["body_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "person"],
                condition=Q(until__isnull=True),
                name="one_running_mandate_per_body",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="mandate_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.body}"
