"""The last months, relative to today: a new board, a road map adopted in assembly, the SCIC's own rules and rooms."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.utils import timezone

from assemblies.services import close_assembly
from config.demo import halls, opinions, rooms
from config.demo.network import SCIC_COLLEGES, Network
from config.demo.past import noon
from config.demo.words_today import HALL, PRIORITIES, ROADMAP_ACTIONS, ROADMAP_AXES
from cooperation.models import GoverningBody, Membership, Person, Statutes
from cooperation.rules import Base, BlankProxies, EmptyCollege, Majority, Pooling, Profile, StatutesRules
from cooperation.services import adopt_statutes, appoint, draft_statutes
from decisions.models import Decision
from decisions.services import add_action, adopt_plan, finish_action, note_progress
from workshops.models import Forwarding


def scic_rules() -> StatutesRules:
    """Four colleges, votes carried in proportion; a fifth of the members on first call."""
    return StatutesRules(
        profile=Profile.SCIC_SAS,
        pooling=Pooling.PROPORTIONAL,
        base=Base.EXPRESSED,
        empty_college=EmptyCollege.EQUAL,
        ordinary=Majority(Fraction(1, 2), True),
        extraordinary=Majority(Fraction(2, 3), False),
        quorum_first=Fraction(1, 5),
        quorum_per_college=True,
        allows_remote_voting=True,
        proxies_per_holder=2,
        blank_proxies=BlankProxies.CHAIR,
        secret_elections=True,
        board_least=5,
        board_most=9,
        board_years=3,
        revision_years=5,
    )


def found_scic(network: Network, since: date) -> GoverningBody:
    """The SCIC's founding rules, 40/25/25/10, and its co-operative board of nine."""
    at = noon(since)
    letters = {college.letter: college for college in network.scic.colleges.all()}
    weights = {letters[letter]: points for letter, _, points, *_ in SCIC_COLLEGES}
    adopt_statutes(
        entity=network.scic, rules=scic_rules(), weights=weights, in_force_from=since, by=None, at=at
    )
    return GoverningBody.objects.create(
        entity=network.scic, kind=GoverningBody.Kind.BOARD, name="Conseil coopératif", seats=9, term_years=3
    )


def draft_next_statutes(network: Network) -> None:
    """What Awa prepares: two thirds of those present, so that who abstains weighs too. To be tried on past votes."""
    current = Statutes.objects.get(entity=network.scic)
    draft_statutes(
        entity=network.scic,
        rules=replace(current.as_rules(), base=Base.PRESENT, ordinary=Majority(Fraction(2, 3), False)),
        weights={weight.college: weight.points for weight in current.weights.all()},
        by=network.people[1],
        at=instant_today(90),
    )


def people_of(body: GoverningBody, on: date, count: int) -> list[Person]:
    """The first people who wear a hat in the entity of this body, the demo's accounts among them."""
    return list(Membership.objects.filter(entity=body.entity).people(on).order_by("pk")[:count])


def seat_boards(network: Network, scic_board: GoverningBody, today: date) -> None:
    """The boards that sit today: Awa co-chairs both, Nadège is a member of each."""
    since = today - timedelta(days=500)
    at = noon(since)
    for body in (network.board, scic_board):
        people = people_of(body, since, body.seats or 0)
        for person in people:
            role = "co_chair" if person in (network.people[1], people[-1]) else "member"
            appoint(body=body, person=person, since=since, role=role, at=at)
    for person, role in zip(
        [network.people[1], *people_of(network.board, since, 9)[2:9]],
        ("co_chair", "co_chair", "treasurer", "secretary", "member", "member", "member", "member"),
        strict=False,
    ):
        appoint(body=network.executive, person=person, since=since, role=role, at=at)


def ask_for_priorities(network: Network, today: date) -> Forwarding:
    """A workshop seven months ago: what it merged is forwarded to the assembly."""
    by, held = network.people[0], noon(today - timedelta(days=210))
    people = [person for person in people_of(network.board, today, 26) if person != by]
    place = "Nantes, salle de la Manu"
    workshop = rooms.prepare(PRIORITIES, by=by, entity=network.association, starts_at=held, place=place)
    merged = rooms.play(workshop, PRIORITIES, by, people, held)[PRIORITIES.merges[0][1]]
    rooms.forward(merged, network.assembly, by, "Ce que l’atelier a réuni.", held + timedelta(hours=1))
    rooms.orient(workshop, by, held)
    rooms.finish(workshop, by, held)
    return Forwarding.objects.get(version__proposal=merged)


