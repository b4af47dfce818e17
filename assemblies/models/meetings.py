"""Where it becomes binding: assemblies, agenda, resolutions, attendance, quorum recorded at each vote."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cooperation.models import GoverningBody, LegalEntity, Mandate, Membership, Person
from cooperation.sentences import Sentence, say
from decisions.models import Decision
from votes.models import Poll
from workshops.models import Forwarding, ProposalVersion

if TYPE_CHECKING:
    from assemblies.models.contests import Contest


class AssemblyQuerySet(models.QuerySet["Assembly"]):
    """Questions asked of assemblies."""

    def visible_to(self, person: Person | None, on: date) -> Self:
        """What this person may read on this day.

        Those who prepare an assembly see it from its first draft. Its officers and the members see it once it
        is convened: all of them while they are members, and once they left, those held in their time.
        """
        if person is None or person.pk is None:
            return self.none()
        was_convened = ~Q(state=Assembly.State.PREPARED)
        belongs = Q(Exists(hats_at_the_time(person))) | Q(pk__in=offices_of(person).values("assembly_id"))
        dated = self.alias(day=TruncDate("starts_at"))
        return dated.filter(being_prepared_by(person, on) | (was_convened & belongs))

    def prepared_by(self, person: Person | None, on: date) -> Self:
        """Those this person may prepare: a seat in the entity's board or executive, or a chair in the meeting."""
        if person is None or person.pk is None:
            return self.none()
        return self.filter(being_prepared_by(person, on))

    def in_session(self) -> Self:
        """Those open now."""
        return self.filter(state=Assembly.State.OPEN)

    def to_come(self) -> Self:
        """Those prepared or convened, the nearest first."""
        return self.filter(state__in=[Assembly.State.PREPARED, Assembly.State.CONVENED]).order_by(
            "starts_at", "pk"
        )

    def held(self) -> Self:
        """Those that are over, the latest first."""
        return self.filter(state=Assembly.State.CLOSED).order_by("-starts_at", "-pk")


def hats_at_the_time(person: Person) -> models.QuerySet[Membership]:
    """The memberships that open an assembly (the outer query, with its `day`): not ended before it was held."""
    day = OuterRef("day")
    still_speaks = Q(organisation__representations__until__isnull=True) | Q(
        organisation__representations__until__gte=day
    )
    return Membership.objects.filter(
        Q(person=person) | (Q(organisation__representations__person=person) & still_speaks),
        Q(ended_on__isnull=True) | Q(ended_on__gt=day),
        entity=OuterRef("entity"),
        admitted_on__isnull=False,
    )


def offices_of(person: Person) -> "OfficerQuerySet":
    """The offices this person holds in meetings."""
    return Officer.objects.filter(person=person)


def being_prepared_by(person: Person, on: date) -> Q:
    """Assemblies of the entities in whose board this person sits, and those this person chairs or records."""
    boards = Mandate.objects.as_of(on).filter(person=person, body__kind__in=GoverningBody.BOARDS)
    chairs = offices_of(person).conducting()
    return Q(entity_id__in=boards.values("body__entity_id")) | Q(pk__in=chairs.values("assembly_id"))


class Assembly(models.Model):
    """A meeting of one entity's members that may decide. A second call follows a first that lacked its quorum."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("assemblée générale ordinaire")
        EXTRAORDINARY = "extraordinary", _("assemblée générale extraordinaire")
        MIXED = "mixed", _("assemblée générale mixte")

    class State(models.TextChoices):
        PREPARED = "prepared", _("en préparation")
        CONVENED = "convened", _("convoquée")
        OPEN = "open", _("en séance")
        CLOSED = "closed", _("levée")

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="assemblies")
    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="assemblies")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    title = models.CharField(max_length=160)
    call = models.PositiveSmallIntegerField(_("convocation"), default=1)
    first_call = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="second_call"
    )
    place = models.CharField(max_length=160, blank=True)
    remote_link = models.URLField(blank=True)
    starts_at = models.DateTimeField()
    notice_sent_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREPARED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AssemblyQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name_plural = "assemblies"
        constraints = [
            models.CheckConstraint(
                condition=Q(call=1, first_call__isnull=True) | Q(call=2, first_call__isnull=False),
                name="a_second_call_follows_a_first",
            ),
            models.CheckConstraint(
                condition=Q(state="prepared") | Q(notice_sent_on__isnull=False),
                name="convened_by_a_dated_notice",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "convened"]) | Q(opened_at__isnull=False),
                name="held_since_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="closed_after_opened",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page everyone follows the meeting on."""
        return reverse("assemblies:assembly-page", args=[self.pk])

    @property
    def topic(self) -> str:
        """What the hall follows."""
        return f"assembly:{self.pk}"

    @property
    def desk_topic(self) -> str:
        """What only the officers at the desk follow."""
        return f"desk:{self.pk}"

    @property
    def held_on(self) -> date:
        """The day of the meeting, where it is held."""
        return timezone.localdate(self.starts_at)


class OfficerQuerySet(models.QuerySet["Officer"]):
    """Questions asked of the officers of meetings."""

    def conducting(self) -> Self:
        """Those who open items and votes: chair and secretary."""
        return self.filter(role__in=Officer.CONDUCTING)


