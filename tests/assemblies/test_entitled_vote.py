"""A vote over every member entitled, in the room only: who stayed at home weighs against, before and after the count."""

from fractions import Fraction

from assemblies.models import Resolution
from assemblies.services import close_vote, declare, open_vote
from cooperation.models import LegalEntity, Person
from cooperation.rules import Base
from tests.assemblies import scene
from votes.methods import rule_of


def test_two_for_of_five_members_adopt_nothing_though_nobody_is_against(
    entity: LegalEntity, alice: Person, bob: Person
) -> None:
    scene.give_statutes(entity, base=Base.ENTITLED, allows_remote_voting=False)
    scene.seat_on_board(alice, entity)
    members = scene.persons(entity, 3)
    assembly = scene.in_session(entity, alice)
    scene.arrive(assembly, alice, members[:2])
    resolution = scene.bring_to(Resolution.objects.get(assembly=assembly), alice)
    poll = open_vote(by=alice, resolution=resolution, at=scene.LATER)
    assert poll.electors.count() == 2
    assert "membres inscrits disent pour" in rule_of(poll)
    scene.vote(poll, {member.pk: "for" for member in members[:2]})
    resolution.refresh_from_db()
    close_vote(by=alice, resolution=resolution, at=scene.LATER)
    outcome = declare(by=alice, resolution=resolution, at=scene.LATER).outcome
    assert (outcome["adopted"], outcome["reached"]) == (False, str(Fraction(2, 5)))
