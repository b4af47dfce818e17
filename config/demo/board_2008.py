"""The election of March 2008: thirty-five seats, two at least in each of the seven sectors, forty-three who stand."""

from datetime import datetime

from assemblies.contest_rules import ElectionTerms
from assemblies.models import Assembly, Candidate, Resolution
from assemblies.services import add_candidate, add_contest
from config.demo import halls
from config.demo.names import SECTORS, SEED_ORGANISATIONS
from config.demo.network import Network
from cooperation.models import Organisation, Person

SEATS, STANDING = 35, 43


def people_who_stand(network: Network) -> list[Person]:
    """Nadège and twenty of the founders, who speak for the structures the seed names, then for others."""
    organisations = network.organisations[: len(SEED_ORGANISATIONS) + 18]
    spoken = Person.objects.filter(
        representations__organisation__in=organisations, representations__role="titular"
    )
    speakers = spoken.order_by("representations__organisation_id").distinct()
    return list(dict.fromkeys([network.people[0], *network.people[4:24], *speakers]))[:STANDING]


def put_up(network: Network, assembly: Assembly, at: datetime) -> Resolution:
    """The election on the agenda, and its candidates, by sector where they speak for a structure."""
    by = network.people[0]
    limits = [{"kind": "sector", "group": name, "words": name, "least": 2} for name in SECTORS]
    resolution = add_contest(
        by=by,
        assembly=assembly,
        title="Élire les trente-cinq membres du conseil",
        text="Trente-cinq sièges, deux au moins pour chacun des sept secteurs.",
        method="election",
        terms=ElectionTerms(SEATS, limits=limits),
        body=network.board,
        at=at,
    )
    for person in people_who_stand(network):
        spoken = Organisation.objects.filter(representations__person=person).order_by("pk").first()
        sector = spoken.sectors.order_by("pk").first() if spoken else None
        add_candidate(
            by=by,
            resolution=resolution,
            person=person,
            group=sector.name if sector else "",
            statement=f"Pour {spoken.name}." if spoken else "",
            at=at,
        )
    return resolution


def elect(network: Network, assembly: Assembly, chair: Person, at: datetime) -> Resolution:
    """The vote, the declaration; the mandates begin."""
    resolution = assembly.resolutions.get(contest__isnull=False)
    standing = Candidate.objects.filter(contest__resolution=resolution).count()
    done = halls.decide(resolution, chair, lambda number: named(number, standing), at, share=(4, 5))
    if network.board.mandates.filter(since=at.date()).count() != SEATS:
        raise RuntimeError("the demo's election of 2008 did not fill its seats")
    return done


def named(number: int, standing: int) -> list[str]:
    """Some thirty names, the first of the list more often than the last; no two ballots quite alike."""
    likes = [place for place in range(standing) if (place * 29 + number * 17 + number // 4) % 97 > place + 12]
    return [str(place + 1) for place in likes[:SEATS]] or ["blank"]
