"""Legal entities, their colleges, the sectors of the network and its agenda."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LegalForm(models.TextChoices):
    """The profiles of law the statutes are checked against."""

    ASSOCIATION = "association_1901", _("association loi 1901")
    SCIC_SA = "scic_sa", _("SCIC SA")
    SCIC_SAS = "scic_sas", _("SCIC SAS")
    SCIC_SARL = "scic_sarl", _("SCIC SARL")


class Category(models.TextChoices):
    """A legal class of member (loi 47-1775 art. 19 septies); a category is not a college."""

    BENEFICIARY = "beneficiary", _("bénéficiaire")
    EMPLOYEE = "employee", _("salariée ou salarié")
    PRODUCER = "producer", _("productrice ou producteur")
    VOLUNTEER = "volunteer", _("bénévole")
    PUBLIC_BODY = "public_body", _("collectivité publique")
    PARTNER = "partner", _("partenaire")
    MEMBER = "member", _("membre")


class LegalEntity(models.Model):
    """The association, or the SCIC beside it."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(unique=True)
    legal_form = models.CharField(max_length=20, choices=LegalForm.choices)
    seat = models.CharField(_("siège"), max_length=160, blank=True)
    founded_on = models.DateField(null=True, blank=True)
    is_fiction = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class College(models.Model):
    """A weighting device of one entity's assembly; its weight is dated with the statutes."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.CASCADE, related_name="colleges")
    letter = models.CharField(max_length=2)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["entity_id", "letter"]
        constraints = [models.UniqueConstraint(fields=["entity", "letter"], name="one_college_per_letter")]

    def __str__(self) -> str:
        return f"{self.letter} · {self.name}"


class Sector(models.Model):
    """A field of activity of the network, with its sector lead and the member who employs them."""

    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    lead = models.ForeignKey(
        "cooperation.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    employer = models.ForeignKey(
        "cooperation.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class NetworkEventQuerySet(models.QuerySet["NetworkEvent"]):
    """Questions asked of the agenda."""

    def in_order(self) -> Self:
        """From the oldest."""
        return self.order_by("starts_on", "pk")


class NetworkEvent(models.Model):
    """One line of the network's agenda: a public event, a study day, a week, a general assembly."""

    class Kind(models.TextChoices):
        EVENT = "event", _("événement")
        STUDY_DAY = "study_day", _("journée d’étude")
        WORKSHOPS = "workshops", _("série d’ateliers")
        MEETING = "meeting", _("réunion")
        MILESTONE = "milestone", _("étape de la vie du réseau")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    place = models.CharField(max_length=160, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    precision = models.CharField(
        max_length=5, default="day", choices=[("day", "day"), ("month", "month"), ("year", "year")]
    )
    partners = models.ManyToManyField("cooperation.Organisation", blank=True, related_name="events")
    url = models.CharField(max_length=200, blank=True)

    objects = NetworkEventQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="event_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title
