"""A sealed roll changes only by dated amendments, signed by two officers, chained to its seal."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.models import Assembly, Officer, Resolution
from assemblies.services import appoint_officer, check_in, close_vote, declare, open_vote
from cooperation.models import College, Membership, Notification, Person
from cooperation.rules import Base
from realtime.models import LoggedEvent
from realtime.refused import Refused
from tests.assemblies import scene
from votes.entries import amendments_follow, in_groups
from votes.export import export_of
from votes.management.commands.verify import check_signatures
from votes.models import Elector, Poll, RollAmendment
from votes.rules import roll_hash
from votes.services import (
    cast_ballot,
    count_poll,
    countersign,
    dismiss_amendment,
    propose_addition,
    propose_strike,
)
from votes.services.chaining import sealed_fields
from votes.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(association: Any) -> Membership:
    """A member in good standing who comes late."""
    return scene.persons(association, 1)[0]


@pytest.fixture
def poll(association: Any, alice: Person, bob: Person, bobs: Membership, late: Membership) -> Poll:
    """A vote of those who are there; Alice chairs, Bob counts; the late member is not on the roll."""
    return vote_of(association, alice, bob, bobs)


def vote_of(
    association: Any,
    alice: Person,
    bob: Person,
    bobs: Membership,
    secrecy: str = "named",
    **statutes: Any,
) -> Poll:
    """The same under other statutes, or in secret."""
    scene.give_statutes(association, allows_remote_voting=False, **statutes)
    assembly = scene.held_today(association, alice, ("ordinary",))
    appoint_officer(by=alice, assembly=assembly, person=bob, role=Officer.Role.TELLER, at=timezone.now())
    alices = Membership.objects.get(entity=association, person=alice)
    scene.arrive(assembly, alice, [alices, bobs], at=timezone.now())
    resolution = scene.bring_to(assembly.resolutions.get(), alice, timezone.now())
    return open_vote(by=alice, resolution=resolution, at=timezone.now(), secrecy=secrecy)


def arrive(poll: Poll, member: Membership, by: Person) -> None:
    """The desk writes that this member came."""
    check_in(by=by, assembly=Assembly.objects.get(), membership=member, at=timezone.now())


def proposed(poll: Poll, member: Membership, by: Person) -> RollAmendment:
    """One officer asks for the line of this member."""
    return propose_addition(
        poll=poll, membership=member.pk, reason="Arrivée à 15 h 10", by=by, at=timezone.now()
    )


def added(poll: Poll, member: Membership, one: Person, two: Person) -> RollAmendment:
    """Two officers add the line of this member, who came."""
    arrive(poll, member, one)
    return countersign(amendment=proposed(poll, member, one), by=two, at=timezone.now())


def test_a_late_arrival_votes_once_two_officers_have_signed(
    poll: Poll, late: Membership, alice: Person, bob: Person
) -> None:
    arrive(poll, late, alice)
    amendment = proposed(poll, late, alice)
    assert not Elector.objects.filter(poll=poll, membership=late).exists()
    countersign(amendment=amendment, by=bob, at=timezone.now())
    line = Elector.objects.get(poll=poll, membership=late)
    assert (line.number, line.titular) == (3, late.person)
    ballot = cast_ballot(elector=line, person=late.person, choices=["for"], key=uuid4(), at=timezone.now())
    assert ballot.number == 1


def test_the_seal_never_changes_and_the_amendments_follow_it(
    poll: Poll, late: Membership, alice: Person, bob: Person
) -> None:
    seal = poll.roll_hash
    added(poll, late, alice, bob)
    line = Elector.objects.get(poll=poll, titular=alice)
    strike = propose_strike(elector=line, reason="Ne prend pas part au vote", by=bob, at=timezone.now())
    countersign(amendment=strike, by=alice, at=timezone.now())
    poll.refresh_from_db()
    chain = [amendment.as_json() for amendment in RollAmendment.objects.in_force()]
    assert (poll.roll_hash, [each["kind"] for each in chain]) == (seal, ["add", "strike"])
    assert amendments_follow(seal, chain)
    sealed = poll.electors.exclude(amendments__kind="add")
    assert roll_hash([sealed_fields(elector) for elector in sealed]) == seal


def test_one_officer_does_not_amend_alone(poll: Poll, late: Membership, alice: Person) -> None:
    arrive(poll, late, alice)
    amendment = proposed(poll, late, alice)
    with pytest.raises(Refused, match="second_officer_needed"):
        countersign(amendment=amendment, by=alice, at=timezone.now())


def test_a_member_amends_nothing(
    poll: Poll, late: Membership, alice: Person, bob: Person, charlie: Person
) -> None:
    arrive(poll, late, alice)
    with pytest.raises(Refused, match="not_an_officer"):
        proposed(poll, late, charlie)
    with pytest.raises(Refused, match="not_an_officer"):
        countersign(amendment=proposed(poll, late, alice), by=charlie, at=timezone.now())


def test_who_has_not_come_or_joined_since_is_no_newcomer(poll: Poll, late: Membership, alice: Person) -> None:
    with pytest.raises(Refused, match="not_a_newcomer"):
        proposed(poll, late, alice)
    Membership.objects.filter(pk=late.pk).update(admitted_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refused):
        arrive(poll, late, alice)


def test_a_line_that_voted_is_not_struck(poll: Poll, alice: Person, bob: Person) -> None:
    line = Elector.objects.get(poll=poll, titular=bob)
    proposal = propose_strike(elector=line, reason="Départ", by=bob, at=timezone.now())
    cast_ballot(elector=line, person=bob, choices=["for"], key=uuid4(), at=timezone.now())
    with pytest.raises(Refused, match="line_has_voted"):
        countersign(amendment=proposal, by=alice, at=timezone.now())


def test_a_struck_line_votes_no_more_and_counts_no_more(poll: Poll, alice: Person, bob: Person) -> None:
    line = Elector.objects.get(poll=poll, titular=bob)
    proposal = propose_strike(elector=line, reason="Départ", by=bob, at=timezone.now())
    countersign(amendment=proposal, by=alice, at=timezone.now())
    with pytest.raises(Refused, match="not_on_roll"):
        cast_ballot(elector=line, person=bob, choices=["for"], key=uuid4(), at=timezone.now())
    close_vote(by=alice, resolution=Resolution.objects.get(poll=poll), at=timezone.now())
    assert count_poll(poll=poll, at=timezone.now()).outcome["electors"] == 1


@pytest.mark.parametrize("base", [Base.EXPRESSED, Base.PRESENT, Base.ENTITLED])
def test_a_struck_line_weighs_against_nothing(
    association: Any, alice: Person, bob: Person, bobs: Membership, base: Base
) -> None:
    poll = vote_of(association, alice, bob, bobs, base=base)
    proposal = propose_strike(
        elector=poll.electors.get(titular=bob), reason="Départ", by=bob, at=timezone.now()
    )
    countersign(amendment=proposal, by=alice, at=timezone.now())
    mine = poll.electors.get(titular=alice)
    cast_ballot(elector=mine, person=alice, choices=["for"], key=uuid4(), at=timezone.now())
    close_vote(by=alice, resolution=Resolution.objects.get(poll=poll), at=timezone.now())
    result = count_poll(poll=poll, at=timezone.now())
    assert (result.outcome["adopted"], result.outcome["reached"]) == (True, "1")
    assert verify(export_of(poll, result), check_signatures).not_checked is None


def test_admitting_resigning_or_reweighting_after_the_opening_changes_neither_seal_nor_count(
    poll: Poll, association: Any, alice: Person, bob: Person, bobs: Membership
) -> None:
    seal, lines = poll.roll_hash, list(poll.electors.values_list("number", "label", "college"))
    for person in (alice, bob):
        line = Elector.objects.get(poll=poll, titular=person)
        cast_ballot(elector=line, person=person, choices=["for"], key=uuid4(), at=timezone.now())
    scene.persons(association, 3, first=500)
    Membership.objects.filter(pk=bobs.pk).update(ended_on=timezone.localdate() - timedelta(days=1))
    college = College.objects.create(entity=association, letter="Z", name="Ailleurs")
    Membership.objects.filter(person=alice).update(college=college)
    resolution = Resolution.objects.get(poll=poll)
    close_vote(by=alice, resolution=resolution, at=timezone.now())
    outcome = declare(by=alice, resolution=resolution, at=timezone.now()).outcome
    poll.refresh_from_db()
    assert (poll.roll_hash, list(poll.electors.values_list("number", "label", "college"))) == (seal, lines)
    assert (outcome["votes"]["for"], outcome["electors"], outcome["adopted"]) == (2, 2, True)


def test_a_dismissed_proposal_changes_nothing(
    poll: Poll, late: Membership, alice: Person, bob: Person
) -> None:
    arrive(poll, late, alice)
    amendment = proposed(poll, late, alice)
    dismiss_amendment(amendment=amendment, by=bob, at=timezone.now())
    with pytest.raises(Refused, match="amendment_settled"):
        countersign(amendment=amendment, by=bob, at=timezone.now())
    assert (poll.electors.count(), RollAmendment.objects.in_force().count()) == (2, 0)


def test_after_the_close_the_roll_stays(poll: Poll, late: Membership, alice: Person, bob: Person) -> None:
    arrive(poll, late, alice)
    amendment = proposed(poll, late, alice)
    close_vote(by=alice, resolution=Resolution.objects.get(poll=poll), at=timezone.now())
    with pytest.raises(Refused, match="poll_closed"):
        countersign(amendment=amendment, by=bob, at=timezone.now())


def test_the_other_officers_are_called_and_the_hall_is_told(
    poll: Poll, late: Membership, alice: Person, bob: Person
) -> None:
    added(poll, late, alice, bob)
    assert Notification.objects.filter(person=bob, sentence__startswith="À contresigner").count() == 1
    told = LoggedEvent.objects.filter(type="roll.amended").values_list("topic__name", flat=True)
    assert sorted(told) == sorted([poll.parent, poll.topic])
    called = LoggedEvent.objects.filter(topic__name=f"person:{late.person_id}", type="poll.opened")
    assert called.count() == 1


def client_of(person: Person) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(person)
    return client


def test_the_roll_page_takes_both_signatures_without_a_script(
    poll: Poll, late: Membership, alice: Person, bob: Person
) -> None:
    arrive(poll, late, alice)
    roll = f"/votes/{poll.pk}/liste/"
    alices, bobs = client_of(alice), client_of(bob)
    assert late.name in alices.get(roll).content.decode()
    sent = {"membership": late.pk, "reason": "Arrivée à 15 h 10"}
    assert alices.post(f"{roll}ajouter/", sent).status_code == 303
    amendment = RollAmendment.objects.get()
    assert bobs.post(f"{roll}{amendment.pk}/contresigner/").status_code == 303
    amendment.refresh_from_db()
    shown = bobs.get(roll).content.decode()
    for words in ("Arrivée à 15 h 10", in_groups(amendment.hash), in_groups(poll.roll_hash), "ajoutée"):
        assert words in shown


def test_a_refused_strike_is_found_again_unfolded_on_its_line(poll: Poll, alice: Person, bob: Person) -> None:
    line = poll.electors.get(titular=bob)
    answer = client_of(alice).post(f"/votes/{poll.pk}/liste/{line.pk}/rayer/", {"reason": "m" * 301})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count("<details open>") == 1
    assert 'role="alert"' in html
    assert "m" * 301 in html.partition("<details open>")[2].partition("</details>")[0]


def test_the_result_and_the_minutes_tell_each_amendment(
    poll: Poll, late: Membership, alice: Person, bob: Person
) -> None:
    amendment = added(poll, late, alice, bob)
    resolution = Resolution.objects.get(poll=poll)
    close_vote(by=alice, resolution=resolution, at=timezone.now())
    declare(by=alice, resolution=resolution, at=timezone.now())
    for page in (f"/votes/{poll.pk}/resultat/", f"{poll.parent_url}pv/"):
        html = client_of(alice).get(page).content.decode()
        assert in_groups(amendment.hash) in html, page
        assert "Arrivée à 15 h 10" in html, page


def test_a_member_reads_the_amendments_and_signs_none(
    poll: Poll, late: Membership, alice: Person, bob: Person
) -> None:
    added(poll, late, alice, bob)
    Officer.objects.filter(person=bob).delete()
    html = client_of(bob).get(f"/votes/{poll.pk}/liste/").content.decode()
    assert "Arrivée à 15 h 10" in html
    assert "Proposer" not in html
