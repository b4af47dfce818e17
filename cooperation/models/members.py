"""Members: organisations and persons admitted into an entity, and who speaks for an organisation."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cooperation.models.entities import Category, College, LegalEntity, Sector
from cooperation.models.persons import Person


class Organisation(models.Model):
    """A structure of the network: association, co-operative, mutual, public body, or a network of others."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("association")
        COOPERATIVE = "cooperative", _("coopérative")
        MUTUAL = "mutual", _("mutuelle")
        FOUNDATION = "foundation", _("fondation")
        ENTERPRISE = "enterprise", _("entreprise sociale")
        PUBLIC_BODY = "public_body", _("collectivité publique")
        NETWORK = "network", _("tête de réseau")

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    city = models.CharField(max_length=80, blank=True)
    sectors = models.ManyToManyField(Sector, blank=True, related_name="organisations")
    network = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="affiliates"
    )
    structures = models.PositiveIntegerField(_("structures représentées"), default=1)
    founded_on = models.DateField(null=True, blank=True)
    is_fiction = models.BooleanField(_("organisation fictive"), default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Two letters for the square badge."""
        words = [
            word for word in self.name.replace("’", " ").split() if word[:1].isupper()
        ] or self.name.split()
        return "".join(word[0] for word in words[:2]).upper()


class RepresentationQuerySet(models.QuerySet["Representation"]):
    """Questions asked of representations."""

    def as_of(self, on: date) -> Self:
        """Those in force on this day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


class Representation(models.Model):
    """A person speaks for an organisation, as titular or substitute, from a date to a date."""

    class Role(models.TextChoices):
        TITULAR = "titular", _("titulaire")
        SUBSTITUTE = "substitute", _("suppléance")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="representations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="representations")
    role = models.CharField(max_length=10, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = RepresentationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "role"],
                condition=Q(until__isnull=True),
                name="one_representative_per_role",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="representation_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions asked of the register."""

    def as_of(self, on: date) -> Self:
        """Members in good standing on this day: admitted, not ended."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), admitted_on__lte=on)

    def of(self, person: Person, on: date) -> Self:
        """The hats of a person on this day: their own, and those of the organisations they speak for."""
        if person.pk is None:
            return self.none()
        spoken = Representation.objects.as_of(on).filter(person=person).values("organisation_id")
        return self.as_of(on).filter(Q(person=person) | Q(organisation_id__in=spoken))

    def people(self, on: date) -> models.QuerySet[Person]:
        """The persons who wear one of these hats on this day."""
        hats = self.as_of(on)
        spoken = Representation.objects.as_of(on).filter(organisation__in=hats.values("organisation_id"))
        return Person.objects.filter(
            Q(pk__in=hats.values("person_id")) | Q(pk__in=spoken.values("person_id"))
        )

    def with_party(self) -> Self:
        """Fetch what a line of the register shows."""
        return self.select_related("person", "organisation", "college", "entity")


class Membership(models.Model):
    """A person or an organisation, member of one entity, in one category and at most one college."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    category = models.CharField(max_length=12, choices=Category.choices, default=Category.MEMBER)
    college = models.ForeignKey(
        College, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    register_number = models.PositiveIntegerField()
    applied_on = models.DateField()
    admitted_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["entity_id", "register_number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, organisation__isnull=False)
                | Q(person__isnull=False, organisation__isnull=True),
                name="a_member_is_a_person_or_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["entity", "register_number"], name="one_member_per_register_number"
            ),
            models.UniqueConstraint(
                fields=["entity", "person"],
                condition=Q(ended_on__isnull=True, person__isnull=False),
                name="one_membership_per_person",
            ),
            models.UniqueConstraint(
                fields=["entity", "organisation"],
                condition=Q(ended_on__isnull=True, organisation__isnull=False),
                name="one_membership_per_organisation",
            ),
            models.CheckConstraint(
                condition=Q(admitted_on__isnull=True) | Q(admitted_on__gte=F("applied_on")),
                name="admitted_after_applied",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(admitted_on__isnull=False, ended_on__gte=F("admitted_on")),
                name="ended_after_admitted",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The member's name as the register shows it."""
        party = self.organisation or self.person
        return party.name if party else ""
