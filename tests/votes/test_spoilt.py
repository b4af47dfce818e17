"""A spoilt ballot: entered by hand in every way of voting, refused online, counted apart, said on the result's page."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cooperation.models import Person
from realtime.refused import Refused
from tests.votes import ways
from tests.votes.conftest import cast
from votes.methods import METHODS
from votes.models import Ballot
from votes.services import close_poll, count_poll

SETTINGS: dict[str, dict[str, Any]] = {
    "resolution": {"options": ()},
    "dots": {"setup": {"dots": 3, "cap": 2}},
    "score": {"setup": {"lowest": 0, "highest": 10}},
    "gradients": {"options": ways.ONE},
    "consent": {"options": ways.ONE},
    "election": {"setup": {"seats": 1}, "max_choices": 1},
    "scottish_stv": {"setup": {"seats": 1}},
}


@pytest.mark.parametrize("method", sorted(METHODS))
def test_a_spoilt_ballot_is_counted_apart_in_every_way_of_voting(
    method: str, alice: Person, bob: Person, room_clients: dict[str, Client]
) -> None:
    poll = ways.asked(method, [alice, bob], binds=True, **SETTINGS.get(method, {}))
    with pytest.raises(Refused):
        cast(poll, bob, "spoilt", at=timezone.now())
    ballot = cast(poll, bob, "spoilt", at=timezone.now(), channel=Ballot.Channel.PAPER)
    assert ballot.choices == ["spoilt"]
    close_poll(poll=poll, at=timezone.now())
    outcome = count_poll(poll=poll, at=timezone.now()).outcome
    spoilt = outcome["spoilt"] if "spoilt" in outcome else outcome["votes"]["spoilt"]
    assert (spoilt, outcome["received"]) == (1, 1)
    assert "Bulletin nul" in ways.page(room_clients["bob"], poll, f"recu/{ballot.pk}/")
    assert ways.page(room_clients["bob"], poll, "resultat/")
