"""Elections and choices on an agenda: prepared by the officers, voted in session, declared, and what follows."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.contest_rules import ElectionTerms, is_settled, read_limits
from assemblies.models import Assembly, Candidate, Resolution
from assemblies.services import (
    add_candidate,
    add_contest,
    close_vote,
    convene_assembly,
    declare,
    open_assembly,
    open_vote,
    withdraw_candidate,
)
from cooperation.models import GoverningBody, LegalEntity, Mandate, Membership, Person
from decisions.models import Decision
from realtime.refused import Refused
from tests import dom
from tests.assemblies import scene
from tests.assemblies.scene import CONVENED_AT, LATER, PREPARED_AT, STARTS_AT
from tests.votes.ways import words
from votes.counting.draw import commitment, draw_order
from votes.models import Elector, Poll, Seat
from votes.services import cast_ballot

pytestmark = pytest.mark.django_db
Clients = dict[str, Client]
HELD_ON = date(2026, 3, 28)


@pytest.fixture
def board(association: LegalEntity) -> GoverningBody:
    """A board of three, renewed by thirds over three years; Alice sits in it for good."""
    body = GoverningBody.objects.get(entity=association, kind="board")
    body.seats, body.term_years = 3, 3
    body.save(update_fields=["seats", "term_years"])
    return body


def tabled(assembly: Assembly, by: Person, *people: Person, **how: Any) -> Resolution:
    """An election of these people, on the agenda."""
    seats = how.pop("seats", 1)
    terms = ElectionTerms(seats, **how.pop("terms", {}))
    given = {"title": "Élire au conseil", "method": "election", "at": PREPARED_AT, **how}
    resolution = add_contest(by=by, assembly=assembly, terms=terms, **given)
    for person in people:
        add_candidate(by=by, resolution=resolution, person=person, at=given["at"])
    return resolution


def voted(resolution: Resolution, by: Person, ballots: dict[Person, list[str]]) -> Resolution:
    """The session comes to it, these ballots are cast, the result is declared."""
    assembly = resolution.assembly
    convene_assembly(by=by, assembly=assembly, at=CONVENED_AT)
    open_assembly(by=by, assembly=assembly, at=STARTS_AT)
    scene.bring_to(resolution, by)
    poll = open_vote(by=by, resolution=resolution, at=LATER)
    for person, choices in ballots.items():
        line = Elector.objects.get(poll=poll, titular=person)
        cast_ballot(elector=line, person=person, choices=choices, key=uuid4(), at=LATER)
    close_vote(by=by, resolution=resolution, at=LATER)
    declare(by=by, resolution=resolution, at=LATER)
    return Resolution.objects.get(pk=resolution.pk)


@pytest.mark.parametrize(
    ("line", "least", "most"),
    [
        ("Culture : 1 à 5", 1, 5),
        ("Culture: 2", 2, 2),
        ("  Culture\xa0: au moins 3 ", 3, None),
        ("Culture : AU PLUS 4", 0, 4),
        ("Culture : 1-2", 1, 2),
    ],
)
def test_a_group_and_its_seats_are_read_from_a_line(line: str, least: int, most: int | None) -> None:
    (found,) = read_limits(f"\n{line}\n")
    assert (found["group"], found["least"], found.get("most")) == ("Culture", least, most)


@pytest.mark.parametrize("line", ["Culture", "Culture : beaucoup", ": 3", "Culture : -1", "Culture : 1 à"])
def test_a_line_that_says_no_number_is_refused(line: str) -> None:
    with pytest.raises(Refused, match="limits_unreadable"):
        read_limits(line)


@pytest.mark.parametrize(
    ("outcome", "is_election", "said"),
    [
        ({"adopted": True}, None, True),
        ({"method": "election", "winners": ["2"]}, True, True),
        ({"method": "election", "winners": []}, True, False),
        ({"method": "scottish_stv", "elected": ["1"]}, True, True),
        ({"method": "approval", "winners": ["1"]}, False, True),
        ({"method": "approval", "winners": ["1", "2"]}, False, False),
    ],
)
def test_a_tie_chooses_no_option(outcome: dict[str, Any], is_election: bool | None, said: bool) -> None:
    assert is_settled(outcome, is_election=is_election) is said


def test_an_election_fills_a_seat_and_the_term_begins(
    draft: Assembly, board: GoverningBody, alice: Person, bob: Person, bobs: Membership
) -> None:
    resolution = voted(tabled(draft, alice, bob, body=board, renewed_by=3), alice, {alice: ["1"]})
    seat = Seat.objects.get(poll=resolution.poll)
    assert (seat.mandate.person, seat.mandate.membership, seat.mandate.body) == (bob, bobs, board)
    assert seat.mandate.since == HELD_ON
    assert resolution.decision == Decision.objects.get()
    assert resolution.decision.text == "Élire au conseil\n\nSiège obtenu\xa0: Bob."


def test_a_term_that_ends_this_year_makes_room_for_its_own_renewal(
    draft: Assembly, board: GoverningBody, alice: Person, bob: Person
) -> None:
    old = Mandate.objects.create(body=board, person=bob, since=date(2023, 3, 20), until=date(2026, 6, 30))
    voted(tabled(draft, alice, bob, body=board), alice, {alice: ["1"]})
    old.refresh_from_db()
    new = Mandate.objects.get(body=board, person=bob, since=HELD_ON)
    assert (old.until, new.until) == (HELD_ON - timedelta(days=1), date(2029, 3, 28))


def test_a_vacant_seat_is_filled_for_what_remains_of_its_part(
    draft: Assembly, board: GoverningBody, alice: Person, bob: Person
) -> None:
    Mandate.objects.filter(body=board).update(until=date(2028, 3, 1))
    resolution = tabled(draft, alice, bob, alice_twin(draft), seats=2, body=board, renewed_by=3)
    voted(resolution, alice, {alice: ["1", "2"], bob: ["1"]})
    ends = dict(Seat.objects.values_list("mandate__person__given_name", "mandate__until__year"))
    assert ends == {"Bob": 2029, "Membre100": 2027}


def test_in_a_body_elected_whole_and_renewed_by_thirds_who_leaves_first_is_drawn(
    draft: Assembly, board: GoverningBody, alice: Person, bob: Person
) -> None:
    Mandate.objects.filter(body=board).update(until=date(2026, 6, 1))
    resolution = tabled(draft, alice, bob, alice, alice_twin(draft), seats=3, body=board, renewed_by=3)
    resolution = voted(resolution, alice, {alice: ["1", "2", "3"]})
    assert resolution.poll is not None
    outcome = resolution.poll.result.outcome
    order = draw_order(outcome["seed"], 2, ["Alice", "Bob", "Membre100"])
    ends = Seat.objects.order_by("mandate__until").values_list(
        "mandate__person__given_name", "mandate__until__year"
    )
    assert list(ends) == list(zip(order, (2027, 2028, 2029), strict=True))
    assert commitment(outcome["seed"]) == resolution.poll.setup["commitment"]


def alice_twin(assembly: Assembly) -> Person:
    """Another member who stands."""
    (member,) = scene.persons(assembly.entity, 1)
    assert member.person is not None
    return member.person


def test_who_the_body_cannot_take_has_the_seat_in_the_result_and_no_term(
    draft: Assembly, board: GoverningBody, alice: Person, bob: Person
) -> None:
    GoverningBody.objects.filter(pk=board.pk).update(seats=1)
    resolution = voted(tabled(draft, alice, bob, body=board), alice, {alice: ["1"]})
    assert (resolution.state, Seat.objects.count()) == ("adopted", 0)


def test_nobody_elected_is_no_decision(draft: Assembly, alice: Person, bob: Person) -> None:
    resolution = voted(tabled(draft, alice, bob), alice, {alice: ["blank"]})
    assert (resolution.state, resolution.state_words) == ("rejected", "sans siège pourvu")
    assert not Decision.objects.exists()


@pytest.mark.parametrize("method", ["approval", "score", "majority_judgment"])
def test_an_assembly_chooses_among_options(draft: Assembly, alice: Person, method: str) -> None:
    resolution = tabled(draft, alice, method=method)
    for name in ("Le quai", "La halle"):
        add_candidate(by=alice, resolution=resolution, label=name, at=PREPARED_AT)
    said = {"approval": ["2"], "score": ["2:5", "1:0"], "majority_judgment": ["2:6", "1:0"]}
    resolution = voted(resolution, alice, {alice: said[method]})
    assert resolution.state_words == "choix fait"
    assert resolution.decision is not None
    assert resolution.decision.text.endswith("Choix de l’assemblée\xa0: La halle.")


def test_who_withdraws_after_the_notice_is_said_and_not_on_the_ballot(
    draft: Assembly, alice: Person, bob: Person
) -> None:
    resolution = tabled(draft, alice, alice, bob)
    convene_assembly(by=alice, assembly=draft, at=CONVENED_AT)
    gone = Candidate.objects.get(person=alice)
    withdraw_candidate(by=alice, candidate=gone, at=CONVENED_AT)
    open_assembly(by=alice, assembly=draft, at=STARTS_AT)
    scene.bring_to(resolution, alice)
    poll = open_vote(by=alice, resolution=resolution, at=LATER)
    assert list(poll.options.values_list("label", flat=True)) == ["Bob"]
    with pytest.raises(Refused, match="resolution_decided"):
        add_candidate(by=alice, resolution=resolution, person=bob, at=LATER)


def test_before_the_notice_a_candidate_is_simply_taken_off(
    draft: Assembly, alice: Person, bob: Person
) -> None:
    tabled(draft, alice, alice, bob)
    withdraw_candidate(by=alice, candidate=Candidate.objects.get(person=alice), at=PREPARED_AT)
    assert list(Candidate.objects.values_list("label", "position")) == [("Bob", 1)]


def test_options_are_those_of_the_notice(draft: Assembly, alice: Person) -> None:
    resolution = tabled(draft, alice, method="approval")
    convene_assembly(by=alice, assembly=draft, at=CONVENED_AT)
    with pytest.raises(Refused, match="agenda_closed"):
        add_candidate(by=alice, resolution=resolution, label="Le quai", at=CONVENED_AT)


def test_who_may_stand(
    draft: Assembly, board: GoverningBody, alice: Person, bob: Person, charlie: Person
) -> None:
    resolution = tabled(draft, alice, bob, body=board)
    refused: dict[str, dict[str, Any]] = {
        "not_a_member_today": {"person": charlie},
        "candidate_twice": {"person": bob},
        "candidate_unnamed": {"label": "Quelqu’un"},
        "unknown_group": {"person": alice, "group": "Culture"},
    }
    for code, said in refused.items():
        with pytest.raises(Refused, match=code):
            add_candidate(by=alice, resolution=resolution, at=PREPARED_AT, **said)


def test_where_votes_are_weighed_by_college_only_for_and_against_is_opened(alice: Person) -> None:
    entity, _members = scene.scic({"A": 3, "B": 3, "C": 3, "D": 3})
    scene.seat_on_board(alice, entity)
    with pytest.raises(Refused, match="weighed_by_college"):
        tabled(scene.prepared(entity, alice), alice)


def test_what_the_method_cannot_count_is_not_put_on_an_agenda(draft: Assembly, alice: Person) -> None:
    with pytest.raises(Refused, match="setup_unreadable"):
        tabled(draft, alice, terms={"limits": read_limits("A : 2")})


def test_charlie_and_a_member_prepare_no_election(
    draft: Assembly, board: GoverningBody, alice: Person, bob: Person, charlie: Person
) -> None:
    resolution = tabled(draft, alice, bob)
    for stranger in (bob, charlie):
        with pytest.raises(Refused, match="not_on_board"):
            tabled(draft, stranger)
        with pytest.raises(Refused, match="not_on_board"):
            add_candidate(by=stranger, resolution=resolution, person=alice, at=PREPARED_AT)
        with pytest.raises(Refused, match="not_on_board"):
            withdraw_candidate(by=stranger, candidate=Candidate.objects.get(), at=PREPARED_AT)


@pytest.fixture
def soon(association: LegalEntity, alice: Person) -> Assembly:
    """An assembly to prepare, in forty days."""
    now = timezone.now()
    return scene.prepared(association, alice, starts_at=now + timedelta(days=40), at=now)


def post(client: Client, path: str, **fields: Any) -> Any:
    """A form, as a browser without a script sends it."""
    return client.post(path, {"key": uuid4(), **fields})


def test_an_election_is_prepared_without_a_script(
    room_clients: Clients, soon: Assembly, board: GoverningBody, bob: Person
) -> None:
    client, root = room_clients["alice"], f"/assemblees/{soon.pk}/preparer/scrutins/"
    form = dom.parse(client.get(root).content.decode())
    assert form is not None
    given = {"title": "Élire au conseil", "method": "election", "seats": "2", "body": str(board.pk)}
    more = {"ties": "age_draw", "limits": "Culture : 1 à 2", "aims_at_parity": "true", "renewed_by": "3"}
    made = post(client, root, assembly=soon.pk, **given, **more)
    assert made.status_code == 303
    said = {
        "person": bob.pk,
        "group": "Culture",
        "gender": "H",
        "born_on": "1960-05-01",
        "statement": "Bonjour <b>",
    }
    added = post(client, f"{made.url}candidatures/", resolution=Resolution.objects.get().pk, **said)
    assert added.status_code == 303
    html = client.get(made.url).content.decode()
    assert "1 candidature Bob Culture · homme · 1 mai 1960 Bonjour &lt;b&gt;" in words(html)
    assert "Culture au moins 1, au plus 2 Parité visée" in words(html)
    assert "en cas d’égalité l’âge, le tirage au sort" in words(html).lower().replace(" ,", ",")


def test_a_line_nobody_can_read_comes_back_with_what_was_typed(room_clients: Clients, soon: Assembly) -> None:
    root = f"/assemblees/{soon.pk}/preparer/scrutins/"
    given = {"title": "Élire", "method": "election", "seats": "2", "limits": "Culture : beaucoup"}
    answer = post(room_clients["alice"], root, assembly=soon.pk, **given)
    assert answer.status_code == 422
    assert "Culture : beaucoup</textarea>" in answer.content.decode()


def test_strangers_and_members_do_not_see_the_pages_of_preparation(
    room_clients: Clients, soon: Assembly, alice: Person, bob: Person
) -> None:
    resolution = tabled(soon, alice, bob, at=timezone.now())
    for path in ("scrutins/", f"scrutins/{resolution.pk}/"):
        where = f"/assemblees/{soon.pk}/preparer/{path}"
        codes = [room_clients[who].get(where).status_code for who in ("alice", "bob", "charlie", "nobody")]
        assert codes == [200, 404, 404, 302]


def test_the_notice_and_the_hall_show_who_stands(
    room_clients: Clients, association: LegalEntity, alice: Person, bob: Person
) -> None:
    now = timezone.now()
    assembly = scene.prepared(association, alice, starts_at=now, at=now - timedelta(days=60))
    resolution = tabled(assembly, alice, bob, at=now - timedelta(days=50))
    convene_assembly(by=alice, assembly=assembly, at=now - timedelta(days=30))
    root = f"/assemblees/{assembly.pk}/"
    assert "Résolution 1, élection" in words(room_clients["bob"].get(f"{root}convocation/").content.decode())
    open_assembly(by=alice, assembly=assembly, at=now)
    scene.bring_to(resolution, alice, at=now)
    assert "On discute." in words(room_clients["bob"].get(root).content.decode())
    open_vote(by=alice, resolution=resolution, at=now)
    page = words(room_clients["bob"].get(root).content.decode())
    assert "Choisissez un nom. Le siège va à qui a le plus de voix." in page
    assert "Bob" in page


def test_the_pages_of_a_declared_election(
    room_clients: Clients, draft: Assembly, board: GoverningBody, alice: Person, bob: Person
) -> None:
    resolution = voted(tabled(draft, alice, bob, body=board, renewed_by=3), alice, {alice: ["1"]})
    root = f"/assemblees/{draft.pk}/"
    hall = words(room_clients["bob"].get(root).content.decode())
    assert "Les mandats commencent : Conseil." in hall
    minutes = words(room_clients["bob"].get(f"{root}pv/").content.decode())
    assert "élection faite" in minutes
    assert "Bob 1 voix, par les voix" in minutes
    wall = words(room_clients["bob"].get(f"{root}projecteur/").content.decode())
    assert "Élection complète" in wall
    assert resolution.decision is not None
    thread = words(room_clients["bob"].get(f"/fil/decision/{resolution.decision.pk}/").content.decode())
    assert "Élection complète. 1 sur 1 siège pourvu." in thread


def test_the_hall_costs_as_many_queries_with_twenty_candidates_as_with_one(
    room_clients: Clients, association: LegalEntity, alice: Person
) -> None:
    found = []
    for size in (1, 20):
        assembly = scene.prepared(association, alice)
        resolution = tabled(assembly, alice, method="approval")
        for number in range(size):
            add_candidate(by=alice, resolution=resolution, label=f"Option {number}", at=PREPARED_AT)
        with CaptureQueriesContext(connection) as caught:
            room_clients["alice"].get(f"/assemblees/{assembly.pk}/convocation/")
        found.append(len(caught))
    assert found[0] == found[1]


def test_a_secret_election_is_opened_where_the_statutes_ask_for_it(
    association: LegalEntity, draft: Assembly, alice: Person, bob: Person
) -> None:
    scene.give_statutes(association, secret_elections=True)
    resolution = tabled(draft, alice, bob)
    convene_assembly(by=alice, assembly=draft, at=CONVENED_AT)
    open_assembly(by=alice, assembly=draft, at=STARTS_AT)
    scene.bring_to(resolution, alice)
    assert open_vote(by=alice, resolution=resolution, at=LATER).secrecy == Poll.Secrecy.SECRET


def test_programs_read_who_stands_and_strangers_do_not(
    room_clients: Clients, draft: Assembly, alice: Person, bob: Person
) -> None:
    resolution = tabled(draft, alice, alice, bob)
    convene_assembly(by=alice, assembly=draft, at=CONVENED_AT)
    withdraw_candidate(by=alice, candidate=Candidate.objects.get(person=alice), at=CONVENED_AT)
    found = room_clients["bob"].get(f"/api/resolutions/{resolution.pk}/").json()
    assert (found["method"], found["setup"]) == ("election", {"seats": 1})
    assert [(one["label"], one["withdrew"]) for one in found["candidates"]] == [
        ("Alice", True),
        ("Bob", False),
    ]
    assert room_clients["charlie"].get(f"/api/resolutions/{resolution.pk}/").status_code == 404
