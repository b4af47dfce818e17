"""The session: opened on its day by its officers, one point at a time, ended, called again."""

from datetime import timedelta
from fractions import Fraction

import pytest

from assemblies.models import AgendaItem, Assembly, Officer, Resolution
from assemblies.services import (
    add_item,
    appoint_officer,
    call_again,
    close_assembly,
    convene_assembly,
    move_to_item,
    open_assembly,
    open_vote,
)
from cooperation.models import LegalEntity, Person
from realtime.models import LoggedEvent
from realtime.refused import Refused
from tests.assemblies import scene
from tests.assemblies.scene import LATER, PREPARED_AT, STARTS_AT

pytestmark = pytest.mark.django_db
AGAIN_AT = STARTS_AT + timedelta(days=30)


def test_the_chair_opens_the_session_on_its_day(association: LegalEntity, alice: Person, bob: Person) -> None:
    assembly = scene.convened(association, alice)
    with pytest.raises(Refused, match="not_an_officer"):
        open_assembly(by=bob, assembly=assembly, at=STARTS_AT)
    with pytest.raises(Refused, match="not_the_day"):
        open_assembly(by=alice, assembly=assembly, at=STARTS_AT - timedelta(days=1))
    open_assembly(by=alice, assembly=assembly, at=STARTS_AT)
    with pytest.raises(Refused, match="already_open"):
        open_assembly(by=alice, assembly=assembly, at=LATER)


def test_a_draft_is_not_opened_nor_a_session_without_chair(
    association: LegalEntity, alice: Person, bob: Person
) -> None:
    draft = scene.prepared(association, alice)
    with pytest.raises(Refused, match="not_convened"):
        open_assembly(by=alice, assembly=draft, at=STARTS_AT)
    scene.with_agenda(draft, alice)
    appoint_officer(by=alice, assembly=draft, person=alice, role=Officer.Role.SECRETARY, at=PREPARED_AT)
    convene_assembly(by=alice, assembly=draft, at=scene.CONVENED_AT)
    with pytest.raises(Refused, match="chair_missing"):
        open_assembly(by=alice, assembly=draft, at=STARTS_AT)


def test_a_teller_does_not_conduct(assembly: Assembly, alice: Person, bob: Person) -> None:
    appoint_officer(by=alice, assembly=assembly, person=bob, role=Officer.Role.TELLER, at=PREPARED_AT)
    with pytest.raises(Refused, match="not_an_officer"):
        move_to_item(by=bob, item=assembly.agenda.first(), at=LATER)


def test_one_point_is_discussed_at_a_time_and_the_hall_may_come_back(
    assembly: Assembly, alice: Person
) -> None:
    first, second = assembly.agenda.order_by("position")
    move_to_item(by=alice, item=first, at=STARTS_AT)
    move_to_item(by=alice, item=second, at=LATER)
    assert dict(assembly.agenda.values_list("pk", "state")) == {first.pk: "done", second.pk: "current"}
    move_to_item(by=alice, item=first, at=LATER)
    assert AgendaItem.objects.get(state="current") == first
    told = LoggedEvent.objects.filter(topic__name=assembly.topic, type="item.started")
    assert [event.data["item"] for event in told] == [first.pk, second.pk, first.pk]


def test_points_belong_to_the_session(association: LegalEntity, alice: Person) -> None:
    assembly = scene.convened(association, alice)
    with pytest.raises(Refused, match="assembly_not_open"):
        move_to_item(by=alice, item=assembly.agenda.first(), at=STARTS_AT)


def test_nobody_moves_on_or_goes_home_during_a_vote(
    assembly: Assembly, alice: Person, resolution: Resolution
) -> None:
    open_vote(by=alice, resolution=scene.bring_to(resolution, alice), at=LATER)
    with pytest.raises(Refused, match="vote_is_open"):
        move_to_item(by=alice, item=assembly.agenda.first(), at=LATER)
    with pytest.raises(Refused, match="vote_is_open"):
        close_assembly(by=alice, assembly=assembly, at=LATER)


