"""Putting a resolution to the vote: roll, rules and quorum fixed when it opens; the result binds."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from assemblies.models import Assembly, Resolution
from assemblies.services import check_in, check_out, close_vote, declare, open_vote, take_up
from cooperation.models import LegalEntity, Membership, Person, Representation
from cooperation.rules import Pooling
from decisions.models import Decision
from realtime.models import LoggedEvent
from realtime.refused import Refused
from tests.assemblies import scene
from tests.assemblies.scene import DOORS_AT, LATER

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussed(resolution: Resolution, alice: Person) -> Resolution:
    """The resolution the hall discusses."""
    return scene.bring_to(resolution, alice)


def test_every_member_in_good_standing_is_on_the_roll_where_remote_voting_is_allowed(
    association: LegalEntity, discussed: Resolution, alice: Person, bob: Person
) -> None:
    gone, stays = scene.persons(association, 2)
    Membership.objects.filter(pk=gone.pk).update(ended_on=date(2026, 3, 27))
    poll = open_vote(by=alice, resolution=discussed, at=LATER)
    assert set(poll.electors.values_list("label", flat=True)) == {"Alice", "Bob", stays.person.name}


def test_an_organisation_votes_through_its_titular_or_its_substitute(
    association: LegalEntity, discussed: Resolution, alice: Person, bob: Person, charlie: Person
) -> None:
    member = scene.organisation(association, "Le Bon Copeau", 40, titular=charlie, substitute=bob)
    old = Person.objects.create_user("old@example.org", given_name="Ancienne")
    Representation.objects.create(
        organisation=member.organisation,
        person=old,
        role="titular",
        since=date(2008, 1, 1),
        until=date(2010, 1, 1),
    )
    line = open_vote(by=alice, resolution=discussed, at=LATER).electors.get(membership=member)
    assert (line.label, line.titular, line.substitute, line.weight) == ("Le Bon Copeau", charlie, bob, 1)


def test_only_those_who_are_there_vote_where_remote_voting_is_not_allowed(
    association: LegalEntity, alice: Person, bob: Person, bobs: Membership
) -> None:
    scene.give_statutes(association, allows_remote_voting=False)
    there, left = scene.persons(association, 2)
    assembly = scene.in_session(association, alice)
    scene.arrive(assembly, alice, [there, left])
    check_out(by=alice, assembly=assembly, membership=left, at=LATER)
    resolution = scene.bring_to(assembly.resolutions.get(), alice)
    poll = open_vote(by=alice, resolution=resolution, at=LATER)
    assert [line.membership for line in poll.electors.all()] == [there]


def test_an_absent_college_is_silent_not_empty(alice: Person) -> None:
    entity, members = scene.scic(
        {"A": 3, "B": 3, "C": 3, "D": 3}, allows_remote_voting=False, empty_college="proportional"
    )
    scene.seat_on_board(alice, entity)
    assembly = scene.in_session(entity, alice, ["ordinary"])
    voters = [*members["A"], *members["B"], *members["C"]]
    scene.arrive(assembly, alice, voters)
    resolution = scene.bring_to(assembly.resolutions.get(), alice)
    poll = open_vote(by=alice, resolution=resolution, at=LATER)
    scene.vote(poll, {member.pk: "for" for member in voters})
    close_vote(by=alice, resolution=resolution, at=LATER + timedelta(minutes=2))
    result = declare(by=alice, resolution=resolution, at=LATER + timedelta(minutes=3))
    assert Fraction(result.outcome["for"]) == Fraction(9, 10)


def test_the_rules_in_force_are_copied_with_the_majority_of_the_kind(
    association: LegalEntity, alice: Person
) -> None:
    assembly = scene.in_session(association, alice, ["extraordinary"], kind="extraordinary")
    resolution = scene.bring_to(assembly.resolutions.get(), alice)
    poll = open_vote(by=alice, resolution=resolution, at=LATER)
    scene.give_statutes(
        association, pooling=Pooling.NONE, extraordinary=scene.Majority(Fraction(3, 4), False)
    )
    poll.refresh_from_db()
    assert (poll.rules["threshold"], poll.rules["strict"]) == ("2/3", False)
    assert (poll.is_binding, poll.shows, poll.secrecy) == (True, "declaration", "named")


def test_the_quorum_is_kept_with_its_figures_and_its_sentences(
    assembly: Assembly, discussed: Resolution, alice: Person, bobs: Membership
) -> None:
    check_in(by=alice, assembly=assembly, membership=bobs, at=DOORS_AT)
    open_vote(by=alice, resolution=discussed, at=LATER)
    kept = discussed.quorum
    assert (kept.at, kept.is_met, kept.figures["kind"], kept.figures["call"]) == (LATER, True, "ordinary", 1)
    assert kept.figures["colleges"] == [
        {"name": "", "label": "", "members": 2, "present": 1, "needed": 0, "met": True}
    ]
    assert kept.sentences()[-1] == "Aucun quorum n’est exigé."


def test_a_vote_opens_on_the_point_being_discussed_once(
    assembly: Assembly, resolution: Resolution, alice: Person, bob: Person
) -> None:
    with pytest.raises(Refused, match="item_not_current"):
        open_vote(by=alice, resolution=resolution, at=LATER)
    scene.bring_to(resolution, alice)
    with pytest.raises(Refused, match="not_an_officer"):
        open_vote(by=bob, resolution=resolution, at=LATER)
    open_vote(by=alice, resolution=resolution, at=LATER)
    with pytest.raises(Refused, match="vote_is_open"):
        open_vote(by=alice, resolution=resolution, at=LATER)


def test_no_vote_outside_the_session(association: LegalEntity, alice: Person) -> None:
    assembly = scene.convened(association, alice)
    with pytest.raises(Refused, match="assembly_not_open"):
        open_vote(by=alice, resolution=assembly.resolutions.get(), at=LATER)


def test_each_voter_and_the_hall_are_told(
    assembly: Assembly, discussed: Resolution, alice: Person, bob: Person, charlie: Person
) -> None:
    open_vote(by=alice, resolution=discussed, at=LATER)
    told = set(LoggedEvent.objects.filter(type="poll.opened").values_list("topic__name", flat=True))
    assert {assembly.topic, f"person:{alice.pk}", f"person:{bob.pk}"} <= told
    assert f"person:{charlie.pk}" not in told


def decided(resolution: Resolution, alice: Person, choices: dict[int, str]) -> Resolution:
    """Voted, closed, declared."""
    poll = open_vote(by=alice, resolution=resolution, at=LATER)
    scene.vote(poll, choices)
    close_vote(by=alice, resolution=resolution, at=LATER + timedelta(minutes=2))
    declare(by=alice, resolution=resolution, at=LATER + timedelta(minutes=3))
    resolution.refresh_from_db()
    return resolution


def test_an_adopted_resolution_is_a_numbered_decision(
    association: LegalEntity, discussed: Resolution, alice: Person, bobs: Membership
) -> None:
    adopted = decided(discussed, alice, {bobs.pk: "for"})
    decision = Decision.objects.get()
    assert (adopted.state, adopted.decision) == ("adopted", decision)
    assert (decision.entity, decision.title, decision.text) == (association, discussed.title, discussed.text)
    assert (decision.reference, decision.decided_on) == ("2026-01", date(2026, 3, 28))
    assert decision.source_url == f"/assemblees/{discussed.assembly_id}/pv/#resolution-1"


def test_a_rejected_resolution_records_nothing(
    discussed: Resolution, alice: Person, bobs: Membership
) -> None:
    assert decided(discussed, alice, {bobs.pk: "against"}).state == "rejected"
    assert not Decision.objects.exists()


def test_the_fate_is_told_to_the_hall(discussed: Resolution, alice: Person, bobs: Membership) -> None:
    adopted = decided(discussed, alice, {bobs.pk: "for"})
    event = LoggedEvent.objects.get(type="resolution.adopted")
    assert event.topic.name == adopted.assembly.topic
    assert event.data == {
        "assembly": adopted.assembly_id,
        "resolution": adopted.pk,
        "decision": adopted.decision_id,
    }


def test_a_decided_resolution_is_not_voted_again(
    discussed: Resolution, alice: Person, bobs: Membership
) -> None:
    decided(discussed, alice, {bobs.pk: "for"})
    with pytest.raises(Refused, match="resolution_decided"):
        open_vote(by=alice, resolution=discussed, at=LATER)
    for act in (close_vote, declare):
        with pytest.raises(Refused, match="no_vote_open"):
            act(by=alice, resolution=discussed, at=LATER)


def test_a_result_is_declared_by_an_officer_after_the_close(
    discussed: Resolution, alice: Person, bob: Person
) -> None:
    open_vote(by=alice, resolution=discussed, at=LATER)
    with pytest.raises(Refused, match="poll_still_open"):
        declare(by=alice, resolution=discussed, at=LATER)
    for act in (close_vote, declare):
        with pytest.raises(Refused, match="not_an_officer"):
            act(by=bob, resolution=discussed, at=LATER)


def test_a_deadline_closes_the_vote(discussed: Resolution, alice: Person, bobs: Membership) -> None:
    closes_at = LATER + timedelta(minutes=5)
    poll = open_vote(by=alice, resolution=discussed, closes_at=closes_at, at=LATER)
    scene.vote(poll, {bobs.pk: "for"})
    declare(by=alice, resolution=discussed, at=closes_at)
    discussed.refresh_from_db()
    assert discussed.state == "adopted"


@pytest.mark.parametrize(("choice", "words"), [("for", "décision 2026-01"), ("against", "n’a pas adopté")])
def test_who_wrote_and_commented_the_source_learn_its_fate(
    association: LegalEntity,
    alice: Person,
    bob: Person,
    charlie: Person,
    bobs: Membership,
    choice: str,
    words: str,
) -> None:
    scene.organisation(association, "Le Bon Copeau", 40, charlie)
    assembly = scene.prepared(association, alice)
    take_up(
        by=alice,
        assembly=assembly,
        forwarding=scene.forwarded(association, alice, bob, charlie),
        at=scene.PREPARED_AT,
    )
    scene.convene_assembly(by=alice, assembly=assembly, at=scene.CONVENED_AT)
    scene.open_assembly(by=alice, assembly=assembly, at=scene.STARTS_AT)
    decided(scene.bring_to(assembly.resolutions.get(), alice), alice, {bobs.pk: choice})
    for person in (bob, charlie):
        assert words in person.notifications.first().sentence
