"""A whole assembly by colleges weighing 40, 25, 25 and 10: from a phone's words to the minutes and the register."""

from datetime import timedelta
from fractions import Fraction

import pytest

from assemblies.chain import hops_of_resolution, resolution_of_decision, resolutions_of_version, todo
from assemblies.minutes import minutes_of
from assemblies.models import Assembly, Officer, Resolution
from assemblies.services import (
    appoint_officer,
    check_out,
    close_assembly,
    close_vote,
    convene_assembly,
    declare,
    move_to_item,
    open_assembly,
    open_vote,
    take_up,
)
from cooperation.models import LegalEntity, Membership, Person
from decisions.models import Decision
from realtime.refused import Refused
from tests.assemblies import scene
from tests.assemblies.scene import CONVENED_AT, LATER, PREPARED_AT, STARTS_AT

pytestmark = pytest.mark.django_db
SIZES = {"A": 10, "B": 8, "C": 6, "D": 4}
Members = dict[str, list[Membership]]


class Cale:
    """The co-operative, its members by college, and its assembly being prepared."""

    def __init__(self, chair: Person) -> None:
        changes = {"quorum_first": Fraction(1, 4), "quorum_per_college": True, "allows_remote_voting": False}
        self.entity, self.members = scene.scic(SIZES, **changes)
        self.chair = chair
        scene.seat_on_board(chair, self.entity)
        self.assembly = scene.prepared(self.entity, chair, kind="mixed")

    @property
    def everyone(self) -> list[Membership]:
        """All members, college after college."""
        return [member for members in self.members.values() for member in members]

    def votes(self, **for_against: tuple[int, int]) -> dict[int, str]:
        """So many for, so many against in each college."""
        said = {}
        for letter, (yes, no) in for_against.items():
            row = self.members[letter]
            said |= {member.pk: "for" for member in row[:yes]}
            said |= {member.pk: "against" for member in row[yes : yes + no]}
        return said


@pytest.fixture
def cale(alice: Person) -> Cale:
    """The co-operative, chaired by Alice."""
    return Cale(alice)


def voted(cale: Cale, resolution: Resolution, choices: dict[int, str]) -> Resolution:
    """Discussed, voted, declared."""
    move_to_item(by=cale.chair, item=resolution.item, at=LATER)
    resolution.refresh_from_db()
    poll = open_vote(by=cale.chair, resolution=resolution, at=LATER)
    scene.vote(poll, choices)
    close_vote(by=cale.chair, resolution=resolution, at=LATER + timedelta(minutes=2))
    declare(by=cale.chair, resolution=resolution, at=LATER + timedelta(minutes=3))
    resolution.refresh_from_db()
    return resolution


def held(cale: Cale, first: Person, second: Person) -> Assembly:
    """A proposal of a workshop and a change of the statutes are put to the vote, the quorum met on the way."""
    forwarding = scene.forwarded(cale.entity, cale.chair, first, second)
    take_up(by=cale.chair, assembly=cale.assembly, forwarding=forwarding, at=PREPARED_AT)
    scene.with_agenda(cale.assembly, cale.chair, ["extraordinary", ""])
    appoint_officer(
        by=cale.chair, assembly=cale.assembly, person=first, role=Officer.Role.SECRETARY, at=PREPARED_AT
    )
    convene_assembly(by=cale.chair, assembly=cale.assembly, at=CONVENED_AT)
    scene.arrive(cale.assembly, cale.chair, cale.everyone)
    return open_assembly(by=cale.chair, assembly=cale.assembly, at=STARTS_AT)


@pytest.fixture
def meeting(cale: Cale) -> Assembly:
    """The assembly in session; two members wrote and commented what is on its agenda."""
    first, second = (member.person for member in cale.members["D"][:2])
    assert first is not None
    assert second is not None
    return held(cale, first, second)


def test_a_proposal_of_a_workshop_is_adopted_by_colleges(cale: Cale, meeting: Assembly) -> None:
    adopted = voted(
        cale, meeting.resolutions.get(number=1), cale.votes(A=(6, 4), B=(6, 2), C=(2, 4), D=(4, 0))
    )
    outcome = adopted.poll.result.outcome
    # 2/5 × 6/10 + 1/4 × 6/8 + 1/4 × 2/6 + 1/10 × 4/4
    assert Fraction(outcome["for"]) == Fraction(24, 100) + Fraction(3, 16) + Fraction(1, 12) + Fraction(1, 10)
    assert (outcome["adopted"], adopted.state) == (True, "adopted")
    assert Decision.objects.get().reference == "2026-01"


def test_two_thirds_are_asked_of_an_extraordinary_one(cale: Cale, meeting: Assembly) -> None:
    rejected = voted(
        cale, meeting.resolutions.get(number=2), cale.votes(A=(6, 4), B=(6, 2), C=(2, 4), D=(4, 0))
    )
    assert (rejected.state, rejected.poll.rules["threshold"]) == ("rejected", "2/3")
    assert not Decision.objects.exists()


