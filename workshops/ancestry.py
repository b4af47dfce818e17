"""Walks the lineage of a version upstream: earlier versions, merged sources, their own sources."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from workshops.models import Lineage, Participation, ProposalVersion


@dataclass
class Ancestry:
    """Every version a version came from, itself included, and the edges between them."""

    versions: dict[int, ProposalVersion] = field(default_factory=dict)
    parents: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def before(self, version: ProposalVersion) -> list[ProposalVersion]:
        """The earlier versions of the same proposal, then itself, in order."""
        same = [each for each in self.versions.values() if each.proposal_id == version.proposal_id]
        return sorted((each for each in same if each.number <= version.number), key=lambda each: each.number)

    def sources(self, version: ProposalVersion) -> list[ProposalVersion]:
        """The versions of other proposals this one came out of, oldest first."""
        found = [self.versions[pk] for pk in self.parents.get(version.pk, [])]
        return sorted(found, key=lambda each: (each.created_at, each.pk))


def ancestry_of(version: ProposalVersion) -> Ancestry:
    """Walk upstream, a generation at a time: two queries for each."""
    found = Ancestry()
    frontier = {version.proposal_id: version.number}
    while frontier:
        reached = Q(pk__in=[])
        for proposal, number in frontier.items():
            reached |= Q(proposal=proposal, number__lte=number)
        rows = with_story(ProposalVersion.objects.filter(reached)).exclude(pk__in=found.versions)
        fresh = {row.pk: row for row in rows}
        found.versions |= fresh
        frontier = {}
        for edge in Lineage.objects.filter(child__in=fresh).select_related("parent").order_by("pk"):
            found.parents[edge.child_id].append(edge.parent_id)
            parent = edge.parent
            frontier[parent.proposal_id] = max(frontier.get(parent.proposal_id, 0), parent.number)
    return found


def with_story(rows: models.QuerySet[ProposalVersion]) -> models.QuerySet[ProposalVersion]:
    """Fetch what a card of the thread tells of a version: who, from where, supports, remarks."""
    author = Participation.objects.filter(workshop=OuterRef("proposal__workshop"), person=OuterRef("author"))
    remark = Q(comments__hidden_at=None, comments__withdrawn_at=None)
    return rows.select_related("proposal__workshop", "author").annotate(
        author_organisation=Subquery(author.values("organisation__name")[:1]),
        author_sector=Subquery(author.values("sector__name")[:1]),
        supports_count=Count("supports", distinct=True),
        comments_count=Count("comments", filter=remark, distinct=True),
    )


def end_of(version: ProposalVersion) -> ProposalVersion:
    """Where a version's words live now: its proposal's current version, or that of what it was merged into."""
    seen: set[int] = set()
    while version.proposal_id not in seen:
        seen.add(version.proposal_id)
        current = version.proposal.version or version
        edge = (
            Lineage.objects.filter(parent__proposal=version.proposal_id, kind=Lineage.Kind.MERGED_FROM)
            .select_related("child__proposal__version")
            .order_by("pk")
            .first()
        )
        if edge is None:
            return current
        version = edge.child
    return version
