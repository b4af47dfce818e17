"""The pages of assemblies."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode

from assemblies.desk import found_at_desk, rows_of
from assemblies.hall import hall_of
from assemblies.minutes import minutes_of
from assemblies.models import Assembly, AssemblyQuerySet, Officer, Proxy, Resolution
from assemblies.preparation import entities_prepared_by, preparation_of
from assemblies.quorum import present_in
from assemblies.rights import may_prepare, role_of
from cooperation.models import Membership, Person
from cooperation.models.members import MembershipQuerySet
from cooperation.rules import admission_breaches
from realtime.publish import last_seq

PER_PAGE = 20
PER_DESK = 40


def seen_by(request: HttpRequest, on: date) -> AssemblyQuerySet:
    """The assemblies who asks may read."""
    return Assembly.objects.visible_to(person_of(request), on).select_related("entity", "body")


def person_of(request: HttpRequest) -> Person | None:
    """Who asks."""
    return request.user if isinstance(request.user, Person) else None


def found(request: HttpRequest, pk: int, at: datetime) -> Assembly:
    """The assembly, 404 for who may not read it."""
    return get_object_or_404(seen_by(request, timezone.localdate(at)), pk=pk)


@login_required
def assembly_list(request: HttpRequest) -> HttpResponse:
    """In session first, then those to come, then those held."""
    at = timezone.now()
    seen = seen_by(request, timezone.localdate(at))
    held = Paginator(seen.held(), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "nav": "assemblies",
        "in_session": seen.in_session(),
        "to_come": seen.to_come()[:PER_PAGE],
        "page": held,
        "prepares": entities_prepared_by(person_of(request), timezone.localdate(at)).exists(),
    }
    return render(request, "assemblies/list.html", shown)


@login_required
def assembly_new(request: HttpRequest, **_others: Any) -> HttpResponse:
    """Begin to prepare one; for who sits on a board."""
    entities = entities_prepared_by(person_of(request), timezone.localdate())
    if not entities:
        return render(request, "assemblies/not_on_board.html", {"nav": "assemblies"}, status=403)
    shown = {"nav": "assemblies", "entities": entities, "kinds": Assembly.Kind.choices}
    return render(request, "assemblies/new.html", shown)


@login_required
def assembly_page(request: HttpRequest, assembly: int, **_others: Any) -> HttpResponse:
    """The meeting, live: what is discussed, the quorum, the agenda, the call to vote."""
    at = timezone.now()
    row = found(request, assembly, at)
    seq = last_seq(row.topic)
    shown = {"nav": "assemblies", "seq": seq, "hall": hall_of(row, at), **standing(request, row, at)}
    return render(request, "assemblies/assembly.html", shown)


def standing(request: HttpRequest, assembly: Assembly, at: datetime) -> dict[str, Any]:
    """What who asks may do here, and under which hats they are there."""
    person = person_of(request)
    role = role_of(person, assembly)
    on = timezone.localdate(at)
    hats = hats_in(person, assembly, on).with_party()
    there = set(
        present_in(assembly)
        .filter(membership__in=[hat.pk for hat in hats])
        .values_list("membership", flat=True)
    )
    return {
        "assembly": assembly,
        "at": at,
        "role": role,
        "conducts": role in Officer.CONDUCTING,
        "prepares": may_prepare(person, assembly, on),
        "hats": [(hat, hat.pk in there) for hat in hats],
        "takes_proxies": assembly.state in (Assembly.State.CONVENED, Assembly.State.OPEN),
        "offered": proxies_offered(person, assembly),
        "absent": [hat for hat in hats if hat.pk not in there],
        "may_move": on >= assembly.held_on
        and assembly.state in (Assembly.State.CONVENED, Assembly.State.OPEN),
        **second_call(request, assembly, at),
    }


def hats_in(person: Person | None, assembly: Assembly, on: date) -> MembershipQuerySet:
    """The members this person is or speaks for in the meeting."""
    if person is None:
        return Membership.objects.none()
    return Membership.objects.of(person, on).filter(entity=assembly.entity_id)


def proxies_offered(person: Person | None, assembly: Assembly) -> int:
    """How many proxies wait for this person's answer."""
    offered = Proxy.objects.filter(assembly=assembly, state=Proxy.State.OFFERED, holder=person)
    return offered.count() if person is not None else 0