def test_the_majority_of_heads_does_not_decide(cale: Cale, meeting: Assembly) -> None:
    choices = cale.votes(A=(4, 6), B=(8, 0), C=(0, 6), D=(3, 1))
    assert sum(choice == "for" for choice in choices.values()) == 15  # of 28
    rejected = voted(cale, meeting.resolutions.get(number=1), choices)
    assert Fraction(rejected.poll.result.outcome["for"]) == Fraction(97, 200)
    assert rejected.state == "rejected"


def test_a_college_that_left_stops_the_next_vote(cale: Cale, meeting: Assembly) -> None:
    voted(cale, meeting.resolutions.get(number=1), cale.votes(A=(10, 0), B=(8, 0), C=(6, 0), D=(4, 0)))
    for member in cale.members["D"]:
        check_out(by=cale.chair, assembly=meeting, membership=member, at=LATER)
    resolution = scene.bring_to(meeting.resolutions.get(number=2), cale.chair)
    with pytest.raises(Refused, match="quorum_not_met"):
        open_vote(by=cale.chair, resolution=resolution, at=LATER)


def test_the_minutes_hold_the_whole_of_it(cale: Cale, meeting: Assembly) -> None:
    voted(cale, meeting.resolutions.get(number=1), cale.votes(A=(10, 0), B=(8, 0), C=(6, 0), D=(4, 0)))
    check_out(by=cale.chair, assembly=meeting, membership=cale.members["A"][0], at=LATER)
    close_assembly(by=cale.chair, assembly=meeting, at=LATER + timedelta(hours=1))
    minutes = minutes_of(meeting)
    first, second, third = minutes.points
    assert first.quorum is not None
    assert first.result is not None
    assert [line["present"] for line in first.quorum.figures["colleges"]] == [10, 8, 6, 4]
    assert (second.quorum, second.result, third.point.resolution) == (None, None, None)
    assert [row.figures["kind"] for row in minutes.lacking] == ["extraordinary"]
    assert len(minutes.sheet) == 28
    assert minutes.sheet[0].membership.college.letter == "A"
    assert [line.left_at for line in minutes.sheet if line.left_at] == [LATER]
    assert minutes.carried.replace("\xa0", " ") == "Membres présents : 28."


def test_the_decision_is_traced_back_to_the_first_words(cale: Cale, meeting: Assembly) -> None:
    adopted = voted(
        cale, meeting.resolutions.get(number=1), cale.votes(A=(10, 0), B=(8, 0), C=(6, 0), D=(4, 0))
    )
    found = resolution_of_decision(Decision.objects.get())
    assert found == adopted
    assert resolutions_of_version(adopted.version) == [adopted]
    tabled, vote = hops_of_resolution(found)
    assert (tabled.kind, vote.kind, vote.is_binding) == ("proposition", "vote", True)
    assert tabled.url == f"/assemblees/{meeting.pk}/pv/#resolution-1"
    assert "Adoptée" in vote.text


def test_a_decision_of_the_board_comes_from_no_resolution(association: LegalEntity) -> None:
    alone = Decision.objects.create(
        entity=association, year=2026, number=1, title="Bail", text="Signer.", decided_on=STARTS_AT.date()
    )
    assert resolution_of_decision(alone) is None


def test_a_resolution_to_come_is_a_hop_to_come(association: LegalEntity, alice: Person) -> None:
    assembly = scene.convened(association, alice)
    (tabled,) = hops_of_resolution(assembly.resolutions.select_related("assembly").get())
    assert (tabled.state, tabled.on) == ("todo", assembly.held_on)


def test_what_waits_for_each(association: LegalEntity, alice: Person, bob: Person, charlie: Person) -> None:
    draft = scene.prepared(association, alice)
    assert [(item.title, item.label) for item in todo(alice, CONVENED_AT)] == [(draft.title, "Préparer")]
    assert todo(bob, CONVENED_AT) == []
    scene.with_agenda(draft, alice)
    convene_assembly(by=alice, assembly=draft, at=CONVENED_AT)
    (notice,) = todo(bob, CONVENED_AT)
    assert (notice.url, notice.due_at) == (f"/assemblees/{draft.pk}/convocation/", STARTS_AT)
    assert [item.label for item in todo(alice, STARTS_AT)] == ["Lire l’ordre du jour", "Tenir l’accueil"]
    open_assembly(by=alice, assembly=draft, at=STARTS_AT)
    (session,) = todo(bob, STARTS_AT)
    assert (session.is_now, session.url) == (True, f"/assemblees/{draft.pk}/")
    assert todo(charlie, STARTS_AT) == []
