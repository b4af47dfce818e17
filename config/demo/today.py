"""Today: a workshop open to anybody with the code, and the SCIC's assembly in session with a vote open."""

from dataclasses import dataclass
from datetime import date, timedelta

from assemblies.models import Assembly
from assemblies.services import move_to_item, open_vote
from config.demo import halls, opinions, rooms
from config.demo.network import Network
from config.demo.recent import (
    adopt_road_map,
    draft_next_statutes,
    follow_road_map,
    found_scic,
    instant_today,
    people_of,
    prepare_hall,
    seat_boards,
)
from config.demo.represented import give_proxies
from config.demo.words_today import OPEN_ROOM
from cooperation.models import Notification, Person
from votes.services import cast_ballots
from workshops.models import Forwarding, Workshop
from workshops.services import add_theme, enter_contribution, extend_step, start_next_step


@dataclass(frozen=True)
class Today:
    """Where to go and play."""

    workshop: Workshop
    assembly: Assembly


def open_room(network: Network, today: date) -> Workshop:
    """The workshop of today, in its discussion step; everybody may come in with the code and a first name."""
    by, begun = network.people[0], instant_today(40)
    people = [network.people[2], network.people[3], *people_of(network.board, today, 16)[4:14]]
    workshop = rooms.prepare(
        OPEN_ROOM,
        by=by,
        entity=network.association,
        starts_at=begun,
        place="Nantes, salle de la Manu, et à distance",
        access=Workshop.Access.PUBLIC,
        welcomes_guests=True,
    )
    rooms.gather(workshop, by, people, begun)
    themes = [add_theme(by=by, workshop=workshop, title=title, at=begun) for title in OPEN_ROOM.themes]
    start_next_step(by=by, workshop=workshop, at=begun)
    proposals = rooms.propose(workshop, OPEN_ROOM, people, themes, begun)
    entered = enter_contribution(
        by=by,
        workshop=workshop,
        name="Idriss",
        title="Un coin pour raconter l’histoire des chantiers",
        text="Les anciens de la Navale ont des photos et des voix.",
        sector=network.sectors[6],
        theme=themes[1],
        at=begun,
    )
    Person.objects.filter(pk=entered.author_id).update(is_fiction=True)
    start_next_step(by=by, workshop=workshop, at=instant_today(20))
    for said, proposal in zip(OPEN_ROOM.said, proposals, strict=True):
        rooms.discuss(proposal, said, people, instant_today(19))
    asked = [*proposals, entered]
    opinions.place_dots(workshop, by, asked, "Par quoi commencer la fête ?", instant_today(3))
    extend_step(by=by, workshop=workshop, minutes=15, at=instant_today(0))
    return workshop


def open_hall(network: Network, forwardings: list[Forwarding]) -> Assembly:
    """The SCIC's assembly: its first resolution adopted by colleges, its second being voted right now."""
    chair, secretary, teller = network.people[1], network.people[20], network.people[21]
    begun = instant_today(60)
    assembly = halls.call(
        by=chair,
        body=network.scic_assembly,
        title="Assemblée annuelle des associés",
        place="La halle aux outils, et à distance",
        starts_at=begun,
        reports=(),
        forwardings=forwardings,
        officers=((chair, "chair"), (secretary, "secretary"), (teller, "teller")),
    )
    give_proxies(assembly, 2, (2, 3), leave_out=network.people[:4])
    halls.welcome(assembly, teller, (2, 3), begun)
    halls.opened(assembly, chair, begun)
    first, second, _third = assembly.resolutions.order_by("number")
    halls.decide(first, chair, halls.mostly("ffafffsffaf"), begun, share=(6, 7))
    now = instant_today(0)
    move_to_item(by=chair, item=second.item, at=now)
    poll = open_vote(by=chair, resolution=second, at=now)
    cast_ballots(
        halls.ballots(poll, halls.mostly("fffaffs"), now, share=(2, 5), leave_out=network.people[:4])
    )
    assembly.refresh_from_db()
    return assembly


def set_today(network: Network, scic_since: date, today: date) -> Today:
    """Everything from the SCIC's founding to this minute."""
    scic_board = found_scic(network, scic_since)
    seat_boards(network, scic_board, today)
    follow_road_map(network, adopt_road_map(network, today), today)
    forwardings = prepare_hall(network, today)
    draft_next_statutes(network)
    old_news = instant_today(0) - timedelta(days=90)
    Notification.objects.filter(at__lt=old_news, read_at__isnull=True).update(read_at=old_news)
    return Today(open_room(network, today), open_hall(network, forwardings))
