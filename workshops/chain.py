"""What the pages that read every floor get from the workshops: things to do, hops of a thread, fates."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cooperation.chain import Hop, Todo
from cooperation.models import Person
from workshops import ancestry
from workshops.ancestry import Ancestry, ancestry_of
from workshops.models import Comment, Forwarding, Participation, Proposal, ProposalVersion, Workshop

SOON = timedelta(days=14)
MOST = 5


def todo(person: Person, at: datetime) -> list[Todo]:
    """Rooms open now, workshops of the coming days, and those a facilitator has not brought to an end."""
    seen = Workshop.objects.visible_to(person)
    open_now = [call_in(room) for room in seen.filter(state=Workshop.State.OPEN)[:MOST]]
    coming = seen.filter(state=Workshop.State.PLANNED, starts_at__range=(at - timedelta(hours=12), at + SOON))
    return [
        *open_now,
        *(announce(room, at) for room in coming.order_by("starts_at")[:MOST]),
        *unfinished(person),
    ]


def call_in(room: Workshop) -> Todo:
    """A room open now."""
    return Todo(
        kind="contribution",
        title=room.title,
        url=room.get_absolute_url(),
        why=_("Maintenant · atelier ouvert"),
        detail=room.question,
        label=_("Entrer dans l’atelier"),
        is_now=True,
    )


def announce(room: Workshop, at: datetime) -> Todo:
    """A workshop of the coming days."""
    return Todo(
        kind="contribution",
        title=room.title,
        url=room.get_absolute_url(),
        why=when(room.starts_at, at),
        detail=room.place or room.question,
        due_at=room.starts_at,
    )


def when(instant: datetime, at: datetime) -> str:
    """How far a date is, as people say it."""
    day, hour = timezone.localtime(instant), date_format(timezone.localtime(instant), "H:i")
    days = (day.date() - timezone.localtime(at).date()).days
    if days <= 0:
        return _("Atelier aujourd’hui à %(hour)s") % {"hour": hour}
    if days == 1:
        return _("Atelier demain à %(hour)s") % {"hour": hour}
    return _("Atelier dans %(days)s jours") % {"days": days}


def unfinished(person: Person) -> list[Todo]:
    """The closed rooms of a facilitator in which proposals still wait for a fate."""
    mine = Participation.objects.facilitating().filter(person=person).values("workshop_id")
    waiting = Count("proposals", filter=Q(proposals__state="open", proposals__hidden_at=None))
    rooms = Workshop.objects.filter(pk__in=mine, state=Workshop.State.CLOSED).annotate(waiting=waiting)
    return [
        Todo(
            kind="proposition",
            title=room.title,
            url=room.get_absolute_url(),
            why=_("Atelier terminé · à restituer"),
            detail=ngettext(
                "%(count)s proposition attend une suite : la transmettre, la garder ou l’écarter.",
                "%(count)s propositions attendent une suite : les transmettre, les garder ou les écarter.",
                room.waiting,
            )
            % {"count": room.waiting},
            label=_("Donner suite"),
        )
        for room in rooms.filter(waiting__gt=0)[:MOST]
    ]


def hops_of_version(version: ProposalVersion) -> list[Hop]:
    """From the first contributions, through merges and versions, to this version; what joined it is its `sources`."""
    found = ancestry_of(version)
    return hops_in(found, found.versions[version.pk], remarks_in(found))


def hops_in(found: Ancestry, version: ProposalVersion, remarks: dict[int, Comment]) -> list[Hop]:
    """The hops up to one version of an ancestry."""
    hops: list[Hop] = []
    for each in found.before(version):
        joined = []
        for source in found.sources(each):
            *earlier, last = hops_in(found, source, remarks)
            hops += earlier
            joined.append(last)
        hops.append(hop_of(each, tuple(joined), remarks.get(each.pk)))
    return hops


def remarks_in(found: Ancestry) -> dict[int, Comment]:
    """The first remark each version drew, in one query."""
    rows = Comment.objects.filter(version__in=found.versions, hidden_at=None, withdrawn_at=None)
    first: dict[int, Comment] = {}
    for comment in rows.select_related("author").order_by("pk"):
        first.setdefault(comment.version_id, comment)
    return first


def hop_of(version: ProposalVersion, sources: tuple[Hop, ...], remark: Comment | None) -> Hop:
    """One version as a card of the thread; what is hidden or withdrawn shows that it is."""
    proposal = version.proposal
    is_first_words = version.number == 1 and not sources
    return Hop(
        kind="contribution" if is_first_words else "proposition",
        title=_("Texte retiré ou masqué") if proposal.is_gone else version.title,
        url=proposal.get_absolute_url(),
        meta=meta_of(version, is_first_words=is_first_words),
        text="" if proposal.is_gone else text_of(version, len(sources), remark),
        who="" if proposal.is_gone else who_of(version),
        on=timezone.localtime(version.created_at).date(),
        sources=sources,
    )


def meta_of(version: ProposalVersion, *, is_first_words: bool) -> str:
    """« Contribution n° 87 · 11 octobre 2007 »."""
    values = {
        "number": version.proposal.number,
        "version": version.number,
        "workshop": version.proposal.workshop.title,
        "day": date_format(timezone.localtime(version.created_at), "j F Y"),
    }
    if is_first_words:
        return _("Contribution n° %(number)s · %(workshop)s, %(day)s") % values
    return _("Proposition n° %(number)s, version %(version)s · %(workshop)s, %(day)s") % values


def text_of(version: ProposalVersion, merged: int, remark: Comment | None) -> str:
    """What the room did with a version, in a few sentences."""
    supports, comments = version.supports_count, version.comments_count  # type: ignore[attr-defined]
    said = []
    if merged:
        said.append(
            ngettext("Réunit %(count)s contribution.", "Réunit %(count)s contributions.", merged)
            % {"count": merged}
        )
    if supports:
        said.append(ngettext("%(count)s soutien.", "%(count)s soutiens.", supports) % {"count": supports})
    if remark is not None:
        said.append(
            ngettext(
                "%(count)s avis : « %(words)s » (%(name)s).",
                "%(count)s avis, dont : « %(words)s » (%(name)s).",
                comments,
            )
            % {"count": comments, "words": Truncator(remark.text).chars(140), "name": remark.author.name}
        )
    return " ".join(said)


def who_of(version: ProposalVersion) -> str:
    """Who wrote a version, as the room saw them."""
    place = [version.author_organisation, version.author_sector]  # type: ignore[attr-defined]
    name = ", ".join(each for each in (version.author.name, " · ".join(filter(None, place))) if each)
    if version.proposal.entered_by_id is None or version.number > 1:
        return name
    return _("%(name)s, saisie par l’animation") % {"name": name}


def contributors_of(version: ProposalVersion) -> set[Person]:
    """Everybody in a version: its authors and those of all it came from, and who commented them."""
    found = ancestry_of(version)
    proposals = {each.proposal_id for each in found.versions.values()}
    return set(
        Person.objects.filter(
            Q(proposals__in=proposals)
            | Q(pk__in={each.author_id for each in found.versions.values()})
            | Q(comments__version__in=found.versions)
        ).distinct()
    )


def end_of(proposal: Proposal) -> ProposalVersion:
    """The version in which a proposal's words live now, merges included."""
    if proposal.version is None:
        raise Proposal.DoesNotExist
    return ancestry.end_of(proposal.version)


