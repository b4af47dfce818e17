"""Adopting statutes by a form or a program, and reading their versions."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import generics, serializers

from cooperation import rules
from cooperation.models import College, LegalEntity, Mandate, Statutes, belongs_to_network
from cooperation.services import adopt_statutes
from realtime.commands import Caller, Command
from realtime.refused import Refused


class FractionField(serializers.CharField):
    """An exact share in text: `1/2`, `2/3`, `0`."""

    def to_internal_value(self, data: Any) -> str:
        """Checked as a fraction, kept as text: the act's digest is taken of JSON values."""
        text = super().to_internal_value(data).replace(" ", "")
        try:
            rules.read_fraction(text)
        except ValueError:
            raise serializers.ValidationError(_("Écrivez une part exacte, par exemple 1/2.")) from None
        return str(text)


class StatutesIn(serializers.Serializer[Any]):
    """The rules of an entity from a day on; `points` gives each college (by its pk) its weight."""

    entity = serializers.IntegerField(min_value=1)
    in_force_from = serializers.DateField(label=_("En vigueur à partir du"))
    decided_by = serializers.CharField(max_length=200, label=_("Décidés par"))
    pooling = serializers.ChoiceField(Statutes.Pooling.choices, label=_("Les voix"))
    base = serializers.ChoiceField(Statutes.Base.choices, label=_("Ce que l’on compte"))
    denominator = serializers.ChoiceField(Statutes.Denominator.choices, default="all", label=_("Le total"))
    tie = serializers.ChoiceField(Statutes.Tie.choices, default="void", label=_("Égalité dans un collège"))
    empty_college = serializers.ChoiceField(
        Statutes.EmptyCollege.choices, default="lost", label=_("Collège sans membre")
    )
    silent_college = serializers.ChoiceField(
        Statutes.SilentCollege.choices, default="void", label=_("Collège silencieux")
    )
    weight_basis = serializers.ChoiceField(
        Statutes.WeightBasis.choices, default="activity", label=_("Les poids suivent")
    )
    points = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=1_000_000),
        required=False,
        default=dict,
        label=_("Points"),
    )
    ordinary = FractionField(label=_("Décision ordinaire"))
    ordinary_is_strict = serializers.BooleanField(default=False)
    extraordinary = FractionField(label=_("Décision extraordinaire"))
    extraordinary_is_strict = serializers.BooleanField(default=False)
    quorum_first = FractionField(label=_("Quorum, première convocation"))
    quorum_second = FractionField(label=_("Quorum, deuxième convocation"))
    quorum_is_weighted = serializers.BooleanField(default=False)
    quorum_per_college = serializers.BooleanField(default=False)
    notice_days_first = serializers.IntegerField(min_value=0, max_value=365, label=_("Convocation"))
    notice_days_second = serializers.IntegerField(min_value=0, max_value=365, label=_("Deuxième convocation"))
    allows_remote_voting = serializers.BooleanField(default=False)


def rules_of(entity: LegalEntity, data: Mapping[str, Any]) -> rules.StatutesRules:
    """The rules as plain values; the shares of colleges come from their points later."""
    same = "quorum_is_weighted quorum_per_college notice_days_first notice_days_second allows_remote_voting"
    return rules.StatutesRules(
        profile=rules.Profile(entity.legal_form),
        pooling=rules.Pooling(data["pooling"]),
        base=rules.Base(data["base"]),
        denominator=rules.Denominator(data["denominator"]),
        tie=rules.Tie(data["tie"]),
        empty_college=rules.EmptyCollege(data["empty_college"]),
        silent_college=rules.SilentCollege(data["silent_college"]),
        weight_basis=rules.WeightBasis(data["weight_basis"]),
        ordinary=rules.Majority(Fraction(data["ordinary"]), data["ordinary_is_strict"]),
        extraordinary=rules.Majority(Fraction(data["extraordinary"]), data["extraordinary_is_strict"]),
        quorum_first=Fraction(data["quorum_first"]),
        quorum_second=Fraction(data["quorum_second"]),
        **{name: data[name] for name in same.split()},
    )


def weights_of(entity: LegalEntity, points: Mapping[str, int]) -> dict[College, int]:
    """The colleges that weigh something, with their points. Raises `Refused("college_elsewhere")`."""
    colleges = {str(college.pk): college for college in entity.colleges.all()}
    if not set(points) <= set(colleges):
        raise Refused("college_elsewhere")
    return {colleges[pk]: given for pk, given in points.items() if given}


def entity_kept_by(caller: Caller, pk: int) -> LegalEntity:
    """The entity, for those who sit on its board. Raises `Refused`: `not_found`, `not_on_board`."""
    today = timezone.localdate(caller.at)
    entity = LegalEntity.objects.filter(pk=pk).first()
    if entity is None or not belongs_to_network(caller.person, today):
        raise Refused("not_found")
    if not Mandate.objects.as_of(today).on_board(entity).filter(person=caller.person).exists():
        raise Refused("not_on_board")
    return entity


def statutes_adopt(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Write the next version of the statutes, if the law agrees."""
    entity = entity_kept_by(caller, data["entity"])
    statutes = adopt_statutes(
        entity=entity,
        rules=rules_of(entity, data),
        weights=weights_of(entity, data["points"]),
        in_force_from=data["in_force_from"],
        decided_by=data["decided_by"],
        by=caller.person,
        at=caller.at,
    )
    url = reverse("cooperation:statutes-page", args=[entity.slug])
    return {"statutes": statutes.pk, "version": statutes.version, "url": url}


STATUTES_ADOPT = Command("statutes.adopt", StatutesIn, statutes_adopt)


class StatutesOut(serializers.ModelSerializer[Statutes]):
    """One version of an entity's statutes, its rules as exact values."""

    entity = serializers.CharField(source="entity.slug")
    rules = serializers.SerializerMethodField()

    class Meta:
        model = Statutes
        fields = ["id", "entity", "version", "in_force_from", "decided_by", "rules"]

    def get_rules(self, statutes: Statutes) -> dict[str, Any]:
        """Fractions as text, enumerations by their value."""
        return statutes.as_rules().to_json()


class StatutesList(generics.ListAPIView[Statutes]):
    """Every version of every entity's statutes, the latest first."""

    serializer_class = StatutesOut
    filterset_fields = {"entity__slug": ["exact"], "in_force_from": ["lte"]}

    def get_queryset(self) -> QuerySet[Statutes]:
        """For the people of the network."""
        person: Any = self.request.user
        if not belongs_to_network(person, timezone.localdate()):
            return Statutes.objects.none()
        return Statutes.objects.select_related("entity").prefetch_related("weights__college")
