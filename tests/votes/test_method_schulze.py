"""A Schulze poll through its pages: ranked, refused and kept, read again, counted, drawn."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from realtime.refused import Refused
from tests.votes.conftest import cast, crowd, line_of, opened
from votes.methods import method_of
from votes.models import Ballot, Poll, Result
from votes.picture import picture_of
from votes.services import Cast, cast_ballots, close_poll, count_poll

Clients = dict[str, Client]
PLACES = [("Le Solilab", "/ateliers/1/"), ("La Fabrique", ""), ("Le Hangar", "")]


def ranking(alice: Person, bob: Person, **fields: Any) -> Poll:
    """An open poll in which Alice and Bob rank three places."""
    given = {"method": "schulze", "options": PLACES, "at": timezone.now() - timedelta(minutes=5)}
    return opened([line_of(alice), line_of(bob)], **{**given, **fields})


@pytest.fixture
def poll(alice: Person, bob: Person) -> Poll:
    """A binding one."""
    return ranking(alice, bob)


def fields_of(client: Client, poll: Poll, **ranks: str) -> dict[str, str]:
    """The ballot's form, filled: `_1="2"` gives the first option the second rank."""
    html = client.get(f"/votes/{poll.pk}/").content.decode()
    found = dict(re.findall(r'name="(key|elector)" value="([^"]+)"', html))
    return {**found, **{f"choices-{name[1:]}": rank for name, rank in ranks.items()}}


def rank_shown(html: str, position: int) -> str:
    """The rank selected in an option's list, "" for none."""
    options = html.partition(f'name="choices-{position}"')[2].partition("</select>")[0]
    found = re.search(r"<option selected>(\d+)</option>", options)
    return found[1] if found else ""


def test_a_ranking_from_choice_to_receipt(poll: Poll, room_clients: Clients) -> None:
    bob = room_clients["bob"]
    fields = fields_of(bob, poll, _1="2", _2="", _3="1")
    review = bob.post(f"/votes/{poll.pk}/relire/", fields).content.decode()
    for words in (
        "1er choix\u00a0: Le Hangar",
        "2e choix\u00a0: Le Solilab",
        "Sans rang, en dernier\u00a0: La Fabrique",
    ):
        assert words in review
    said = re.findall(r'name="choices" value="([^"]*)"', review)
    assert said == ["3:1", "1:2"]
    answer = bob.post(f"/votes/{poll.pk}/voter/", {**fields_of(bob, poll), "choices": said, "poll": poll.pk})
    assert Ballot.objects.get().choices == ["3:1", "1:2"]
    assert "1er choix\u00a0: Le Hangar" in bob.get(answer["Location"]).content.decode()


def test_changing_before_sending_keeps_the_ranks(poll: Poll, room_clients: Clients) -> None:
    fields = fields_of(room_clients["bob"], poll, _1="2", _3="1")
    html = room_clients["bob"].post(f"/votes/{poll.pk}/", fields).content.decode()
    assert [rank_shown(html, position) for position in (1, 2, 3)] == ["2", "", "1"]


