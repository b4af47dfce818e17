"""Erasing a person: no name is left in any table nor in any export, and every export still verifies and recounts."""

import json
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from assemblies.models import Resolution
from assemblies.services import close_vote, declare
from config.erasure import erase_person
from cooperation.models import LegalEntity, Membership, Notification, Person
from cooperation.services import issue_token, notify
from realtime.refused import Refused
from tests.assemblies import scene
from tests.assemblies.test_amending import added, arrive, proposed, vote_of
from tests.erased import traces_of
from tests.votes.conftest import line_of
from tests.votes.recounting import recounted
from tests.votes.secret_scene import cast_all, count, opened_secret
from votes.export import export_of
from votes.models import Ballot, Elector, Poll, RollAmendment
from votes.services import cast_ballot, countersign, dismiss_amendment, propose_strike
from workshops.models import Comment, Proposal

pytestmark = pytest.mark.django_db
NAMES = ("Zénobie", "Quérouil", "zenobie.querouil")


@pytest.fixture
def zoe(association: LegalEntity) -> Person:
    """A member with a name nobody else has, in the register and in the directory of logins."""
    person = scene.persons(association, 1, first=700)[0].person
    assert person is not None
    person.given_name, person.family_name = "Zénobie", "Quérouil"
    person.email = "zenobie.querouil@example.org"
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    return person


@pytest.fixture
def poll(association: LegalEntity, alice: Person, bob: Person, bobs: Membership, zoe: Person) -> Poll:
    """An open named vote of Alice and Bob; Zénobie came late, was added by two officers, and voted."""
    poll = vote_of(association, alice, bob, bobs)
    added(poll, zoe.memberships.get(), alice, bob)
    line = Elector.objects.get(poll=poll, titular=zoe)
    cast_ballot(elector=line, person=zoe, choices=["for"], key=uuid4(), at=timezone.now())
    return poll


def declared(poll: Poll, by: Person) -> Poll:
    """The same, closed, counted and declared."""
    resolution = Resolution.objects.get(poll=poll)
    close_vote(by=by, resolution=resolution, at=timezone.now())
    declare(by=by, resolution=resolution, at=timezone.now())
    return Poll.objects.get(pk=poll.pk)


def export(poll: Poll) -> dict[str, Any]:
    """The export of a counted poll as it comes out of its file."""
    said: dict[str, Any] = json.loads(json.dumps(export_of(poll, poll.result)))
    return said


