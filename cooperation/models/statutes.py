"""Statutes: the dated rules of an entity, as data that the law's validators check."""

from datetime import date
from fractions import Fraction

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cooperation.models.entities import College, LegalEntity


class StatutesQuerySet(models.QuerySet["Statutes"]):
    """Questions asked of the statutes."""

    def in_force(self, entity: LegalEntity, on: date) -> "Statutes | None":
        """The version in force on this day, if any."""
        return self.filter(entity=entity, in_force_from__lte=on).order_by("-in_force_from", "-version").first()


class Statutes(models.Model):
    """One dated version of an entity's rules. Shares are stored as numerator and denominator, never as floats."""

    class Pooling(models.TextChoices):
        NONE = "none", _("une personne, une voix")
        PROPORTIONAL = "proportional", _("par collèges, règle de la proportionnalité")
        WINNER_TAKES_ALL = "winner_takes_all", _("par collèges, règle majoritaire")

    class EmptyCollege(models.TextChoices):
        LOST = "lost", _("son poids est perdu")
        PROPORTIONAL = "proportional", _("son poids est partagé en proportion")
        EQUAL = "equal", _("son poids est partagé à égalité, sauf aux collèges déjà à 50 %")
        SUSPEND = "suspend", _("la pondération est suspendue")

    class Tie(models.TextChoices):
        VOID = "void", _("le collège ne pèse pas")
        AGAINST = "against", _("le collège compte contre")
        SPLIT = "split", _("le poids du collège est partagé")

    class Base(models.TextChoices):
        EXPRESSED = "expressed", _("suffrages exprimés")
        PRESENT = "present", _("présents ou représentés")

    class Denominator(models.TextChoices):
        ALL = "all", _("l’ensemble des poids")
        CAST = "cast", _("les poids exprimés, pour et contre")

    entity = models.ForeignKey(LegalEntity, on_delete=models.CASCADE, related_name="statutes")
    version = models.PositiveSmallIntegerField()
    in_force_from = models.DateField()
    pooling = models.CharField(max_length=20, choices=Pooling.choices, default=Pooling.NONE)
    empty_college = models.CharField(max_length=12, choices=EmptyCollege.choices, default=EmptyCollege.LOST)
    tie = models.CharField(max_length=8, choices=Tie.choices, default=Tie.VOID)
    base = models.CharField(max_length=10, choices=Base.choices, default=Base.EXPRESSED)
    denominator = models.CharField(max_length=4, choices=Denominator.choices, default=Denominator.ALL)
    ordinary_numerator = models.PositiveSmallIntegerField(default=1)
    ordinary_denominator = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(1)])
    ordinary_is_strict = models.BooleanField(default=True)
    extraordinary_numerator = models.PositiveSmallIntegerField(default=2)
    extraordinary_denominator = models.PositiveSmallIntegerField(default=3, validators=[MinValueValidator(1)])
    extraordinary_is_strict = models.BooleanField(default=False)
    quorum_first_numerator = models.PositiveSmallIntegerField(default=0)
    quorum_first_denominator = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    quorum_second_numerator = models.PositiveSmallIntegerField(default=0)
    quorum_second_denominator = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    quorum_is_weighted = models.BooleanField(default=False)
    quorum_per_college = models.BooleanField(default=False)
    notice_days_first = models.PositiveSmallIntegerField(default=15)
    notice_days_second = models.PositiveSmallIntegerField(default=10)
    allows_remote_voting = models.BooleanField(default=True)

    objects = StatutesQuerySet.as_manager()

    class Meta:
        ordering = ["entity_id", "-in_force_from", "-version"]
        verbose_name_plural = "statutes"
        constraints = [
            models.UniqueConstraint(fields=["entity", "version"], name="one_statutes_per_version"),
            models.CheckConstraint(
                condition=Q(
                    ordinary_denominator__gte=1,
                    extraordinary_denominator__gte=1,
                    quorum_first_denominator__gte=1,
                    quorum_second_denominator__gte=1,
                ),
                name="no_share_over_zero",
            ),
            models.CheckConstraint(
                condition=Q(
                    ordinary_numerator__lte=F("ordinary_denominator"),
                    extraordinary_numerator__lte=F("extraordinary_denominator"),
                    quorum_first_numerator__lte=F("quorum_first_denominator"),
                    quorum_second_numerator__lte=F("quorum_second_denominator"),
                ),
                name="no_share_over_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity} · v{self.version}"

    @property
    def ordinary_majority(self) -> Fraction:
        """The fraction an ordinary resolution needs."""
        return Fraction(self.ordinary_numerator, self.ordinary_denominator)

    @property
    def extraordinary_majority(self) -> Fraction:
        """The fraction an extraordinary resolution needs."""
        return Fraction(self.extraordinary_numerator, self.extraordinary_denominator)

    def quorum(self, call: int) -> Fraction:
        """The share that must be present on first (1) or second (2) call."""
        if call == 1:
            return Fraction(self.quorum_first_numerator, self.quorum_first_denominator)
        return Fraction(self.quorum_second_numerator, self.quorum_second_denominator)


class CollegeWeight(models.Model):
    """The points of one college in one version of the statutes; its share is points / total points."""

    statutes = models.ForeignKey(Statutes, on_delete=models.CASCADE, related_name="weights")
    college = models.ForeignKey(College, on_delete=models.PROTECT, related_name="weights")
    points = models.PositiveIntegerField(validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["college__letter"]
        constraints = [
            models.UniqueConstraint(fields=["statutes", "college"], name="one_weight_per_college"),
            models.CheckConstraint(condition=Q(points__gte=1), name="a_college_weighs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.college}: {self.points}"
