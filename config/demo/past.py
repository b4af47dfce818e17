"""2004 to 2009, performed through the services: the founding rules, the workshops of 2007, the assembly of March 2008."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

from assemblies.services import close_assembly
from config.demo import board_2008, halls, rooms
from config.demo.names import SEED_ORGANISATIONS
from config.demo.network import Network
from config.demo.words_2007 import AXES, ROOMS, SERIES
from cooperation.models import Membership, Person
from cooperation.rules import Base, Majority, Pooling, Profile, StatutesRules
from cooperation.services import adopt_statutes, appoint
from decisions.models import Action, Axis, Decision
from decisions.services import (
    add_action,
    add_indicator,
    adopt_plan,
    finish_action,
    note_progress,
    record_measure,
)
from workshops.models import Forwarding, Proposal
from workshops.services import add_series, keep_proposal, set_aside_proposal

FOUNDED = date(2004, 7, 1)
ASSEMBLY_ON = date(2008, 3, 15)
PLACE = "Maison des Hommes et des Techniques"

# axis, title, due on, done with these words (or still running at this progress), partners by name
ACTIONS_2009 = (
    (1, "Tenir les premières journées de l’entrepreneuriat social", "2008-12-31", "Tenues en 2008, avec la chambre régionale.", ("Chambre régionale de l’économie sociale",)),
    (1, "Étudier un lieu mutualisé, espace urbain de production et de coopération", "2010-06-30", "L’étude est rendue : la suite est portée avec les collectivités.", ("Nantes Métropole",)),
    (2, "Ouvrir les portes des acteurs du réemploi", "2009-04-04", "La journée du 4 avril a eu lieu, avec Eco-rev et Ecopôle.", ("Eco-rev", "Ecopôle")),
    (2, "Dresser la table équitable sur l’Île de Nantes", "2009-05-09", "Le pique-nique du 9 mai a eu lieu, avec NAPCE et CAP 44.", ("NAPCE", "CAP 44")),
    (3, "Tenir la journée Femmes-Bâtiment", "2009-04-30", "Tenue à la Maison des Hommes et des Techniques, avec Bâticréateur 44.", ("Bâticréateur 44",)),
    (3, "Tenir deux journées d’étude sur les réponses de l’ESS face à la crise", "2009-06-11", "Tenues les 10 et 11 juin à la Bernardière.", ("Union régionale des SCOP", "Le Relais")),
    (4, "Faire vivre les ateliers de co-construction", "2010-12-31", "Les ateliers continuent : c’est devenu l’habitude du réseau.", ()),
    (4, "Préparer la création d’une SCIC", "2010-12-31", "La perspective est ouverte ; la société viendra ensuite.", ("Union régionale des SCOP",)),
)  # fmt: skip


def noon(day: date, hour: int = 18) -> datetime:
    """An hour of a day in Nantes."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def association_rules() -> StatutesRules:
    """One member one vote, a quarter of the members on first call, more than half of the votes cast."""
    return StatutesRules(
        profile=Profile.ASSOCIATION_1901,
        pooling=Pooling.NONE,
        base=Base.EXPRESSED,
        ordinary=Majority(Fraction(1, 2), True),
        extraordinary=Majority(Fraction(2, 3), False),
        quorum_first=Fraction(1, 4),
        allows_remote_voting=True,
    )


def found(network: Network) -> None:
    """The founding rules and the first board: Nadège, who facilitates, and eleven others."""
    at = noon(FOUNDED)
    adopt_statutes(
        entity=network.association,
        rules=association_rules(),
        weights={},
        in_force_from=FOUNDED,
        by=None,
        at=at,
    )
    for person in [network.people[0], *network.people[4:15]]:
        appoint(
            body=network.board, person=person, since=FOUNDED, until=ASSEMBLY_ON - timedelta(days=1), at=at
        )