def test_a_named_poll_verifies_and_recounts_once_a_voter_is_erased(
    poll: Poll, zoe: Person, alice: Person, tmp_path: Path
) -> None:
    before = export(declared(poll, alice))
    assert erase_person(person=zoe, at=timezone.now()).lines == 1
    after = export(Poll.objects.get(pk=poll.pk))
    told = recounted(
        tmp_path, after, "--key", after["key"]["fingerprint"], "--head", after["steps"][-1]["head"]
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert "Les noms de 1 lignes de la liste ont été effacés" in told.stdout
    assert "Le motif de 1 modifications de la liste a été effacé" in told.stdout
    assert [after[name] for name in ("steps", "result")] == [before[name] for name in ("steps", "result")]
    assert not any(name in json.dumps(after, ensure_ascii=False) for name in NAMES)


def test_a_secret_poll_verifies_and_recounts_once_a_voter_is_erased(
    zoe: Person, alice: Person, bob: Person, tmp_path: Path
) -> None:
    poll = opened_secret([line_of(person) for person in (alice, bob, zoe)])
    cast_all(poll, "ffa")
    count(poll)
    poll = Poll.objects.get(pk=poll.pk)
    before = export(poll)["result"]
    erase_person(person=zoe, at=timezone.now())
    after = export(Poll.objects.get(pk=poll.pk))
    told = recounted(tmp_path, after)
    assert (told.returncode, told.stderr) == (0, "")
    assert "Les noms de 1 lignes de la liste ont été effacés" in told.stdout
    assert after["result"] == before
    assert not any(name in json.dumps(after, ensure_ascii=False) for name in NAMES)


def test_a_name_put_back_on_an_erased_line_is_rejected(
    poll: Poll, zoe: Person, alice: Person, tmp_path: Path
) -> None:
    declared(poll, alice)
    erase_person(person=zoe, at=timezone.now())
    forged = export(Poll.objects.get(pk=poll.pk))
    line = next(line for line in forged["roll"]["lines"] if "salt" not in line)
    line["label"] = "Zénobie Quérouil"
    assert recounted(tmp_path, forged).returncode == 1


def test_an_amendment_that_hashed_names_verifies_by_its_hash_once_erased(
    poll: Poll, zoe: Person, alice: Person, tmp_path: Path
) -> None:
    amendment = RollAmendment.objects.get()
    said = {"number": 1, "kind": "add", "line": {"label": zoe.name}, "reason": "Arrivée de Zénobie"}
    RollAmendment.objects.update(signed=said, line={"label": zoe.name}, salt="", reason="Arrivée de Zénobie")
    declared(poll, alice)
    erase_person(person=zoe, at=timezone.now())
    assert traces_of(*NAMES) == []
    after = export(Poll.objects.get(pk=poll.pk))
    assert (after["amendments"][0]["hash"], recounted(tmp_path, after).returncode) == (amendment.hash, 0)


def test_nothing_of_the_name_is_left_in_any_table(
    poll: Poll, zoe: Person, alice: Person, bob: Person, association: LegalEntity
) -> None:
    browser = Client()
    browser.force_login(zoe)
    browser.post("/moi/nom/", {"given_name": "Zénobie", "family_name": "Quérouil", "key": str(uuid4())})
    issue_token(person=zoe, label="Tableur de Zénobie", at=timezone.now())
    notify(person=bob, sentence=f"{zoe.name} a voté.", url="/", at=timezone.now())
    notify(person=zoe, sentence="Bonjour Zénobie.", url="/", at=timezone.now())
    scene.forwarded(association, alice, zoe, zoe)
    declared(poll, alice)
    assert len(traces_of(*NAMES)) > 8
    erase_person(person=zoe, at=timezone.now())
    assert traces_of(*NAMES) == []
    assert Notification.objects.filter(person=bob, sentence="Personne effacée a voté.").exists()
    authors = {row.author.name for row in [*Proposal.objects.all(), *Comment.objects.all()]}
    assert authors == {"Personne effacée"}


def test_what_was_held_ends_and_every_door_is_closed(
    poll: Poll, zoe: Person, alice: Person, association: LegalEntity
) -> None:
    browser = Client()
    browser.force_login(zoe)
    _token, secret = issue_token(person=zoe, label="Tableur", at=timezone.now())
    scene.seat_on_board(zoe, association)
    declared(poll, alice)
    erase_person(person=zoe, at=timezone.now())
    zoe.refresh_from_db()
    today = timezone.localdate()
    assert (zoe.is_active, zoe.email, zoe.has_usable_password()) == (False, None, False)
    assert (zoe.memberships.get().ended_on, zoe.mandates.get().until) == (today, today)
    assert browser.get("/moi/").status_code == 302
    assert Client().get("/api/me/", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    line = Elector.objects.get(poll=poll, number=3)
    assert (line.shown, line.has_voted, Ballot.objects.get(elector=line).cast_by) == (
        "Nom effacé",
        True,
        None,
    )


def test_nobody_is_erased_while_a_poll_with_their_name_is_open(
    poll: Poll, zoe: Person, alice: Person, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="on_an_open_roll"):
        erase_person(person=zoe, at=timezone.now())
    zoe.refresh_from_db()
    assert (zoe.name, zoe.erased_at) == ("Zénobie Quérouil", None)
    close_vote(by=alice, resolution=Resolution.objects.get(poll=poll), at=timezone.now())
    erase_person(person=zoe, at=timezone.now())
    assert recounted(tmp_path, export(Poll.objects.get(pk=poll.pk))).returncode == 0


def test_a_line_asked_for_and_not_yet_countersigned_counts_as_an_open_roll(
    association: LegalEntity, alice: Person, bob: Person, bobs: Membership, zoe: Person
) -> None:
    poll = vote_of(association, alice, bob, bobs)
    arrive(poll, zoe.memberships.get(), alice)
    asked = proposed(poll, zoe.memberships.get(), alice)
    with pytest.raises(Refused, match="on_an_open_roll"):
        erase_person(person=zoe, at=timezone.now())
    dismiss_amendment(amendment=asked, by=bob, at=timezone.now())
    declared(poll, alice)
    erase_person(person=zoe, at=timezone.now())
    assert traces_of(*NAMES) == []


def test_a_struck_line_is_erased_too_and_the_others_keep_their_names(
    association: LegalEntity, alice: Person, bob: Person, bobs: Membership, tmp_path: Path
) -> None:
    poll = vote_of(association, alice, bob, bobs)
    line = Elector.objects.get(poll=poll, titular=bob)
    strike = propose_strike(elector=line, reason="Bob est parti", by=bob, at=timezone.now())
    countersign(amendment=strike, by=alice, at=timezone.now())
    mine = Elector.objects.get(poll=poll, titular=alice)
    cast_ballot(elector=mine, person=alice, choices=["for"], key=uuid4(), at=timezone.now())
    poll = declared(poll, alice)
    erase_person(person=bob, at=timezone.now())
    after = export(poll)
    assert [line.get("label") for line in after["roll"]["lines"]] == ["Alice", None]
    assert recounted(tmp_path, after).returncode == 0


def test_nobody_is_erased_twice(zoe: Person) -> None:
    erase_person(person=zoe, at=timezone.now())
    with pytest.raises(Refused, match="already_erased"):
        erase_person(person=zoe, at=timezone.now())


def test_a_name_copied_at_the_instant_of_the_erasure_goes_when_asked_again(
    zoe: Person, alice: Person, bob: Person
) -> None:
    roll = [line_of(person) for person in (alice, bob, zoe)]
    erase_person(person=zoe, at=timezone.now())
    poll = opened_secret(roll)
    with pytest.raises(Refused, match="on_an_open_roll"):
        erase_person(person=zoe, at=timezone.now())
    count(poll)
    assert erase_person(person=zoe, at=timezone.now()).lines == 1
    assert traces_of(*NAMES) == []


@pytest.mark.parametrize("who", ["zoe", "alice"])
def test_a_row_that_stands_on_a_roll_is_not_deleted(
    who: str, poll: Poll, zoe: Person, alice: Person, tmp_path: Path
) -> None:
    person = {"zoe": zoe, "alice": alice}[who]
    declared(poll, alice)
    with pytest.raises(ProtectedError):
        person.delete()
    with pytest.raises(ProtectedError):
        person.memberships.get().delete()
    with pytest.raises(ProtectedError):
        person.memberships.get().entity.delete()
    assert recounted(tmp_path, export(Poll.objects.get(pk=poll.pk))).returncode == 0


# -- the page and the command


def test_a_person_erases_themself_by_a_plain_form(poll: Poll, zoe: Person, alice: Person) -> None:
    declared(poll, alice)
    browser = Client()
    browser.force_login(zoe)
    assert "/moi/effacer/" in browser.get("/moi/").content.decode()
    assert "Personne effacée" in browser.get("/moi/effacer/").content.decode()
    gone = browser.post("/moi/effacer/", {"confirmed": "1"}, follow=True)
    assert (gone.status_code, gone.redirect_chain) == (200, [("/moi/efface/", 303)])
    assert "C’est effacé" in gone.content.decode()
    assert browser.get("/moi/")["Location"] == "/comptes/login/?next=/moi/"
    assert traces_of(*NAMES) == []


def test_the_form_says_why_when_nothing_is_erased(poll: Poll, zoe: Person) -> None:
    browser = Client()
    browser.force_login(zoe)
    unticked = browser.post("/moi/effacer/", {})
    refused = browser.post("/moi/effacer/", {"confirmed": "1"})
    assert (unticked.status_code, refused.status_code) == (422, 422)
    assert "Cochez la case" in unticked.content.decode()
    assert poll.question in refused.content.decode().replace("&#x27;", "'")
    zoe.refresh_from_db()
    assert zoe.erased_at is None


def test_nobody_erases_another_and_a_form_without_its_token_is_refused(zoe: Person, bob: Person) -> None:
    assert Client().post("/moi/effacer/", {"confirmed": "1"})["Location"].startswith("/comptes/login/")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bob)
    assert strict.post("/moi/effacer/", {"confirmed": "1", "person": zoe.pk}).status_code == 403
    assert not Person.objects.filter(erased_at__isnull=False).exists()


def test_the_command_says_who_then_erases(zoe: Person) -> None:
    said = StringIO()
    call_command("erase_person", zoe.email, stdout=said)
    assert ("Zénobie Quérouil" in said.getvalue(), Person.objects.get(pk=zoe.pk).erased_at) == (True, None)
    call_command("erase_person", str(zoe.pk), "--yes", stdout=said)
    assert "is erased, and 0 lines" in said.getvalue()
    assert traces_of(*NAMES) == []
    with pytest.raises(CommandError, match="déjà effacée"):
        call_command("erase_person", str(zoe.pk), "--yes")
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("erase_person", "nobody@example.org")