def adopt_road_map(network: Network, today: date) -> Decision:
    """An assembly five months ago: the association's road map."""
    starts_at = noon(today - timedelta(days=150), 17)
    chair, secretary, teller = network.people[1], network.people[4], network.people[5]
    assembly = halls.call(
        by=network.people[0],
        body=network.assembly,
        title=f"Assemblée générale ordinaire {starts_at.year}",
        place="Nantes, salle de la Manu",
        starts_at=starts_at,
        reports=("Rapport d’activité",),
        forwardings=[ask_for_priorities(network, today)],
        officers=((chair, "chair"), (secretary, "secretary"), (teller, "teller")),
    )
    halls.welcome(assembly, teller, (1, 3), starts_at)
    halls.opened(assembly, chair, starts_at)
    said, at = halls.mostly("fffffafffsffb"), starts_at + timedelta(minutes=30)
    resolution = halls.decide(assembly.resolutions.get(), chair, said, at, share=(1, 2))
    close_assembly(by=chair, assembly=assembly, at=starts_at + timedelta(hours=2))
    if resolution.decision is None:
        raise RuntimeError("the demo's road map was not adopted")
    return resolution.decision


def follow_road_map(network: Network, decision: Decision, today: date) -> None:
    """Its actions: one done, two late, one due soon, two under way; Inès and Yannick pilot some."""
    at, by = noon(today - timedelta(days=140)), network.people[0]
    plan = adopt_plan(
        entity=network.association,
        title=f"Feuille de route {today.year}-{today.year + 2}",
        since=date(today.year, 1, 1),
        until=date(today.year + 2, 12, 31),
        axes=ROADMAP_AXES,
        decision=decision,
        at=at,
    )
    axes = {axis.number: axis for axis in plan.axes.all()}
    pilots = [
        network.people[2],
        network.people[0],
        network.people[3],
        network.people[2],
        network.people[8],
        network.people[1],
    ]
    for pilot, (axis, title, days, progress, words) in zip(pilots, ROADMAP_ACTIONS, strict=True):
        action = add_action(
            by=by,
            axis=axes[axis],
            title=title,
            due_on=today + timedelta(days=days),
            pilot=pilot,
            decision=decision,
            at=at,
        )
        noted = noon(today - timedelta(days=30))
        if progress == 100:
            finish_action(by=by, action=action, text=words, at=noted)
        else:
            note_progress(author=pilot, action=action, text=words, progress=progress, at=noted)


def prepare_hall(network: Network, today: date) -> list[Forwarding]:
    """The SCIC's workshop of two months ago: three proposals forwarded to its members' assembly."""
    by, held = network.people[1], noon(today - timedelta(days=60))
    others = [person for person in people_of(network.scic_assembly, today, 20) if person != by]
    workshop = rooms.prepare(HALL, by=by, entity=network.scic, starts_at=held, place="La halle aux outils")
    proposals = rooms.play(workshop, HALL, by, others, held)
    for said in HALL.said:
        rooms.forward(
            proposals[said.title],
            network.scic_assembly,
            by,
            "À décider par les associés.",
            held + timedelta(hours=1),
        )
    rooms.orient(workshop, by, held)
    judged = [proposals[said.title] for said in HALL.said]
    opinions.judge(workshop, by, judged, "Par quoi commencer ?", held + timedelta(minutes=56))
    rooms.finish(workshop, by, held)
    return list(Forwarding.objects.filter(body=network.scic_assembly).order_by("pk"))


def instant_today(minutes_ago: int) -> datetime:
    """So many minutes ago, and never before today began: a session is opened on its day."""
    now = timezone.localtime()
    return max(now - timedelta(minutes=minutes_ago), now.replace(hour=0, minute=0, second=0, microsecond=0))