def test_the_session_ends_once(assembly: Assembly, alice: Person, bob: Person) -> None:
    move_to_item(by=alice, item=assembly.agenda.first(), at=STARTS_AT)
    with pytest.raises(Refused, match="not_an_officer"):
        close_assembly(by=bob, assembly=assembly, at=LATER)
    close_assembly(by=alice, assembly=assembly, at=LATER)
    assembly.refresh_from_db()
    assert (assembly.state, assembly.closed_at) == ("closed", LATER)
    assert not assembly.agenda.filter(state="current").exists()
    with pytest.raises(Refused, match="assembly_not_open"):
        close_assembly(by=alice, assembly=assembly, at=LATER)


def test_ending_with_resolutions_left_keeps_the_quorum_of_that_instant(
    association: LegalEntity, assembly: Assembly, alice: Person
) -> None:
    close_assembly(by=alice, assembly=assembly, at=LATER)
    kept = assembly.quorums.get()
    assert (kept.resolution, kept.at, kept.is_met) == (None, LATER, True)


@pytest.fixture
def lacking(association: LegalEntity, alice: Person) -> Assembly:
    """A mixed assembly that half the members must attend: nobody came, the session is over."""
    scene.give_statutes(association, quorum_first=Fraction(1, 2))
    assembly = scene.in_session(association, alice, ["", "ordinary", "", "extraordinary"], kind="mixed")
    move_to_item(by=alice, item=assembly.agenda.first(), at=STARTS_AT)
    return close_assembly(by=alice, assembly=assembly, at=LATER)


def test_a_second_call_keeps_what_was_left_with_its_exact_text(lacking: Assembly, alice: Person) -> None:
    second = call_again(by=alice, assembly=lacking, starts_at=AGAIN_AT, at=LATER)
    assert (second.call, second.first_call, second.state, second.place) == (
        2,
        lacking,
        "prepared",
        lacking.place,
    )
    assert list(second.agenda.values_list("position", "title")) == [
        (1, "Point 2"),
        (2, "Point 3"),
        (3, "Point 4"),
    ]
    assert list(second.resolutions.values_list("number", "kind", "text")) == [
        (1, "ordinary", "Texte exact."),
        (2, "extraordinary", "Texte exact."),
    ]
    assert second.officers.get().person == alice


def test_the_agenda_of_a_second_call_is_that_of_the_first(lacking: Assembly, alice: Person) -> None:
    second = call_again(by=alice, assembly=lacking, starts_at=AGAIN_AT, at=LATER)
    with pytest.raises(Refused, match="same_agenda"):
        add_item(by=alice, assembly=second, title="Autre chose", at=LATER)


def test_a_second_call_has_its_own_notice(association: LegalEntity, lacking: Assembly, alice: Person) -> None:
    scene.give_statutes(association, quorum_first=Fraction(1, 2), notice_days_second=10)
    second = call_again(by=alice, assembly=lacking, starts_at=AGAIN_AT, at=LATER)
    with pytest.raises(Refused, match="notice_too_short"):
        convene_assembly(by=alice, assembly=second, at=AGAIN_AT - timedelta(days=9))
    assert convene_assembly(by=alice, assembly=second, at=AGAIN_AT - timedelta(days=10)).state == "convened"


def test_a_second_call_is_made_once_by_the_board_after_the_first(
    assembly: Assembly, lacking: Assembly, alice: Person, bob: Person
) -> None:
    with pytest.raises(Refused, match="assembly_not_closed"):
        call_again(by=alice, assembly=assembly, starts_at=AGAIN_AT, at=LATER)
    with pytest.raises(Refused, match="not_on_board"):
        call_again(by=bob, assembly=lacking, starts_at=AGAIN_AT, at=LATER)
    with pytest.raises(Refused, match="date_is_past"):
        call_again(by=alice, assembly=lacking, starts_at=STARTS_AT - timedelta(days=1), at=LATER)
    call_again(by=alice, assembly=lacking, starts_at=AGAIN_AT, at=LATER)
    with pytest.raises(Refused, match="already_called_again"):
        call_again(by=alice, assembly=lacking, starts_at=AGAIN_AT, at=LATER)


def test_nothing_is_called_again_where_the_quorum_was_met(assembly: Assembly, alice: Person) -> None:
    close_assembly(by=alice, assembly=assembly, at=LATER)
    with pytest.raises(Refused, match="quorum_was_met"):
        call_again(by=alice, assembly=assembly, starts_at=AGAIN_AT, at=LATER)
