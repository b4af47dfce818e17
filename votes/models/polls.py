"""A poll: the question, the choices, the rules copied at opening."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cooperation.models import Person


class PollQuerySet(models.QuerySet["Poll"]):
    """Questions asked of polls. State is derived at an instant: a deadline needs no cron."""

    def open(self, at: datetime) -> Self:
        """Those that take a ballot at this instant."""
        return self.filter(Q(closes_at__isnull=True) | Q(closes_at__gt=at), state=Poll.State.OPEN)

    def of(self, parent: str) -> Self:
        """Those of one parent topic, `workshop:7`."""
        return self.filter(parent=parent)


class Poll(models.Model):
    """A consultation of a sealed roll. It knows its parent only as a topic, with copied title and link."""

    class Method(models.TextChoices):
        RESOLUTION = "resolution", _("pour, contre, abstention")
        APPROVAL = "approval", _("approbation")

    class Secrecy(models.TextChoices):
        NAMED = "named", _("vote nominatif")
        SECRET = "secret", _("vote secret")

    class Shows(models.TextChoices):
        LIVE = "live", _("en direct")
        CLOSE = "close", _("à la clôture")
        DECLARATION = "declaration", _("à la proclamation")

    class State(models.TextChoices):
        DRAFT = "draft", _("en préparation")
        OPEN = "open", _("ouvert")
        CLOSED = "closed", _("clos")
        DECLARED = "declared", _("proclamé")

    parent = models.CharField(max_length=80, db_index=True)
    parent_title = models.CharField(max_length=200)
    parent_url = models.CharField(max_length=200)
    question = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    method = models.CharField(max_length=12, choices=Method.choices)
    is_binding = models.BooleanField()
    secrecy = models.CharField(max_length=6, choices=Secrecy.choices, default=Secrecy.NAMED)
    shows = models.CharField(max_length=12, choices=Shows.choices, default=Shows.CLOSE)
    allows_blank = models.BooleanField(default=True)
    allows_change = models.BooleanField(default=False)
    max_choices = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    rules = models.JSONField(default=dict)
    roll_hash = models.CharField(max_length=64, blank=True)
    ballots_cast = models.PositiveIntegerField(default=0)
    opened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_binding=False) | ~Q(shows="live"), name="no_live_result_of_a_binding_poll"),
            models.CheckConstraint(condition=Q(is_binding=False) | Q(allows_change=False), name="a_binding_ballot_stays"),
            models.CheckConstraint(condition=Q(state="draft") | ~Q(roll_hash=""), name="an_open_poll_is_sealed"),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def topic(self) -> str:
        """The name under which this poll is followed."""
        return f"poll:{self.pk}"

    def is_open(self, at: datetime) -> bool:
        """Whether a ballot received at this instant is in time."""
        return self.state == self.State.OPEN and (self.closes_at is None or at < self.closes_at)


class Option(models.Model):
    """One choice of an approval poll; a resolution has the fixed three, and blank."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["poll_id", "position"]
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="one_option_per_position")]

    def __str__(self) -> str:
        return self.label
