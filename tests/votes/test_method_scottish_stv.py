"""An election by Scottish STV: ranks given once, seats, the draw committed at the opening and revealed with the result."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from realtime.refused import Refused
from tests.votes.conftest import crowd, line_of, opened
from tests.votes.test_method_schulze import fields_of, rank_shown, ranking, voted
from votes.counting.draw import commitment, verify_commitment
from votes.draws import seed_of
from votes.methods import method_of
from votes.models import Draw, Poll
from votes.picture import picture_of

Clients = dict[str, Client]
PEOPLE = [("Awa Diallo", ""), ("Benoît Le Goff", ""), ("Camille Roussel", "")]


def election(alice: Person, bob: Person, entity: LegalEntity, **fields: Any) -> Poll:
    """Two seats for three candidates, six electors."""
    given = {"method": "scottish_stv", "options": PEOPLE, "setup": {"seats": 2}}
    return opened([line_of(alice), line_of(bob), *crowd(entity, 4)], **{**given, **fields})


@pytest.fixture
def poll(alice: Person, bob: Person, entity: LegalEntity) -> Poll:
    """A binding one."""
    return election(alice, bob, entity)


@pytest.mark.parametrize(
    "setup", [{}, {"seats": 0}, {"seats": 4}, {"seats": "2"}, {"seats": True}, {"seats": 2, "seed": "x"}]
)
def test_a_setup_that_says_no_seats_or_its_own_seed_is_refused(
    alice: Person, bob: Person, entity: LegalEntity, setup: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused:
        election(alice, bob, entity, setup=setup)
    assert refused.value.code == "setup_unreadable"


def test_two_candidates_of_one_name_are_refused(alice: Person, bob: Person, entity: LegalEntity) -> None:
    with pytest.raises(Refused) as refused:
        election(alice, bob, entity, options=[("Awa Diallo", ""), ("Awa  Diallo", ""), ("Benoît", "")])
    assert refused.value.code == "options_alike"


def test_the_seed_is_committed_at_the_opening_and_shown_nowhere(poll: Poll, room_clients: Clients) -> None:
    seed = Draw.objects.get(poll=poll).seed
    assert poll.setup == {"seats": 2, "commitment": commitment(seed)}
    for path in (f"/votes/{poll.pk}/", f"/votes/{poll.pk}/resultat/", f"/api/polls/{poll.pk}/"):
        assert seed not in room_clients["alice"].get(path).content.decode()


def test_two_polls_have_two_seeds(poll: Poll, alice: Person, bob: Person, entity: LegalEntity) -> None:
    other = opened([line_of(alice)], method="scottish_stv", options=PEOPLE, setup={"seats": 1})
    assert seed_of(poll) != seed_of(other)


def test_other_methods_keep_no_seed(alice: Person, bob: Person) -> None:
    assert seed_of(ranking(alice, bob)) is None


def test_the_seed_is_revealed_with_the_result(poll: Poll, room_clients: Clients) -> None:
    seed = seed_of(poll)
    outcome = voted(poll, ("1:1",), ("1:1",), ("2:1",), ("2:1",), ("3:1",), ("3:1",)).outcome
    assert outcome["seed"] == seed
    assert verify_commitment(outcome["seed"], poll.setup["commitment"])
    assert [tie["settled"] for tie in outcome["ties"]] == ["draw"]
    html = room_clients["bob"].get(f"/votes/{poll.pk}/resultat/").content.decode()
    assert outcome["seed"] in html
    assert poll.setup["commitment"] in html
    assert "tirées au sort" in html


def test_a_rank_given_twice_is_refused_by_name_and_kept(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = ranking(alice, bob, method="scottish_stv", options=PEOPLE, setup={"seats": 1}, at=timezone.now())
    fields = fields_of(room_clients["bob"], poll, _1="1", _2="1", _3="2")
    answer = room_clients["bob"].post(f"/votes/{poll.pk}/relire/", fields)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Le rang 1 est donné deux fois" in html
    assert [rank_shown(html, position) for position in (1, 2, 3)] == ["1", "1", "2"]
    assert len(re.findall('aria-invalid="true"', html)) == 2


def test_who_has_no_rank_receives_nothing_and_the_reading_says_so(poll: Poll) -> None:
    for chosen, told in (
        (["1:1"], "Sans rang, ne reçoivent rien de vous\u00a0: Benoît Le Goff, "),
        (["1:1", "2:2"], "Sans rang, ne reçoit rien de vous\u00a0: "),
    ):
        assert method_of(poll).said(poll, chosen)[-1].label.startswith(told)


def test_the_stages_are_drawn_with_their_quota(poll: Poll) -> None:
    voted(poll, ("1:1", "2:2"), ("1:1", "2:2"), ("1:1", "3:2"), ("1:1", "2:2"), ("3:1",), ("2:1",))
    picture: Any = picture_of(poll, poll.result)
    assert picture.verdict == "Sièges obtenus\u00a0: Awa Diallo et Benoît Le Goff"
    assert (picture.quota, picture.mark, picture.seats) == ("3", "75.00", 2)
    first, second = picture.turns[:2]
    assert [(bar.label, bar.votes, bar.state) for bar in first.bars[:1]] == [("Awa Diallo", "4", "seated")]
    assert second.sentence == "Voix de Awa Diallo au-delà du quota, transférées."
    assert [bar.votes for bar in second.bars] == ["3", "1,75", "1,25"]
    assert not picture.was_drawn


def test_many_candidates_are_folded_to_those_that_move(
    alice: Person, bob: Person, entity: LegalEntity, room_clients: Clients
) -> None:
    roll = [line_of(alice), line_of(bob), *crowd(entity, 38)]
    names = [(f"Personne {number}", "") for number in range(1, 21)]
    poll = opened(roll, method="scottish_stv", options=names, setup={"seats": 7})
    voted(
        poll,
        *[
            (f"{1 + each % 20}:1", f"{1 + (each * 7 + 3) % 20}:2")
            for each in range(40)
            if each % 20 != (each * 7 + 3) % 20
        ],
    )
    picture: Any = picture_of(poll, poll.result)
    folded = picture.folded[0]
    assert len(folded.bars) > len(folded.moved) > 0
    assert folded.still == len(folded.bars) - len(folded.moved)
    assert picture.verdict == "7 sièges obtenus"
    assert len(picture.names) == 7
    html = room_clients["bob"].get(f"/votes/{poll.pk}/resultat/").content.decode()
    assert "autres n’ont pas bougé." in html


def test_its_rule_says_the_seats(poll: Poll) -> None:
    assert "pour 2 sièges" in method_of(poll).rule(poll)


def test_a_stranger_reads_neither_ballot_nor_seed(poll: Poll, room_clients: Clients) -> None:
    voted(poll, ("1:1",), ("2:1",))
    for path in (f"/votes/{poll.pk}/resultat/", f"/api/polls/{poll.pk}/result/"):
        assert room_clients["charlie"].get(path).status_code == 404
