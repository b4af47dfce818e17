"""How the register is narrowed: the same filters for the page, its export and the REST list."""

import unicodedata
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cooperation.models import Category, College, LegalEntity, Membership, Sector

LABELS = {
    "entity": _("Structure"),
    "on": _("Membres au"),
    "college": _("Collège"),
    "category": _("Catégorie"),
    "sector": _("Secteur"),
    "q": _("Nom ou ville"),
}
SEARCHED = ("organisation__name", "organisation__city", "person__given_name", "person__family_name")


class RegisterFilter(filters.FilterSet):
    """Members in good standing of an entity on a day, by college, category, sector or name."""

    entity = filters.ModelChoiceFilter(
        queryset=LegalEntity.objects.all(),
        to_field_name="slug",
        label=LABELS["entity"],
        empty_label=_("Toutes"),
    )
    on = filters.DateFilter(
        method="in_standing",
        label=LABELS["on"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    college = filters.ModelChoiceFilter(
        queryset=College.objects.select_related("entity"), label=LABELS["college"], empty_label=_("Tous")
    )
    category = filters.ChoiceFilter(
        choices=Category.choices, label=LABELS["category"], empty_label=_("Toutes")
    )
    sector = filters.ModelChoiceFilter(
        queryset=Sector.objects.all(),
        field_name="organisation__sectors",
        label=LABELS["sector"],
        empty_label=_("Tous"),
    )
    q = filters.CharFilter(method="named", max_length=80, label=LABELS["q"])

    class Meta:
        model = Membership
        fields = ["entity", "on", "college", "category", "sector", "q"]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        """Read the register of today unless another day is asked."""
        given = data.copy() if data is not None else {}
        if not given.get("on"):
            given["on"] = timezone.localdate().isoformat()
        super().__init__(given, *args, **kwargs)

    def in_standing(self, rows: QuerySet[Membership], name: str, value: Any) -> QuerySet[Membership]:
        """Admitted and not ended on that day."""
        return rows.filter(pk__in=Membership.objects.as_of(value).values("pk"))

    def named(self, rows: QuerySet[Membership], name: str, value: str) -> QuerySet[Membership]:
        """Whose name or city holds these words, accents and case aside, on every database."""
        words = folded(value).split()
        found = [
            pk
            for pk, *parts in rows.values_list("pk", *SEARCHED)
            if all(word in folded(" ".join(part or "" for part in parts)) for word in words)
        ]
        return rows.filter(pk__in=found)


def folded(text: str) -> str:
    """The text without accents nor capitals: « École » gives « ecole »."""
    bare = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()
