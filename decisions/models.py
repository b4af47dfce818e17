"""What was decided and what became of it: register, plan, axes, actions, follow-up, indicators."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cooperation.models import (
    GoverningBody,
    LegalEntity,
    Organisation,
    Person,
    Reader,
    Representation,
    belongs_to_network,
)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Questions asked of the register."""

    def visible_to(self, person: Reader, on: date | None = None) -> Self:
        """All of it for the people of the network, nothing for others."""
        return self if belongs_to_network(person, on or timezone.localdate()) else self.none()

    def in_force(self) -> Self:
        """Those no later decision replaces."""
        return self.filter(superseded_by__isnull=True)


class Decision(models.Model):
    """One line of an entity's register, numbered per year: `2008-04`."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="decisions")
    body = models.ForeignKey(
        GoverningBody, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    decided_on = models.DateField()
    source_title = models.CharField(max_length=200, blank=True)
    source_url = models.CharField(max_length=200, blank=True)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "year", "number"], name="one_decision_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """The register number people quote."""
        return f"{self.year}-{self.number:02d}"


class PlanQuerySet(models.QuerySet["Plan"]):
    """Questions asked of plans."""

    def visible_to(self, person: Reader, on: date | None = None) -> Self:
        """All for the people of the network, none for others."""
        return self if belongs_to_network(person, on or timezone.localdate()) else self.none()

    def current(self, entity: LegalEntity, on: date) -> "Plan | None":
        """The plan that runs on this day, else the last one begun."""
        begun = self.filter(entity=entity, since__lte=on).order_by("-since", "-pk")
        return begun.filter(until__gte=on).first() or begun.first()


class Plan(models.Model):
    """A plan of actions adopted for some years."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=160)
    since = models.DateField()
    until = models.DateField()
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="plan_in_order")]

    def __str__(self) -> str:
        return self.title


class Axis(models.Model):
    """A strand of a plan, numbered."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="axes")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["plan_id", "number"]
        verbose_name_plural = "axes"
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_axis_per_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class ActionQuerySet(models.QuerySet["Action"]):
    """Questions asked of actions."""

    def visible_to(self, person: Reader, on: date | None = None) -> Self:
        """All for the people of the network, none for others."""
        return self if belongs_to_network(person, on or timezone.localdate()) else self.none()

    def piloted_by(self, person: Reader, on: date) -> Self:
        """Those of this person, or of an organisation the person speaks for."""
        if person is None or person.pk is None:
            return self.none()
        spoken = Representation.objects.as_of(on).filter(person=person.pk).values("organisation_id")
        return self.filter(Q(pilot=person.pk) | Q(pilot_organisation__in=spoken))

    def running(self) -> Self:
        """Neither done nor given up."""
        return self.filter(state=Action.State.RUNNING)

    def late(self, on: date) -> Self:
        """Still running past their due date."""
        return self.filter(state=Action.State.RUNNING, due_on__lt=on)

    def due_between(self, first: date, last: date) -> Self:
        """Running and due in these days, bounds included."""
        return self.filter(state=Action.State.RUNNING, due_on__range=(first, last))

    def done(self) -> Self:
        """Finished."""
        return self.filter(state=Action.State.DONE)


class Action(models.Model):
    """Something somebody does about a decision, on an axis of a plan."""

    class State(models.TextChoices):
        RUNNING = "running", _("en cours")
        DONE = "done", _("faite")
        DROPPED = "dropped", _("abandonnée")

    axis = models.ForeignKey(Axis, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    pilot = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    pilot_organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="piloted"
    )
    partners = models.ManyToManyField(Organisation, blank=True, related_name="partnered")
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(_("avancement, en pour cent"), default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    budget_cents = models.PositiveBigIntegerField(null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["axis__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["axis", "number"], name="one_action_per_number"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_at_most_100"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """Axis and number, the way people quote an action."""
        return f"{self.axis.number}.{self.number}"

    @property
    def entity_id(self) -> int:
        """The entity whose plan this is; fetch `axis__plan` with the action."""
        return self.axis.plan.entity_id

    def is_late(self, on: date) -> bool:
        """Whether it still runs past its due date."""
        return self.state == self.State.RUNNING and self.due_on is not None and self.due_on < on

    @property
    def budget(self) -> str:
        """The budget as people read it: « 12 500 € », empty when none was set."""
        if self.budget_cents is None:
            return ""
        euros, cents = divmod(self.budget_cents, 100)
        whole = f"{euros:,}".replace(",", "\u202f")
        return f"{whole},{cents:02d}\u00a0€" if cents else f"{whole}\u00a0€"

    @property
    def pilot_name(self) -> str:
        """Who pilots it, as the page shows it."""
        party = self.pilot or self.pilot_organisation
        return party.name if party else ""


class FollowUp(models.Model):
    """A dated note on an action: what moved, and how far it is now."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="follow_ups")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    progress = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="noted_progress_at_most_100")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Questions asked of indicators."""

    def visible_to(self, person: Reader, on: date | None = None) -> Self:
        """All for the people of the network, none for others."""
        return self if belongs_to_network(person, on or timezone.localdate()) else self.none()


class Indicator(models.Model):
    """Something measured over time, with a target."""

    class Direction(models.TextChoices):
        BELOW = "below", _("au plus")
        ABOVE = "above", _("au moins")

    entity = models.ForeignKey(LegalEntity, on_delete=models.CASCADE, related_name="indicators")
    axis = models.ForeignKey(
        Axis, on_delete=models.SET_NULL, null=True, blank=True, related_name="indicators"
    )
    name = models.CharField(max_length=160)
    unit = models.CharField(max_length=20, default="%")
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    target_direction = models.CharField(max_length=5, choices=Direction.choices, default=Direction.BELOW)
    target_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Measure(models.Model):
    """One dated value of an indicator."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="measures")
    on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)
    is_fiction = models.BooleanField(default=False)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["indicator", "on"], name="one_measure_per_day")]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"
