"""What people see and keep of a chain: the receipt, the heads, the export, the script."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from config.personal_data import votes_of
from cooperation.models import Person
from tests.votes.conftest import cast, line_of, opened
from tests.votes.test_poll_api import post
from tests.votes.test_result_pages import text_of
from votes import keys
from votes.entries import in_groups
from votes.models import Poll
from votes.report import read_export
from votes.services import close_poll, count_poll, declare_result
from votes.standalone import build

Clients = dict[str, Client]
NOW_AND_THEN = ["/votes/{}/chaine/", "/api/polls/{}/heads/"]
AFTERWARDS = ["/votes/{}/export.json", "/api/polls/{}/export/"]


def closed(poll: Poll) -> Poll:
    """The poll, closed now."""
    return close_poll(poll=poll, at=timezone.now())


def test_a_receipt_prints_the_place_the_head_and_the_key(
    live_poll: Poll, bob: Person, room_clients: Clients
) -> None:
    ballot = cast(live_poll, bob, "for", at=timezone.now())
    live_poll.refresh_from_db()
    page = text_of(room_clients["bob"], f"/votes/{live_poll.pk}/recu/{ballot.pk}/")
    for words in ("n° 1, à l’étape 1", in_groups(live_poll.head), in_groups(live_poll.key_fingerprint)):
        assert words in page
    assert "remplacée" not in page


def test_a_program_hears_where_the_chain_holds_its_ballot_as_the_receipt_says(
    live_poll: Poll, room_clients: Clients
) -> None:
    post(room_clients["alice"], live_poll, uuid4(), choices=["against"])
    key = uuid4()
    answer = post(room_clients["bob"], live_poll, key, choices=["for"]).json()
    live_poll.refresh_from_db()
    place = {"entry": 2, "step": 2, "head": live_poll.head, "key": live_poll.key_fingerprint}
    assert answer["chain"] == place
    close_poll(poll=live_poll, at=timezone.now())
    count_poll(poll=live_poll, at=timezone.now())
    assert post(room_clients["bob"], live_poll, key, choices=["for"]).json()["chain"] == place
    assert in_groups(place["head"]) in text_of(room_clients["bob"], answer["url"])


def test_a_ballot_without_a_chain_says_nothing_of_one(live_poll: Poll, room_clients: Clients) -> None:
    live_poll.chain.all().delete()
    Poll.objects.filter(pk=live_poll.pk).update(head="", steps=0)
    assert "chain" not in post(room_clients["bob"], live_poll, uuid4(), choices=["for"]).json()


def test_a_receipt_keeps_the_history_of_a_changed_ballot(bob: Person, room_clients: Clients) -> None:
    poll = opened([line_of(bob)], at=timezone.now() - timedelta(minutes=5), allows_change=True)
    cast(poll, bob, "for", at=timezone.now())
    ballot = cast(poll, bob, "against", at=timezone.now())
    page = text_of(room_clients["bob"], f"/votes/{poll.pk}/recu/{ballot.pk}/")
    assert "n° 2, à l’étape 2" in page
    assert page.index("Contre inscription n° 2") < page.index("Pour inscription n° 1, remplacée")


def test_the_heads_are_public_to_who_sees_the_poll_while_it_is_open(
    live_poll: Poll, alice: Person, room_clients: Clients
) -> None:
    cast(live_poll, alice, "for", at=timezone.now())
    live_poll.refresh_from_db()
    page = text_of(room_clients["bob"], f"/votes/{live_poll.pk}/chaine/")
    assert "2 étapes" in page
    assert page.count(in_groups(live_poll.head)) == 2
    assert "recount.py" not in page
    told = room_clients["bob"].get(f"/api/polls/{live_poll.pk}/heads/").json()
    assert (told["head"], told["key"], told["steps"]) == (live_poll.head, live_poll.key_fingerprint, 2)
    assert [step["kind"] for step in told["chain"]] == ["opening", "ballots"]
    later = room_clients["bob"].get(f"/api/polls/{live_poll.pk}/heads/?after=0").json()["chain"]
    assert [step["head"] for step in later] == [live_poll.head]


@pytest.mark.parametrize("path", NOW_AND_THEN + AFTERWARDS)
def test_a_stranger_sees_nothing_of_a_chain(live_poll: Poll, room_clients: Clients, path: str) -> None:
    closed(live_poll)
    assert room_clients["charlie"].get(path.format(live_poll.pk)).status_code == 404
    assert room_clients["nobody"].get(path.format(live_poll.pk)).status_code in (302, 401, 403)


@pytest.mark.parametrize("path", AFTERWARDS)
def test_the_people_of_the_roll_take_the_export_away(
    live_poll: Poll, bob: Person, room_clients: Clients, tmp_path: Path, path: str
) -> None:
    cast(live_poll, bob, "for", at=timezone.now())
    closed(live_poll)
    answer = room_clients["bob"].get(path.format(live_poll.pk))
    assert read_export(answer.content.decode())["steps"][-1]["kind"] == "result"
    (tmp_path / "export.json").write_bytes(answer.content)
    out = StringIO()
    call_command("verify", str(tmp_path / "export.json"), stdout=out)
    assert "Tout concorde." in out.getvalue()


def test_no_export_before_the_result_may_be_read(bob: Person, room_clients: Clients) -> None:
    poll = opened([line_of(bob)], at=timezone.now() - timedelta(minutes=5), shows="declaration")
    result = f"/votes/{poll.pk}/resultat/"
    for code in ("poll_still_open", "result_not_yet"):
        assert room_clients["bob"].get(f"/votes/{poll.pk}/export.json").url == result  # type: ignore[attr-defined]
        assert room_clients["bob"].get(f"/api/polls/{poll.pk}/export/").json()["code"] == code
        closed(poll)
    declare_result(poll=poll, at=timezone.now())
    assert room_clients["bob"].get(f"/votes/{poll.pk}/export.json").status_code == 200


def test_who_sees_a_result_without_being_on_its_roll_takes_no_names_away(
    alice: Person, bob: Person, room_clients: Clients
) -> None:
    poll = opened([line_of(bob)], at=timezone.now() - timedelta(minutes=5))
    Poll.objects.filter(pk=poll.pk).update(parent=alice.actor)
    closed(poll)
    assert room_clients["alice"].get(f"/votes/{poll.pk}/chaine/").status_code == 200
    for path in AFTERWARDS:
        assert room_clients["alice"].get(path.format(poll.pk)).status_code == 404


def test_the_result_page_prints_the_key_and_the_last_head_with_the_links(
    live_poll: Poll, room_clients: Clients
) -> None:
    closed(live_poll)
    html = room_clients["bob"].get(f"/votes/{live_poll.pk}/resultat/").content.decode()
    live_poll.refresh_from_db()
    assert live_poll.steps == 2
    for words in (
        in_groups(live_poll.head),
        in_groups(live_poll.key_fingerprint),
        f"/votes/{live_poll.pk}/export.json",
        "/votes/recount.py",
    ):
        assert words in html


def test_the_script_is_handed_out_to_anyone(client: Client, db: None) -> None:
    answer = client.get("/votes/recount.py")
    assert answer.content.decode() == build()
    assert 'filename="recount.py"' in answer["Content-Disposition"]


def test_the_command_says_where_the_keys_are_and_never_their_private_half(
    alice: Person, settings: Any, tmp_path: Path
) -> None:
    settings.SIGNING_KEY_FILE = str(tmp_path / "signing_key")
    first, out = opened([line_of(alice)]), StringIO()
    call_command("signing_key", "--rotate", stdout=out)
    second = opened([line_of(alice)])
    call_command("signing_key", stdout=out)
    told = out.getvalue()
    assert first.public_key != second.public_key
    assert (
        f"{first.key_fingerprint}  public {first.public_key}  1 polls, 1 not counted yet  finishes its polls"
        in told
    )
    assert f"{second.key_fingerprint}  public {second.public_key}  1 polls" in told
    for seed in (tmp_path / "signing_key").read_text().split():
        assert seed not in told
    assert len(keys.keys()) == 2


def test_the_live_value_carries_the_head(live_poll: Poll, alice: Person, room_clients: Clients) -> None:
    before = room_clients["bob"].get(f"/api/polls/{live_poll.pk}/heads/").json()["head"]
    cast(live_poll, alice, "for", at=timezone.now())
    after = json.loads(room_clients["bob"].get(f"/api/polls/{live_poll.pk}/heads/").content)["head"]
    assert before != after


def test_one_s_own_data_holds_what_a_ballot_said_before(bob: Person, alice: Person) -> None:
    poll = opened(
        [line_of(bob), line_of(alice)], at=timezone.now() - timedelta(minutes=5), allows_change=True
    )
    for person, said in ((alice, "blank"), (bob, "for"), (bob, "against")):
        cast(poll, person, said, at=timezone.now())
    assert [entry["content"]["choices"] for entry in votes_of(bob)["entries"]] == [["for"], ["against"]]
