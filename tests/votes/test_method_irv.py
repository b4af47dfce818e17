"""An instant-runoff through its pages: the rounds, the ties they leave, the table."""

from typing import Any

import pytest
from django.test import Client

from cooperation.models import LegalEntity, Person
from tests.votes.conftest import crowd, line_of, opened
from tests.votes.test_method_schulze import PLACES, fields_of, voted
from votes.methods import method_of
from votes.models import Poll
from votes.picture import picture_of

Clients = dict[str, Client]
FIVE = [("1:1",), ("1:1",), ("2:1", "3:2"), ("2:1",), ("3:1", "2:2")]


@pytest.fixture
def poll(alice: Person, bob: Person, entity: LegalEntity) -> Poll:
    """A binding one for five people and three places."""
    return opened([line_of(alice), line_of(bob), *crowd(entity, 3)], method="irv", options=PLACES)


def test_the_fewest_votes_are_put_aside_and_move(poll: Poll) -> None:
    voted(poll, *FIVE)
    picture: Any = picture_of(poll, poll.result)
    assert (picture.verdict, picture.total_text) == ("En tête\u00a0: La Fabrique", "60\u00a0%")
    first, last = picture.turns
    assert first.sentence == "Le moins de voix, écartée\u00a0: Le Hangar."
    assert [(bar.label, bar.votes, bar.state) for bar in last.bars] == [
        ("La Fabrique", "3", "first"),
        ("Le Solilab", "2", "out"),
    ]
    assert (last.bars[0].kept, last.bars[0].gained) == ("66.67", "33.33")
    assert [(line.label, line.cells) for line in picture.lines] == [
        ("La Fabrique", ["2", "3"]),
        ("Le Solilab", ["2", "2"]),
        ("Le Hangar", ["1", ""]),
    ]
    assert picture.lines[2].fate == "Écartée au tour 1"


def test_a_tie_is_said_as_one(poll: Poll) -> None:
    voted(poll, ("1:1",), ("1:1",), ("2:1",), ("2:1",))
    picture: Any = picture_of(poll, poll.result)
    assert picture.is_tied
    assert picture.verdict == "À égalité en tête\u00a0: Le Solilab et La Fabrique"
    assert picture.total_text == ""
    assert {bar.state for bar in picture.last.bars} == {"tied"}


def test_ballots_that_wait_or_are_exhausted_are_said(poll: Poll) -> None:
    voted(poll, ("1:1", "2:1"), ("3:1",), ("3:1",), ("1:1",), ("1:1",))
    picture: Any = picture_of(poll, poll.result)
    assert picture.turns[0].notes == ["En attente, à égalité\u00a0: 1"]


def test_equal_ranks_are_as_the_count_takes_them(poll: Poll) -> None:
    method_of(poll).check(poll, ["1:1", "2:1"], 3)
    assert method_of(poll).ballot(poll, []).allows_ties


def test_nobody_s_ranking_shows_a_page_all_the_same(poll: Poll, room_clients: Clients) -> None:
    voted(poll, ("blank",))
    html = room_clients["bob"].get(f"/votes/{poll.pk}/resultat/").content.decode()
    assert "Aucun classement reçu" in html


def test_the_page_of_a_result_shows_rounds_and_table(poll: Poll, room_clients: Clients) -> None:
    voted(poll, *FIVE)
    html = room_clients["bob"].get(f"/votes/{poll.pk}/resultat/").content.decode()
    for words in ("Tour 1", "Tour 2", "Tous les tours, en chiffres", "Écartée au tour 1"):
        assert words in html
    assert html.count('role="region" tabindex="0"') == 1


def test_many_rounds_are_folded_between_the_first_and_the_last(
    alice: Person, bob: Person, entity: LegalEntity
) -> None:
    roll = [line_of(alice), line_of(bob), *crowd(entity, 43)]
    poll = opened(roll, method="irv", options=[(f"Lieu {number}", "") for number in range(1, 10)])
    voted(poll, *[(f"{place}:1",) for place in range(1, 10) for _ballot in range(place)])
    picture: Any = picture_of(poll, poll.result)
    numbers = [turn.number for turn in picture.shown], [turn.number for turn in picture.folded]
    assert len(picture.turns) > 6
    assert sorted(numbers[0] + numbers[1]) == list(range(1, len(picture.turns) + 1))
    assert numbers[0][0] == 1


def test_a_stranger_sees_nothing_of_it(poll: Poll, room_clients: Clients) -> None:
    assert room_clients["charlie"].get(f"/votes/{poll.pk}/resultat/").status_code == 404
    assert room_clients["charlie"].get(f"/votes/{poll.pk}/").status_code == 404
    assert fields_of(room_clients["charlie"], poll) == {}
