"""Statutes as sentences, version by version, and the form that writes the next one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from cooperation.clauses import clauses
from cooperation.figures import FiguresForm, groups_of
from cooperation.models import LegalEntity, Statutes, StatutesDraft
from cooperation.standing import standing_of
from cooperation.statutes_api import STATUTES_ADOPT, STATUTES_DISCARD, STATUTES_DRAFT
from cooperation.statutes_form import sections_of, wrong_elsewhere
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
    may_write = kept_by(request).filter(pk=entity.pk).exists()
    context = {
        "nav": "network",
        "entity": entity,
        "others": LegalEntity.objects.exclude(pk=entity.pk),
        "versions": versions,
        "in_force": in_force,
        "shown": shown,
        "clauses": clauses(shown.as_rules()) if shown else [],
        "standing": standing_of(entity, today),
        "may_write": may_write,
        "draft": StatutesDraft.objects.filter(entity=entity).first() if may_write else None,
    }
    return render(request, "cooperation/statutes.html", context)


@for_the_network
def statutes_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The next version, starting from the draft, else from the last one written; only for the board."""
    entity = get_object_or_404(kept_by(request), slug=slug)
    draft = StatutesDraft.objects.filter(entity=entity).select_related("written_by").first()
    latest = Statutes.objects.filter(entity=entity).select_related("entity").first()
    failure = getattr(request, "failure", None)
    sections = sections_of(entity, draft or latest, failure)
    context = {
        "nav": "network",
        "entity": entity,
        "draft": draft,
        "sections": sections,
        "failure": failure,
        "elsewhere": wrong_elsewhere(sections, failure),
    }
    return render(request, "cooperation/statutes_form.html", context)


statutes_add = form_door(STATUTES_ADOPT, statutes_form)
statutes_draft = form_door(STATUTES_DRAFT, statutes_form)
statutes_discard = form_door(STATUTES_DISCARD, statutes_form)


@for_the_network
def figures_check(request: HttpRequest, slug: str) -> HttpResponse:
    """Capital, surplus and revision before the law: figures typed in the address, answered, kept nowhere."""
    entity = get_object_or_404(LegalEntity.objects.filter(legal_form__startswith="scic"), slug=slug)
    statutes = Statutes.objects.in_force(entity, timezone.localdate())
    if statutes is None:
        raise Http404
    form = FiguresForm(request.GET or None)
    shown = {
        "nav": "network",
        "entity": entity,
        "form": form,
        "groups": groups_of(form, statutes.as_rules()),
    }
    return render(request, "cooperation/figures.html", shown)
