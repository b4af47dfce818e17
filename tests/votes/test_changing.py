"""A binding named ballot changes until the close where its poll was opened so: the last counts, the others are kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cooperation.models import Person
from realtime.refused import Refused
from tests.votes.conftest import cast, line_of, opened
from tests.votes.test_ballot_pages import field
from votes.models import Ballot, Entry, Poll
from votes.services import close_poll, count_poll


@pytest.fixture
def changeable(alice: Person, bob: Person) -> Poll:
    """A binding resolution whose ballots may change, opened just now."""
    return opened(
        [line_of(alice), line_of(bob)], at=timezone.now() - timedelta(minutes=5), allows_change=True
    )


def test_the_last_ballot_counts_and_the_others_stay_in_the_chain(changeable: Poll, bob: Person) -> None:
    first = cast(changeable, bob, "for", at=timezone.now())
    again = cast(changeable, bob, "against", at=timezone.now())
    assert (again.pk, again.number) == (first.pk, first.number)
    close_poll(poll=changeable, at=timezone.now())
    assert count_poll(poll=changeable, at=timezone.now()).outcome["votes"]["against"] == 1
    said = Entry.objects.filter(poll=changeable).order_by("seq").values_list("content", flat=True)
    assert [(each["choices"], each["replaces"]) for each in said] == [(["for"], None), (["against"], 1)]


def test_after_the_close_nothing_changes(changeable: Poll, bob: Person) -> None:
    cast(changeable, bob, "for", at=timezone.now())
    close_poll(poll=changeable, at=timezone.now())
    with pytest.raises(Refused, match="poll_closed"):
        cast(changeable, bob, "against", at=timezone.now() + timedelta(seconds=1))
    assert Ballot.objects.get().choices == ["for"]


def test_without_the_rule_a_ballot_stays(poll: Poll, bob: Person) -> None:
    cast(poll, bob, "for")
    with pytest.raises(Refused, match="already_voted"):
        cast(poll, bob, "against")


def test_a_secret_ballot_never_changes(alice: Person, bob: Person) -> None:
    with pytest.raises(Refused, match="secret_stays"):
        opened([line_of(alice), line_of(bob)], allows_change=True, secrecy="secret")
    poll = opened([line_of(alice), line_of(bob)], secrecy="secret")
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(allows_change=True)


def test_two_lines_change_each_its_own_ballot(alice: Person, bob: Person) -> None:
    poll = opened([line_of(alice), line_of(bob)], allows_change=True)
    for person, choice in ((alice, "for"), (bob, "for"), (alice, "abstain")):
        cast(poll, person, choice)
    said = Ballot.objects.order_by("number").values_list("number", "choices")
    assert list(said) == [(1, ["abstain"]), (2, ["for"])]
    assert Poll.objects.get().ballots_cast == 2


def vote(client: Client, poll: Poll, choice: str, query: str = "") -> Any:
    """From the ballot to the receipt, without a script."""
    html = client.get(f"/votes/{poll.pk}/{query}").content.decode()
    fields = {name: field(html, name) for name in ("key", "elector")}
    review = client.post(f"/votes/{poll.pk}/relire/", {**fields, "choices": choice}).content.decode()
    sent = {name: field(review, name) for name in ("key", "poll", "elector", "choices")}
    return review, client.post(f"/votes/{poll.pk}/voter/", sent)


def test_the_pages_say_the_rule_and_let_one_change(
    changeable: Poll, bob: Person, room_clients: dict[str, Client]
) -> None:
    client = room_clients["bob"]
    review, sent = vote(client, changeable, "for")
    assert "vous pourrez encore le changer" in review
    receipt = client.get(sent["Location"]).content.decode()
    assert "Changer mon bulletin" in receipt
    assert "se change jusqu’à la clôture" in receipt
    line = changeable.electors.get(titular=bob)
    assert "Changer ce bulletin" in client.get(f"/votes/{changeable.pk}/").content.decode()
    _review, again = vote(client, changeable, "against", f"?ligne={line.pk}")
    assert again["Location"] == sent["Location"]
    assert Ballot.objects.get().choices == ["against"]
    shown = client.get(again["Location"]).content.decode()
    assert shown.index("Contre") < shown.rindex("Pour")


def test_where_the_rule_does_not_allow_it_no_page_offers_it(
    live_poll: Poll, bob: Person, room_clients: dict[str, Client]
) -> None:
    client = room_clients["bob"]
    review, sent = vote(client, live_poll, "for")
    assert "un bulletin envoyé ne se change plus" in review
    line = live_poll.electors.get(titular=bob)
    for page in (sent["Location"], f"/votes/{live_poll.pk}/", f"/votes/{live_poll.pk}/?ligne={line.pk}"):
        html = client.get(page).content.decode()
        assert "Changer mon bulletin" not in html
        assert 'name="choices"' not in html
