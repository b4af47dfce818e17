"""Statutes as sentences, version by version, and the form that writes the next one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cooperation.clauses import Clause, clauses
from cooperation.models import LegalEntity, Statutes
from cooperation.rules import statutes_breaches
from cooperation.sentences import say
from cooperation.services.statutes import completed
from cooperation.statutes_api import STATUTES_ADOPT, StatutesIn, rules_of, weights_of
from cooperation.views.network import for_the_network, kept_by
from realtime.doors import form_door


@for_the_network
def statutes_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force (or the one asked by `version`), each rule a sentence with its source."""
    entity = get_object_or_404(LegalEntity, slug=slug)
    today = timezone.localdate()
    versions = list(
        Statutes.objects.filter(entity=entity).select_related("entity").prefetch_related("weights")
    )
    in_force = Statutes.objects.in_force(entity, today)
    asked = request.GET.get("version", "")
    shown = next((row for row in versions if str(row.version) == asked), None)
    if asked and shown is None:
        raise Http404
    shown = shown or next((row for row in versions if in_force and row.pk == in_force.pk), None)
    shown = shown or (versions[0] if versions else None)
    context = {
        "nav": "network",
        "entity": entity,
        "others": LegalEntity.objects.exclude(pk=entity.pk),
        "versions": versions,
        "in_force": in_force,
        "shown": shown,
        "clauses": clauses(shown.as_rules()) if shown else [],
        "may_write": kept_by(request).filter(pk=entity.pk).exists(),
    }
    return render(request, "cooperation/statutes.html", context)


@for_the_network
def statutes_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The next version, starting from the one in force; only for the board."""
    entity = get_object_or_404(kept_by(request), slug=slug)
    latest = Statutes.objects.filter(entity=entity).select_related("entity").first()
    context = {
        "nav": "network",
        "entity": entity,
        "latest": latest,
        "form": filled(request, entity, latest),
        "breaches": refusals(request, entity),
    }
    return render(request, "cooperation/statutes_form.html", context)


def refusals(request: HttpRequest, entity: LegalEntity) -> list[Clause]:
    """What the law refused in the rules just typed, one by one with its article; nothing when it is not the law."""
    failure = getattr(request, "failure", None)
    if failure is None or not failure.code.startswith("V"):
        return []
    typed = StatutesIn(data=failure.typed)
    typed.is_valid(raise_exception=True)
    data = typed.validated_data
    rules = completed(entity, rules_of(entity, data), weights_of(entity, data["points"]))
    return [
        Clause(breach.code, say(breach.sentence, _), _(breach.article)) for breach in statutes_breaches(rules)
    ]


def filled(request: HttpRequest, entity: LegalEntity, latest: Statutes | None) -> dict[str, Any]:
    """What each field of the form holds: what was typed if it was just refused, else the rules of now."""
    values = of_rules(latest) if latest else dict(DEFAULTS)
    points = {row.college_id: row.points for row in latest.weights.all()} if latest else {}
    failure = getattr(request, "failure", None)
    if failure is not None:
        flags = {name: False for name in values if isinstance(values[name], bool)}
        values = {**values, **flags, **{name: failure.typed[name] for name in failure.typed}}
    typed = failure.typed if failure is not None else {}
    colleges = [
        (college, typed.get(f"points.{college.pk}", points.get(college.pk, 0)))
        for college in entity.colleges.all()
    ]
    choices = {
        name: field.choices for name, field in StatutesIn().fields.items() if hasattr(field, "choices")
    }
    return {"values": values, "colleges": colleges, "choices": choices}


DEFAULTS: dict[str, Any] = {
    "pooling": "none",
    "base": "expressed",
    "ordinary": "1/2",
    "ordinary_is_strict": True,
    "extraordinary": "2/3",
    "extraordinary_is_strict": False,
    "quorum_first": "0",
    "quorum_second": "0",
    "quorum_is_weighted": False,
    "quorum_per_college": False,
    "notice_days_first": 15,
    "notice_days_second": 15,
    "allows_remote_voting": False,
}


def of_rules(statutes: Statutes) -> dict[str, Any]:
    """The fields of the form, from a version's rules."""
    plain = statutes.as_rules().to_json()
    for name in ("ordinary", "extraordinary"):
        majority: Any = plain.pop(name)
        plain |= {name: majority["threshold"], f"{name}_is_strict": majority["strict"]}
    return plain


statutes_add = form_door(STATUTES_ADOPT, statutes_form)