def test_a_refused_ranking_keeps_its_ranks_on_the_screen(poll: Poll, room_clients: Clients) -> None:
    fields = {**fields_of(room_clients["bob"], poll, _1="1"), "choices": "blank"}
    answer = room_clients["bob"].post(f"/votes/{poll.pk}/relire/", fields)
    assert answer.status_code == 422
    assert rank_shown(answer.content.decode(), 1) == "1"
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("choices", [["1:1", "2:1"], ["1:3"], ["blank"], ["3:1", "1:2", "2:3"]])
def test_what_a_ranking_may_say(poll: Poll, choices: list[str]) -> None:
    method_of(poll).check(poll, choices, 3)


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ([], "choice_missing"),
        (["1:4"], "unknown_choice"),
        (["1:0"], "unknown_choice"),
        (["4:1"], "unknown_choice"),
        (["1"], "unknown_choice"),
        (["1:1", "1:2"], "choice_twice"),
        (["1:1", "blank"], "blank_stands_alone"),
    ],
)
def test_what_a_ranking_may_not_say(poll: Poll, choices: list[str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        method_of(poll).check(poll, choices, 3)
    assert refused.value.code == code


def test_ranks_nobody_has_are_closed_up(poll: Poll) -> None:
    canonical = method_of(poll).canonical
    assert canonical(["3:9", "1:5", "2:5"]) == canonical(["2:1", "1:1", "3:2"]) == ["1:1", "2:1", "3:2"]
    assert canonical(["blank"]) == ["blank"]
    assert canonical(["x", "1:1"]) == ["x", "1:1"]


def test_a_ranking_is_counted_and_drawn(alice: Person, bob: Person, entity: LegalEntity) -> None:
    poll = opened([line_of(alice), line_of(bob), *crowd(entity, 1)], method="schulze", options=PLACES)
    outcome = voted(poll, ("2:1", "1:2"), ("2:1", "3:2"), ("1:1", "3:1")).outcome
    assert (outcome["winners"], outcome["cast"]) == (["2"], 3)
    picture: Any = picture_of(poll, poll.result)
    assert (picture.verdict, picture.total_text) == ("En tête\u00a0: La Fabrique", "2 sur 2")
    assert [(row.place, row.label) for row in picture.rows] == [
        (1, "La Fabrique"),
        (2, "Le Solilab"),
        (2, "Le Hangar"),
    ]
    assert [duel and (duel.count, duel.against, duel.outcome) for duel in picture.rows[1].duels] == [
        (1, 2, "lost"),
        None,
        (1, 1, "even"),
    ]
    assert not picture.needs_paths


def test_a_circle_of_duels_is_a_tie_said_as_one(alice: Person, bob: Person, entity: LegalEntity) -> None:
    poll = opened([line_of(alice), line_of(bob), *crowd(entity, 1)], method="schulze", options=PLACES)
    voted(poll, ("1:1", "2:2", "3:3"), ("2:1", "3:2", "1:3"), ("3:1", "1:2", "2:3"))
    picture: Any = picture_of(poll, poll.result)
    assert picture.is_tied
    assert picture.verdict == "À égalité en tête\u00a0: Le Solilab, La Fabrique et Le Hangar"
    assert picture.needs_paths


def test_nobody_who_ranks_nothing_puts_anyone_in_front(poll: Poll) -> None:
    voted(poll, ("blank",))
    picture: Any = picture_of(poll, poll.result)
    assert (picture.verdict, picture.total_text, picture.votes["blank"]) == ("Aucun classement reçu", "", 1)


def test_the_page_of_a_result_shows_duels_and_paths(poll: Poll, room_clients: Clients) -> None:
    voted(poll, ("1:1", "2:2"), ("1:1",))
    html = room_clients["bob"].get(f"/votes/{poll.pk}/resultat/").content.decode()
    for words in ("Qui l’emporte sur qui", "Les chemins les plus forts", "2 sur 2"):
        assert words in html
    assert html.count('role="region" tabindex="0"') == 2


def test_a_stranger_sees_neither_ballot_nor_result(poll: Poll, room_clients: Clients) -> None:
    for path in ("", "relire/", "resultat/"):
        assert room_clients["charlie"].get(f"/votes/{poll.pk}/{path}").status_code in (302, 404)
    answer = room_clients["charlie"].post(f"/votes/{poll.pk}/voter/", {"choices-1": "1", "key": line_key(9)})
    assert answer.status_code in (403, 404)
    assert not Ballot.objects.exists()


def test_an_opinion_may_be_changed_and_shows_the_order_given(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = ranking(alice, bob, is_binding=False, shows="live", allows_change=True)
    cast(poll, bob, "2:1", "3:2", at=timezone.now())
    html = room_clients["bob"].get(f"/votes/{poll.pk}/").content.decode()
    assert [rank_shown(html, position) for position in (1, 2, 3)] == ["", "1", "2"]
    fields = {**fields_of(room_clients["bob"], poll, _1="1", _2="1"), "poll": poll.pk}
    assert room_clients["bob"].post(f"/votes/{poll.pk}/voter/", fields).status_code == 303
    assert Ballot.objects.get().choices == ["1:1", "2:1"]


def test_each_line_of_a_person_shows_its_own_order(bob: Person, room_clients: Clients) -> None:
    lines = [line_of(bob), line_of(bob, label="SCOP Le Bon Copeau", membership_id=None)]
    fields = {"method": "schulze", "options": PLACES, "is_binding": False, "allows_change": True}
    poll = opened(lines, at=timezone.now() - timedelta(minutes=5), **fields)
    for line, said in zip(poll.electors.order_by("number"), (["1:1"], ["2:1", "1:2"]), strict=True):
        cast_ballots([Cast(line, bob, said, line_key(line.pk), timezone.now())])
        html = room_clients["bob"].get(f"/votes/{poll.pk}/?ligne={line.pk}").content.decode()
        assert [rank_shown(html, position) for position in (1, 2)] == (
            ["1", ""] if said == ["1:1"] else ["2", "1"]
        )


def test_guests_are_told_apart_by_their_first_choices(alice: Person, bob: Person) -> None:
    poll = opened(
        [line_of(alice), line_of(bob, is_guest=True)],
        method="schulze",
        options=PLACES,
        is_binding=False,
        shows="close",
    )
    voted(poll, ("1:1",), ("3:1", "1:2"))
    picture: Any = picture_of(poll, poll.result)
    assert picture.verdict == "En tête\u00a0: Le Solilab"
    assert picture.guests == [("Le Hangar", 1)]


def test_thirty_options_cost_the_ballot_no_query_more(
    alice: Person, bob: Person, room_clients: Clients, django_assert_num_queries: Any
) -> None:
    small, large = (
        ranking(alice, bob, options=[(f"Lieu {number}", "") for number in range(1, count + 1)])
        for count in (2, 30)
    )
    with CaptureQueriesContext(connection) as few:
        room_clients["bob"].get(f"/votes/{small.pk}/")
    with django_assert_num_queries(len(few)):
        html = room_clients["bob"].get(f"/votes/{large.pk}/").content.decode()
    assert html.count('class="saisie rang-liste"') == 30


def voted(poll: Poll, *ballots: tuple[str, ...]) -> Result:
    """Cast these ballots, one per line of the roll, close and count."""
    at = poll.opened_at + timedelta(minutes=1) if poll.opened_at else timezone.now()
    lines = zip(poll.electors.select_related("titular", "poll").order_by("number"), ballots, strict=False)
    answers = cast_ballots([Cast(line, line.titular, said, line_key(line.pk), at) for line, said in lines])
    assert all(isinstance(answer, Ballot) for answer in answers)
    close_poll(poll=poll, at=at + timedelta(seconds=1))
    return count_poll(poll=poll, at=at + timedelta(seconds=2))


def line_key(number: int) -> UUID:
    """A key for a line."""
    return UUID(int=number)
