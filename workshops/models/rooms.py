"""Series, workshops, their timed steps, and who is in the room."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cooperation.models import LegalEntity, Membership, Organisation, Person, Sector


class Series(models.Model):
    """A series of workshops on one question."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.CASCADE, related_name="series")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["entity_id", "number"]
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["entity", "number"], name="one_series_per_number")]

    def __str__(self) -> str:
        return self.title


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    """Questions asked of workshops."""

    def visible_to(self, person: Person) -> Self:
        """Public ones for all; members' ones for members of the entity; the others for those in the room."""
        if person.pk is None:
            return self.filter(access=Workshop.Access.PUBLIC)
        inside = Participation.objects.filter(person=person).values("workshop_id")
        mine = Membership.objects.filter(
            Q(person=person) | Q(organisation__representations__person=person, organisation__representations__until__isnull=True),
            admitted_on__isnull=False,
            ended_on__isnull=True,
        ).values("entity_id")
        return self.filter(
            Q(access=Workshop.Access.PUBLIC) | Q(access=Workshop.Access.MEMBERS, entity_id__in=mine) | Q(pk__in=inside)
        )


class Workshop(models.Model):
    """A room where a question is worked on, together and live."""

    class Access(models.TextChoices):
        PUBLIC = "public", _("ouvert à tous")
        MEMBERS = "members", _("réservé aux membres")
        INVITATION = "invitation", _("sur invitation")

    class State(models.TextChoices):
        PLANNED = "planned", _("à venir")
        OPEN = "open", _("en cours")
        CLOSED = "closed", _("terminé")

    entity = models.ForeignKey(LegalEntity, on_delete=models.CASCADE, related_name="workshops")
    series = models.ForeignKey(Series, on_delete=models.SET_NULL, null=True, blank=True, related_name="workshops")
    title = models.CharField(max_length=200)
    question = models.CharField(max_length=300)
    place = models.CharField(max_length=160, blank=True)
    starts_at = models.DateTimeField()
    access = models.CharField(max_length=10, choices=Access.choices, default=Access.MEMBERS)
    welcomes_guests = models.BooleanField(default=False)
    join_code = models.CharField(max_length=8, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    projector_focus = models.CharField(max_length=80, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def topic(self) -> str:
        """What everyone in the room follows."""
        return f"workshop:{self.pk}"

    @property
    def facilitation_topic(self) -> str:
        """What only facilitators follow."""
        return f"facilitation:{self.pk}"


class Step(models.Model):
    """A timed step of a workshop; its kind lists the acts it opens. One runs at a time."""

    class Kind(models.TextChoices):
        COLLECT = "collect", _("récolter")
        DISCUSS = "discuss", _("discuter")
        POLL = "poll", _("s’orienter")
        REPORT_BACK = "report_back", _("restituer")

    class State(models.TextChoices):
        PLANNED = "planned", _("à venir")
        RUNNING = "running", _("en cours")
        DONE = "done", _("terminée")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=80)
    instruction = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(default=15)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    started_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["workshop_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "position"], name="one_step_per_position"),
            models.UniqueConstraint(fields=["workshop"], condition=Q(state="running"), name="one_step_runs_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.title


class Participation(models.Model):
    """A person in a workshop, with the role and what the room sees of them."""

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", _("animation")
        PARTICIPANT = "participant", _("participation")
        OBSERVER = "observer", _("observation")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="participations")
    role = models.CharField(max_length=11, choices=Role.choices, default=Role.PARTICIPANT)
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sector = models.ForeignKey(Sector, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["workshop_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["workshop", "person"], name="one_participation_per_person")]

    def __str__(self) -> str:
        return f"{self.person} · {self.workshop}"
