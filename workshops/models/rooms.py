"""Series, workshops, their timed steps, and who is in the room."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cooperation.models import LegalEntity, Membership, Organisation, Person, Sector
from workshops.models.counting import count_of


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

    def visible_to(self, person: Any, on: date | None = None) -> Self:
        """Public ones for all; members' ones for members of the entity; the others for those in the room."""
        if person.pk is None:
            return self.filter(access=Workshop.Access.PUBLIC)
        inside = Participation.objects.filter(person=person).values("workshop_id")
        mine = Membership.objects.of(person, on or timezone.localdate()).values("entity_id")
        return self.filter(
            Q(access=Workshop.Access.PUBLIC)
            | Q(access=Workshop.Access.MEMBERS, entity_id__in=mine)
            | Q(pk__in=inside)
        )

    def with_place(self) -> Self:
        """Fetch what a line of the list shows: series, entity, how many people and live proposals."""
        proposal: Any = Workshop._meta.get_field("proposals").related_model
        return self.select_related("series", "entity").annotate(
            people=count_of(Participation.objects.filter(workshop=OuterRef("pk")), "workshop"),
            contributions=count_of(proposal.objects.alive().filter(workshop=OuterRef("pk")), "workshop"),
        )


class Workshop(models.Model):
    """A room where a question is worked on, together and live."""

    class Access(models.TextChoices):
        PUBLIC = "public", _("ouvert à tout le monde")
        MEMBERS = "members", _("réservé aux membres")
        INVITATION = "invitation", _("sur invitation")

    class State(models.TextChoices):
        PLANNED = "planned", _("à venir")
        OPEN = "open", _("en cours")
        CLOSED = "closed", _("terminé")

    entity = models.ForeignKey(LegalEntity, on_delete=models.CASCADE, related_name="workshops")
    series = models.ForeignKey(
        Series, on_delete=models.SET_NULL, null=True, blank=True, related_name="workshops"
    )
    title = models.CharField(max_length=200)
    question = models.CharField(max_length=300)
    place = models.CharField(max_length=160, blank=True)
    starts_at = models.DateTimeField()
    access = models.CharField(max_length=10, choices=Access.choices, default=Access.MEMBERS)
    welcomes_guests = models.BooleanField(default=False)
    join_code = models.CharField(max_length=8, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # What the projector shows: nothing in particular, `proposal:8` or `poll:3`.
    projector_focus = models.CharField(max_length=80, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(access="invitation") | Q(welcomes_guests=False),
                name="no_guest_where_invited",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The room."""
        return reverse("workshops:workshop-room", args=[self.pk])

    @property
    def topic(self) -> str:
        """What everyone in the room follows."""
        return f"workshop:{self.pk}"

    @property
    def facilitation_topic(self) -> str:
        """What only facilitators follow."""
        return f"facilitation:{self.pk}"

    @property
    def spaced_code(self) -> str:
        """The join code as people read it aloud: `NAV 742`."""
        return f"{self.join_code[:3]} {self.join_code[3:]}"


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

    STATIONS = {
        Kind.COLLECT: "contribution",
        Kind.DISCUSS: "proposition",
        Kind.POLL: "vote",
        Kind.REPORT_BACK: "decision",
    }

    class Meta:
        ordering = ["workshop_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "position"], name="one_step_per_position"),
            models.UniqueConstraint(
                fields=["workshop"], condition=Q(state="running"), name="one_step_runs_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(started_at__isnull=False, ends_at__isnull=False),
                name="a_running_step_is_timed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def station(self) -> str:
        """Its shape on the thread."""
        return self.STATIONS[Step.Kind(self.kind)]


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Questions asked of who is in a room."""

    def with_names(self) -> Self:
        """Fetch what the room sees of a person."""
        return self.select_related("person", "organisation", "sector")

    def facilitating(self) -> Self:
        """Those who run the room."""
        return self.filter(role=Participation.Role.FACILITATOR)

    def speaking(self) -> Self:
        """Those whose voice counts: observers only watch."""
        return self.exclude(role=Participation.Role.OBSERVER)


class Participation(models.Model):
    """A person in a workshop, with the role and what the room sees of them.

    `entered_by` names the facilitator who entered somebody without a phone.
    """

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", _("animation")
        PARTICIPANT = "participant", _("participation")
        OBSERVER = "observer", _("observation")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="participations")
    role = models.CharField(max_length=11, choices=Role.choices, default=Role.PARTICIPANT)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sector = models.ForeignKey(Sector, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    joined_at = models.DateTimeField()

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["workshop_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "person"], name="one_participation_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.workshop}"