def second_call(request: HttpRequest, assembly: Assembly, at: datetime) -> dict[str, Any]:
    """The second call of a meeting that lacked its quorum: to prepare, or to read."""
    if assembly.state != Assembly.State.CLOSED or assembly.call == 2:
        return {}
    if Assembly.objects.filter(first_call=assembly).exists():
        return {"second_call": seen_by(request, timezone.localdate(at)).filter(first_call=assembly).first()}
    lacked = assembly.quorums.filter(is_met=False).exists()
    return {"may_call_again": lacked and may_prepare(person_of(request), assembly, timezone.localdate(at))}


@login_required
def assembly_prepare(request: HttpRequest, assembly: int, **_others: Any) -> HttpResponse:
    """Agenda, inbox, officers, notice: for who prepares the assembly."""
    at = timezone.now()
    prepared = Assembly.objects.prepared_by(person_of(request), timezone.localdate(at))
    row = get_object_or_404(prepared.select_related("entity", "body", "first_call"), pk=assembly)
    shown = {
        "nav": "assemblies",
        "assembly": row,
        "preparation": preparation_of(row, at),
        "kinds": Resolution.Kind.choices,
        "roles": Officer.Role.choices,
    }
    return render(request, "assemblies/prepare.html", shown)


@login_required
def assembly_notice(request: HttpRequest, assembly: int) -> HttpResponse:
    """The notice, to read and to print."""
    at = timezone.now()
    row = found(request, assembly, at)
    hall, living = hall_of(row, at), row.state in (Assembly.State.CONVENED, Assembly.State.OPEN)
    shown = {
        "nav": "assemblies",
        "assembly": row,
        "hall": hall,
        "takes_proxies": hall.rules is not None and not admission_breaches(hall.rules),
        "gives": living and hats_in(person_of(request), row, timezone.localdate(at)).exists(),
    }
    return render(request, "assemblies/notice.html", shown)


@login_required
def assembly_desk(request: HttpRequest, assembly: int, **_others: Any) -> HttpResponse:
    """Who arrives: for the officers of the meeting."""
    at = timezone.now()
    row = get_object_or_404(found_for_officers(request), pk=assembly)
    on = timezone.localdate(at)
    seqs = {"seq": last_seq(row.topic), "desk_seq": last_seq(row.desk_topic)}
    words = (request.POST.get("q") or request.GET.get("q") or "").strip()[:80]
    page = Paginator(found_at_desk(row, words, on), PER_DESK).get_page(request.GET.get("page"))
    shown = {
        "nav": "assemblies",
        **seqs,
        "assembly": row,
        "hall": hall_of(row, at),
        "words": words,
        "page": page,
        "query": urlencode({"q": words}) if words else "",
        "rows": rows_of(row, page.object_list, on),
    }
    return render(request, "assemblies/desk.html", shown)


def found_for_officers(request: HttpRequest) -> QuerySet[Assembly]:
    """The assemblies of which who asks is an officer."""
    offices = Officer.objects.filter(person=person_of(request)).values("assembly_id")
    return Assembly.objects.filter(pk__in=offices).select_related("entity", "body")


@login_required
def assembly_projector(request: HttpRequest, assembly: int) -> HttpResponse:
    """What the hall looks at: the point, the quorum, the vote, the result."""
    at = timezone.now()
    row = found(request, assembly, at)
    shown = {"seq": last_seq(row.topic), "hall": hall_of(row, at), "assembly": row}
    return render(request, "assemblies/projector.html", shown)


@login_required
def assembly_minutes(request: HttpRequest, assembly: int) -> HttpResponse:
    """The minutes, to read and to print."""
    row = found(request, assembly, timezone.now())
    shown = {"nav": "assemblies", "assembly": row, "minutes": minutes_of(row)}
    return render(request, "assemblies/minutes.html", shown)