class Officer(models.Model):
    """An officer of the meeting (bureau de l’assemblée): not the association's executive."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("présidence de séance")
        SECRETARY = "secretary", _("secrétariat de séance")
        TELLER = "teller", _("scrutin et accueil")

    CONDUCTING: ClassVar[tuple[str, ...]] = (Role.CHAIR, Role.SECRETARY)

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="officers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=9, choices=Role.choices)

    objects = OfficerQuerySet.as_manager()

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
    started_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["assembly_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "position"], name="one_agenda_item_per_position"),
            models.UniqueConstraint(
                fields=["assembly"], condition=Q(state="current"), name="one_item_is_discussed_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    """Questions asked of resolutions."""

    def visible_to(self, person: Person | None, on: date) -> Self:
        """Those of the assemblies this person may read."""
        return self.filter(assembly__in=Assembly.objects.visible_to(person, on))

    def whole(self) -> Self:
        """With all that a page says of them, in one query, and one more where something is elected or chosen."""
        return self.select_related(
            "item",
            "poll",
            "poll__result",
            "decision",
            "quorum",
            "version",
            "version__proposal",
            "contest__body",
        ).prefetch_related("contest__candidates")


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
    version = models.ForeignKey(
        ProposalVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    forwarding = models.OneToOneField(
        Forwarding, on_delete=models.PROTECT, null=True, blank=True, related_name="resolution"
    )
    # Whether the board presents or approves it: how proxies that name nobody are voted (L225-106 III).
    is_backed = models.BooleanField(_("présentée ou approuvée par le conseil"), default=True)
    poll = models.OneToOneField(
        Poll, on_delete=models.PROTECT, null=True, blank=True, related_name="resolution"
    )
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="resolution"
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["assembly_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "number"], name="one_resolution_per_number"),
            models.CheckConstraint(
                condition=Q(state="tabled") | Q(poll__isnull=False), name="decided_by_a_poll"
            ),
            models.CheckConstraint(
                condition=Q(state="adopted", decision__isnull=False)
                | (~Q(state="adopted") & Q(decision__isnull=True)),
                name="adopted_is_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def choice(self) -> "Contest | None":
        """What is elected or chosen, where it is not for or against."""
        found: Contest | None = getattr(self, "contest", None)
        return found

    @property
    def state_words(self) -> str:
        """Where it stands, in a word or two: « adoptée », « élection faite »."""
        if self.choice is None or self.state in (self.State.TABLED, self.State.VOTING):
            return str(self.get_state_display())
        if self.choice.is_election:
            return (
                gettext("élection faite")
                if self.state == self.State.ADOPTED
                else gettext("sans siège pourvu")
            )
        return gettext("choix fait") if self.state == self.State.ADOPTED else gettext("sans choix")

    @property
    def kind_words(self) -> str:
        """What it is, in a word: « ordinaire », « élection », « choix »."""
        if self.choice is None:
            return str(self.get_kind_display())
        return gettext("élection") if self.choice.is_election else gettext("choix")

    @property
    def anchor(self) -> str:
        """Its place in the minutes; also what makes the ids of its pictures unique in a page."""
        return f"resolution-{self.number}"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Questions asked of the attendance log."""

    def latest_moves(self) -> Self:
        """The last movement of each member in each assembly: the log only grows, so the highest number is the last."""
        lasts = self.order_by().values("assembly_id", "membership_id").annotate(last=Max("pk")).values("last")
        return self.filter(pk__in=lasts)

    def present(self) -> Self:
        """One line for each member who is there: the last movement of theirs is an arrival."""
        return self.latest_moves().filter(movement=Attendance.Movement.ARRIVED)


class Attendance(models.Model):
    """One movement of the attendance log: a member arrived or left, by which channel, entered by whom."""

    class Movement(models.TextChoices):
        ARRIVED = "arrived", _("arrivée")
        LEFT = "left", _("départ")

    class Channel(models.TextChoices):
        DESK = "desk", _("à l’accueil")
        REMOTE = "remote", _("à distance")

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="attendance")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    movement = models.CharField(max_length=7, choices=Movement.choices)
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.DESK)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["assembly_id", "pk"]
        verbose_name_plural = "attendance"
        indexes = [models.Index(fields=["assembly", "membership", "-id"])]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.movement}"


class QuorumRecord(models.Model):
    """The quorum as it stood at a vote, or when the session ended without one: figures and derivation."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="quorums")
    resolution = models.OneToOneField(
        Resolution, on_delete=models.CASCADE, null=True, blank=True, related_name="quorum"
    )
    at = models.DateTimeField()
    is_met = models.BooleanField()
    figures = models.JSONField()
    derivation = models.JSONField()

    class Meta:
        ordering = ["assembly_id", "pk"]

    def __str__(self) -> str:
        return f"quorum of {self.resolution_id or self.assembly_id}"

    def sentences(self) -> list[str]:
        """How it was counted, in the active language."""
        said = (say(Sentence.from_json(item), gettext) for item in self.derivation)
        return [sentence.replace(" :", "\u00a0:") for sentence in said]
