"""The list of workshops, and the pages on which one is prepared."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from workshops import board
from workshops.models import Series, Step, Workshop
from workshops.services import default_steps, may_prepare
from workshops.views.reader import facilitated_or_404, number_in
from workshops.views.rooms import qr_path

PER_PAGE = 20


def workshop_list(request: HttpRequest) -> HttpResponse:
    """Today's rooms first, then those to come, then what was done, by series."""
    at = timezone.now()
    today = timezone.localtime(at).date()
    seen = Workshop.objects.visible_to(request.user).with_place()
    serie = number_in(request, "serie")
    past = seen.filter(state=Workshop.State.CLOSED)
    context = {
        "nav": "workshops",
        "now_open": seen.filter(state=Workshop.State.OPEN)[:PER_PAGE],
        "today": seen.filter(state=Workshop.State.PLANNED, starts_at__date=today).order_by("starts_at")[
            :PER_PAGE
        ],
        "coming": seen.filter(state=Workshop.State.PLANNED)
        .exclude(starts_at__date=today)
        .order_by("starts_at")[:PER_PAGE],
        "page": Paginator(past.filter(series=serie) if serie else past, PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "series": series_seen(request),
        "serie": Series.objects.filter(pk=serie).first() if serie else None,
        "query": f"serie={serie}" if serie else "",
        "entities": prepared_by(request),
        "at": at,
    }
    return render(request, "workshops/list.html", context)


def series_seen(request: HttpRequest) -> list[Series]:
    """The series of which the reader may see a workshop."""
    seen = Workshop.objects.visible_to(request.user).values("series")
    return list(Series.objects.filter(pk__in=seen).select_related("entity"))


def prepared_by(request: HttpRequest) -> list[LegalEntity]:
    """The entities for which the reader may call a workshop."""
    if not isinstance(request.user, Person):
        return []
    at = timezone.now()
    return [entity for entity in LegalEntity.objects.all() if may_prepare(request.user, entity, at)]


@login_required
def workshop_prepare(request: HttpRequest) -> HttpResponse:
    """Call a workshop; for the board, the executive and the staff."""
    entities = prepared_by(request)
    if not entities:
        raise Http404
    context = {
        "nav": "workshops",
        "entities": entities,
        "series": Series.objects.filter(entity__in=entities).select_related("entity"),
        "serie": number_in(request, "serie"),
        "accesses": Workshop.Access.choices,
        "steps": default_steps(),
    }
    return render(request, "workshops/prepare.html", context)


@login_required
def workshop_plan(request: HttpRequest, workshop: int) -> HttpResponse:
    """What a workshop is about, its steps, who facilitates, how one comes in."""
    room = facilitated_or_404(request, workshop)
    address = request.build_absolute_uri(f"/rejoindre/{room.join_code}/")
    context = {
        "nav": "workshops",
        "workshop": room,
        "steps": room.steps.order_by("position"),
        "kinds": Step.Kind.choices,
        "accesses": Workshop.Access.choices,
        "people": board.people_of(room),
        "address": address,
        "qr": qr_path(address),
    }
    return render(request, "workshops/plan.html", context)


@login_required
def step_place(request: HttpRequest, step: int) -> HttpResponse:
    """The plan to which a step belongs."""
    found = Step.objects.filter(pk=step).first()
    if found is None:
        raise Http404
    return workshop_plan(request, workshop=found.workshop_id)
