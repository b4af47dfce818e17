"""The trial of statutes: what other rules would have made of the votes of the past. Composed here, written nowhere."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode

from assemblies.models import Resolution, ResolutionQuerySet
from assemblies.trials import past_votes, tried
from cooperation.models import LegalEntity, Person, Statutes, StatutesDraft
from cooperation.rules import StatutesRules
from cooperation.views.network import for_the_network, kept_by

PER_PAGE = 20


@dataclass(frozen=True)
class Tried:
    """The rules being tried: a version anybody of the network may read, or the draft of the board (no number)."""

    rules: StatutesRules
    version: int | None

    @property
    def query(self) -> str:
        """What the address says of them."""
        return urlencode({"version": self.version}) if self.version else ""


def rules_tried(request: HttpRequest, entity: LegalEntity) -> Tried:
    """The version the address asks for; without one, the draft, for who may write it. 404 otherwise."""
    asked = request.GET.get("version", "")
    if asked:
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
        statutes = get_object_or_404(
            Statutes.objects.select_related("entity").filter(entity=entity), version=number
        )
        return Tried(statutes.as_rules(), statutes.version)
    if not kept_by(request).filter(pk=entity.pk).exists():
        raise Http404
    return Tried(get_object_or_404(StatutesDraft, entity=entity).as_rules(), None)


def votes_seen(request: HttpRequest, entity: LegalEntity) -> ResolutionQuerySet:
    """The past votes of an entity among those who asks may read."""
    reader = request.user if isinstance(request.user, Person) else None
    return past_votes(entity, Resolution.objects.visible_to(reader, timezone.localdate()))


@for_the_network
def statutes_trial(request: HttpRequest, slug: str) -> HttpResponse:
    """Every past vote of the entity: its verdict, and what these rules would have made of it."""
    entity = get_object_or_404(LegalEntity, slug=slug)
    tries = rules_tried(request, entity)
    page = Paginator(votes_seen(request, entity), PER_PAGE).get_page(request.GET.get("page"))
    trials = [tried(resolution, tries.rules) for resolution in page.object_list]
    shown = {
        "nav": "network",
        "entity": entity,
        "tries": tries,
        "page": page,
        "trials": trials,
        "changed": sum(trial.is_changed for trial in trials),
    }
    return render(request, "pages/statutes_trial.html", shown)


@for_the_network
def vote_trial(request: HttpRequest, slug: str, resolution: int) -> HttpResponse:
    """One past vote, counted as it was and as these rules would have it, sentence by sentence."""
    entity = get_object_or_404(LegalEntity, slug=slug)
    tries = rules_tried(request, entity)
    found = get_object_or_404(votes_seen(request, entity), pk=resolution)
    shown = {"nav": "network", "entity": entity, "tries": tries, "trial": tried(found, tries.rules)}
    return render(request, "pages/vote_trial.html", shown)
