"""The network's pages: who is part of it, its agenda, its register, its governing bodies."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, Count, Prefetch, Q, QuerySet, Sum, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from cooperation.filters import RegisterFilter
from cooperation.models import (
    GoverningBody,
    LegalEntity,
    Mandate,
    Membership,
    NetworkEvent,
    Organisation,
    Person,
    Representation,
    Sector,
    belongs_to_network,
)
from cooperation.register import headings, lines, speakers_on, table

PER_PAGE = 50
ROLES = [Mandate.Role.CHAIR, Mandate.Role.CO_CHAIR, Mandate.Role.TREASURER, Mandate.Role.SECRETARY]
RANK = Case(
    *[When(role=role, then=Value(rank)) for rank, role in enumerate(ROLES)], default=Value(len(ROLES))
)
Page = Callable[..., HttpResponse]


def for_the_network(page: Page) -> Page:
    """Only for the people of the network; a stranger is not told that the page exists."""

    @login_required
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not belongs_to_network(request.user, timezone.localdate()):
            raise Http404
        return page(request, *args, **kwargs)

    return guarded


def network(request: HttpRequest) -> HttpResponse:
    """« Le réseau »: structures, sectors, figures, and the next dates. Open to everybody, names of people aside."""
    today = timezone.localdate()
    reader = request.user if isinstance(request.user, Person) else None
    standing = Q(memberships__in=Membership.objects.as_of(today))
    members = Membership.objects.as_of(today)
    represented = Organisation.objects.filter(memberships__in=members).distinct()
    context = {
        "nav": "network",
        "is_member": belongs_to_network(reader, today),
        "entities": LegalEntity.objects.annotate(
            members=Count("memberships", filter=standing, distinct=True)
        ),
        "sectors": Sector.objects.select_related("lead", "employer").annotate(
            structures=Count("organisations", filter=Q(organisations__in=represented), distinct=True)
        ),
        "organisations": represented.count(),
        "persons": members.filter(person__isnull=False).values("person").distinct().count(),
        "structures": Organisation.objects.filter(pk__in=represented.values("pk")).aggregate(
            n=Sum("structures")
        )["n"],
        "coming": events(today, coming=True)[:4],
        "past": events(today, coming=False)[:4],
    }
    return render(request, "cooperation/network.html", context)


def events(today: date, *, coming: bool) -> QuerySet[NetworkEvent]:
    """The agenda's lines still to come (the next first) or past (the latest first)."""
    ahead = Q(starts_on__gte=today) | Q(ends_on__gte=today)
    rows = NetworkEvent.objects.prefetch_related("partners")
    return rows.filter(ahead).in_order() if coming else rows.exclude(ahead).order_by("-starts_on", "-pk")


def event_list(request: HttpRequest) -> HttpResponse:
    """The agenda: what comes, then what was, year by year."""
    today = timezone.localdate()
    page = Paginator(events(today, coming=False), 30).get_page(request.GET.get("page"))
    return render(
        request,
        "cooperation/agenda.html",
        {"nav": "network", "coming": events(today, coming=True), "page": page},
    )


def register(request: HttpRequest) -> RegisterFilter:
    """The register as this request narrows it."""
    rows = Membership.objects.with_party().prefetch_related("organisation__sectors")
    return RegisterFilter(request.GET, queryset=rows.order_by("entity", "register_number"))


@for_the_network
def member_list(request: HttpRequest) -> HttpResponse:
    """The register at a date."""
    narrowed = register(request)
    page = Paginator(narrowed.qs, PER_PAGE).get_page(request.GET.get("page"))
    day = (
        narrowed.form.cleaned_data.get("on") or timezone.localdate()
        if narrowed.is_valid()
        else timezone.localdate()
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "nav": "network",
        "form": narrowed.form,
        "page": page,
        "day": day,
        "speakers": speakers_on(list(page.object_list), day),
        "query": query.urlencode(),
        "may_export": kept_by(request).exists(),
    }
    return render(request, "cooperation/members.html", context)


def kept_by(request: HttpRequest) -> QuerySet[LegalEntity]:
    """The entities whose board the reader sits on today."""
    seats = Mandate.objects.as_of(timezone.localdate()).filter(
        person=request.user.pk, body__kind__in=GoverningBody.BOARDS
    )
    return LegalEntity.objects.filter(pk__in=seats.values("body__entity"))


@for_the_network
def member_export(request: HttpRequest) -> HttpResponse:
    """The narrowed register as a table, addresses included: for the board, of its own entity."""
    kept = kept_by(request)
    narrowed = register(request)
    if not kept.exists() or not narrowed.is_valid():
        raise Http404
    members = list(narrowed.qs.filter(entity__in=kept))
    day = narrowed.form.cleaned_data["on"]
    body = table([headings(), *lines(members, speakers_on(members, day))])
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="registre-{day.isoformat()}.csv"'
    return response


@for_the_network
def member_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One member: who it is, where it votes, who speaks for it, what it sits in."""
    today = timezone.localdate()
    rows = Membership.objects.with_party().select_related("organisation__network")
    membership = get_object_or_404(rows.prefetch_related("organisation__sectors"), pk=pk)
    named = Representation.objects.filter(organisation=membership.organisation_id).select_related("person")
    speakers = list(named.order_by("-since", "role"))
    people = [membership.person_id] if membership.person_id else [row.person_id for row in named.as_of(today)]
    seats = Mandate.objects.as_of(today).filter(person__in=people).select_related("body__entity", "person")
    also = Membership.objects.as_of(today).with_party().exclude(pk=pk)
    context = {
        "nav": "network",
        "membership": membership,
        "is_standing": Membership.objects.as_of(today).filter(pk=pk).exists(),
        "speakers": speakers,
        "seats": seats,
        "also": also.filter(person=membership.person_id, organisation=membership.organisation_id),
    }
    return render(request, "cooperation/member.html", context)


@for_the_network
def body_list(request: HttpRequest) -> HttpResponse:
    """Who sits where, in which role, until when."""
    running = Mandate.objects.as_of(timezone.localdate()).select_related(
        "person", "membership__organisation", "membership__college"
    )
    seated = Prefetch(
        "mandates", queryset=running.order_by(RANK, "person__family_name", "pk"), to_attr="seated"
    )
    bodies = GoverningBody.objects.select_related("entity").prefetch_related(seated)
    return render(request, "cooperation/bodies.html", {"nav": "network", "bodies": bodies})
