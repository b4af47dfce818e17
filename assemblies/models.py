"""Where it becomes binding: assemblies, agenda, resolutions, attendance, quorum recorded at each vote."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cooperation.models import GoverningBody, LegalEntity, Membership, Person
from decisions.models import Decision
from votes.models import Poll
from workshops.models import Forwarding, ProposalVersion


class AssemblyQuerySet(models.QuerySet["Assembly"]):
    """Questions asked of assemblies."""

    def visible_to(self, person: Person) -> Self:
        """Those of the entities in which this person is or was a member, speaks for one, or holds office."""
        if person.pk is None:
            return self.none()
        mine = Membership.objects.filter(
            Q(person=person) | Q(organisation__representations__person=person), admitted_on__isnull=False
        ).values("entity_id")
        bodies = GoverningBody.objects.filter(mandates__person=person).values("entity_id")
        officer = Officer.objects.filter(person=person).values("assembly_id")
        return self.filter(Q(entity_id__in=mine) | Q(entity_id__in=bodies) | Q(pk__in=officer))


class Assembly(models.Model):
    """A meeting of an entity's members (or of its board) that may decide."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("assemblée générale ordinaire")
        EXTRAORDINARY = "extraordinary", _("assemblée générale extraordinaire")
        BOARD = "board", _("réunion du conseil")

    class State(models.TextChoices):
        PREPARED = "prepared", _("en préparation")
        CONVENED = "convened", _("convoquée")
        OPEN = "open", _("en séance")
        CLOSED = "closed", _("levée")

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="assemblies")
    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="assemblies")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    title = models.CharField(max_length=200)
    call = models.PositiveSmallIntegerField(_("convocation"), default=1)
    place = models.CharField(max_length=160, blank=True)
    starts_at = models.DateTimeField()
    notice_sent_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREPARED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AssemblyQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name_plural = "assemblies"
        constraints = [models.CheckConstraint(condition=Q(call__in=[1, 2]), name="first_or_second_call")]

    def __str__(self) -> str:
        return self.title

    @property
    def topic(self) -> str:
        """What the hall follows."""
        return f"assembly:{self.pk}"


class Officer(models.Model):
    """An officer of the meeting (bureau de l’assemblée): not the association's executive."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("présidence de séance")
        SECRETARY = "secretary", _("secrétariat de séance")
        TELLER = "teller", _("scrutateur")

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="officers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=9, choices=Role.choices)

    class Meta:
        ordering = ["assembly_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["assembly", "person"], name="one_office_per_person")]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


class AgendaItem(models.Model):
    """One point of the agenda."""

    class State(models.TextChoices):
        PLANNED = "planned", _("à venir")
        CURRENT = "current", _("en discussion")
        DONE = "done", _("traité")

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=10)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)

    class Meta:
        ordering = ["assembly_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "position"], name="one_agenda_item_per_position"),
            models.UniqueConstraint(fields=["assembly"], condition=Q(state="current"), name="one_item_is_discussed_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.title


class Resolution(models.Model):
    """A text put to the vote: the exact version, where it came from, its poll and the decision it became."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ordinaire")
        EXTRAORDINARY = "extraordinary", _("extraordinaire")

    class State(models.TextChoices):
        TABLED = "tabled", _("inscrite")
        VOTING = "voting", _("au vote")
        ADOPTED = "adopted", _("adoptée")
        REJECTED = "rejected", _("rejetée")

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="resolutions")
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="resolution")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=13, choices=Kind.choices, default=Kind.ORDINARY)
    title = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.TABLED)
    version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="resolutions")
    forwarding = models.OneToOneField(Forwarding, on_delete=models.PROTECT, null=True, blank=True, related_name="resolution")
    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, null=True, blank=True, related_name="resolution")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="resolution")

    class Meta:
        ordering = ["assembly_id", "number"]
        constraints = [models.UniqueConstraint(fields=["assembly", "number"], name="one_resolution_per_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Attendance(models.Model):
    """One movement of the attendance log: a member arrived or left, by which channel, entered by whom."""

    class Movement(models.TextChoices):
        ARRIVED = "arrived", _("arrivée")
        LEFT = "left", _("départ")

    class Channel(models.TextChoices):
        DESK = "desk", _("à l’accueil")
        ROOM = "room", _("dans la salle")
        REMOTE = "remote", _("à distance")

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="attendance")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    movement = models.CharField(max_length=7, choices=Movement.choices)
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.DESK)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["assembly_id", "at", "pk"]
        verbose_name_plural = "attendance"

    def __str__(self) -> str:
        return f"{self.membership_id} {self.movement}"


class QuorumRecord(models.Model):
    """The quorum as it stood when a poll opened: members, present, needed, per college, with its derivation."""

    resolution = models.OneToOneField(Resolution, on_delete=models.CASCADE, related_name="quorum")
    at = models.DateTimeField()
    is_met = models.BooleanField()
    figures = models.JSONField()
    derivation = models.JSONField()

    def __str__(self) -> str:
        return f"quorum of {self.resolution_id}"
