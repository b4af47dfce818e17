"""The quorum: the figures of E12 through the services, by heads, by weight, by college, on both calls."""

from fractions import Fraction
from typing import Any

import pytest

from assemblies.models import Assembly, QuorumRecord
from assemblies.services import (
    call_again,
    check_out,
    close_assembly,
    convene_assembly,
    open_assembly,
    open_vote,
    quorum_now,
)
from cooperation.models import LegalEntity, Membership, Person
from realtime.refused import Refused, sentence_of
from tests.assemblies import scene
from tests.assemblies.scene import LATER, STARTS_AT

pytestmark = pytest.mark.django_db


def cooperative(
    alice: Person, size: int, form: str = "scic_sa", **changes: Any
) -> tuple[LegalEntity, list[Membership]]:
    """A co-operative company without colleges: one head, one vote."""
    entity = LegalEntity.objects.create(name="La Cale commune", slug="cale", legal_form=form)
    scene.give_statutes(entity, **{"quorum_first": Fraction(1, 5), "notice_days_second": 10, **changes})
    scene.seat_on_board(alice, entity)
    return entity, scene.persons(entity, size)


def vote_with(assembly: Assembly, alice: Person, members: list[Membership]) -> None:
    """These members arrive and the only resolution is put to the vote."""
    scene.arrive(assembly, alice, members)
    resolution = scene.bring_to(assembly.resolutions.get(), alice)
    open_vote(by=alice, resolution=resolution, at=LATER)


@pytest.mark.parametrize(
    ("size", "kind", "needed"),
    [
        (120, "ordinary", 24),
        (121, "ordinary", 25),
        (120, "extraordinary", 30),
        (121, "extraordinary", 31),
        (360, "extraordinary", 90),
    ],
)
def test_on_first_call_an_sa_needs_a_fifth_or_a_quarter_rounded_up(
    alice: Person, size: int, kind: str, needed: int
) -> None:
    entity, members = cooperative(alice, size)
    assembly = scene.in_session(entity, alice, [kind], kind=kind)
    with pytest.raises(Refused, match="quorum_not_met"):
        vote_with(assembly, alice, members[: needed - 1])
    scene.arrive(assembly, alice, members[needed - 1 : needed])
    resolution = assembly.resolutions.get()
    open_vote(by=alice, resolution=resolution, at=LATER)
    assert resolution.quorum.figures["needed"] == str(needed)
    assert resolution.quorum.figures["reached"] == str(needed)


def second_call(assembly: Assembly, alice: Person) -> Assembly:
    """The second call of an assembly that closed without its quorum."""
    close_assembly(by=alice, assembly=assembly, at=LATER)
    again = call_again(by=alice, assembly=assembly, starts_at=STARTS_AT.replace(month=4, day=20), at=LATER)
    convene_assembly(by=alice, assembly=again, at=LATER)
    return open_assembly(by=alice, assembly=again, at=again.starts_at)


@pytest.mark.parametrize(("size", "needed"), [(120, 24), (121, 25), (360, 72)])
def test_on_second_call_an_extraordinary_one_needs_a_fifth(alice: Person, size: int, needed: int) -> None:
    entity, members = cooperative(alice, size)
    first = scene.in_session(entity, alice, ["extraordinary"], kind="extraordinary")
    second = second_call(first, alice)
    for count, is_met in ((needed - 1, False), (needed, True)):
        scene.arrive(second, alice, members[: count if count < needed else 0], at=second.starts_at)
        if is_met:
            scene.arrive(second, alice, members[needed - 1 : needed], at=second.starts_at)
        assert quorum_now(second, second.starts_at).met is is_met


def test_on_second_call_an_ordinary_one_needs_nobody(alice: Person) -> None:
    entity, members = cooperative(alice, 120)
    first = scene.in_session(entity, alice, ["ordinary"])
    with pytest.raises(Refused, match="quorum_not_met"):
        vote_with(first, alice, members[:22])
    second = second_call(first, alice)
    assert quorum_now(second, second.starts_at).met


def test_the_refusal_says_how_many_came_and_how_many_are_needed(alice: Person) -> None:
    entity, members = cooperative(alice, 120)
    assembly = scene.in_session(entity, alice, ["ordinary"])
    with pytest.raises(Refused, match="quorum_not_met") as refused:
        vote_with(assembly, alice, members[:22])
    said = sentence_of(refused.value).replace("\xa0", " ")
    assert "Membres : 120. Présents ou représentés : 22." in said
    assert "24" in said
    assert not QuorumRecord.objects.exists()


def test_each_college_needs_its_own_share_where_the_statutes_ask_it(alice: Person) -> None:
    entity, members = scene.scic(
        {"A": 8, "B": 8, "C": 4, "D": 4}, quorum_first=Fraction(1, 4), quorum_per_college=True
    )
    scene.seat_on_board(alice, entity)
    assembly = scene.in_session(entity, alice, ["ordinary"])
    scene.arrive(assembly, alice, [*members["A"], *members["B"], *members["C"]])
    assert not quorum_now(assembly, LATER)
    scene.arrive(assembly, alice, members["D"][:1])
    assert quorum_now(assembly, LATER)


def test_colleges_bring_their_weight_where_the_statutes_weigh(alice: Person) -> None:
    entity, members = scene.scic(
        {"A": 4, "B": 4, "C": 4, "D": 4}, quorum_first=Fraction(1, 2), quorum_is_weighted=True
    )
    scene.seat_on_board(alice, entity)
    assembly = scene.in_session(entity, alice, ["ordinary"])
    scene.arrive(assembly, alice, [*members["A"], *members["D"][:3]])
    assert quorum_now(assembly, LATER).reached == Fraction(19, 40)
    scene.arrive(assembly, alice, members["D"][3:])
    verdict = quorum_now(assembly, LATER)
    assert (verdict.reached, verdict.met) == (Fraction(1, 2), True)


def test_who_left_the_room_is_no_longer_in_the_quorum(alice: Person) -> None:
    entity, members = cooperative(alice, 10)
    assembly = scene.in_session(entity, alice, ["ordinary"])
    scene.arrive(assembly, alice, members[:2])
    assert quorum_now(assembly, LATER)
    check_out(by=alice, assembly=assembly, membership=members[0], at=LATER)
    assert not quorum_now(assembly, LATER)


def test_without_statutes_nothing_can_be_counted(entity: LegalEntity, alice: Person) -> None:
    scene.seat_on_board(alice, entity)
    assembly = scene.prepared(entity, alice)
    with pytest.raises(Refused, match="statutes_missing"):
        quorum_now(assembly, LATER)
