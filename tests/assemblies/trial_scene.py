"""A SCIC that has voted, and the draft of its next statutes."""

from dataclasses import replace
from typing import Any

from django.utils import timezone

from assemblies.services import close_vote, declare, open_vote
from cooperation.models import College, LegalEntity, Person, Statutes
from cooperation.rules import StatutesRules
from cooperation.services import draft_statutes
from tests.assemblies import scene


def held_votes(chair: Person) -> LegalEntity:
    """A SCIC whose board the chair sits on; its assembly adopted three resolutions by 13/20, two members abstaining."""
    entity, members = scene.scic({"A": 4, "B": 4, "C": 4, "D": 4})
    scene.seat_on_board(chair, entity)
    assembly = scene.in_session(entity, chair, kinds=["ordinary"] * 3)
    scene.arrive(assembly, chair, [member for college in members.values() for member in college])
    said = {
        members["A"][0].pk: "for",
        **{members["A"][place].pk: "abstain" for place in (1, 2)},
        members["B"][0].pk: "for",
        members["C"][0].pk: "against",
        members["D"][0].pk: "against",
    }
    for resolution in assembly.resolutions.order_by("number"):
        poll = open_vote(by=chair, resolution=scene.bring_to(resolution, chair), at=scene.LATER)
        scene.vote(poll, said)
        resolution.refresh_from_db()
        close_vote(by=chair, resolution=resolution, at=scene.LATER)
        declare(by=chair, resolution=resolution, at=scene.LATER)
    return entity


def drafted(entity: LegalEntity, by: Person, **changes: Any) -> None:
    """A draft of its next statutes."""
    points = {college: scene.POINTS[college.letter] for college in College.objects.filter(entity=entity)}
    rules: StatutesRules = replace(Statutes.objects.get(entity=entity).as_rules(), **changes)
    draft_statutes(entity=entity, rules=rules, weights=points, by=by, at=timezone.now())
