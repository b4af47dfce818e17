"""Elections to several seats: candidates by group, so many names at most, seats with their rule, ties that stay ties."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from realtime.refused import Refused
from tests.votes.conftest import cast, crowd, opened
from tests.votes.ways import asked, checked, page, result, say, send, words
from votes.counting.draw import commitment, draw_order
from votes.models import Ballot, Poll, Result
from votes.services import close_poll, read_result

Clients = dict[str, Client]
NAMES = [("Aline", ""), ("Basile", "/fil/1/"), ("Chloé", ""), ("Denis", "")]
COLLEGES = [
    {"kind": "college", "group": "A", "words": "Associations", "least": 1, "most": 1},
    {"kind": "college", "group": "B", "words": "Entreprises", "least": 1},
]
DETAILS = [
    {"college": "A", "statement": "Pour un lieu ouvert."},
    {"college": "A", "gender": "M"},
    {"college": "B", "gender": "F", "born_on": "1950-01-01"},
    {"college": "B", "withdrew": True},
]
PLAIN = [{"born_on": f"19{decade}0-01-01"} for decade in (8, 5, 6, 7)]


def election(people: list[Person], **more: Any) -> Poll:
    """A binding election on four candidates to two seats."""
    given = {"options": NAMES, "setup": {"seats": 2}, "question": "Qui élire au conseil ?", **more}
    return asked("election", people, binds=True, **given)


def voted(entity: LegalEntity, *ballots: list[str], **more: Any) -> Poll:
    """An election that a crowd voted in, now closed."""
    roll = crowd(entity, len(ballots))
    given = {"options": NAMES, "setup": {"seats": 2}, "method": "election", **more}
    poll = opened(roll, at=timezone.now() - timedelta(minutes=5), **given)
    for line, said in zip(roll, ballots, strict=True):
        cast(poll, Person.objects.get(pk=line.titular_id), *said, at=timezone.now())
    return close_poll(poll=poll, at=timezone.now())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"seats": 2}, {"seats": 2, "marks": 2}),
        ({"seats": 2, "marks": 1, "ties": ["age"]}, {"seats": 2, "marks": 1, "ties": ["age"]}),
        ({"seats": 2, "limits": COLLEGES}, {"seats": 2, "marks": 2, "limits": COLLEGES}),
    ],
)
def test_as_many_names_as_seats_unless_said_otherwise(bob: Person, given: Any, kept: Any) -> None:
    assert election([bob], setup=given, details=DETAILS).setup == kept


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"seats": 0},
        {"seats": "2"},
        {"seats": 2, "marks": 0},
        {"seats": 2, "quota": 3},
        {"seats": 2, "ties": ["lottery"]},
        {"seats": 1, "limits": COLLEGES},
        {"seats": 3, "limits": [*COLLEGES, {"kind": "sector", "group": "C", "least": 1}]},
        {"seats": 2, "limits": [{"kind": "zodiac", "group": "C"}]},
        {"seats": 2, "parity": {"groups": ["F"], "most": "1/2"}},
        {"seats": 2, "limits": "A"},
        {"seats": 2, "renewal": {"parts": 1, "every": 1, "year": 2026}},
        {"seats": 2, "renewal": {"parts": 3}},
    ],
)
def test_rules_that_contradict_each_other_open_nothing(bob: Person, given: Any) -> None:
    with pytest.raises(Refused, match="setup_unreadable"):
        election([bob], setup=given)


def test_two_candidates_of_one_name_open_nothing(bob: Person) -> None:
    with pytest.raises(Refused, match="options_alike"):
        election([bob], options=[("Aline", ""), ("Aline ", "")])


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ([], "choice_missing"),
        (["1", "2", "3"], "too_many_names"),
        (["1", "1"], "choice_twice"),
        (["5"], "unknown_choice"),
        (["blank", "1"], "blank_stands_alone"),
    ],
)
def test_what_a_ballot_may_not_say(bob: Person, choices: list[str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        say(election([bob]), bob, *choices)


def test_the_ballot_shows_candidates_by_group_and_how_many_names_are_left(
    bob: Person, room_clients: Clients
) -> None:
    poll = election([bob], setup={"seats": 2, "limits": COLLEGES}, details=DETAILS)
    html = page(room_clients["bob"], poll)
    said = words(html)
    assert "2 sur 2 noms à choisir Associations 1 siège Aline Pour un lieu ouvert. Basile" in said
    assert "Entreprises au moins 1 siège Chloé Denis candidature retirée" in said
    assert re.findall(r'type="checkbox" name="choices" value="(\w+)"', html) == ["1", "2", "3", "blank"]
    assert "Choisissez jusqu’à 2 noms. Les 2 sièges vont à qui a le plus de voix." in said


def test_without_a_script_names_are_read_again_then_sent(bob: Person, room_clients: Clients) -> None:
    poll, client = election([bob]), room_clients["bob"]
    review = send(client, poll, "relire/", choices=["3", "1"]).content.decode()
    assert "Aline Chloé" in words(review)
    send(client, poll, "voter/", choices=["3", "1"])
    assert Ballot.objects.get().choices == ["1", "3"]


def test_a_ballot_with_too_many_names_comes_back_as_it_was(bob: Person, room_clients: Clients) -> None:
    poll = election([bob])
    answer = send(room_clients["bob"], poll, "relire/", choices=["1", "2", "4"])
    assert answer.status_code == 422
    assert checked(answer.content.decode()) == {"1", "2", "4"}
    assert "1 de trop sur 2 noms à choisir" in words(answer.content.decode())


def test_a_stranger_sees_no_ballot_and_no_result(bob: Person, room_clients: Clients) -> None:
    poll = election([bob])
    for path in ("", "resultat/"):
        assert room_clients["charlie"].get(f"/votes/{poll.pk}/{path}").status_code == 404


def test_the_count_gives_seats_within_the_limits(entity: LegalEntity) -> None:
    rules = {"seats": 2, "limits": COLLEGES, "parity": {"groups": ["F", "M"], "most": "1/2"}}
    poll = voted(entity, ["1", "2"], ["1", "2"], ["1", "3"], ["blank"], setup=rules, details=DETAILS)
    outcome = read_result(poll=poll, at=timezone.now()).outcome
    assert [(one["candidate"], one["by"]) for one in outcome["elected"]] == [("1", "votes"), ("3", "limits")]
    assert outcome["blank"] == 1


def test_the_pages_of_a_result(alice: Person, bob: Person, room_clients: Clients) -> None:
    limits = {
        "seats": 2,
        "limits": COLLEGES,
        "parity": {"groups": ["F", "M"], "words": ["femmes", "hommes"], "most": 1},
    }
    poll = election([alice, bob], setup=limits, details=DETAILS)
    say(poll, alice, "1", "2")
    say(poll, bob, "1", "3")
    html = result(room_clients["bob"], poll)
    assert "Élection complète 2 sur 2 sièges pourvus." in html
    assert "Aline 2 voix, par les voix Chloé 1 voix, par les voix, dans les limites des groupes" in html
    assert "Basile 1 50 % Sans siège : Associations a tous les siens" in html
    assert "Associations 1 siège 1 siège" in html
    assert "Femmes au plus 1 siège visé 1 siège" in html
    assert "Denis 0 0 % Candidature retirée" in html


def test_equal_votes_stay_a_tie_where_no_rule_settles_them(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = election([alice, bob], setup={"seats": 1, "marks": 1})
    say(poll, alice, "3")
    say(poll, bob, "2")
    html = result(room_clients["bob"], poll)
    assert "Aucun siège pourvu" in html
    assert (
        "Égalité : Basile, Chloé 2 candidatures à 1 voix pour 1 siège. Aucune règle déclarée ne les départage."
        in html
    )


def test_the_eldest_has_the_seat_where_the_rules_say_so(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = election([alice, bob], setup={"seats": 1, "ties": ["age"]}, details=PLAIN)
    say(poll, alice, "3")
    say(poll, bob, "2")
    assert "Basile 1 voix, à égalité, au bénéfice de l’âge" in result(room_clients["bob"], poll)


def test_a_draw_is_committed_when_the_poll_opens_and_revealed_with_the_result(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = election([alice, bob], setup={"seats": 1, "ties": ["draw"]})
    say(poll, alice, "3")
    say(poll, bob, "2")
    html = result(room_clients["bob"], poll)
    outcome = Result.objects.get().outcome
    assert commitment(outcome["seed"]) == poll.setup["commitment"]
    winner = draw_order(outcome["seed"], 1, ["Basile", "Chloé"])[0]
    assert f"{winner} 1 voix, à égalité, par le tirage public" in html
    assert outcome["seed"] in html


def test_who_leaves_first_is_drawn_and_said(alice: Person, bob: Person, room_clients: Clients) -> None:
    poll = election([alice, bob], setup={"seats": 2, "renewal": {"parts": 2, "every": 1, "year": 2026}})
    say(poll, alice, "1", "2")
    html = result(room_clients["bob"], poll)
    first, last = draw_order(Result.objects.get().outcome["seed"], 2, ["Aline", "Basile"])
    for name, year in ((first, 2027), (last, 2028)):
        assert f"{name} 1 voix, par les voix · jusqu’à l’assemblée de {year}" in html
    assert "Qui part en premier a été tiré au sort sur les noms" in html
    assert f"Partie 1, selon l’ordre du tirage : {first}. Fin à l’assemblée de 2027." in html


def test_no_seed_is_kept_where_no_draw_is_declared(bob: Person) -> None:
    assert "commitment" not in election([bob]).setup


def test_a_seat_without_votes_is_vacant(bob: Person, room_clients: Clients) -> None:
    poll = election([bob], setup={"seats": 2})
    say(poll, bob, "1")
    assert "1 siège reste vacant, faute de candidature qui puisse l’occuper." in result(
        room_clients["bob"], poll
    )


def test_a_first_round_leaves_seats_to_the_second(alice: Person, bob: Person, room_clients: Clients) -> None:
    poll = election([alice, bob], setup={"seats": 2, "needs_majority": True})
    say(poll, alice, "1", "2")
    say(poll, bob, "1", "3")
    html = result(room_clients["bob"], poll)
    assert "Second tour pour 1 siège, entre Basile, Chloé, Denis." in html


def test_a_ballot_costs_as_many_queries_with_forty_candidates_as_with_four(
    bob: Person, room_clients: Clients
) -> None:
    found = []
    for size in (4, 40):
        poll = election([bob], options=[(f"Nom {number}", "") for number in range(size)])
        with CaptureQueriesContext(connection) as caught:
            page(room_clients["bob"], poll)
        found.append(len(caught))
    assert found[0] == found[1]
