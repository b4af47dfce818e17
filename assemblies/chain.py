"""What the pages that read every floor get from the assemblies: things to do, and the vote's hop of a thread."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assemblies.models import Assembly, Officer, Proxy, Resolution
from assemblies.preparation import inbox_of
from cooperation.chain import Hop, Todo
from cooperation.models import Person
from decisions.models import Decision
from votes.chain import hops_of_poll
from workshops.models import ProposalVersion

SOON = timedelta(days=45)
MOST = 5


def todo(person: Person, at: datetime) -> list[Todo]:
    """Sessions open now, notices received, meetings to prepare with what workshops forwarded."""
    on = timezone.localdate(at)
    seen = Assembly.objects.visible_to(person, on).select_related("entity")
    now = [join(row) for row in seen.in_session()[:MOST]]
    coming = seen.filter(
        state=Assembly.State.CONVENED, starts_at__range=(at - timedelta(hours=12), at + SOON)
    )
    prepared = Assembly.objects.prepared_by(person, on).filter(state=Assembly.State.PREPARED)
    return [
        *now,
        *offers(person),
        *(notice(row, at) for row in coming.order_by("starts_at")[:MOST]),
        *(finish(row) for row in prepared.select_related("entity").order_by("starts_at")[:MOST]),
        *desks(person, at),
    ]


def join(assembly: Assembly) -> Todo:
    """A session open now."""
    return Todo(
        kind="vote",
        title=assembly.title,
        url=assembly.get_absolute_url(),
        why=_("Maintenant · assemblée en séance"),
        detail=assembly.place or assembly.entity.name,
        label=_("Rejoindre la séance"),
        is_now=True,
    )


def offers(person: Person) -> list[Todo]:
    """Proxies that wait for this person's answer, one line per meeting."""
    waiting = Proxy.objects.filter(
        holder=person,
        state=Proxy.State.OFFERED,
        assembly__state__in=[Assembly.State.CONVENED, Assembly.State.OPEN],
    )
    meetings = {row.assembly_id: row for row in waiting.select_related("assembly").order_by("pk")[:MOST]}
    return [
        Todo(
            kind="vote",
            title=row.assembly.title,
            url=row.get_absolute_url(),
            why=_("On vous propose de porter un pouvoir"),
            label=_("Répondre"),
        )
        for row in meetings.values()
    ]


def notice(assembly: Assembly, at: datetime) -> Todo:
    """A notice received."""
    return Todo(
        kind="vote",
        title=assembly.title,
        url=reverse("assemblies:assembly-notice", args=[assembly.pk]),
        why=_("Convocation · %(day)s")
        % {"day": date_format(timezone.localtime(assembly.starts_at), _("l j F, G \\h i"))},
        detail=assembly.place,
        label=_("Lire l’ordre du jour"),
        due_at=assembly.starts_at,
    )


def finish(assembly: Assembly) -> Todo:
    """A meeting to prepare, and how much its inbox holds."""
    waiting = inbox_of(assembly).count()
    detail = _("Propositions transmises à inscrire : %(count)s.") % {"count": waiting} if waiting else ""
    return Todo(
        kind="decision",
        title=assembly.title,
        url=reverse("assemblies:assembly-prepare", args=[assembly.pk]),
        why=_("À préparer · %(entity)s") % {"entity": assembly.entity.name},
        detail=detail,
        label=_("Préparer"),
        due_at=assembly.starts_at,
    )


def desks(person: Person, at: datetime) -> list[Todo]:
    """The doors an officer keeps today."""
    today = timezone.localdate(at)
    offices = Officer.objects.filter(
        person=person, assembly__state__in=[Assembly.State.CONVENED, Assembly.State.OPEN]
    ).select_related("assembly")
    return [
        Todo(
            kind="contribution",
            title=office.assembly.title,
            url=reverse("assemblies:assembly-desk", args=[office.assembly_id]),
            why=_("Aujourd’hui · accueil"),
            detail=_("Notez les arrivées : le quorum se compte à chaque vote."),
            label=_("Tenir l’accueil"),
            due_at=office.assembly.starts_at,
        )
        for office in offices[:MOST]
        if office.assembly.held_on == today
    ]


def with_thread() -> QuerySet[Resolution]:
    """Resolutions with what a thread says of them."""
    return Resolution.objects.select_related(
        "assembly__entity", "poll", "decision", "version__proposal__workshop", "version__author", "forwarding"
    )


def resolution_of_decision(decision: Decision) -> Resolution | None:
    """The resolution this decision was, if an assembly took it."""
    return with_thread().filter(decision=decision).first()


def resolutions_of_version(version: ProposalVersion) -> list[Resolution]:
    """Every resolution that put this exact text to the vote, in time order."""
    return list(with_thread().filter(version=version).order_by("assembly__starts_at", "pk"))


def hops_of_resolution(resolution: Resolution) -> list[Hop]:
    """Its place on an agenda, then its vote."""
    tabled = Hop(
        kind="proposition",
        title=_("Inscrite à l’ordre du jour : %(title)s") % {"title": resolution.title},
        url=reverse("assemblies:assembly-minutes", args=[resolution.assembly_id]) + f"#{resolution.anchor}",
        meta=where(resolution),
        on=resolution.assembly.held_on,
        state="done" if resolution.poll_id else "todo",
    )
    return [tabled] if resolution.poll is None else [tabled, hops_of_poll(resolution.poll)]


def where(resolution: Resolution) -> str:
    """« Résolution 4 · Assemblée générale · samedi 15 mars 2008 »."""
    words = {
        "number": resolution.number,
        "assembly": resolution.assembly.title,
        "day": date_format(resolution.assembly.held_on, _("l j F Y")),
    }
    return _("Résolution %(number)s · %(assembly)s · %(day)s") % words
