"""Statutes: the dated rules of an entity, as data that the law's validators check."""

from datetime import date
from fractions import Fraction

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cooperation import rules
from cooperation.models.entities import College, LegalEntity
from cooperation.models.persons import Person


class StatutesQuerySet(models.QuerySet["Statutes"]):
    """Questions asked of the statutes."""

    def in_force(self, entity: LegalEntity, on: date) -> "Statutes | None":
        """The version in force on this day, if any."""
        return (
            self.filter(entity=entity, in_force_from__lte=on).order_by("-in_force_from", "-version").first()
        )


class Statutes(models.Model):
    """One dated version of an entity's rules; shares are a numerator and a denominator, never floats."""

    class Pooling(models.TextChoices):
        NONE = "none", _("une personne, une voix")
        PROPORTIONAL = "proportional", _("par collèges, règle de la proportionnalité")
        WINNER_TAKES_ALL = "winner_takes_all", _("par collèges, règle majoritaire")

    class EmptyCollege(models.TextChoices):
        LOST = "lost", _("son poids est perdu")
        PROPORTIONAL = "proportional", _("son poids est partagé en proportion")
        EQUAL = "equal", _("son poids est partagé à égalité, sauf aux collèges déjà à 50 %")
        SUSPEND = "suspend", _("la pondération est suspendue")

    class SilentCollege(models.TextChoices):
        VOID = "void", _("il ne pèse pas")
        EMPTY = "empty", _("il est traité comme un collège sans membre")

    class WeightBasis(models.TextChoices):
        EQUAL = "equal", _("un poids égal par collège")
        ACTIVITY = "activity", _("la participation à l’activité")
        DEVELOPMENT = "development", _("la contribution au développement")
        CAPITAL = "capital", _("le capital apporté")

    class Tie(models.TextChoices):
        VOID = "void", _("le collège ne pèse pas")
        AGAINST = "against", _("le collège compte contre")
        SPLIT = "split", _("le poids du collège est partagé")

    class Base(models.TextChoices):
        EXPRESSED = "expressed", _("suffrages exprimés")
        PRESENT = "present", _("présents ou représentés")
        ENTITLED = "entitled", _("tous les membres inscrits")

    class Denominator(models.TextChoices):
        ALL = "all", _("l’ensemble des poids")
        CAST = "cast", _("les poids exprimés, pour et contre")

    class ProxyHolders(models.TextChoices):
        MEMBERS = "members", _("un autre membre")
        FAMILY = "family", _("un autre membre, le conjoint ou le partenaire de PACS")
        ANYONE = "anyone", _("toute personne")

    class BlankProxies(models.TextChoices):
        REFUSED = "refused", _("il n’est pas reçu")
        CHAIR = "chair", _("la présidence vote pour ce que le conseil présente, contre le reste")
        FREE = "free", _("il est donné à la présidence, qui en vote comme elle l’entend")

    entity = models.ForeignKey(LegalEntity, on_delete=models.CASCADE, related_name="statutes")
    version = models.PositiveSmallIntegerField()
    in_force_from = models.DateField()
    decided_by = models.CharField(_("décidés par"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    pooling = models.CharField(max_length=20, choices=Pooling.choices, default=Pooling.NONE)
    empty_college = models.CharField(max_length=12, choices=EmptyCollege.choices, default=EmptyCollege.LOST)
    silent_college = models.CharField(max_length=8, choices=SilentCollege.choices, default=SilentCollege.VOID)
    weight_basis = models.CharField(max_length=12, choices=WeightBasis.choices, default=WeightBasis.ACTIVITY)
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
    remote_vote_is_withdrawable = models.BooleanField(default=False)
    proxies_per_holder = models.PositiveSmallIntegerField(null=True, blank=True)
    proxy_holders = models.CharField(max_length=8, choices=ProxyHolders.choices, default=ProxyHolders.MEMBERS)
    proxies_same_college = models.BooleanField(default=False)
    blank_proxies = models.CharField(max_length=8, choices=BlankProxies.choices, default=BlankProxies.REFUSED)
    secret_elections = models.BooleanField(default=False)
    board_least = models.PositiveSmallIntegerField(null=True, blank=True)
    board_most = models.PositiveSmallIntegerField(null=True, blank=True)
    board_years = models.PositiveSmallIntegerField(null=True, blank=True)
    board_casting_vote = models.BooleanField(default=False)
    revision_years = models.PositiveSmallIntegerField(null=True, blank=True)
    reserve_share_numerator = models.PositiveSmallIntegerField(default=23)
    reserve_share_denominator = models.PositiveSmallIntegerField(
        default=40, validators=[MinValueValidator(1)]
    )

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
            models.CheckConstraint(
                condition=Q(
                    reserve_share_denominator__gte=1,
                    reserve_share_numerator__lte=F("reserve_share_denominator"),
                ),
                name="a_reserve_is_a_share",
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

    def as_rules(self) -> rules.StatutesRules:
        """These statutes as plain values, with the colleges' exact shares: what a poll copies when it opens."""
        weights = sorted(self.weights.all(), key=lambda weight: weight.college.letter)
        points = {weight.college.letter: weight.points for weight in weights}
        labels = {weight.college.letter: weight.college.name for weight in weights}
        return rules.StatutesRules(
            profile=rules.Profile(self.entity.legal_form),
            pooling=rules.Pooling(self.pooling),
            base=rules.Base(self.base),
            ordinary=rules.Majority(self.ordinary_majority, self.ordinary_is_strict),
            extraordinary=rules.Majority(self.extraordinary_majority, self.extraordinary_is_strict),
            weights=rules.weights_from_points(points, labels) if points else (),
            weight_basis=rules.WeightBasis(self.weight_basis),
            empty_college=rules.EmptyCollege(self.empty_college),
            silent_college=rules.SilentCollege(self.silent_college),
            tie=rules.Tie(self.tie),
            denominator=rules.Denominator(self.denominator),
            quorum_first=self.quorum(1),
            quorum_second=self.quorum(2),
            proxy_holders=rules.ProxyHolders(self.proxy_holders),
            blank_proxies=rules.BlankProxies(self.blank_proxies),
            reserve_share=Fraction(self.reserve_share_numerator, self.reserve_share_denominator),
            **{name: getattr(self, name) for name in rules.PLAIN_SETTINGS},
        )


class CollegeWeightManager(models.Manager["CollegeWeight"]):
    """Weights never travel without their college."""

    def get_queryset(self) -> models.QuerySet["CollegeWeight"]:
        """With the college."""
        return super().get_queryset().select_related("college")


class CollegeWeight(models.Model):
    """The points of one college in one version of the statutes; its share is points / total points."""

    statutes = models.ForeignKey(Statutes, on_delete=models.CASCADE, related_name="weights")
    college = models.ForeignKey(College, on_delete=models.PROTECT, related_name="weights")
    points = models.PositiveIntegerField(validators=[MinValueValidator(1)])

    objects = CollegeWeightManager()

    class Meta:
        ordering = ["college__letter"]
        constraints = [
            models.UniqueConstraint(fields=["statutes", "college"], name="one_weight_per_college"),
            models.CheckConstraint(condition=Q(points__gte=1), name="a_college_weighs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.college}: {self.points}"
