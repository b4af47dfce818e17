"""Figures of a cooperative before the law: its capital (V06), its surplus (V15), its revision (V14). Nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.rules import (
    Breach,
    StatutesRules,
    allocation_breaches,
    least_allocation,
    next_revision,
    public_capital_breaches,
    revision_alerts,
    revision_breaches,
)
from cooperation.sentences import dated, say


def euros(label: Any, *, least: int | None = 0) -> forms.IntegerField:
    """An amount in whole euros."""
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=10**12)


def day(label: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class FiguresForm(forms.Form):
    """What one types; every field may be left empty."""

    capital = euros(gettext_lazy("Capital social, en euros"))
    public = euros(gettext_lazy("dont détenu par des collectivités publiques"))
    surplus = euros(gettext_lazy("Excédent de l’exercice, en euros"), least=None)
    legal_reserve = euros(gettext_lazy("Réserve légale avant cet exercice"))
    highest_capital = euros(gettext_lazy("Plus haut capital jamais atteint"))
    public_aid = euros(gettext_lazy("Aides publiques reçues"))
    reserves = euros(gettext_lazy("Somme proposée pour les réserves"))
    interest = euros(gettext_lazy("Intérêt proposé aux parts sociales"))
    last_revision = day(gettext_lazy("Dernière révision, ou immatriculation"))
    planned_revision = day(gettext_lazy("Prochaine révision prévue"))
    result_before = euros(gettext_lazy("Résultat d’il y a deux ans"), least=None)
    result_last = euros(gettext_lazy("Résultat de l’an dernier"), least=None)
    result_now = euros(gettext_lazy("Résultat de cette année"), least=None)

    def clean(self) -> dict[str, Any]:
        """A part of the capital is not more than the capital."""
        data = super().clean() or {}
        public, capital = data.get("public"), data.get("capital")
        if public is not None and capital is not None and public > capital:
            self.add_error("public", _("Cette part dépasse le capital."))
        return data


GROUPS = (
    (gettext_lazy("Le capital"), ("capital", "public")),
    (
        gettext_lazy("L’excédent"),
        ("surplus", "legal_reserve", "highest_capital", "public_aid", "reserves", "interest"),
    ),
    (
        gettext_lazy("La révision coopérative"),
        ("last_revision", "planned_revision", "result_before", "result_last", "result_now"),
    ),
)


@dataclass(frozen=True)
class Answer:
    """What the law says of figures: a sentence, and the rule it breaks if it does."""

    sentence: str
    code: str = ""
    article: str = ""


@dataclass(frozen=True)
class Group:
    """A part of the page: its fields, and what the law says of them."""

    title: Any
    fields: list[forms.BoundField]
    answers: list[Answer]


def groups_of(form: FiguresForm, rules: StatutesRules) -> list[Group]:
    """The page: three parts, each with its answers once something was typed."""
    data = form.cleaned_data if form.is_bound and form.is_valid() else {}
    answered = (capital_said(data, rules), surplus_said(data, rules), revision_said(data, rules))
    return [
        Group(title, [form[name] for name in names], answers)
        for (title, names), answers in zip(GROUPS, answered, strict=True)
    ]


def told(breaches: list[Breach]) -> list[Answer]:
    """The breaches, in words."""
    return [Answer(say(breach.sentence, _), breach.code, _(breach.article)) for breach in breaches]


def capital_said(data: Mapping[str, Any], rules: StatutesRules) -> list[Answer]:
    """V06, once both figures are there."""
    if data.get("capital") is None or data.get("public") is None:
        return []
    found = public_capital_breaches(rules.profile, public=data["public"], total=data["capital"])
    return told(found) or [
        Answer(_("La part des collectivités publiques ne dépasse pas la moitié du capital."))
    ]


def surplus_said(data: Mapping[str, Any], rules: StatutesRules) -> list[Answer]:
    """V15: what the law asks of the surplus, and what it refuses in what is proposed."""
    if data.get("surplus") is None:
        return []
    least = least_allocation(
        data["surplus"],
        legal_reserve=data.get("legal_reserve") or 0,
        highest_capital=max(data.get("highest_capital") or 0, data.get("capital") or 0),
        public_aid=data.get("public_aid") or 0,
    )
    words = {
        "reserves": amount(least.reserves, up=True),
        "legal": amount(least.legal, up=True),
        "statutory": amount(least.statutory, up=True),
        "interest": amount(least.interest),
    }
    asked = _(
        "Au moins %(reserves)s aux réserves (%(legal)s à la réserve légale, %(statutory)s à la réserve statutaire) ; "
        "au plus %(interest)s d’intérêt aux parts sociales."
    )
    proposed = {
        "reserves": least.reserves if data.get("reserves") is None else data["reserves"],
        "interest": data.get("interest") or 0,
    }
    return [Answer(asked % words), *told(allocation_breaches(rules.profile, least, **proposed))]


def revision_said(data: Mapping[str, Any], rules: StatutesRules) -> list[Answer]:
    """V14: until when, and whether one is due at once."""
    found = []
    last, planned = data.get("last_revision"), data.get("planned_revision")
    if last is not None:
        due = {"day": say(dated(next_revision(rules, last)), _)}
        found.append(Answer(_("La prochaine révision coopérative est due le %(day)s au plus tard.") % due))
    if last is not None and planned is not None:
        found += told(revision_breaches(rules, last=last, planned=planned))
    years = [data.get(name) for name in ("result_before", "result_last", "result_now")]
    results = [result for result in years if result is not None]
    highest = max(data.get("highest_capital") or 0, data.get("capital") or 0) or None
    return found + told(revision_alerts(rules.profile, results, highest_capital=highest))


def amount(value: Fraction, *, up: bool = False) -> str:
    """Euros and cents: what is due rounded up, what is allowed rounded down."""
    cents = (
        -(-value.numerator * 100 // value.denominator) if up else value.numerator * 100 // value.denominator
    )
    whole = formats.number_format(cents // 100, decimal_pos=0, force_grouping=True)
    if cents % 100 == 0:
        return _("%(whole)s €") % {"whole": whole}
    point = formats.get_format("DECIMAL_SEPARATOR")
    return _("%(whole)s%(point)s%(cents)s €") % {
        "whole": whole,
        "point": point,
        "cents": f"{cents % 100:02d}",
    }
