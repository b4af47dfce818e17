"""A poll: the question, the choices, the rules copied at opening."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cooperation.models import Person
from realtime.topics import find_topic
from votes.entries import fingerprint

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from votes.models.roll import Elector


def follows(parent: str, person: Any) -> bool:
    """Whether this person (or the anonymous visitor) may follow the topic a poll was opened in."""
    found = find_topic(parent)
    pk = getattr(person, "pk", None)
    return found is not None and pk in found[0].may_follow_many(found[1], [pk])


def _lines(person: Any) -> "QuerySet[Elector]":
    """The lines of all rolls on which this person may act."""
    elector: type[Elector] = apps.get_model("votes", "Elector")
    return elector.objects.held_by(person)


class PollQuerySet(models.QuerySet["Poll"]):
    """Questions asked of polls. State is derived at an instant: a deadline needs no cron."""

    def visible_to(self, person: Any, at: datetime) -> Self:
        """Those whose roll names this person, or whose parent this person may follow.

        The parent is asked once per topic among the polls asked about: narrow first, then ask.
        """
        mine = Q(pk__in=_lines(person).values("poll_id"))
        parents = self.order_by().values_list("parent", flat=True).distinct()
        return self.filter(mine | Q(parent__in=[parent for parent in parents if follows(parent, person)]))

    def held_by(self, person: Any) -> Self:
        """Those with a line of the roll on which this person may act."""
        return self.filter(pk__in=_lines(person).values("poll_id"))

    def waiting_for(self, person: Any, at: datetime) -> Self:
        """The open ones with a line of this person that has not voted."""
        return self.open(at).filter(pk__in=_lines(person).filter(has_voted_at__isnull=True).values("poll_id"))

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
        DOTS = "dots", _("gommettes")
        SCORE = "score", _("notes")
        GRADIENTS = "gradients", _("degrés d’accord")
        CONSENT = "consent", _("consentement")
        MAJORITY_JUDGMENT = "majority_judgment", _("jugement majoritaire")
        SCHULZE = "schulze", _("classement, par duels (Schulze)")
        IRV = "irv", _("classement, par éliminations (vote alternatif)")
        SCOTTISH_STV = "scottish_stv", _("vote unique transférable (Écosse)")
        ELECTION = "election", _("élection à plusieurs sièges")

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
    method = models.CharField(max_length=20, choices=Method.choices)
    is_binding = models.BooleanField()
    is_rehearsal = models.BooleanField(default=False)
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
    public_key = models.CharField(max_length=64, blank=True)
    head = models.CharField(max_length=64, blank=True)
    steps = models.PositiveIntegerField(default=0)
    entries_written = models.PositiveIntegerField(default=0)
    ballots_cast = models.PositiveIntegerField(default=0)
    opened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_binding=False) | ~Q(shows="live"), name="no_live_result_of_a_binding_poll"
            ),
            models.CheckConstraint(
                condition=Q(secrecy="named") | Q(allows_change=False), name="a_secret_ballot_stays"
            ),
            models.CheckConstraint(
                condition=Q(is_binding=False) | Q(is_rehearsal=False), name="a_rehearsal_binds_nobody"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(roll_hash=""), name="an_open_poll_is_sealed"
            ),
            models.CheckConstraint(
                condition=Q(head="", steps=0, entries_written=0)
                | ~Q(head="") & ~Q(public_key="") & Q(steps__gte=1),
                name="a_chain_has_its_key_and_its_steps",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(opened_at__isnull=False), name="an_open_poll_has_its_instant"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "open"]) | Q(closed_at__isnull=False),
                name="a_closed_poll_has_its_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="declared") | Q(declared_at__isnull=False),
                name="a_declared_poll_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True)
                | Q(opened_at__isnull=True)
                | Q(closes_at__gt=models.F("opened_at")),
                name="a_poll_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """The poll's own page: the ballot while it is open, the result afterwards."""
        return reverse("votes:poll-page", args=[self.pk])

    @property
    def is_formal(self) -> bool:
        """Whether it is voted on a ballot of its own: chosen, read again, sent; a rehearsal is, to learn it."""
        return self.is_binding or self.is_rehearsal

    @property
    def topic(self) -> str:
        """The name under which this poll is followed."""
        return f"poll:{self.pk}"

    def is_open(self, at: datetime) -> bool:
        """Whether a ballot received at this instant is in time, for all this object knows."""
        return self.state == self.State.OPEN and (self.closes_at is None or at < self.closes_at)

    def takes(self, at: datetime) -> bool:
        """Whether a ballot received at this instant was in time, even if the poll closed while it waited.

        The caller holds the poll's row, and has made sure that nothing is counted yet.
        """
        if self.state == self.State.CLOSED and self.closed_at is not None:
            return at < self.closed_at
        return self.is_open(at)

    def shows_result(self, at: datetime) -> bool:
        """Whether the result may be shown at this instant, by the rule the poll was opened with."""
        if self.state == self.State.DECLARED or self.shows == self.Shows.LIVE:
            return self.state != self.State.DRAFT
        return self.shows == self.Shows.CLOSE and self.state != self.State.DRAFT and not self.is_open(at)

    @property
    def key_fingerprint(self) -> str:
        """What people compare of the key that signs its chain, "" where there is none."""
        return fingerprint(self.public_key) if self.public_key else ""

    @property
    def setup(self) -> dict[str, Any]:
        """What the method was told when the poll opened: dots per person, grades, seats…"""
        return dict(self.rules.get("setup") or {})

    @property
    def has_colleges(self) -> bool:
        """Whether the rules copied weigh the votes by college."""
        return bool(self.rules.get("pooling", "none") != "none")


class Option(models.Model):
    """One choice of a poll; a resolution has the fixed three, and blank. `details` is what the method must know of it."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["poll_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "position"], name="one_option_per_position"),
            models.CheckConstraint(condition=Q(position__gte=1), name="options_count_from_one"),
        ]

    def __str__(self) -> str:
        return self.label