@dataclass(frozen=True)
class Station:
    """One stop of the small thread under a proposal: `state` is done, now or todo."""

    kind: str
    state: str


@dataclass(frozen=True)
class Fate:
    """What became of a proposal, for the person who made it."""

    title: str
    url: str
    sentence: str
    stations: tuple[Station, ...]


def fate_of(proposal: Proposal) -> Fate:
    """What became of a proposal, in one sentence and on its thread."""
    title = proposal.version.title if proposal.version else str(proposal)
    return Fate(
        title=title,
        url=proposal.get_absolute_url(),
        sentence=sentence_of(proposal),
        stations=stations_of(proposal),
    )


def sentence_of(proposal: Proposal) -> str:
    """Where a proposal stands, as its author reads it."""
    if proposal.hidden_at is not None:
        return _("Masquée par l’animation. Motif : %(reason)s") % {"reason": proposal.hidden_reason}
    reason = {"reason": proposal.state_reason}
    match proposal.state:
        case Proposal.State.MERGED:
            return _("Réunie à d’autres dans « %(title)s ».") % {"title": end_of(proposal).title}
        case Proposal.State.FORWARDED:
            return forwarded_sentence(proposal)
        case Proposal.State.SET_ASIDE:
            return _("Écartée. Motif : %(reason)s") % reason
        case Proposal.State.KEPT:
            return _("Gardée pour plus tard.")
        case Proposal.State.WITHDRAWN:
            return _("Retirée par son autrice ou son auteur.")
    if proposal.workshop.state == Workshop.State.CLOSED:
        return _("L’atelier est terminé ; l’animation doit encore lui donner une suite.")
    return _("Ouverte, dans l’atelier « %(title)s ».") % {"title": proposal.workshop.title}


def forwarded_sentence(proposal: Proposal) -> str:
    """To whom a proposal was forwarded, and whether they took it up."""
    rows = Forwarding.objects.filter(version__proposal=proposal).select_related("body")
    found = sorted(rows, key=lambda each: (each.taken_up_at is not None, each.at))
    if not found:
        return _("Transmise.")
    forwarding = found[-1]
    values = {"body": forwarding.body.name, "title": forwarding.taken_up_title}
    if forwarding.taken_up_at is None:
        return _("Transmise : %(body)s.") % values
    return _("Transmise : %(body)s, qui l’a inscrite sous « %(title)s ».") % values


def stations_of(proposal: Proposal) -> tuple[Station, ...]:
    """The thread of a proposal as far as the room knows: contribution, proposal, vote, decision, action."""
    ended = proposal.state != Proposal.State.OPEN
    taken_up = (
        ended and Forwarding.objects.filter(version__proposal=proposal, taken_up_at__isnull=False).exists()
    )
    states = ["done", "done" if ended else "now", "now" if taken_up else "todo", "todo", "todo"]
    kinds = ["contribution", "proposition", "vote", "decision", "action"]
    return tuple(Station(kind, state) for kind, state in zip(kinds, states, strict=True))
