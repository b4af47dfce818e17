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
from cooperation.services import adopt_statutes, discard_draft, draft_statutes
from realtime.commands import Caller, Command
from realtime.refused import Refused

LARGEST = 32_767  # what a column of a share holds


class FractionField(serializers.CharField):
    """An exact share in text: `1/2`, `2/3`, `0`."""

    def to_internal_value(self, data: Any) -> str:
        """Checked as a fraction, kept as text: the act's digest is taken of JSON values."""
        text = super().to_internal_value(data).replace(" ", "")
        try:
            share = rules.read_fraction(text)
        except ValueError:
            raise serializers.ValidationError(_("Écrivez une part exacte, par exemple 1/2.")) from None
        if max(share.numerator, share.denominator) > LARGEST:
            raise serializers.ValidationError(_("Écrivez une part plus simple, par exemple 1/2."))
        return str(text)


class Written(serializers.IntegerField):
    """A number the statutes may leave unwritten: empty, it is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, required=False, default=None, min_value=0, max_value=1000, **kwargs)


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
    remote_vote_is_withdrawable = serializers.BooleanField(default=False)
    proxies_per_holder = Written(label=_("Pouvoirs par personne"))
    proxy_holders = serializers.ChoiceField(
        Statutes.ProxyHolders.choices, default="members", label=_("À qui donner pouvoir")
    )
    proxies_same_college = serializers.BooleanField(default=False)
    blank_proxies = serializers.ChoiceField(
        Statutes.BlankProxies.choices, default="refused", label=_("Pouvoir sans nom")
    )
    secret_elections = serializers.BooleanField(default=False)
    board_least = Written(label=_("Plus petit conseil"))
    board_most = Written(label=_("Plus grand conseil"))
    board_years = Written(label=_("Durée des mandats"))
    board_casting_vote = serializers.BooleanField(default=False)
    revision_years = Written(label=_("Révision coopérative"))
    reserve_share = FractionField(default="23/40", label=_("Part mise en réserve"))


class StatutesDraftIn(StatutesIn):
    """The same rules, whose day and origin may still be unknown."""

    in_force_from = serializers.DateField(
        required=False, allow_null=True, default=None, label=_("En vigueur à partir du")
    )
    decided_by = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=200, label=_("Décidés par")
    )


class EntityIn(serializers.Serializer[Any]):
    """An entity."""

    entity = serializers.IntegerField(min_value=1)


def rules_of(entity: LegalEntity, data: Mapping[str, Any]) -> rules.StatutesRules:
    """The rules as plain values; the shares of colleges come from their points later."""
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
        proxy_holders=rules.ProxyHolders(data["proxy_holders"]),
        blank_proxies=rules.BlankProxies(data["blank_proxies"]),
        reserve_share=Fraction(data["reserve_share"]),
        **{name: data[name] for name in rules.PLAIN_SETTINGS},
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


def statutes_draft(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the draft of the next version, if the law agrees; next comes its trial on past votes."""
    entity = entity_kept_by(caller, data["entity"])
    assert caller.person is not None
    draft = draft_statutes(
        entity=entity,
        rules=rules_of(entity, data),
        weights=weights_of(entity, data["points"]),
        in_force_from=data["in_force_from"],
        decided_by=data["decided_by"],
        by=caller.person,
        at=caller.at,
    )
    return {"draft": draft.pk, "url": reverse("statutes-trial", args=[entity.slug])}


def statutes_discard(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Throw the draft away."""
    entity = entity_kept_by(caller, data["entity"])
    assert caller.person is not None
    discard_draft(entity=entity, by=caller.person, at=caller.at)
    return {"url": reverse("cooperation:statutes-page", args=[entity.slug])}


STATUTES_ADOPT = Command("statutes.adopt", StatutesIn, statutes_adopt)
STATUTES_DRAFT = Command("statutes.draft", StatutesDraftIn, statutes_draft)
STATUTES_DISCARD = Command("statutes.discard", EntityIn, statutes_discard)
COMMANDS = (STATUTES_ADOPT, STATUTES_DRAFT, STATUTES_DISCARD)


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