def people_of_2007(network: Network) -> list[Person]:
    """Who comes to the workshops: two dozen members of that time, their representatives among them."""
    early = Membership.objects.filter(entity=network.association).as_of(date(2007, 3, 1))
    return list(
        Membership.objects.filter(pk__in=early)
        .people(date(2007, 3, 1))
        .exclude(pk=network.people[0].pk)
        .order_by("pk")[:24]
    )


def build_together(network: Network) -> dict[str, Proposal]:
    """The three series of 2007; what came out of them, by title."""
    facilitator, people = network.people[0], people_of_2007(network)
    series = {
        number: add_series(
            by=facilitator, entity=network.association, title=title, text=text, at=noon(date(2007, 2, 13))
        )
        for number, title, text in SERIES
    }
    found_all: dict[str, Proposal] = {}
    for room in ROOMS:
        starts_at = noon(date.fromisoformat(room.day))
        workshop = rooms.prepare(
            room,
            by=facilitator,
            entity=network.association,
            starts_at=starts_at,
            place=PLACE,
            series=series[room.series],
        )
        found_all |= rooms.play(workshop, room, facilitator, people, starts_at)
        rooms.orient(workshop, facilitator, starts_at)
        rooms.finish(workshop, facilitator, starts_at)
    return found_all


def settle(network: Network, proposals: dict[str, Proposal]) -> list[Forwarding]:
    """What the rooms hand on, keep, or set aside with a reason; the forwardings to the assembly, in order."""
    facilitator, late = network.people[0], noon(date(2007, 11, 30))
    to_assembly = (
        ("Adopter le plan d’actions 2008-2010", "Les quatre axes, réunis de tout ce qui a été dit en 2007."),
        ("Un conseil de trente-cinq membres, très représentatif", "Pour que le plan ait qui le porte."),
        ("Un bureau de huit, où tous les métiers se croisent", "Pour que le conseil ait qui le prépare."),
    )
    for title, why in to_assembly:
        rooms.forward(proposals[title], network.assembly, facilitator, why, late)
    for title in ("Un lieu mutualisé de production et de coopération", "Une université coopérative"):
        rooms.forward(
            proposals[title], network.board, facilitator, "À reprendre dans le plan.", noon(date(2007, 9, 20))
        )
    keep_proposal(
        by=facilitator,
        proposal=proposals["Une table équitable sur l’Île de Nantes"],
        why="À reprendre quand les sept animateurs de secteur seront en place.",
        at=late,
    )
    set_aside_proposal(
        by=facilitator,
        proposal=proposals["Répéter, jouer, se montrer aux voisins"],
        reason="Une salle équipée existe déjà dans le quartier : mieux vaut la partager.",
        at=late,
    )
    return list(Forwarding.objects.filter(body=network.assembly).order_by("pk"))


def assemble(network: Network, forwardings: list[Forwarding]) -> list[Decision]:
    """March 2008: the plan, a board of 35 and an executive of 8 decided, then the 35 elected."""
    facilitator = network.people[0]
    chair, secretary, teller = network.people[4:7]
    starts_at = noon(ASSEMBLY_ON, 14)
    assembly = halls.call(
        by=facilitator,
        body=network.assembly,
        title="Assemblée générale des acteurs, mars 2008",
        place=PLACE,
        starts_at=starts_at,
        reports=("Rapport moral", "Rapport financier"),
        forwardings=forwardings,
        officers=((chair, "chair"), (secretary, "secretary"), (teller, "teller")),
        table=lambda held, at: board_2008.put_up(network, held, at),
    )
    halls.welcome(assembly, teller, (2, 3), starts_at)
    halls.opened(assembly, chair, starts_at)
    said = (halls.mostly("ffffafffsf"), halls.mostly("fffffffaf"), halls.mostly("ffffbfffaff"))
    decided = []
    texts = assembly.resolutions.filter(contest=None).order_by("number")
    for turn, (resolution, say) in enumerate(zip(texts, said, strict=True)):
        done = halls.decide(
            resolution, chair, say, starts_at + timedelta(minutes=40 + 30 * turn), share=(4, 5)
        )
        if done.decision is None:
            raise RuntimeError(f"the demo's assembly of 2008 did not adopt {done.title}")
        decided.append(done.decision)
    board_2008.elect(network, assembly, chair, starts_at + timedelta(minutes=130))
    close_assembly(by=chair, assembly=assembly, at=starts_at + timedelta(hours=3))
    return decided


def name_executive(network: Network) -> None:
    """The new board names its eight; two of them speak for the building co-operative and the URSCOP."""
    at, since = noon(ASSEMBLY_ON, 18), ASSEMBLY_ON
    until = date(2011, 3, 14)
    roles = ("chair", "treasurer", "secretary", *["member"] * 5)
    for person, role in zip(board_2008.people_who_stand(network)[:8], roles, strict=True):
        appoint(body=network.executive, person=person, since=since, until=until, role=role, at=at)


def follow(network: Network, decision: Decision) -> None:
    """The plan of 2008-2010, its actions and what became of them."""
    at = noon(date(2008, 4, 8))
    plan = adopt_plan(
        entity=network.association,
        title="Plan d’actions 2008-2010",
        since=date(2008, 1, 1),
        until=date(2010, 12, 31),
        axes=AXES,
        decision=decision,
        at=at,
    )
    by, partners = (
        network.people[0],
        {item.name: item for item in network.organisations[: len(SEED_ORGANISATIONS)]},
    )
    axes: dict[int, Axis] = {axis.number: axis for axis in plan.axes.all()}
    for turn, (axis, title, due, words, names) in enumerate(ACTIONS_2009):
        due_on = date.fromisoformat(due)
        action = add_action(
            by=by,
            axis=axes[axis],
            title=title,
            due_on=due_on,
            pilot=network.people[5 + turn],
            partners=[partners[name] for name in names],
            decision=decision,
            at=at,
        )
        conclude(action, by, due_on, words)


def conclude(action: Action, by: Person, due_on: date, words: str) -> None:
    """A note half-way, then the words that ended it."""
    note_progress(
        author=by,
        action=action,
        text="Les partenaires se sont réunis, le calendrier est tenu.",
        progress=50,
        at=noon(due_on - timedelta(days=60)),
    )
    finish_action(by=by, action=action, text=words, at=noon(due_on))


def measure(network: Network) -> None:
    """The funding of June 2006, exactly as told, and the stake: Nantes Métropole under half."""
    by, at = network.people[0], noon(date(2008, 4, 8))
    share = add_indicator(
        by=by,
        entity=network.association,
        name="Part de Nantes Métropole dans le financement",
        target=Decimal(50),
        target_on=date(2010, 12, 31),
        source="Présentation du réseau : événement de juin 2006, 800 000 € dont 450 000 € de Nantes Métropole.",
        at=at,
    )
    told = "Événement de juin 2006 : 450 000 € sur 800 000 €."
    record_measure(by=by, indicator=share, on=date(2006, 6, 30), value=Decimal("56.25"), note=told, at=at)
    for year, value in ((2007, "54.80"), (2008, "52.40"), (2009, "49.10")):
        record_measure(
            by=by,
            indicator=share,
            on=date(year, 12, 31),
            value=Decimal(value),
            note="Valeur inventée pour la démonstration.",
            is_fiction=True,
            at=noon(date(year, 12, 31)),
        )
    public = add_indicator(
        by=by,
        entity=network.association,
        name="Part de financement public de l’événement",
        source="Présentation du réseau : événement de juin 2006.",
        at=at,
    )
    record_measure(
        by=by,
        indicator=public,
        on=date(2006, 6, 30),
        value=Decimal(85),
        note="Événement de juin 2006.",
        at=at,
    )


def tell_the_past(network: Network) -> None:
    """Everything up to 2009, in its order."""
    found(network)
    proposals = build_together(network)
    decided = assemble(network, settle(network, proposals))
    name_executive(network)
    follow(network, decided[0])
    measure(network)
